import Database
import TestSupport

@testable import CompanyAccess

/// An application's own access table, with users and companies as such an application keeps them.
///
/// Each is written after what the application named makes, of the version in its comment; only what
/// matters for access is there.
struct ApplicationTable: Sendable, CustomStringConvertible {
  let description: String
  /// The tables, without rows.
  let schema: [String]
  /// Where what is: the mapping as JSON.
  let mapping: String
  let users: String
  let companies: String
  /// The keys of the numbered user and company.
  var userKey: @Sendable (Int) -> Value = { .integer(Int64($0)) }
  var companyKey: @Sendable (Int) -> Value = { .integer(Int64($0)) }
  /// What the application runs to grant and to revoke, with the keys as `?1` and `?2`.
  let grant: String
  let revoke: String
  /// What it asks to know whether a user may enter a company.
  let mayEnter: String

  /// How many users and companies there are.
  static let (people, firms) = (8, 5)

  /// Makes the database with its users and companies, and grants the first companies to some.
  func make(in folder: TemporaryFolder) throws -> Connection {
    let other = try Connection(path: folder.file("app.db"), mode: .create)
    try other.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
    try other.inTransaction {
      for statement in schema { try other.execute(statement) }
      for number in 1...ApplicationTable.people { try addUser(number, other) }
      for number in 1...ApplicationTable.firms {
        try other.execute(companies, [companyKey(number), .text("Firm \(number)")])
      }
      for user in 1...3 { try run(grant, user, 1, other) }
    }
    return other
  }

  func addUser(_ number: Int, _ other: Connection) throws {
    try other.execute(users, [userKey(number), .text("user\(number)")])
  }

  func run(_ statement: String, _ user: Int, _ company: Int, _ other: Connection) throws {
    try other.execute(statement, [userKey(user), companyKey(company)])
  }

  /// The pairs that the application lets in.
  func pairs(_ other: Connection) throws -> Set<[Int]> {
    var pairs: Set<[Int]> = []
    for user in 1...ApplicationTable.people {
      for company in 1...ApplicationTable.firms
      where try other.first(mayEnter, [userKey(user), companyKey(company)], { $0.bool(0) }) == true
      {
        pairs.insert([user, company])
      }
    }
    return pairs
  }
}

extension ApplicationTable {
  private static let authUser = """
    CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
      "username" varchar(150) NOT NULL UNIQUE, "email" varchar(254) NOT NULL DEFAULT '',
      "is_active" bool NOT NULL DEFAULT 1)
    """
  private static let addAuthUser = "INSERT INTO auth_user (id, username) VALUES (?1, ?2)"

  static let all = [
    djangoManyToMany, djangoOrganizations, openwisp, labelStudio, through, composite, withRole,
    rails,
    odoo, tryton, grafana, mattermost,
  ]

  /// Django 5.2: a many-to-many field of a model.
  static let djangoManyToMany = ApplicationTable(
    description: "django-m2m",
    schema: [
      authUser,
      """
      CREATE TABLE "firms_company" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        "name" varchar(100) NOT NULL UNIQUE)
      """,
      """
      CREATE TABLE "firms_company_users" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        "company_id" bigint NOT NULL REFERENCES "firms_company" ("id") DEFERRABLE INITIALLY DEFERRED,
        "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED)
      """,
      """
      CREATE UNIQUE INDEX "firms_company_users_company_id_user_id_uniq"
        ON "firms_company_users" ("company_id", "user_id")
      """,
      """
      CREATE INDEX "firms_company_users_user_id" ON "firms_company_users" ("user_id")
      """,
    ],
    mapping: """
      {"users": {"table": "auth_user", "key": "id", "username": "username", "active": "is_active"},
       "companies": {"table": "firms_company", "key": "id", "name": "name"},
       "access": {"table": "firms_company_users", "user": "user_id", "company": "company_id",
         "key": "id"}}
      """,
    users: addAuthUser, companies: "INSERT INTO firms_company VALUES (?1, ?2)",
    grant: "INSERT OR IGNORE INTO firms_company_users (user_id, company_id) VALUES (?1, ?2)",
    revoke: "DELETE FROM firms_company_users WHERE user_id = ?1 AND company_id = ?2",
    mayEnter: """
      SELECT EXISTS (SELECT 1 FROM firms_company_users WHERE user_id = ?1 AND company_id = ?2)
      """)

