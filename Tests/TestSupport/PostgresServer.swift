package import Database
package import DatabasePostgres
internal import Glibc
internal import Synchronization

/// A PostgreSQL server of the tests: private, in a temporary folder, on a Unix socket only.
///
/// One runs for the whole test process, from the first test that asks for it. A shell waits beside it
/// and stops it and removes its folder when the process ends, however that happens.
package final class PostgresServer: Sendable {
  /// The folder with the data and the socket; short, because a socket's path has at most 107 bytes.
  package let folder: String
  private let keeper: Mutex<ChildProcess?>
  private let settings: String
  private let databases = Atomic<Int>(0)
  private let free = Mutex<[String]>([])

  /// The folder with the programs of the server; nil where the package `postgresql` is not installed.
  package static let programs: String? = {
    let base = "/usr/lib/postgresql"
    let versions = entries(of: base).compactMap(Int.init).sorted(by: >)
    return versions.map { "\(base)/\($0)/bin" }.first { access("\($0)/initdb", X_OK) == 0 }
  }()

  /// Whether there can be one; else the tests are skipped, and say so.
  package static var isInstalled: Bool { programs != nil }

  /// Why tests are skipped.
  package static let missing = "the package postgresql is not installed"

  /// The server of this process.
  package static let shared = Result { try PostgresServer() }

  /// A server of its own for a test that stops it.
  package static func own() throws -> PostgresServer { try PostgresServer() }

  /// A server of its own that listens on this machine's address too, over TLS where that is asked for.
  ///
  /// - Parameter certificate: The file with its certificate, and the one with the key.
  /// - Returns: The server.
  /// - Throws: What keeps it from being started.
  package static func own(
    certificate: (path: String, key: String)
  ) throws -> PostgresServer {
    try PostgresServer(certificate)
  }

  /// The port on which it listens; nil where it has a socket alone.
  package let port: Int?

  /// The login that needs a password, and the password.
  package static let guarded = (login: "guarded", password: "correct horse 'battery\\ staple")

  private init(_ certificate: (path: String, key: String)? = nil) throws {
    port = try certificate.map { _ in try freePort() }
    guard let programs = Self.programs else { throw SystemError("initdb", ENOENT) }
    var template = Array("/tmp/ca-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.folder = folder
    if isRoot { chown(folder, nobody, nobody) }
    let initdb = try runProgram(
      "\(programs)/initdb",
      [
        "-D", "\(folder)/data", "--no-sync", "-A", "trust", "-U", "postgres", "--encoding=UTF8",
        "--locale=C.UTF-8",
      ], uid: isRoot ? nobody : nil)
    guard initdb.status == 0 else { throw ProgramError.failed("initdb", initdb) }
    let access = "\(folder)/data/pg_hba.conf"
    try writeFile(
      access, Array("local all \(Self.guarded.login) scram-sha-256\n".utf8) + (try readFile(access))
    )
    let become =
      isRoot ? "setpriv --reuid=\(nobody) --regid=\(nobody) --clear-groups" : ""
    var words = [
      port == nil ? "listen_addresses=''" : "listen_addresses='localhost'",
      "unix_socket_directories='\(folder)'", "fsync=off",
      "full_page_writes=off", "synchronous_commit=off", "shared_buffers=32MB", "autovacuum=off",
      "jit=off", "dynamic_shared_memory_type=mmap", "max_prepared_transactions=4",
      "track_commit_timestamp=on", "max_connections=60",
    ]
    if let certificate, let port {
      // The server reads the key as its own alone.
      for (path, name) in [(certificate.path, "server.crt"), (certificate.key, "server.key")] {
        try writeFile("\(folder)/\(name)", try readFile(path))
        chmod("\(folder)/\(name)", 0o600)
        if isRoot { chown("\(folder)/\(name)", nobody, nobody) }
      }
      words += [
        "port=\(port)", "ssl=on", "ssl_cert_file='\(folder)/server.crt'",
        "ssl_key_file='\(folder)/server.key'",
      ]
    }
    let settings = words.map { "-c \($0)" }.joined(separator: " ")
    let script = """
      trap '' INT TERM HUP
      cd / && \(become) \(programs)/pg_ctl -D \(folder)/data -l \(folder)/log -w \
      -o "\(settings)" start </dev/null >/dev/null 2>&1 && echo ready
      read -r end
      \(become) \(programs)/pg_ctl -D \(folder)/data -m immediate stop >/dev/null 2>&1
      rm -rf \(folder)
      """
    var keeper = try ChildProcess("/bin/sh", ["-c", script], testEnvironment())
    _ = try keeper.ask("", until: "ready", seconds: 60)
    self.keeper = Mutex(keeper)
    self.settings = settings
    let connection = try PostgresConnection(try location(of: "postgres"))
    let password = SQLText.literal(Self.guarded.password).replacing("\\", with: "\\\\")
    try connection.run("CREATE ROLE \(Self.guarded.login) LOGIN PASSWORD E\(password)")
    try connection.run("CREATE ROLE app LOGIN; CREATE ROLE record_owner")
  }

  /// Stops the server as a loss of power does, and waits until it is gone.
  package func crash() throws { try control(["-m", "immediate", "stop"]) }

  /// Starts it again, and waits until it answers.
  package func start() throws {
    try control(["-l", "\(folder)/log", "-o", settings, "start"])
  }

  private func control(_ words: [String]) throws {
    let result = try runProgram(
      "\(Self.programs ?? "")/pg_ctl", ["-D", "\(folder)/data", "-w"] + words,
      uid: isRoot ? nobody : nil)
    guard result.status == 0 else { throw ProgramError.failed("pg_ctl", result) }
  }

  /// The location of a database.
  package func location(
    of database: String, user: String = "postgres"
  ) throws -> PostgresLocation {
    let text = text(of: database, user: user)
    guard case .postgres(let location) = try DatabaseLocation(text, from: .argument) else {
      throw SystemError("read \(text)", EINVAL)
    }
    return location
  }

  /// The location of a database as an operator writes it.
  package func text(of database: String, user: String = "postgres") -> String {
    "postgres://\(user)@/\(database)?host=\(folder)" + (port.map { "&port=\($0)" } ?? "")
  }

  /// An empty database: one that a test before has left, or a new one.
  fileprivate func takeDatabase() throws -> String {
    if let name = free.withLock({ $0.popLast() }) { return name }
    let name = "test\(databases.add(1, ordering: .relaxed).newValue)"
    let connection = try PostgresConnection(try location(of: "postgres"))
    try connection.run("CREATE DATABASE \(name) TEMPLATE template0")
    return name
  }

  /// Ends all sessions with a database and empties it, which is faster than to make another one.
  fileprivate func giveBack(_ name: String) throws {
    let connection = try PostgresConnection(try location(of: name))
    try connection.execute(
      """
      SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
      """)
    try connection.run(
      """
      ALTER DATABASE \(name) RESET ALL;
      DROP SCHEMA IF EXISTS company_access CASCADE; DROP SCHEMA public CASCADE;
      CREATE SCHEMA public; ALTER SCHEMA public OWNER TO pg_database_owner;
      GRANT USAGE ON SCHEMA public TO PUBLIC
      """)
    free.withLock { $0.append(name) }
  }
}

/// A database of its own for one test, given back when the last reference goes.
package final class PostgresDatabase: Sendable {
  package let server: PostgresServer
  package let name: String

  /// Makes it on the server of this process, or on another one.
  package init(on server: PostgresServer? = nil) throws {
    self.server = try server ?? PostgresServer.shared.get()
    if !TestEngine.isCounted { TestEngine.postgres.note() }
    name = try self.server.takeDatabase()
  }

  deinit { try? server.giveBack(name) }

  /// Where it is.
  package func location(user: String = "postgres") throws -> PostgresLocation {
    try server.location(of: name, user: user)
  }

  /// The same as an operator writes it.
  package func text(user: String = "postgres") -> String { server.text(of: name, user: user) }

  /// A session with it.
  package func open(
    user: String = "postgres", _ options: PostgresOptions = PostgresOptions()
  ) throws -> PostgresConnection {
    try PostgresConnection(try location(user: user), options)
  }

  /// Runs SQL in the notation of SQLite: several statements, or one whose rows are printed as the shell
  /// of SQLite prints them.
  package func run(_ script: String) throws -> String {
    let session = try open()
    guard !script.contains(";") else {
      try session.run(session.native(script))
      return ""
    }
    let rows = try session.rows(script, []) { row in
      row.values.map { value in
        switch value {
        case .null: ""
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): text
        case .blob(let bytes): String(decoding: bytes, as: UTF8.self)
        }
      }.joined(separator: "|")
    }
    return rows.joined(separator: "\n")
  }

  /// All rows of all tables, those of the record among them.
  package func dump() throws -> String {
    let session = try open()
    let tables = try session.rows(
      """
      SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
      WHERE schemaname IN ('public', 'company_access') ORDER BY 1
      """, []
    ) { $0.text(0) }
    return try tables.flatMap { table in
      try session.rows("SELECT CAST(t AS TEXT) FROM \(table) AS t ORDER BY 1", []) {
        "\(table): \($0.text(0))\n"
      }
    }.joined()
  }
}

/// A port of this machine on which nobody listens.
private func freePort() throws -> Int {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  guard descriptor >= 0 else { throw SystemError("socket") }
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let found = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
    }
  }
  guard found else { throw SystemError("bind") }
  return Int(UInt16(bigEndian: address.sin_port))
}
