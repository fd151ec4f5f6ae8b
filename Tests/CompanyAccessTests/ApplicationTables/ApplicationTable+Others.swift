import Database

/// Applications made otherwise.
extension ApplicationTable {
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
      "CREATE TABLE res_partner (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR, email VARCHAR)",
      """
      CREATE TABLE res_users (id INTEGER NOT NULL PRIMARY KEY, login VARCHAR NOT NULL UNIQUE,
        partner_id INTEGER NOT NULL DEFAULT 1 REFERENCES res_partner (id))
      """,
      "INSERT INTO res_partner VALUES (1, 'Partner', 'partner@example.com')",
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
      {"users": {"table": "res_users", "key": "id", "username": "login",
         "full_name": {"column": "partner_id", "table": "res_partner", "key": "id", "name": "name"},
         "email": {"column": "partner_id", "table": "res_partner", "key": "id", "name": "email"}},
       "companies": {"table": "res_company", "key": "id", "name": "name"},
       "access": {"table": "res_company_users_rel", "user": "user_id", "company": "cid"}}
      """,
    users: "INSERT INTO res_users (id, login) VALUES (?1, ?2)",
    companies: "INSERT INTO res_company VALUES (?1, ?2)",
    grant: "INSERT OR IGNORE INTO res_company_users_rel (user_id, cid) VALUES (?1, ?2)",
    revoke: "DELETE FROM res_company_users_rel WHERE user_id = ?1 AND cid = ?2",
    mayEnter: """
      SELECT EXISTS (SELECT 1 FROM res_company_users_rel WHERE user_id = ?1 AND cid = ?2)
      """)

  /// Tryton 8: companies called as their parties are, and a relation whose name needs quotes and whose
  /// columns refer to nothing.
  static let tryton = ApplicationTable(
    description: "tryton",
    schema: [
      """
      CREATE TABLE res_user (id INTEGER PRIMARY KEY AUTOINCREMENT, login VARCHAR UNIQUE,
        name VARCHAR, active BOOLEAN DEFAULT 1, company INTEGER)
      """,
      "CREATE TABLE party_party (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR)",
      "CREATE TABLE company_company (id INTEGER PRIMARY KEY AUTOINCREMENT, party INTEGER)",
      """
      CREATE TABLE "res_user-company_company" (id INTEGER PRIMARY KEY AUTOINCREMENT,
        "user" INTEGER, company INTEGER, create_date DATETIME, write_date DATETIME)
      """,
    ],
    mapping: """
      {"users": {"table": "res_user", "key": "id", "username": "login", "full_name": "name",
         "active": "active"},
       "companies": {"table": "company_company", "key": "id",
         "name": {"column": "party", "table": "party_party", "key": "id", "name": "name"}},
       "home": {"table": "res_user", "user": "id", "company": "company"},
       "access": {"table": "res_user-company_company", "user": "user", "company": "company",
         "key": "id", "created_at": "create_date", "modified_at": "write_date"}}
      """,
    users: "INSERT INTO res_user (id, login) VALUES (?1, ?2)",
    companies:
      "INSERT INTO company_company (id, party) SELECT ?1, max(id) FROM party_party WHERE ?2 IS NOT NULL",
    companyParts: ["INSERT INTO party_party (name) SELECT ?2 WHERE ?1"],
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

  /// Gitea 1.22: organizations are rows of the table of users.
  static let gitea = ApplicationTable(
    description: "gitea",
    schema: [
      """
      CREATE TABLE `user` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `name` TEXT NOT NULL,
        `full_name` TEXT NULL, `type` INTEGER NULL, `prohibit_login` INTEGER NOT NULL DEFAULT 0)
      """,
      "CREATE UNIQUE INDEX `UQE_user_name` ON `user` (`name`)",
      """
      CREATE TABLE `org_user` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `uid` INTEGER NULL,
        `org_id` INTEGER NULL, `is_public` INTEGER NULL)
      """,
      "CREATE UNIQUE INDEX `UQE_org_user_s` ON `org_user` (`uid`, `org_id`)",
    ],
    mapping: """
      {"users": {"table": "user", "key": "id", "username": "name", "full_name": "full_name",
         "active": {"column": "prohibit_login", "equals": false}, "only": {"type": 0}},
       "companies": {"table": "user", "key": "id", "name": "name", "only": {"type": 1}},
       "access": {"table": "org_user", "user": "uid", "company": "org_id", "key": "id"}}
      """,
    users: "INSERT INTO user (id, name, type) VALUES (?1, ?2, 0)",
    companies: "INSERT INTO user (id, name, type) VALUES (?1, ?2, 1)",
    companyKey: { .integer(Int64(1_000_000 + $0)) },
    grant: "INSERT OR IGNORE INTO org_user (uid, org_id) VALUES (?1, ?2)",
    revoke: "DELETE FROM org_user WHERE uid = ?1 AND org_id = ?2",
    mayEnter: "SELECT EXISTS (SELECT 1 FROM org_user WHERE uid = ?1 AND org_id = ?2)")

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
