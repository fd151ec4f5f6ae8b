import Database
import TestSupport

@testable import CompanyAccess

/// Applications made with Django.
extension ApplicationTable {
  private static let authUser = """
    CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
      "username" varchar(150) NOT NULL UNIQUE, "email" varchar(254) NOT NULL DEFAULT '',
      "is_active" bool NOT NULL DEFAULT 1)
    """
  private static let addAuthUser = "INSERT INTO auth_user (id, username) VALUES (?1, ?2)"

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
    let key = lead + String(repeating: "0", count: 32 - lead.count - digits.count) + digits
    return .text(TestEngine.current == .sqlite ? key : Key.text(key).description)
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
}
