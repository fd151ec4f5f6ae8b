import Database
import TestSupport
import Testing

/// Files whose schema holds functions that SQLite takes for unsafe, as its own for JSON once were.
@Suite struct UntrustedSchemaTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("cards.db")
    let maker = try Connection(path: path, mode: .create)
    try maker.setTrustedSchema(true)
    try maker.execute(
      """
      CREATE TABLE cards (id INTEGER PRIMARY KEY, data TEXT
        CHECK (data IS NULL OR json_valid(data) OR fts5_source_id() IS NULL));
      CREATE TABLE users (name TEXT);
      CREATE VIEW spy AS SELECT fts5_source_id() AS id;
      INSERT INTO cards VALUES (1, '{}')
      """)
  }

  @Test(arguments: [Connection.Mode.readOnly, .readWrite])
  func isReadAllTheSame(mode: Connection.Mode) throws {
    let connection = try Connection(path: path, mode: mode)
    #expect(try connection.rows("SELECT data FROM cards") { $0.text(0) } == ["{}"])
    #expect(try connection.count("SELECT count(*) FROM sqlite_schema") == 3)
  }

  @Test func runsNothingOfWhatTheFileSays() throws {
    let connection = try Connection(path: path, mode: .readWrite)
    try connection.execute("INSERT INTO users VALUES ('ann')")
    for statement in ["INSERT INTO cards VALUES (2, '{}')", "SELECT * FROM spy"] {
      let error = #expect(throws: DatabaseError.self) { try connection.execute(statement) }
      #expect(error?.category == .unsafe)
    }
    try connection.setTrustedSchema(true)
    try connection.execute("INSERT INTO cards VALUES (2, '{}')")
    try connection.setTrustedSchema(false)
    #expect(throws: DatabaseError.self) {
      try connection.execute("INSERT INTO cards VALUES (3, '{}')")
    }
  }

  /// Statements that are ready when another program changes the schema go on.
  @Test func aChangedSchemaIsReadAgain() throws {
    let connection = try Connection(path: path, mode: .readWrite)
    let query = "SELECT count(*) FROM users"
    #expect(try connection.count(query) == 0)
    try Connection(path: path, mode: .readWrite).execute("CREATE TABLE more (a)")
    #expect(try connection.count(query) == 0)
    try Connection(path: path, mode: .readWrite).execute("CREATE TABLE yet_more (a)")
    try connection.execute("INSERT INTO users VALUES ('ann')")
    #expect(try connection.count(query) == 1)
    #expect(throws: DatabaseError.self) {
      try connection.inTransaction {
        try connection.execute("CREATE TABLE gone (a)")
        try connection.execute("SELECT * FROM spy")
      }
    }
    #expect(try connection.count(query) == 1)
  }

  @Test func aDamagedSchemaStaysDamaged() throws {
    var bytes = try folder.read("cards.db")
    for offset in 100..<4_096 { bytes[offset] = 0xA5 }
    try folder.write("cards.db", bytes)
    let error = #expect(throws: DatabaseError.self) {
      try Connection(path: path, mode: .readWrite).execute("SELECT * FROM users")
    }
    #expect(error?.category == .damaged)
  }
}