  /// django-organizations 2.7.
  static let djangoOrganizations = ApplicationTable(
    description: "django-organizations",
    schema: [
      authUser,
      """
      CREATE TABLE "organizations_organization" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        "name" varchar(200) NOT NULL, "is_active" bool NOT NULL DEFAULT 1)
      """,
      """
      CREATE TABLE "organizations_organizationuser" (
        "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created" datetime NOT NULL,
        "modified" datetime NOT NULL, "is_admin" bool NOT NULL,
        "organization_id" integer NOT NULL REFERENCES "organizations_organization" ("id")
          DEFERRABLE INITIALLY DEFERRED,
        "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED)
      """,
      """
      CREATE UNIQUE INDEX "organizations_organizationuser_user_id_organization_id_uniq"
        ON "organizations_organizationuser" ("user_id", "organization_id")
      """,
    ],
    mapping: """
      {"users": {"table": "auth_user", "key": "id", "username": "username", "active": "is_active"},
       "companies": {"table": "organizations_organization", "key": "id", "name": "name",
         "active": "is_active"},
       "access": {"table": "organizations_organizationuser", "user": "user_id",
         "company": "organization_id", "key": "id", "created_at": "created",
         "modified_at": "modified", "new": {"is_admin": false}}}
      """,
    users: addAuthUser,
    companies: "INSERT INTO organizations_organization (id, name) VALUES (?1, ?2)",
    grant: """
      INSERT OR IGNORE INTO organizations_organizationuser
        (user_id, organization_id, is_admin, created, modified)
      VALUES (?1, ?2, ?1 % 2, datetime('now'), datetime('now'))
      """,
    revoke: """
      DELETE FROM organizations_organizationuser WHERE user_id = ?1 AND organization_id = ?2
      """,
    mayEnter: """
      SELECT EXISTS (SELECT 1 FROM organizations_organizationuser
        WHERE user_id = ?1 AND organization_id = ?2)
      """)

  private static func uuid(_ number: Int, _ lead: String) -> Value {
    let digits = String(number)
    return .text(lead + String(repeating: "0", count: 32 - lead.count - digits.count) + digits)
  }

  /// openwisp-users 1.3: UUIDs as 32 digits.
  static let openwisp = ApplicationTable(
    description: "openwisp-users",
    schema: [
      """
      CREATE TABLE "openwisp_users_user" ("id" char(32) NOT NULL PRIMARY KEY,
        "username" varchar(150) NOT NULL UNIQUE, "is_active" bool NOT NULL DEFAULT 1)
      """,
      """
      CREATE TABLE "openwisp_users_organization" ("id" char(32) NOT NULL PRIMARY KEY,
        "name" varchar(200) NOT NULL, "is_active" bool NOT NULL DEFAULT 1)
      """,
      """
      CREATE TABLE "openwisp_users_organizationuser" ("id" char(32) NOT NULL PRIMARY KEY,
        "created" datetime NOT NULL, "modified" datetime NOT NULL, "is_admin" bool NOT NULL,
        "organization_id" char(32) NOT NULL REFERENCES "openwisp_users_organization" ("id")
          DEFERRABLE INITIALLY DEFERRED,
        "user_id" char(32) NOT NULL REFERENCES "openwisp_users_user" ("id")
          DEFERRABLE INITIALLY DEFERRED)
      """,
      """
      CREATE UNIQUE INDEX "openwisp_users_organizationuser_user_id_organization_id_uniq"
        ON "openwisp_users_organizationuser" ("user_id", "organization_id")
      """,
    ],
    mapping: """
      {"users": {"table": "openwisp_users_user", "key": "id", "username": "username",
         "active": "is_active"},
       "companies": {"table": "openwisp_users_organization", "key": "id", "name": "name",
         "active": "is_active"},
       "access": {"table": "openwisp_users_organizationuser", "user": "user_id",
         "company": "organization_id", "key": "id", "created_at": "created",
         "modified_at": "modified", "new": {"is_admin": 0}}}
      """,
    users: "INSERT INTO openwisp_users_user (id, username) VALUES (?1, ?2)",
    companies: "INSERT INTO openwisp_users_organization (id, name) VALUES (?1, ?2)",
    userKey: { uuid($0, "a") }, companyKey: { uuid($0, "c") },
    grant: """
      INSERT OR IGNORE INTO openwisp_users_organizationuser
      VALUES (lower(hex(randomblob(16))), datetime('now'), datetime('now'), 1, ?2, ?1)
      """,
    revoke: """
      DELETE FROM openwisp_users_organizationuser WHERE user_id = ?1 AND organization_id = ?2
      """,
    mayEnter: """
      SELECT EXISTS (SELECT 1 FROM openwisp_users_organizationuser
        WHERE user_id = ?1 AND organization_id = ?2)
      """)

