import Testing

@testable import CompanyAccess

/// The tables of an application in one of the usual forms, and what should be suggested for them.
struct SuggestionCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let tables: String
  var answer = MappingSuggestion.Answer.access
  /// The mapping as it should be; nil for none.
  var mapping: String?
  /// Tables that look like the access table, and are named as alternatives.
  var decoys: [String] = []
  /// Questions that have to be asked.
  var questions: [SuggestionQuestion] = []
}

extension SuggestionCase {
  private static let django = """
    CREATE TABLE auth_user (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
      password varchar(128) NOT NULL, last_login datetime, is_superuser bool NOT NULL,
      username varchar(150) NOT NULL UNIQUE, first_name varchar(150) NOT NULL,
      last_name varchar(150) NOT NULL, email varchar(254) NOT NULL, is_active bool NOT NULL,
      date_joined datetime NOT NULL);
    CREATE TABLE auth_group (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
      name varchar(150) NOT NULL UNIQUE);
    CREATE TABLE auth_user_groups (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
      user_id integer NOT NULL REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED,
      group_id integer NOT NULL REFERENCES auth_group (id) DEFERRABLE INITIALLY DEFERRED,
      UNIQUE (user_id, group_id));
    """
  private static let djangoUsers = """
    {"table":"auth_user","key":"id","username":"username","full_name":["first_name","last_name"],\
    "email":"email","role":"is_superuser","active":"is_active","created_at":"date_joined"}
    """

  static let all = [
    manyToMany, organizations, decoy, relation, joinTable, deletionMark, zeroMark, sameTable,
    milliseconds, homeOnly, activities, through, none, swapped, invitations, scoped,
  ]

  static let manyToMany = SuggestionCase(
    testDescription: "Django's many-to-many",
    tables: django + """
      CREATE TABLE crm_company (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        name varchar(80) NOT NULL, code varchar(8) NOT NULL UNIQUE);
      CREATE TABLE crm_company_users (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        company_id bigint NOT NULL REFERENCES crm_company (id) DEFERRABLE INITIALLY DEFERRED,
        user_id integer NOT NULL REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED);
      CREATE UNIQUE INDEX crm_company_users_uniq ON crm_company_users (company_id, user_id);
      """,
    mapping: """
      {
      "users":\(djangoUsers),
      "companies":{"table":"crm_company","key":"id","name":"name","code":"code"},
      "access":{"table":"crm_company_users","user":"user_id","company":"company_id","key":"id"}}

      """, questions: [.caches])

  static let organizations = SuggestionCase(
    testDescription: "django-organizations with its owners and invitations",
    tables: django + """
      CREATE TABLE organizations_organization (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        name varchar(200) NOT NULL, is_active bool NOT NULL, slug varchar(200) NOT NULL UNIQUE);
      CREATE TABLE organizations_organizationuser (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        created datetime NOT NULL, modified datetime NOT NULL, is_admin bool NOT NULL,
        organization_id integer NOT NULL REFERENCES organizations_organization (id),
        user_id integer NOT NULL REFERENCES auth_user (id), UNIQUE (user_id, organization_id));
      CREATE TABLE organizations_organizationowner (id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        organization_id integer NOT NULL UNIQUE REFERENCES organizations_organization (id),
        organization_user_id integer NOT NULL UNIQUE
          REFERENCES organizations_organizationuser (id));
      CREATE TABLE organizations_organizationinvitation (
        id integer NOT NULL PRIMARY KEY AUTOINCREMENT, guid char(32) NOT NULL,
        invited_by_id integer NOT NULL REFERENCES auth_user (id),
        invitee_id integer REFERENCES auth_user (id),
        organization_id integer NOT NULL REFERENCES organizations_organization (id));
      """,
    mapping: """
      {
      "users":\(djangoUsers),
      "companies":{"table":"organizations_organization","key":"id","name":"name","code":"slug",\
      "active":"is_active"},
      "access":{"table":"organizations_organizationuser","user":"user_id",\
      "company":"organization_id","key":"id","created_at":"created","modified_at":"modified",\
      "new":{"is_admin":false}}}

      """, decoys: ["organizations_organizationinvitation"],
    questions: [
      .valueOfNewRow(column: "is_admin", value: "false"),
      .companions(tables: ["organizations_organizationowner"]),
    ])

  static let decoy = SuggestionCase(
    testDescription: "accounts with notification settings of the same form, without references",
    tables: """
      CREATE TABLE users (id INTEGER PRIMARY KEY, email varchar NOT NULL UNIQUE, name varchar,
        encrypted_password varchar NOT NULL, created_at datetime NOT NULL);
      CREATE TABLE accounts (id INTEGER PRIMARY KEY, name varchar NOT NULL, domain varchar);
      CREATE TABLE notification_settings (id INTEGER PRIMARY KEY, account_id integer,
        user_id integer, email_flags integer NOT NULL DEFAULT 0, created_at datetime NOT NULL,
        updated_at datetime NOT NULL);
      CREATE UNIQUE INDEX by_account_user ON notification_settings (account_id, user_id);
      CREATE TABLE account_users (id INTEGER PRIMARY KEY, account_id bigint, user_id bigint,
        role integer DEFAULT 0, inviter_id bigint, created_at datetime NOT NULL,
        updated_at datetime NOT NULL, active_at datetime);
      CREATE UNIQUE INDEX uniq_user_id_per_account_id ON account_users (account_id, user_id);
      CREATE TABLE inboxes (id INTEGER PRIMARY KEY, account_id integer NOT NULL, name varchar);
      CREATE TABLE inbox_members (id INTEGER PRIMARY KEY, user_id integer NOT NULL,
        inbox_id integer NOT NULL, UNIQUE (inbox_id, user_id));
      """,
    mapping: """
      {
      "users":{"table":"users","key":"id","username":"email","full_name":"name",\
      "email":"email","created_at":"created_at"},
      "companies":{"table":"accounts","key":"id","name":"name","code":"domain"},
      "access":{"table":"account_users","user":"user_id","company":"account_id","key":"id",\
      "created_at":"created_at","modified_at":"updated_at"}}

      """, decoys: ["notification_settings"],
    questions: [
      .defaultMayBeWrong(column: "role", value: "0"), .secondUser(column: "inviter_id"),
    ])

