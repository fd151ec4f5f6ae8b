import Testing

@testable import CompanyAccess

/// What another program does to its tables, and how these differ from ours.
struct TriggerCase: CustomTestStringConvertible, Sendable {
  var name: String
  var mapping: SchemaMapping
  var changes: [RecordBench.TableChange]
  var triggers: [String]
  var start: [String]
  /// The operations, each of some statements.
  var steps: [[String]]
  /// The columns of the access table, as the record has the keys.
  var pair = "user_id, company_id"
  /// Whether a row is taken away without any trigger where recursive triggers are off.
  var isSilent = false

  init(
    _ name: String, mapping: SchemaMapping = .hrm, tables changes: [RecordBench.TableChange] = [],
    triggers: [String] = [], start: [String] = TriggerCase.usual, _ steps: [String]...
  ) {
    self.name = name
    self.mapping = mapping
    self.changes = changes
    self.triggers = triggers
    self.start = start
    self.steps = steps
  }

  var testDescription: String { name }

  /// The same case, of which recursive triggers alone see everything.
  var silent: TriggerCase {
    var other = self
    other.isSilent = true
    return other
  }

  /// The same case, where the keys of the access table are read as other ones.
  func reading(_ pair: String) -> TriggerCase {
    var other = self
    other.pair = pair
    return other
  }

  /// Two users, two companies, and a grant of each user for the first company.
  static let usual = [
    "INSERT INTO \(companyRow("x", "X"))", "INSERT INTO \(companyRow("y", "Y"))",
    "INSERT INTO \(userRow(1, "a"))", "INSERT INTO \(userRow(2, "b"))",
    "INSERT INTO \(grantRow("i1", "1", "'x'"))", "INSERT INTO \(grantRow("i2", "2", "'x'"))",
  ]
}

/// How SQLite is set while a case runs.
struct TriggerSettings: CustomTestStringConvertible, Sendable {
  var foreignKeys: Bool
  var recursive: Bool

  static let all = [true, false].flatMap { keys in
    [true, false].map { TriggerSettings(foreignKeys: keys, recursive: $0) }
  }

  var testDescription: String {
    "foreign_keys \(foreignKeys ? "on" : "off"), recursive_triggers \(recursive ? "on" : "off")"
  }
}

// MARK: - Rows that take the place of others

extension TriggerCase {
  private typealias Change = RecordBench.TableChange
  private static let (users, companies, access) = (
    RecordBench.users, RecordBench.companies, RecordBench.access
  )

  /// Foreign keys that follow a key that is changed.
  private static let following = [
    Change(
      access, "REFERENCES hrm_users (id) ON DELETE CASCADE",
      "REFERENCES hrm_users (id) ON DELETE CASCADE ON UPDATE CASCADE")
  ]

  static let replacing = [
    TriggerCase(
      "REPLACE of a user by the same id", ["REPLACE INTO \(userRow(1, "a2", active: 0))"]),
    TriggerCase(
      "REPLACE of a grant by its id, for another pair",
      ["REPLACE INTO \(grantRow("i1", "1", "'y'"))"]
    ).silent,
    TriggerCase(
      "REPLACE of one grant by its id and of another by its pair",
      ["REPLACE INTO \(grantRow("i1", "2", "'x'"))"]
    ).silent,
    TriggerCase(
      "REPLACE of a grant by its pair", ["REPLACE INTO \(grantRow("i9", "1", "'x'"))"]),
    TriggerCase(
      "UPDATE OR REPLACE of a grant onto a pair that is taken",
      ["INSERT INTO \(grantRow("i3", "1", "'y'"))"],
      ["UPDATE OR REPLACE hrm_user_company_access SET company_id = 'y' WHERE id = 'i1'"]),
    TriggerCase(
      "a new id for a user", tables: following, ["UPDATE hrm_users SET id = 99 WHERE id = 1"]),
    TriggerCase(
      "UPDATE OR REPLACE of the id of a user onto one that is taken", tables: following,
      ["UPDATE OR REPLACE hrm_users SET id = 2 WHERE id = 1"]),
    TriggerCase(
      "REPLACE of a user by the name of another id", ["REPLACE INTO \(userRow(7, "a"))"]
    ).silent,
    TriggerCase(
      "UPDATE OR REPLACE of a name that another user has",
      ["UPDATE OR REPLACE hrm_users SET username = 'a' WHERE id = 2"]
    ).silent,
    TriggerCase(
      "UPSERT of users and grants",
      [
        "INSERT INTO \(userRow(1, "a9")) ON CONFLICT (id) DO UPDATE SET username = excluded.username"
      ],
      [
        """
        INSERT INTO \(grantRow("i9", "1", "'x'"))
        ON CONFLICT (user_id, company_id) DO UPDATE SET modified_at = 'u'
        """
      ],
      [
        """
        INSERT INTO \(grantRow("i9", "1", "'x'"))
        ON CONFLICT (user_id, company_id) DO UPDATE SET company_id = 'y'
        """
      ]),
    TriggerCase(
      "a deleted user whose id is used again", ["DELETE FROM hrm_users WHERE id = 2"],
      ["INSERT INTO \(userRow(2, "mallory"))"],
      ["INSERT OR IGNORE INTO \(grantRow("i7", "2", "'y'"))"]),
  ]
}