  /// Label Studio 1.23: a deletion mark, and nothing that keeps a pair from being there twice.
  static let labelStudio = ApplicationTable(
    description: "label-studio",
    schema: [
      """
      CREATE TABLE "htx_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        "username" varchar(256) NOT NULL, "email" varchar(254) NOT NULL UNIQUE,
        "is_active" bool NOT NULL DEFAULT 1)
      """,
      """
      CREATE TABLE "organization" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        "title" varchar(1000) NOT NULL)
      """,
      """
      CREATE TABLE "organizations_organizationmember" (
        "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL,
        "updated_at" datetime NOT NULL, "deleted_at" datetime NULL,
        "organization_id" integer NOT NULL REFERENCES "organization" ("id")
          DEFERRABLE INITIALLY DEFERRED,
        "user_id" integer NOT NULL REFERENCES "htx_user" ("id") DEFERRABLE INITIALLY DEFERRED)
      """,
      """
      CREATE INDEX "organizations_organizationmember_user_id"
        ON "organizations_organizationmember" ("user_id")
      """,
    ],
    mapping: """
      {"users": {"table": "htx_user", "key": "id", "username": "email", "active": "is_active"},
       "companies": {"table": "organization", "key": "id", "name": "title"},
       "access": {"table": "organizations_organizationmember", "user": "user_id",
         "company": "organization_id", "key": "id", "created_at": "created_at",
         "modified_at": "updated_at", "live": {"column": "deleted_at", "equals": null},
         "end": {"deleted_at": {"now": true}}}}
      """,
    users: "INSERT INTO htx_user (id, username, email) VALUES (?1, ?2, ?2)",
    companies: "INSERT INTO organization VALUES (?1, ?2)",
    grant: """
      INSERT INTO organizations_organizationmember (created_at, updated_at, organization_id, user_id)
      VALUES (datetime('now'), datetime('now'), ?2, ?1)
      """,
    revoke: """
      UPDATE organizations_organizationmember SET deleted_at = datetime('now')
      WHERE user_id = ?1 AND organization_id = ?2
      """,
    mayEnter: """
      SELECT EXISTS (SELECT 1 FROM organizations_organizationmember
        WHERE user_id = ?1 AND organization_id = ?2 AND deleted_at IS NULL)
      """)

