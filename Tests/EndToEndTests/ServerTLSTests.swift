import Database
import DatabasePostgres
import TestSupport
import Testing

private let hasOpenSSL = (try? runProgram("/usr/bin/env", ["openssl", "version"]))?.status == 0

/// Connections over TCP: the server proves its name, and nothing but the location says otherwise.
@Suite(
  .enabled(
    if: PostgresServer.isInstalled && hasOpenSSL,
    "the packages postgresql and openssl are not both installed"))
struct ServerTLSTests {
  let folder: TemporaryFolder
  let server: PostgresServer
  let database: PostgresDatabase

  /// A server whose certificate an authority of its own has made for the name localhost.
  init() throws {
    folder = try TemporaryFolder()
    for authority in ["authority", "stranger"] {
      try Self.openssl(
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=\(authority)", "-keyout", folder.file("\(authority).key"),
        "-out", folder.file("\(authority).crt"))
    }
    try Self.openssl(
      "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
      "/CN=localhost", "-keyout", folder.file("server.key"), "-out", folder.file("server.csr"))
    let names = try folder.write("names", "subjectAltName=DNS:localhost\n")
    try Self.openssl(
      "x509", "-req", "-in", folder.file("server.csr"), "-CA", folder.file("authority.crt"),
      "-CAkey",
      folder.file("authority.key"), "-CAcreateserial", "-days", "2", "-extfile", names, "-out",
      folder.file("server.crt"))
    server = try PostgresServer.own(
      certificate: (folder.file("server.crt"), folder.file("server.key")))
    database = try PostgresDatabase(on: server)
    let made = try runProgram(builtProduct("company-access"), ["init", database.text()])
    try #require(made.status == 0, "\(made)")
  }

  private static func openssl(_ words: String...) throws {
    let result = try runProgram("/usr/bin/env", ["openssl"] + words)
    guard result.status == 0 else { throw ProgramError.failed("openssl", result) }
  }

  private func location(_ host: String, _ parameters: String...) -> String {
    let more = parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")
    return "postgres://postgres@\(host):\(server.port ?? 0)/\(database.name)\(more)"
  }

  private var root: String { "sslrootcert=" + folder.file("authority.crt") }

  /// Runs `stats` with a home without certificates.
  private func stats(
    _ location: String, _ environment: [String: String] = [:]
  ) throws -> ProgramResult {
    try runProgram(
      builtProduct("company-access"), ["--db", location, "stats", "--format", "csv"],
      environment: environment.merging(["HOME": folder.path]) { $1 }.mapValues { $0 })
  }

  private func isEncrypted(_ text: String) throws -> Bool {
    guard case .postgres(let location) = try DatabaseLocation(text, from: .argument) else {
      return false
    }
    return try PostgresConnection(location).first(
      "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()" as SQLStatement
    ) { $0.bool(0) } ?? false
  }

  @Test("A server that proves its name is spoken to over TLS")
  func proven() throws {
    let result = try stats(location("localhost", root))
    #expect(result.status == 0 && result.stderr == "", "\(result)")
    #expect(try isEncrypted(location("localhost", root)))
  }

  @Test("A certificate of another name, or of another authority, is refused in words")
  func otherNames() throws {
    for (text, words) in [
      (location("127.0.0.1", root), "does not match host name \"127.0.0.1\""),
      (
        location("db.example", root, "hostaddr=127.0.0.1"),
        "does not match host name \"db.example\""
      ),
      (
        location("localhost", "sslrootcert=" + folder.file("stranger.crt")),
        "certificate verify failed"
      ),
      (location("localhost"), "root certificate file"),
    ] {
      let result = try stats(text)
      #expect(result.status == 69 && result.stdout == "", "\(text): \(result)")
      #expect(result.stderr.contains(words), "\(text): \(result.stderr)")
    }
  }

  @Test("Without TLS, or without a look at the name, only where the location says so")
  func unproven() throws {
    #expect(try stats(location("localhost", "sslmode=disable")).status == 0)
    #expect(try !isEncrypted(location("localhost", "sslmode=disable")))
    #expect(try isEncrypted(location("127.0.0.1", "sslmode=require")))
    #expect(try stats(location("127.0.0.1", "sslmode=verify-ca", root)).status == 0)
    let off = try stats(location("127.0.0.1"), ["PGSSLMODE": "disable"])
    #expect(off.status == 69 && off.stdout == "", "\(off)")
  }

  @Test("The environment does not steer it: neither libpq's variables nor those of OpenSSL")
  func environment() throws {
    // Read by OpenSSL, it would let no handshake succeed.
    let settings = try folder.write(
      "openssl.cnf",
      """
      openssl_conf = all
      [all]
      ssl_conf = ssl
      [ssl]
      system_default = none
      [none]
      MinProtocol = TLSv1.3
      MaxProtocol = TLSv1.2
      """)
    let steering = [
      "PGSSLMODE": "disable", "PGSSLROOTCERT": folder.file("stranger.crt"),
      "PGHOSTADDR": "192.0.2.1", "PGHOST": "192.0.2.1", "PGPORT": "1", "PGUSER": "stranger",
      "PGOPTIONS": "-c default_transaction_read_only=on -c search_path=stranger",
      "PGSSLCERT": "/nothing", "PGSSLKEY": "/nothing", "PGSSLCRL": "/nothing",
      "PGSSLMINPROTOCOLVERSION": "TLSv1.3", "PGSSLMAXPROTOCOLVERSION": "TLSv1.2",
      "OPENSSL_CONF": settings, "SSL_CERT_FILE": folder.file("authority.crt"),
      "SSL_CERT_DIR": folder.path,
    ]
    let plain = try stats(location("localhost", root))
    let steered = try stats(location("localhost", root), steering)
    #expect(steered.status == 0 && steered.stdout == plain.stdout, "\(steered)")
    // What the location refuses stays refused.
    #expect(try stats(location("127.0.0.1", root), steering).status == 69)
    #expect(try stats(location("localhost"), steering).status == 69)
  }
}