// MARK: - Several rows, conflicts, savepoints, keys

extension TriggerCase {
  private static let nullable = [
    Change(access, "user_id INTEGER NOT NULL", "user_id INTEGER"),
    Change(access, "company_id CHAR(32) NOT NULL", "company_id CHAR(32)"),
  ]

  static let writing = [
    TriggerCase(
      "OR IGNORE, OR ABORT, OR FAIL",
      ["INSERT OR IGNORE INTO \(grantRow("i1", "2", "'y'"))"],
      ["INSERT OR IGNORE INTO \(grantRow("i8", "1", "'x'"))"],
      ["INSERT OR IGNORE INTO \(userRow(1, "zz"))"],
      ["INSERT OR ABORT INTO \(grantRow("i8", "1", "'y'"))"],
      [
        """
        INSERT OR FAIL INTO hrm_user_company_access
        SELECT 'f' || id, id, 'y', 't', 't' FROM hrm_users WHERE id = 2
        """
      ],
      [
        """
        /* fails */ INSERT OR FAIL INTO hrm_user_company_access
        SELECT 'g' || id, id, 'x', 't', 't' FROM hrm_users ORDER BY id DESC
        """
      ]),
    TriggerCase(
      "OR FAIL that keeps the rows before the conflict",
      [
        """
        /* fails */ INSERT OR FAIL INTO hrm_user_company_access
        VALUES ('f1', 1, 'y', 't', 't'), ('f2', 2, 'x', 't', 't'), ('f3', 2, 'y', 't', 't')
        """
      ]),
    TriggerCase(
      "OR ROLLBACK that ends a transaction",
      [
        "BEGIN", "INSERT INTO \(grantRow("r1", "1", "'y'"))",
        "DELETE FROM hrm_users WHERE id = 2",
        "/* fails */ INSERT OR ROLLBACK INTO \(grantRow("r2", "1", "'x'"))",
      ]),
    TriggerCase(
      "savepoints",
      [
        "BEGIN", "SAVEPOINT s", "INSERT INTO \(grantRow("s1", "1", "'y'"))",
        "DELETE FROM hrm_users WHERE id = 2", "ROLLBACK TO s",
        "INSERT INTO \(grantRow("s2", "2", "'y'"))", "RELEASE s", "COMMIT",
      ]),
    TriggerCase(
      "deferred foreign keys: a grant before its user, a user away before its grants",
      tables: [
        Change(
          access, "REFERENCES hrm_users (id) ON DELETE CASCADE",
          "REFERENCES hrm_users (id) DEFERRABLE INITIALLY DEFERRED")
      ],
      [
        "BEGIN", "INSERT INTO \(grantRow("d1", "5", "'x'"))", "INSERT INTO \(userRow(5, "e"))",
        "COMMIT",
      ],
      [
        "BEGIN", "DELETE FROM hrm_users WHERE id = 5",
        "DELETE FROM hrm_user_company_access WHERE user_id = 5", "COMMIT",
      ]),
    TriggerCase(
      "statements of many rows",
      [
        """
        INSERT INTO hrm_user_company_access SELECT 'm' || id, id, 'y', 't', 't' FROM hrm_users
        """
      ],
      ["UPDATE hrm_users SET username = username || '!'"],
      ["DELETE FROM hrm_user_company_access"], ["DELETE FROM hrm_company"]),
    TriggerCase(
      "grants without a user or a company", tables: nullable,
      ["INSERT INTO \(grantRow("n1", "NULL", "'x'"))"],
      ["INSERT INTO \(grantRow("n2", "1", "NULL"))"],
      ["UPDATE hrm_user_company_access SET user_id = 2, company_id = 'y' WHERE id = 'n1'"],
      ["UPDATE hrm_user_company_access SET user_id = NULL WHERE id = 'n1'"],
      ["DELETE FROM hrm_user_company_access WHERE id = 'n1'"]),
    TriggerCase(
      "ON DELETE SET NULL",
      tables: [
        Change(
          access, "user_id INTEGER NOT NULL REFERENCES hrm_users (id) ON DELETE CASCADE",
          "user_id INTEGER REFERENCES hrm_users (id) ON DELETE SET NULL")
      ],
      ["DELETE FROM hrm_users WHERE id = 1"]),
    TriggerCase(
      "a company without a key", mapping: withoutKeys,
      tables: [Change(companies, "id CHAR(32) NOT NULL PRIMARY KEY", "id CHAR(32) PRIMARY KEY")],
      ["INSERT INTO hrm_company VALUES (NULL, 'N', NULL, 1, 't', 't')"],
      ["UPDATE hrm_company SET name = 'M' WHERE id IS NULL"],
      ["UPDATE hrm_company SET id = 'n' WHERE id IS NULL"],
      ["UPDATE hrm_company SET id = NULL WHERE id = 'n'"],
      ["DELETE FROM hrm_company WHERE id IS NULL"]),
    TriggerCase(
      "a user without a name",
      tables: [
        Change(users, "username VARCHAR(80) NOT NULL UNIQUE", "username VARCHAR(80) UNIQUE")
      ],
      ["INSERT INTO hrm_users VALUES (3, NULL, NULL, NULL, NULL, NULL, 1, 't', 't')"],
      ["UPDATE hrm_users SET username = 'c' WHERE id = 3"]),
  ]