  /// Django 5.2: a model of its own between both, with a deletion mark under a partial constraint.
  static let through = ApplicationTable(
    description: "django-through",
    schema: [
      authUser,
      """
      CREATE TABLE "firms_firm" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        "name" varchar(100) NOT NULL UNIQUE)
      """,
      """
      CREATE TABLE "firms_membership" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
        "role" varchar(20) NOT NULL, "is_owner" bool NOT NULL, "deleted_at" datetime NULL,
        "firm_id" bigint NOT NULL REFERENCES "firms_firm" ("id") DEFERRABLE INITIALLY DEFERRED,
        "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED)
      """,
      """
      CREATE UNIQUE INDEX "one_live_membership" ON "firms_membership" ("user_id", "firm_id")
        WHERE "deleted_at" IS NULL
      """,
    ],
    mapping: """
      {"users": {"table": "auth_user", "key": "id", "username": "username", "active": "is_active"},
       "companies": {"table": "firms_firm", "key": "id", "name": "name"},
       "access": {"table": "firms_membership", "user": "user_id", "company": "firm_id", "key": "id",
         "new": {"role": "member", "is_owner": false},
         "live": {"column": "deleted_at", "equals": null},
         "end": {"deleted_at": {"now": true}}}}
      """,
    users: addAuthUser, companies: "INSERT INTO firms_firm VALUES (?1, ?2)",
    grant: """
      INSERT OR IGNORE INTO firms_membership (role, is_owner, firm_id, user_id)
      VALUES ('boss', 1, ?2, ?1)
      """,
    revoke: """
      UPDATE firms_membership SET deleted_at = datetime('now')
      WHERE user_id = ?1 AND firm_id = ?2 AND deleted_at IS NULL
      """,
    mayEnter: """
      SELECT EXISTS (SELECT 1 FROM firms_membership
        WHERE user_id = ?1 AND firm_id = ?2 AND deleted_at IS NULL)
      """)

  private static let models = [
    """
    CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, username VARCHAR(80) NOT NULL UNIQUE)
    """,
    """
    CREATE TABLE companies (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(80) NOT NULL UNIQUE)
    """,
  ]
  private static let modelMapping = """
    {"users": {"table": "users", "key": "id", "username": "username"},
     "companies": {"table": "companies", "key": "id", "name": "name"},
    """

  /// SQLAlchemy 2.0: an association table with a key of both, and SQLModel's link models.
  static let composite = ApplicationTable(
    description: "sqlalchemy-association",
    schema: models + [
      """
      CREATE TABLE user_companies (user_id INTEGER NOT NULL REFERENCES users (id),
        company_id INTEGER NOT NULL REFERENCES companies (id), PRIMARY KEY (user_id, company_id))
      """
    ],
    mapping: modelMapping + """
       "access": {"table": "user_companies", "user": "user_id", "company": "company_id"}}
      """,
    users: "INSERT INTO users VALUES (?1, ?2)", companies: "INSERT INTO companies VALUES (?1, ?2)",
    grant: "INSERT OR IGNORE INTO user_companies VALUES (?1, ?2)",
    revoke: "DELETE FROM user_companies WHERE user_id = ?1 AND company_id = ?2",
    mayEnter: """
      SELECT EXISTS (SELECT 1 FROM user_companies WHERE user_id = ?1 AND company_id = ?2)
      """)

  /// SQLAlchemy 2.0: an association object with a role and a deletion mark, one row for each pair.
  static let withRole = ApplicationTable(
    description: "sqlalchemy-role",
    schema: models + [
      """
      CREATE TABLE memberships (user_id INTEGER NOT NULL REFERENCES users (id),
        company_id INTEGER NOT NULL REFERENCES companies (id), role VARCHAR(20) NOT NULL,
        deleted BOOLEAN NOT NULL DEFAULT 0, since DATETIME, PRIMARY KEY (company_id, user_id))
      """
    ],
    mapping: modelMapping + """
       "access": {"table": "memberships", "user": "user_id", "company": "company_id",
         "created_at": "since", "new": {"role": "reader"},
         "live": {"column": "deleted", "equals": false}, "end": {"deleted": true}}}
      """,
    users: "INSERT INTO users VALUES (?1, ?2)", companies: "INSERT INTO companies VALUES (?1, ?2)",
    grant: """
      INSERT INTO memberships (user_id, company_id, role, since)
      VALUES (?1, ?2, 'writer', datetime('now'))
      ON CONFLICT (user_id, company_id) DO UPDATE SET deleted = 0, role = 'writer'
      """,
    revoke: "UPDATE memberships SET deleted = 1 WHERE user_id = ?1 AND company_id = ?2",
    mayEnter: """
      SELECT EXISTS (SELECT 1 FROM memberships
        WHERE user_id = ?1 AND company_id = ?2 AND NOT deleted)
      """)