  static let relation = SuggestionCase(
    testDescription: "a relation whose company column is called cid, with names in another table",
    tables: """
      CREATE TABLE res_partner (id INTEGER PRIMARY KEY, name varchar);
      CREATE TABLE res_company (id INTEGER PRIMARY KEY, name varchar NOT NULL UNIQUE,
        partner_id integer NOT NULL REFERENCES res_partner (id), active boolean DEFAULT true);
      CREATE TABLE res_users (id INTEGER PRIMARY KEY, login varchar NOT NULL UNIQUE,
        password varchar, active boolean DEFAULT true,
        company_id integer NOT NULL REFERENCES res_company (id),
        partner_id integer NOT NULL REFERENCES res_partner (id));
      CREATE TABLE res_groups (id INTEGER PRIMARY KEY, name varchar NOT NULL);
      CREATE TABLE res_groups_users_rel (gid integer NOT NULL REFERENCES res_groups (id),
        uid integer NOT NULL REFERENCES res_users (id), PRIMARY KEY (gid, uid));
      CREATE TABLE res_company_users_rel (
        cid integer NOT NULL REFERENCES res_company (id) ON DELETE CASCADE,
        user_id integer NOT NULL REFERENCES res_users (id) ON DELETE CASCADE,
        PRIMARY KEY (cid, user_id));
      """,
    mapping: """
      {
      "users":{"table":"res_users","key":"id","username":"login","full_name":{"column":\
      "partner_id","table":"res_partner","key":"id","name":"name"},"active":"active"},
      "companies":{"table":"res_company","key":"id","name":"name","active":"active"},
      "home":{"table":"res_users","user":"id","company":"company_id"},
      "access":{"table":"res_company_users_rel","user":"user_id","company":"cid"}}

      """,
    questions: [.homeCompany(table: "res_users", column: "company_id", mayBeNull: false), .caches])

  static let joinTable = SuggestionCase(
    testDescription: "a join table of Rails, without keys",
    tables: """
      CREATE TABLE users (id INTEGER PRIMARY KEY, email varchar NOT NULL UNIQUE,
        encrypted_password varchar NOT NULL, name varchar);
      CREATE TABLE companies (id INTEGER PRIMARY KEY, name varchar);
      CREATE TABLE roles (id INTEGER PRIMARY KEY, name varchar);
      CREATE TABLE companies_users (company_id bigint NOT NULL, user_id bigint NOT NULL);
      CREATE TABLE roles_users (role_id bigint NOT NULL, user_id bigint NOT NULL);
      """,
    mapping: """
      {
      "users":{"table":"users","key":"id","username":"email","full_name":"name",\
      "email":"email"},
      "companies":{"table":"companies","key":"id","name":"name"},
      "access":{"table":"companies_users","user":"user_id","company":"company_id"}}

      """, questions: [.severalRows])

  static let deletionMark = SuggestionCase(
    testDescription: "a membership that ends by a mark, in an organization with projects",
    tables: """
      CREATE TABLE organization (id INTEGER PRIMARY KEY, title varchar NOT NULL);
      CREATE TABLE htx_user (id INTEGER PRIMARY KEY, username varchar NOT NULL UNIQUE,
        password varchar NOT NULL, email varchar NOT NULL, is_active bool NOT NULL,
        active_organization_id integer REFERENCES organization (id));
      CREATE TABLE htx_user_groups (id INTEGER PRIMARY KEY, user_id integer NOT NULL,
        group_id integer NOT NULL);
      CREATE TABLE project (id INTEGER PRIMARY KEY, title varchar,
        organization_id integer REFERENCES organization (id));
      CREATE TABLE projects_projectmember (id INTEGER PRIMARY KEY, enabled bool NOT NULL,
        project_id integer NOT NULL REFERENCES project (id),
        user_id integer NOT NULL REFERENCES htx_user (id));
      CREATE TABLE organizations_organizationmember (id INTEGER PRIMARY KEY,
        created_at datetime NOT NULL, updated_at datetime NOT NULL, deleted_at datetime,
        organization_id integer NOT NULL REFERENCES organization (id),
        user_id integer NOT NULL REFERENCES htx_user (id));
      """,
    mapping: """
      {
      "users":{"table":"htx_user","key":"id","username":"username","email":"email",\
      "active":"is_active"},
      "companies":{"table":"organization","key":"id","name":"title"},
      "home":{"table":"htx_user","user":"id","company":"active_organization_id"},
      "access":{"table":"organizations_organizationmember","user":"user_id",\
      "company":"organization_id","key":"id","created_at":"created_at",\
      "modified_at":"updated_at","live":{"column":"deleted_at","equals":null},\
      "end":{"deleted_at":{"now":true}}}}

      """,
    questions: [
      .severalRows, .sessionCompany(table: "htx_user", column: "active_organization_id"),
    ])
}