  private static let withoutKeys: SchemaMapping = {
    var mapping = SchemaMapping.hrm
    mapping.companies.hasNullableKey = true
    return mapping
  }()

  private static let withoutCase: SchemaMapping = {
    var mapping = SchemaMapping.hrm
    mapping.companies.keys.collation = "NOCASE"
    return mapping
  }()

  /// Tables that declare their keys in other ways.
  static let keys = [
    TriggerCase(
      "keys of grants that are texts of numbers",
      tables: [Change(access, "user_id INTEGER NOT NULL", "user_id TEXT NOT NULL")],
      ["DELETE FROM hrm_user_company_access WHERE user_id = '1'"],
      ["INSERT INTO \(grantRow("t1", "'1'", "'y'"))"], ["DELETE FROM hrm_users WHERE id = 1"],
      ["DELETE FROM hrm_user_company_access"]
    ).reading("CAST(user_id AS INTEGER), company_id"),
    TriggerCase(
      "keys of grants without a type, with numbers as texts",
      tables: [Change(access, "user_id INTEGER NOT NULL", "user_id BLOB NOT NULL")],
      start: usual.dropLast(2) + ["INSERT INTO \(grantRow("i1", "'1'", "'x'"))"],
      ["INSERT INTO \(grantRow("i2", "2", "'x'"))"],
      ["DELETE FROM hrm_user_company_access WHERE id = 'i1'"]
    ).reading("CAST(user_id AS INTEGER), company_id"),
    TriggerCase(
      "keys of companies that do not tell cases apart", mapping: withoutCase,
      tables: [
        Change(
          companies, "id CHAR(32) NOT NULL PRIMARY KEY",
          "id CHAR(32) NOT NULL PRIMARY KEY COLLATE NOCASE"),
        Change(
          access, "company_id CHAR(32) NOT NULL", "company_id CHAR(32) NOT NULL COLLATE NOCASE"),
      ],
      ["INSERT INTO \(grantRow("i5", "1", "'Y'"))"],
      ["DELETE FROM hrm_user_company_access WHERE id = 'i5'"],
      ["INSERT INTO \(grantRow("i6", "2", "'Y'"))"], ["DELETE FROM hrm_company WHERE id = 'Y'"]
    ).reading("user_id, lower(company_id)"),
    TriggerCase(
      "WITHOUT ROWID",
      tables: [
        Change(users, "PRIMARY KEY AUTOINCREMENT", "PRIMARY KEY"),
        Change(users, "", " WITHOUT ROWID"), Change(companies, "", " WITHOUT ROWID"),
        Change(access, "", " WITHOUT ROWID"),
      ],
      ["DELETE FROM hrm_users WHERE id = 1"], ["INSERT INTO \(userRow(1, "c"))"],
      ["UPDATE hrm_company SET name = 'Z' WHERE id = 'x'"]),
    TriggerCase(
      "a generated column",
      tables: [
        Change(
          users, "is_active BOOLEAN NOT NULL DEFAULT 1",
          "is_active BOOLEAN GENERATED ALWAYS AS (full_name IS NULL)")
      ],
      start: usual.prefix(2) + [
        """
        INSERT INTO hrm_users (id, username, created_at, modified_at)
        VALUES (1, 'a', 't', 't'), (2, 'b', 't', 't')
        """
      ] + usual.suffix(2),
      ["UPDATE hrm_users SET full_name = 'gone' WHERE id = 1"],
      ["UPDATE hrm_users SET full_name = NULL"]),
  ]
}

