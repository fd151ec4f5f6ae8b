@testable import CompanyAccess

extension SuggestionCase {
  private static let users = """
    CREATE TABLE users (id INTEGER PRIMARY KEY, username varchar NOT NULL UNIQUE,
      password_hash varchar NOT NULL, email varchar NOT NULL UNIQUE);
    """
  private static let userPart = """
    {"table":"users","key":"id","username":"username","email":"email"}
    """

  static let zeroMark = SuggestionCase(
    testDescription: "names without separators, and rows that end with a number other than 0",
    tables: """
      CREATE TABLE users (id varchar(26) PRIMARY KEY, username varchar UNIQUE, password varchar,
        email varchar UNIQUE, firstname varchar, lastname varchar, deleteat bigint);
      CREATE TABLE teams (id varchar(26) PRIMARY KEY, displayname varchar, name varchar UNIQUE,
        deleteat bigint);
      CREATE TABLE teammembers (teamid varchar(26) NOT NULL, userid varchar(26) NOT NULL,
        deleteat bigint, schemeuser boolean, createat bigint DEFAULT 0,
        PRIMARY KEY (teamid, userid));
      CREATE TABLE channels (id varchar(26) PRIMARY KEY, teamid varchar(26), displayname varchar);
      CREATE TABLE channelmembers (channelid varchar(26) NOT NULL, userid varchar(26) NOT NULL,
        PRIMARY KEY (channelid, userid));
      INSERT INTO users VALUES ('u1', 'ann', 'x', 'ann@example.org', 'Ann', 'Ash', 0);
      INSERT INTO teams VALUES ('t1', 'Team', 'team', 0);
      INSERT INTO teammembers VALUES ('t1', 'u1', 0, 1, 1700000000000);
      """,
    mapping: """
      {
      "users":{"table":"users","key":"id","username":"username",\
      "full_name":["firstname","lastname"],"email":"email",\
      "active":{"column":"deleteat","equals":0}},
      "companies":{"table":"teams","key":"id","name":"displayname","code":"name",\
      "active":{"column":"deleteat","equals":0}},
      "access":{"table":"teammembers","user":"userid","company":"teamid",\
      "created_at":"createat","new":{"deleteat":0},"live":{"column":"deleteat","equals":0},\
      "end":{"deleteat":{"now":true}}}}

      """)

  static let sameTable = SuggestionCase(
    testDescription: "users and organizations in one table",
    tables: """
      CREATE TABLE user (id INTEGER PRIMARY KEY, name varchar NOT NULL UNIQUE, full_name varchar,
        email varchar NOT NULL, passwd varchar NOT NULL, type integer, is_admin integer);
      CREATE TABLE org_user (id INTEGER PRIMARY KEY, uid integer, org_id integer,
        is_public integer, UNIQUE (uid, org_id));
      CREATE TABLE team (id INTEGER PRIMARY KEY, org_id integer, name varchar);
      CREATE TABLE team_user (id INTEGER PRIMARY KEY, org_id integer, team_id integer,
        uid integer, UNIQUE (team_id, uid));
      """,
    mapping: """
      {
      "users":{"table":"user","key":"id","username":"name","full_name":"full_name",\
      "email":"email","role":"is_admin","only":{"type":0}},
      "companies":{"table":"user","key":"id","name":"full_name","code":"name",\
      "only":{"type":1}},
      "access":{"table":"org_user","user":"uid","company":"org_id","key":"id"}}

      """,
    questions: [.pleaseCheck(table: "org_user", other: nil), .typesGuessed(column: "type")])

