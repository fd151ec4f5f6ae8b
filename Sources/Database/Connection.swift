internal import CSQLite
internal import Glibc

/// An open SQLite database, for one thread at a time.
package final class Connection {
  /// What the connection may do to the file.
  package enum Mode {
    /// Nothing is written, neither into the file nor beside it.
    case readOnly
    case readWrite
    /// Makes the file and fails if it exists.
    case create
  }

  /// The file, as an absolute path without symbolic links, if that is UTF-8.
  package let path: String
  let handle: OpaquePointer
  let callbacks = ConnectionCallbacks()
  /// The state of a file that is read as one that does not change; nil for any other.
  let stamp: FileStamp?
  private var cache: [String: Statement] = [:]
  /// Whether it has temporary views, without which nothing more may be asked.
  private(set) var hasViews = false
  private static let cachedStatements = 64

  /// Opens a database file.
  ///
  /// The content of the file is not looked at before the first statement that needs it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - mode: What may be done to it.
  ///   - permissions: The mode bits of a file that is made, less the umask; by default those that
  ///     SQLite itself gives.
  /// - Throws: What SQLite or the system answers; `needsLog` if the file cannot be read without
  ///   writing beside it.
  package init(path: String, mode: Mode, permissions: UInt32 = 0o644) throws(DatabaseError) {
    let real = try Connection.resolve(path, mode, permissions)
    if mode == .readOnly {
      (handle, stamp) = try Connection.openToRead(real)
    } else {
      handle = try Connection.open(real, SQLITE_OPEN_READWRITE)
      stamp = nil
    }
    self.path = real
    try configure(readOnly: mode == .readOnly)
  }

  /// Opens an empty database in a temporary file without a name, which goes with the connection.
  package init(temporary: Void) throws(DatabaseError) {
    handle = try Connection.open("", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    stamp = nil
    path = ""
    try configure(readOnly: false)
  }

  deinit {
    cache.removeAll()
    sqlite3_close_v2(handle)
  }

  /// SQLite reads a name that begins with `file:` as a URI, with options that switch locking
  /// off; an absolute path never begins so.
  private static func resolve(
    _ path: String, _ mode: Mode, _ permissions: UInt32
  ) throws(DatabaseError) -> String {
    guard !path.utf8.contains(0) else {
      throw DatabaseError(extendedCode: SQLITE_CANTOPEN, message: "a path holds no NUL")
    }
    if mode == .create {
      let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, permissions)
      guard descriptor >= 0 else { throw systemError() }
      close(descriptor)
    }
    guard let resolved = realpath(path, nil) else { throw systemError() }
    defer { free(resolved) }
    // In a folder whose name is not UTF-8 the path is taken as it is, and SQLite follows the links.
    return String(validatingCString: resolved)
      ?? (path.utf8.first == UInt8(ascii: "/") ? path : "./" + path)
  }

  /// Runs a body that makes temporary views, which a connection that only reads may do, too; they stay as
  /// long as the connection.
  package func definingViews(_ body: () throws -> Void) throws {
    hasViews = true
    let isReadOnly = try first("PRAGMA query_only", [], { $0.bool(0) }) ?? false
    guard isReadOnly else { return try body() }
    try execute("PRAGMA query_only = OFF")
    defer { try? execute("PRAGMA query_only = ON") }
    try body()
  }

  private static func systemError() -> DatabaseError {
    DatabaseError(
      extendedCode: SQLITE_CANTOPEN, message: String(cString: strerror(errno)), systemError: errno)
  }

  private func configure(readOnly: Bool) throws(DatabaseError) {
    sqlite3_extended_result_codes(handle, 1)
    let context = Unmanaged.passUnretained(callbacks).toOpaque()
    sqlite3_busy_handler(handle, ConnectionCallbacks.whenBusy, context)
    replaceUnknownCollations()
    var result: Int32 = 0
    for (option, value) in [
      (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
      (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
    ] as [(Int32, Int32)] {
      guard csqlite_db_config(handle, option, value, &result) == SQLITE_OK, result == value else {
        throw DatabaseError(handle: handle)
      }
    }
    // The cache holds a page of a list with its counts, of which the default would lose half.
    try execute(
      """
      PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -16384
      """)
    try setForeignKeys(true)
    if readOnly { try execute("PRAGMA query_only = ON") }
  }

  /// Switches the enforcement of foreign keys, and reads back that it took.
  ///
  /// Inside a transaction SQLite ignores the switch without a word.
  package func setForeignKeys(_ on: Bool) throws(DatabaseError) {
    try execute("PRAGMA foreign_keys = \(on ? "ON" : "OFF")")
    guard try foreignKeys() == on else {
      throw DatabaseError(
        extendedCode: SQLITE_MISUSE, message: "foreign keys cannot be switched here")
    }
  }

  package func foreignKeys() throws(DatabaseError) -> Bool {
    let statement = try take("PRAGMA foreign_keys", [], for: SQLCaller(#fileID, #function))
    var on = false
    if try statement.step() { statement.withRow { on = $0.bool(0) } }
    return on
  }

  /// How long to wait for a lock that another program holds, in milliseconds.
  package var busyTimeout: Int {
    get { callbacks.busyTimeout }
    set { callbacks.busyTimeout = newValue }
  }

  /// Whether no transaction is open.
  package var isAutocommit: Bool { sqlite3_get_autocommit(handle) != 0 }

  /// How many rows the newest INSERT, UPDATE or DELETE touched, without triggers.
  package var changes: Int { Int(sqlite3_changes64(handle)) }

  package var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Asks the handler now and then while statements run or wait for a lock; true stops them.
  ///
  /// A stopped statement throws an error that `isInterrupted`, or `isBusy` if it waited. One that
  /// was writing has then rolled back the whole transaction.
  package func watch(everyOperations: Int32 = 4_000, _ handler: (() -> Bool)?) {
    callbacks.shallStop = handler
    guard handler != nil else { return sqlite3_progress_handler(handle, 0, nil, nil) }
    let context = Unmanaged.passUnretained(callbacks).toOpaque()
    sqlite3_progress_handler(handle, everyOperations, ConnectionCallbacks.whileRunning, context)
  }

  /// A statement ready to run: from the cache, or compiled.
  func take(
    _ sql: String, _ arguments: [Value], for caller: SQLCaller
  ) throws(DatabaseError) -> Statement {
    let cached = cache.removeValue(forKey: sql)
    let statement = if let cached { cached } else { try compileOne(sql, for: caller) }
    try statement.bind(arguments)
    return statement
  }

  /// Puts a statement back into the cache.
  ///
  /// Pragmas are compiled anew each time, because some act when they are compiled.
  func giveBack(_ statement: Statement) {
    statement.reset()
    guard !statement.sql.hasPrefix("PRAGMA") else { return }
    if cache.count >= Connection.cachedStatements { cache.removeAll() }
    cache[statement.sql] = statement
  }

  private func compileOne(
    _ sql: String, for caller: SQLCaller
  ) throws(DatabaseError) -> Statement {
    var rest = sql[...]
    guard let statement = try compile(&rest, for: caller) else {
      throw DatabaseError(extendedCode: SQLITE_MISUSE, message: "no statement", sql: sql)
    }
    return statement
  }

  /// Compiles the first statement of the text and cuts it off; nil if none is left.
  func compile(
    _ text: inout Substring, for caller: SQLCaller
  ) throws(DatabaseError) -> Statement? {
    var handle: OpaquePointer?
    var used = 0
    let sql = String(text)
    func prepare() -> Int32 {
      sql.withCString { start in
        var tail: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v3(
          self.handle, start, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, &tail)
        used = tail.map { start.distance(to: $0) } ?? 0
        return code
      }
    }
    var code = prepare()
    if code != SQLITE_OK, SchemaTrustSwitch.readRefusedSchema(self.handle) { code = prepare() }
    guard code == SQLITE_OK else { throw DatabaseError(handle: self.handle, sql: sql) }
    text = text[text.utf8.index(text.startIndex, offsetBy: used)...]
    guard let handle else { return nil }
    if let listener = QueryPlans.listener {
      listener(.init(sql: sql, caller: caller.description, plan: queryPlan(sql)))
    }
    return Statement(sql: sql, database: self.handle, handle: handle)
  }
}