// MARK: - Triggers of the application

extension TriggerCase {
  static let triggers = [
    TriggerCase(
      "a trigger that grants to every new user",
      triggers: [
        """
        CREATE TRIGGER app AFTER INSERT ON hrm_users BEGIN
          INSERT OR IGNORE INTO hrm_user_company_access
          VALUES ('auto' || NEW.id, NEW.id, 'y', 't', 't'); END
        """
      ], ["INSERT INTO \(userRow(4, "d"))"]),
    TriggerCase(
      "a trigger that deletes the grants of a deleted user",
      triggers: [
        """
        CREATE TRIGGER app AFTER DELETE ON hrm_users BEGIN
          DELETE FROM hrm_user_company_access WHERE user_id = OLD.id; END
        """
      ], ["DELETE FROM hrm_users WHERE id = 2"]),
    TriggerCase(
      "a trigger that takes a new grant back at once",
      triggers: [
        """
        CREATE TRIGGER app AFTER INSERT ON hrm_user_company_access WHEN NEW.company_id = 'y' BEGIN
          DELETE FROM hrm_user_company_access WHERE id = NEW.id; END
        """
      ], ["INSERT INTO \(grantRow("q", "1", "'y'"))"]),
    TriggerCase(
      "a trigger that gives a new grant to another user",
      triggers: [
        """
        CREATE TRIGGER app AFTER INSERT ON hrm_user_company_access
          WHEN NEW.user_id = 1 AND NEW.company_id = 'y' BEGIN
          UPDATE hrm_user_company_access SET user_id = 2 WHERE id = NEW.id; END
        """
      ], ["INSERT INTO \(grantRow("q", "1", "'y'"))"]),
    TriggerCase(
      "a trigger that puts a deleted grant back",
      triggers: [
        """
        CREATE TRIGGER app AFTER DELETE ON hrm_user_company_access WHEN OLD.user_id = 1 BEGIN
          INSERT INTO hrm_user_company_access
          VALUES (OLD.id, OLD.user_id, OLD.company_id, 't', 't'); END
        """
      ], ["DELETE FROM hrm_user_company_access WHERE user_id = 1"]),
    TriggerCase(
      "a trigger that puts a deleted user back",
      triggers: [
        """
        CREATE TRIGGER app AFTER DELETE ON hrm_users WHEN OLD.id = 1 BEGIN
          INSERT INTO hrm_users (id, username, is_active, created_at, modified_at)
          VALUES (OLD.id, OLD.username, OLD.is_active, 't', 't'); END
        """
      ], ["DELETE FROM hrm_users WHERE id = 1"]),
    TriggerCase(
      "a trigger that edits a new user",
      triggers: [
        """
        CREATE TRIGGER app AFTER INSERT ON hrm_users BEGIN
          UPDATE hrm_users SET username = upper(NEW.username) WHERE id = NEW.id; END
        """
      ], ["INSERT INTO \(userRow(4, "d"))"], ["INSERT INTO \(userRow(5, "e"))"]),
    TriggerCase(
      "a trigger before, that makes room for a pair",
      triggers: [
        """
        CREATE TRIGGER app BEFORE INSERT ON hrm_user_company_access BEGIN
          DELETE FROM hrm_user_company_access
          WHERE user_id = NEW.user_id AND company_id = NEW.company_id; END
        """
      ], ["INSERT INTO \(grantRow("q", "1", "'x'"))"], ["INSERT INTO \(grantRow("q2", "1", "'y'"))"]
    ),
  ]
}
