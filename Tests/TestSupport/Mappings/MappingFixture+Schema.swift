extension MappingFixture.Kind {
  /// The statements with which the application makes its tables.
  var schema: [String] {
    switch self {
    case .hrm: hrm
    case .guarding: guarding
    case .workcards: workcards
    case .crm: crm
    case .custom: custom
    }
  }

  private var hrm: [String] {
    [
      "CREATE TABLE hrm_role (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(50) NOT NULL UNIQUE)",
      """
      CREATE TABLE hrm_users (
        id INTEGER NOT NULL PRIMARY KEY, username VARCHAR(80) NOT NULL UNIQUE,
        full_name VARCHAR(120), email VARCHAR(120) UNIQUE, password_hash VARCHAR(256),
        role_id INTEGER REFERENCES hrm_role (id), is_active BOOLEAN NOT NULL DEFAULT 1,
        created_at DATETIME NOT NULL, modified_at DATETIME NOT NULL)
      """,
      """
      CREATE TABLE hrm_company (
        id CHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(120) NOT NULL UNIQUE,
        code VARCHAR(20) UNIQUE, is_active BOOLEAN NOT NULL DEFAULT 1,
        created_at DATETIME NOT NULL, modified_at DATETIME NOT NULL)
      """,
      """
      CREATE TABLE hrm_employee (
        id CHAR(32) NOT NULL PRIMARY KEY,
        user_id INTEGER UNIQUE REFERENCES hrm_users (id) ON DELETE SET NULL,
        company_id CHAR(32) NOT NULL REFERENCES hrm_company (id),
        full_name VARCHAR(120) NOT NULL,
        created_at DATETIME NOT NULL, modified_at DATETIME NOT NULL)
      """,
      "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
      "INSERT INTO alembic_version VALUES ('4f1c0a7b9e21')",
    ]
  }

  private var guarding: [String] {
    [
      """
      CREATE TABLE organizations (
        org_id INTEGER NOT NULL PRIMARY KEY, company_name VARCHAR(200) NOT NULL,
        created_at DATETIME)
      """,
      """
      CREATE TABLE users (
        user_id INTEGER NOT NULL PRIMARY KEY,
        org_id INTEGER NOT NULL REFERENCES organizations (org_id),
        username VARCHAR(80) NOT NULL UNIQUE, role VARCHAR(40) NOT NULL)
      """,
      """
      CREATE TABLE clients (
        client_id INTEGER NOT NULL PRIMARY KEY,
        org_id INTEGER NOT NULL REFERENCES organizations (org_id),
        client_name VARCHAR(200) NOT NULL, status VARCHAR(20) NOT NULL DEFAULT 'active',
        created_at DATETIME)
      """,
      """
      CREATE TABLE employees (
        employee_id INTEGER NOT NULL PRIMARY KEY,
        org_id INTEGER NOT NULL REFERENCES organizations (org_id),
        assigned_client_id INTEGER REFERENCES clients (client_id),
        first_name VARCHAR(100) NOT NULL, last_name VARCHAR(100) NOT NULL,
        id_number VARCHAR(20) NOT NULL UNIQUE, email VARCHAR(120), role VARCHAR(40) NOT NULL,
        status VARCHAR(20) NOT NULL DEFAULT 'active')
      """,
      "CREATE INDEX ix_employees_org_id ON employees (org_id)",
      "CREATE INDEX ix_employees_assigned_client_id ON employees (assigned_client_id)",
      """
      CREATE TABLE sites (
        site_id INTEGER NOT NULL PRIMARY KEY,
        client_id INTEGER NOT NULL REFERENCES clients (client_id),
        site_name VARCHAR(200) NOT NULL)
      """,
      """
      CREATE TABLE shifts (
        shift_id INTEGER NOT NULL PRIMARY KEY,
        site_id INTEGER NOT NULL REFERENCES sites (site_id),
        employee_id INTEGER REFERENCES employees (employee_id),
        starts_at DATETIME NOT NULL, ends_at DATETIME NOT NULL)
      """,
      "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
      "INSERT INTO alembic_version VALUES ('9d2e6c55a1f0')",
    ]
  }

  private var workcards: [String] {
    [
      """
      CREATE TABLE businesses (
        id VARCHAR(36) NOT NULL PRIMARY KEY, business_name VARCHAR(200) NOT NULL UNIQUE,
        business_code VARCHAR(20), is_active BOOLEAN NOT NULL DEFAULT 1,
        created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL)
      """,
      """
      CREATE TABLE sites (
        id VARCHAR(36) NOT NULL PRIMARY KEY, site_name VARCHAR(200) NOT NULL)
      """,
      """
      CREATE TABLE users (
        id VARCHAR(36) NOT NULL PRIMARY KEY,
        business_id VARCHAR(36) NOT NULL REFERENCES businesses (id),
        email VARCHAR(120) NOT NULL UNIQUE, phone_number VARCHAR(20) UNIQUE,
        full_name VARCHAR(120) NOT NULL, role VARCHAR(40) NOT NULL,
        is_active BOOLEAN NOT NULL DEFAULT 1, created_at DATETIME NOT NULL)
      """,
      "CREATE INDEX ix_users_business_id ON users (business_id)",
      """
      CREATE TABLE employees (
        id VARCHAR(36) NOT NULL PRIMARY KEY,
        business_id VARCHAR(36) NOT NULL REFERENCES businesses (id),
        site_id VARCHAR(36) NOT NULL REFERENCES sites (id),
        passport_id VARCHAR(20) NOT NULL UNIQUE, full_name VARCHAR(120) NOT NULL,
        is_active BOOLEAN NOT NULL DEFAULT 1)
      """,
      """
      CREATE TABLE work_cards (
        id VARCHAR(36) NOT NULL PRIMARY KEY,
        business_id VARCHAR(36) NOT NULL REFERENCES businesses (id),
        employee_id VARCHAR(36) REFERENCES employees (id),
        site_id VARCHAR(36) NOT NULL REFERENCES sites (id),
        processing_month DATE NOT NULL, extraction JSON CHECK (json_valid(extraction)))
      """,
      """
      CREATE TABLE audit_events (
        id VARCHAR(36) NOT NULL PRIMARY KEY,
        business_id VARCHAR(36) NOT NULL REFERENCES businesses (id),
        actor_id VARCHAR(36) REFERENCES users (id), event_type VARCHAR(40) NOT NULL,
        entity_type VARCHAR(40), entity_id VARCHAR(36), created_at DATETIME NOT NULL)
      """,
      "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
      "INSERT INTO alembic_version VALUES ('1b7d44e0c3a8')",
    ]
  }

  private var crm: [String] {
    let owned =
      "user_id INTEGER REFERENCES users (id), company_id CHAR(32) REFERENCES companies (id)"
    return [
      """
      CREATE TABLE companies (
        id CHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(200) NOT NULL, created_at DATETIME)
      """,
      """
      CREATE TABLE users (
        id INTEGER NOT NULL PRIMARY KEY, email VARCHAR(120) NOT NULL UNIQUE,
        full_name VARCHAR(120), role VARCHAR(40), company_id CHAR(32) REFERENCES companies (id),
        is_active BOOLEAN DEFAULT 1, created_at DATETIME)
      """,
      "CREATE TABLE contacts (id INTEGER NOT NULL PRIMARY KEY, \(owned), name VARCHAR(200))",
      """
      CREATE TABLE deals (
        id INTEGER NOT NULL PRIMARY KEY, \(owned), title VARCHAR(200), amount NUMERIC)
      """,
      """
      CREATE TABLE sms_messages (
        id INTEGER NOT NULL PRIMARY KEY, \(owned), body TEXT, sent_at DATETIME)
      """,
      "CREATE TABLE calls (id INTEGER NOT NULL PRIMARY KEY, \(owned), seconds INTEGER)",
      "CREATE TABLE emails (id INTEGER NOT NULL PRIMARY KEY, \(owned), subject TEXT)",
    ]
  }

  /// Names that need quotes, a key word as the name of a table, text and binary keys.
  private var custom: [String] {
    [
      #"CREATE TABLE grades ("grade no" INTEGER NOT NULL PRIMARY KEY, title TEXT NOT NULL UNIQUE)"#,
      """
      CREATE TABLE "staff members" (
        "staff id" TEXT NOT NULL PRIMARY KEY, login TEXT NOT NULL UNIQUE, "given name" TEXT,
        "family name" TEXT, "e-mail" TEXT, grade INTEGER REFERENCES grades ("grade no"),
        state TEXT NOT NULL DEFAULT 'it''s on')
      """,
      """
      CREATE TABLE "order" (
        uid BLOB NOT NULL UNIQUE, label TEXT NOT NULL UNIQUE, short TEXT UNIQUE,
        open INTEGER NOT NULL DEFAULT 1, since TEXT)
      """,
      """
      CREATE TABLE "staff home" (
        who TEXT NOT NULL UNIQUE REFERENCES "staff members" ("staff id") ON DELETE CASCADE,
        "where" BLOB REFERENCES "order" (uid) ON DELETE SET NULL)
      """,
    ]
  }
}