  /// Rails 7: `has_and_belongs_to_many`, with no key at all.
  static let rails = ApplicationTable(
    description: "rails-habtm",
    schema: models + [
      #"CREATE TABLE "companies_users" ("user_id" integer, "company_id" integer)"#,
      "INSERT INTO companies_users VALUES (NULL, 1), (1, NULL)",
    ],
    mapping: modelMapping + """
       "access": {"table": "companies_users", "user": "user_id", "company": "company_id"}}
      """,
    users: "INSERT INTO users VALUES (?1, ?2)", companies: "INSERT INTO companies VALUES (?1, ?2)",
    grant: "INSERT INTO companies_users VALUES (?1, ?2)",
    revoke: "DELETE FROM companies_users WHERE user_id = ?1 AND company_id = ?2",
    mayEnter: """
      SELECT EXISTS (SELECT 1 FROM companies_users WHERE user_id = ?1 AND company_id = ?2)
      """)

  /// Odoo 17 and Flask-AppBuilder 5: a relation with names of its own, and cascades.
  static let odoo = ApplicationTable(
    description: "odoo",
    schema: [
      "CREATE TABLE res_users (id INTEGER NOT NULL PRIMARY KEY, login VARCHAR NOT NULL UNIQUE)",
      "CREATE TABLE res_company (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR NOT NULL UNIQUE)",
      """
      CREATE TABLE res_company_users_rel (
        cid INTEGER NOT NULL REFERENCES res_company (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES res_users (id) ON DELETE CASCADE,
        PRIMARY KEY (cid, user_id))
      """,
      "CREATE INDEX res_company_users_rel_user_id_cid_idx ON res_company_users_rel (user_id, cid)",
    ],
    mapping: """
      {"users": {"table": "res_users", "key": "id", "username": "login"},
       "companies": {"table": "res_company", "key": "id", "name": "name"},
       "access": {"table": "res_company_users_rel", "user": "user_id", "company": "cid"}}
      """,
    users: "INSERT INTO res_users VALUES (?1, ?2)",
    companies: "INSERT INTO res_company VALUES (?1, ?2)",
    grant: "INSERT OR IGNORE INTO res_company_users_rel (user_id, cid) VALUES (?1, ?2)",
    revoke: "DELETE FROM res_company_users_rel WHERE user_id = ?1 AND cid = ?2",
    mayEnter: """
      SELECT EXISTS (SELECT 1 FROM res_company_users_rel WHERE user_id = ?1 AND cid = ?2)
      """)

  /// Tryton 7: a relation whose name needs quotes and whose columns refer to nothing.
  static let tryton = ApplicationTable(
    description: "tryton",
    schema: [
      "CREATE TABLE res_user (id INTEGER PRIMARY KEY AUTOINCREMENT, login VARCHAR UNIQUE)",
      "CREATE TABLE company_company (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR)",
      """
      CREATE TABLE "res_user-company_company" (id INTEGER PRIMARY KEY AUTOINCREMENT,
        "user" INTEGER, company INTEGER, create_date DATETIME)
      """,
    ],
    mapping: """
      {"users": {"table": "res_user", "key": "id", "username": "login"},
       "companies": {"table": "company_company", "key": "id", "name": "name"},
       "access": {"table": "res_user-company_company", "user": "user", "company": "company",
         "key": "id", "created_at": "create_date"}}
      """,
    users: "INSERT INTO res_user VALUES (?1, ?2)",
    companies: "INSERT INTO company_company VALUES (?1, ?2)",
    grant: #"INSERT INTO "res_user-company_company" ("user", company) VALUES (?1, ?2)"#,
    revoke: #"DELETE FROM "res_user-company_company" WHERE "user" = ?1 AND company = ?2"#,
    mayEnter: """
      SELECT EXISTS (SELECT 1 FROM "res_user-company_company" WHERE "user" = ?1 AND company = ?2)
      """)