  static let milliseconds = SuggestionCase(
    testDescription: "an application of one file with a reserved word and an active organization",
    tables: """
      CREATE TABLE user (id INTEGER PRIMARY KEY, login nvarchar NOT NULL UNIQUE,
        email nvarchar NOT NULL, name nvarchar, password nvarchar, company nvarchar,
        org_id bigint NOT NULL, is_admin bool NOT NULL);
      CREATE TABLE org (id INTEGER PRIMARY KEY, name nvarchar NOT NULL UNIQUE);
      CREATE TABLE org_user (id INTEGER PRIMARY KEY, org_id bigint NOT NULL,
        user_id bigint NOT NULL, role nvarchar NOT NULL, created datetime NOT NULL,
        updated datetime NOT NULL, UNIQUE (org_id, user_id));
      CREATE TABLE preferences (id INTEGER PRIMARY KEY, org_id bigint NOT NULL,
        user_id bigint NOT NULL, theme nvarchar NOT NULL, created datetime NOT NULL);
      CREATE TABLE star (id INTEGER PRIMARY KEY, user_id bigint NOT NULL,
        dashboard_id bigint NOT NULL, org_id bigint);
      INSERT INTO org VALUES (1, 'Main');
      INSERT INTO user VALUES (1, 'admin', 'a@example.org', '', '', '', 1, 1),
        (2, 'ann', 'b@example.org', '', '', '', 1, 0), (3, 'bob', 'c@example.org', '', '', '', 1, 0);
      INSERT INTO org_user VALUES (1, 1, 1, 'Admin', 'x', 'x'), (2, 1, 2, 'Viewer', 'x', 'x'),
        (3, 1, 3, 'Viewer', 'x', 'x');
      """,
    mapping: """
      {
      "users":{"table":"user","key":"id","username":"login","full_name":"name","email":"email",\
      "role":"is_admin"},
      "companies":{"table":"org","key":"id","name":"name"},
      "home":{"table":"user","user":"id","company":"org_id"},
      "access":{"table":"org_user","user":"user_id","company":"org_id","key":"id",\
      "created_at":"created","modified_at":"updated","new":{"role":"Viewer"}}}

      """, decoys: ["preferences", "star"],
    questions: [
      .valueOfNewRow(column: "role", value: "Viewer"),
      .homeCompany(table: "user", column: "org_id", mayBeNull: false),
    ])

  static let homeOnly = SuggestionCase(
    testDescription: "only a home company",
    tables: """
      CREATE TABLE companies (id INTEGER PRIMARY KEY, name varchar NOT NULL UNIQUE);
      CREATE TABLE users (id INTEGER PRIMARY KEY, username varchar, password varchar NOT NULL,
        email varchar, company_id int, activated tinyint NOT NULL DEFAULT 0);
      CREATE TABLE assets (id INTEGER PRIMARY KEY, name varchar, company_id int);
      CREATE TABLE users_groups (user_id int NOT NULL, group_id int NOT NULL,
        PRIMARY KEY (user_id, group_id));
      """, answer: .home,
    mapping: """
      {
      "users":{"table":"users","key":"id","username":"username","email":"email",\
      "active":"activated"},
      "companies":{"table":"companies","key":"id","name":"name"},
      "home":{"table":"users","user":"id","company":"company_id"}}

      """,
    questions: [
      .homeCompany(table: "users", column: "company_id", mayBeNull: true),
      .onlyHome(table: "users", column: "company_id"),
    ])

  static let activities = SuggestionCase(
    testDescription: "a home company, and activities of users for companies",
    tables: """
      CREATE TABLE companies (id char(32) NOT NULL PRIMARY KEY, name varchar NOT NULL);
      CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, email varchar NOT NULL UNIQUE,
        company_id char(32) REFERENCES companies (id));
      CREATE TABLE meetings (id INTEGER NOT NULL PRIMARY KEY,
        user_id INTEGER REFERENCES users (id), company_id char(32) REFERENCES companies (id),
        seconds INTEGER);
      CREATE TABLE calls (id INTEGER NOT NULL PRIMARY KEY, user_id INTEGER REFERENCES users (id),
        company_id char(32) REFERENCES companies (id), seconds INTEGER);
      """, answer: .home,
    mapping: """
      {
      "users":{"table":"users","key":"id","username":"email","email":"email"},
      "companies":{"table":"companies","key":"id","name":"name"},
      "home":{"table":"users","user":"id","company":"company_id"}}

      """,
    questions: [
      .homeCompany(table: "users", column: "company_id", mayBeNull: true),
      .onlyHome(table: "users", column: "company_id"),
    ])

  static let through = SuggestionCase(
    testDescription: "users in teams of an organizer",
    tables: users + """
      CREATE TABLE base_organizer (id INTEGER PRIMARY KEY, name varchar NOT NULL, slug varchar);
      CREATE TABLE base_team (id INTEGER PRIMARY KEY, name varchar NOT NULL,
        organizer_id bigint NOT NULL REFERENCES base_organizer (id));
      CREATE TABLE base_team_members (id INTEGER PRIMARY KEY,
        team_id bigint NOT NULL REFERENCES base_team (id),
        user_id bigint NOT NULL REFERENCES users (id), UNIQUE (team_id, user_id));
      """, answer: .through, questions: [.through(table: "base_team")])

  static let none = SuggestionCase(
    testDescription: "users with roles and sales representatives of customers",
    tables: users + """
      CREATE TABLE roles (id INTEGER PRIMARY KEY, name varchar);
      CREATE TABLE user_roles (user_id integer NOT NULL REFERENCES users (id),
        role_id integer NOT NULL REFERENCES roles (id), PRIMARY KEY (user_id, role_id));
      CREATE TABLE societe (id INTEGER PRIMARY KEY, nom varchar, client int, fournisseur int);
      CREATE TABLE societe_commerciaux (id INTEGER PRIMARY KEY, fk_soc integer, fk_user integer,
        UNIQUE (fk_soc, fk_user));
      """, answer: .none)