  /// Grafana 11.
  static let grafana = ApplicationTable(
    description: "grafana",
    schema: [
      """
      CREATE TABLE `user` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `login` TEXT NOT NULL,
        `is_disabled` INTEGER NOT NULL DEFAULT 0)
      """,
      "CREATE UNIQUE INDEX `UQE_user_login` ON `user` (`login`)",
      "CREATE TABLE `org` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `name` TEXT NOT NULL)",
      """
      CREATE TABLE `org_user` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        `org_id` INTEGER NOT NULL, `user_id` INTEGER NOT NULL, `role` TEXT NOT NULL,
        `created` DATETIME NOT NULL, `updated` DATETIME NOT NULL)
      """,
      "CREATE INDEX `IDX_org_user_org_id` ON `org_user` (`org_id`)",
      """
      CREATE UNIQUE INDEX `UQE_org_user_org_id_user_id` ON `org_user` (`org_id`, `user_id`)
      """,
    ],
    mapping: """
      {"users": {"table": "user", "key": "id", "username": "login",
         "active": {"column": "is_disabled", "equals": 0}},
       "companies": {"table": "org", "key": "id", "name": "name"},
       "access": {"table": "org_user", "user": "user_id", "company": "org_id", "key": "id",
         "created_at": "created", "modified_at": "updated", "new": {"role": "Viewer"}}}
      """,
    users: "INSERT INTO user (id, login) VALUES (?1, ?2)",
    companies: "INSERT INTO org VALUES (?1, ?2)",
    grant: """
      INSERT OR IGNORE INTO org_user (org_id, user_id, role, created, updated)
      VALUES (?2, ?1, 'Editor', datetime('now'), datetime('now'))
      """,
    revoke: "DELETE FROM org_user WHERE user_id = ?1 AND org_id = ?2",
    mayEnter: "SELECT EXISTS (SELECT 1 FROM org_user WHERE user_id = ?1 AND org_id = ?2)")

  /// Mattermost 10: 0 for what is not deleted, milliseconds, texts as keys.
  static let mattermost = ApplicationTable(
    description: "mattermost",
    schema: [
      "CREATE TABLE users (id VARCHAR(26) NOT NULL PRIMARY KEY, username VARCHAR(64) UNIQUE)",
      "CREATE TABLE teams (id VARCHAR(26) NOT NULL PRIMARY KEY, name VARCHAR(64) UNIQUE)",
      """
      CREATE TABLE teammembers (teamid VARCHAR(26) NOT NULL, userid VARCHAR(26) NOT NULL,
        roles VARCHAR(256), deleteat BIGINT, createat BIGINT NOT NULL, PRIMARY KEY (teamid, userid))
      """,
    ],
    mapping: """
      {"users": {"table": "users", "key": "id", "username": "username"},
       "companies": {"table": "teams", "key": "id", "name": "name"},
       "access": {"table": "teammembers", "user": "userid", "company": "teamid",
         "created_at": "createat", "new": {"deleteat": 0, "roles": ""},
         "live": {"column": "deleteat", "equals": 0}, "end": {"deleteat": {"now": true}}}}
      """,
    users: "INSERT INTO users VALUES (?1, ?2)", companies: "INSERT INTO teams VALUES (?1, ?2)",
    userKey: { .text("u\($0)abcdefghijklmnopqrstuvwx") },
    companyKey: { .text("t\($0)abcdefghijklmnopqrstuvwx") },
    grant: """
      INSERT INTO teammembers (teamid, userid, roles, deleteat, createat)
      VALUES (?2, ?1, 'team_admin', 0, 1767225600000)
      ON CONFLICT (teamid, userid) DO UPDATE SET deleteat = 0
      """,
    revoke: "UPDATE teammembers SET deleteat = 1767225600001 WHERE userid = ?1 AND teamid = ?2",
    mayEnter: """
      SELECT EXISTS (SELECT 1 FROM teammembers WHERE userid = ?1 AND teamid = ?2 AND deleteat = 0)
      """)
}