  static let swapped = SuggestionCase(
    testDescription: "a second set of tables that has no rows",
    tables: users + """
      CREATE TABLE old_company (id INTEGER PRIMARY KEY, name varchar NOT NULL);
      CREATE TABLE old_company_users (company_id integer NOT NULL REFERENCES old_company (id),
        user_id integer NOT NULL REFERENCES users (id), PRIMARY KEY (user_id, company_id));
      CREATE TABLE shop_company (id INTEGER PRIMARY KEY, name varchar NOT NULL);
      CREATE TABLE shop_company_users (company_id integer NOT NULL REFERENCES shop_company (id),
        user_id integer NOT NULL REFERENCES users (id), PRIMARY KEY (user_id, company_id));
      INSERT INTO users VALUES (1, 'ann', '', 'ann@example.org');
      INSERT INTO shop_company VALUES (1, 'One');
      INSERT INTO shop_company_users VALUES (1, 1);
      """,
    mapping: """
      {
      "users":\(userPart),
      "companies":{"table":"shop_company","key":"id","name":"name"},
      "access":{"table":"shop_company_users","user":"user_id","company":"company_id"}}

      """, decoys: ["old_company_users"])

  static let invitations = SuggestionCase(
    testDescription: "a membership whose default is an invitation that was not accepted",
    tables: """
      CREATE TABLE "User" (id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE,
        password TEXT, "isActive" BOOLEAN NOT NULL DEFAULT true);
      CREATE TABLE "Organization" (id TEXT PRIMARY KEY, name TEXT NOT NULL);
      CREATE TABLE "Team" (id TEXT PRIMARY KEY, name TEXT NOT NULL,
        "organizationId" TEXT NOT NULL REFERENCES "Organization" (id));
      CREATE TABLE "Membership" ("organizationId" TEXT NOT NULL REFERENCES "Organization" (id),
        "userId" TEXT NOT NULL REFERENCES "User" (id), accepted BOOLEAN NOT NULL DEFAULT false,
        role TEXT NOT NULL DEFAULT 'owner', "tokenHash" TEXT NOT NULL,
        PRIMARY KEY ("userId", "organizationId"));
      CREATE TABLE "TeamUser" ("teamId" TEXT NOT NULL REFERENCES "Team" (id),
        "userId" TEXT NOT NULL REFERENCES "User" (id), PRIMARY KEY ("teamId", "userId"));
      """,
    mapping: """
      {
      "users":{"table":"User","key":"id","username":"email","full_name":"name","email":"email",\
      "active":"isActive"},
      "companies":{"table":"Organization","key":"id","name":"name"},
      "access":{"table":"Membership","user":"userId","company":"organizationId",\
      "live":{"column":"accepted","equals":true},\
      "revoke_only":"only the application can make tokenHash"}}

      """, decoys: ["TeamUser"],
    questions: [
      .defaultMayBeWrong(column: "role", value: "'owner'"),
      .valueOnlyApplicationKnows(column: "tokenHash"),
    ])

  static let scoped = SuggestionCase(
    testDescription: "users and vaults of an account that no grant may cross",
    tables: """
      CREATE TABLE accounts (id char(36) PRIMARY KEY, storage_limit int);
      CREATE TABLE users (id char(36) PRIMARY KEY, account_id char(36) NOT NULL
          REFERENCES accounts (id), first_name varchar, last_name varchar, email varchar UNIQUE,
        password varchar);
      CREATE TABLE vaults (id char(36) PRIMARY KEY,
        account_id char(36) NOT NULL REFERENCES accounts (id), name varchar NOT NULL);
      CREATE TABLE contacts (id char(36) PRIMARY KEY, vault_id char(36) NOT NULL
        REFERENCES vaults (id), first_name varchar);
      CREATE TABLE user_vault (vault_id char(36) NOT NULL REFERENCES vaults (id),
        user_id char(36) NOT NULL REFERENCES users (id),
        contact_id char(36) NOT NULL REFERENCES contacts (id), permission int NOT NULL);
      """,
    mapping: """
      {
      "users":{"table":"users","key":"id","username":"email",\
      "full_name":["first_name","last_name"],"email":"email"},
      "companies":{"table":"vaults","key":"id","name":"name"},
      "scope":{"user":"account_id","company":"account_id"},
      "access":{"table":"user_vault","user":"user_id","company":"vault_id",\
      "revoke_only":"contact_id refers to a row of contacts that only the application can \
      choose"}}

      """,
    questions: [
      .scope(user: "account_id", company: "account_id"),
      .valueOnlyApplicationKnows(column: "contact_id"),
    ])
}
