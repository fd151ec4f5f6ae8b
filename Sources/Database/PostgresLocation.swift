/// A database of a PostgreSQL server, as a location names it.
package struct PostgresLocation: Hashable, Sendable {
  /// The parameters of the connection by their names in libpq, the password among them if there is
  /// one.
  package private(set) var parameters: [String: String] = [:]
  /// The name of a group of parameters in a service file; nil for a URL.
  package private(set) var service: String?
  /// The location without a password.
  package private(set) var shown: String

  /// Whether the location itself holds a password.
  package var holdsPassword: Bool {
    parameters["password"] != nil || parameters["sslpassword"] != nil
  }

  /// What a URL may say behind its question mark, by the names of libpq.
  ///
  /// `options` is none of them: it would set any setting of the session, such as one that switches
  /// triggers off.
  package static let knownParameters: Set<String> = [
    "channel_binding", "connect_timeout", "dbname", "gssencmode", "host", "hostaddr", "keepalives",
    "keepalives_count", "keepalives_idle", "keepalives_interval", "krbsrvname", "passfile",
    "password", "port", "require_auth", "requirepeer", "ssl_max_protocol_version",
    "ssl_min_protocol_version", "sslcert", "sslcrl", "sslcrldir", "sslkey", "sslmode",
    "sslnegotiation", "sslpassword", "sslrootcert", "sslsni", "target_session_attrs",
    "tcp_user_timeout", "user",
  ]

  /// Reads the name of a service.
  ///
  /// - Throws: `malformed` where it is no name.
  init(service name: String) throws(DatabaseLocation.Problem) {
    let isName = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "._-".utf8.contains(byte)
      }
    }
    guard !name.isEmpty, isName else { throw .malformed(part: "name of the service") }
    service = name
    shown = "service=\(name)"
  }

  /// Reads `postgres://[USER[:PASSWORD]@][HOST[:PORT],...][/DATABASE][?NAME=VALUE&...]`.
  ///
  /// - Throws: `malformed` and `unknownParameter`.
  init(url: String, scheme: String) throws(DatabaseLocation.Problem) {
    var rest = Array(url.utf8).dropFirst(scheme.utf8.count + "://".utf8.count)
    shown = "postgres://"
    if let question = rest.firstIndex(of: UInt8(ascii: "?")) {
      try readParameters(rest[(question + 1)...])
      rest = rest[..<question]
    }
    var authority = rest.prefix { $0 != UInt8(ascii: "/") }
    let database = rest[authority.endIndex...].dropFirst()
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
      try readUser(authority[..<at])
      authority = authority[(at + 1)...]
    }
    try readHosts(authority)
    if !database.isEmpty {
      parameters["dbname"] = try Self.decoded(database, part: "name of the database")
    }
    showHosts(authority, database)
  }

  private mutating func readUser(_ text: ArraySlice<UInt8>) throws(DatabaseLocation.Problem) {
    let user = text.prefix { $0 != UInt8(ascii: ":") }
    let password = text[user.endIndex...].dropFirst()
    if !user.isEmpty { parameters["user"] = try Self.decoded(user, part: "user") }
    if !password.isEmpty { parameters["password"] = try Self.decoded(password, part: "password") }
  }

  private mutating func readHosts(_ text: ArraySlice<UInt8>) throws(DatabaseLocation.Problem) {
    guard !text.isEmpty else { return }
    var hosts: [String] = []
    var ports: [String] = []
    for entry in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      var (host, port) = (entry, entry[entry.endIndex...])
      if entry.first == UInt8(ascii: "[") {
        guard let end = entry.firstIndex(of: UInt8(ascii: "]")) else {
          throw .malformed(part: "host")
        }
        host = entry[(entry.startIndex + 1)..<end]
        port = entry[(end + 1)...]
        guard !host.isEmpty, port.isEmpty || port.first == UInt8(ascii: ":") else {
          throw .malformed(part: "host")
        }
        port = port.dropFirst()
      } else if let colon = entry.lastIndex(of: UInt8(ascii: ":")) {
        host = entry[..<colon]
        port = entry[(colon + 1)...]
        guard !host.contains(UInt8(ascii: ":")) else { throw .malformed(part: "host") }
      }
      hosts.append(try Self.decoded(host, part: "host"))
      ports.append(try Self.decoded(port, part: "port"))
    }
    let areNumbers = ports.allSatisfy { port in
      port.isEmpty || (UInt16(port) ?? 0 > 0 && !port.hasPrefix("+"))
    }
    guard areNumbers else { throw .malformed(part: "port") }
    if parameters["host"] == nil { parameters["host"] = hosts.joined(separator: ",") }
    if ports.contains(where: { !$0.isEmpty }) { parameters["port"] = ports.joined(separator: ",") }
  }

  private mutating func readParameters(
    _ text: ArraySlice<UInt8>
  ) throws(DatabaseLocation.Problem) {
    for entry in text.split(separator: UInt8(ascii: "&")) {
      let name = entry.prefix { $0 != UInt8(ascii: "=") }
      guard name.endIndex < entry.endIndex else { throw .malformed(part: "list of parameters") }
      let key = try Self.decoded(name, part: "list of parameters")
      guard PostgresLocation.knownParameters.contains(key) else { throw .unknownParameter(key) }
      parameters[key] = try Self.decoded(entry[(name.endIndex + 1)...], part: "value of \(key)")
    }
  }

  /// What is shown: the user, the hosts and the database as they were written, and no parameters
  /// but a host.
  private mutating func showHosts(_ hosts: ArraySlice<UInt8>, _ database: ArraySlice<UInt8>) {
    if let user = parameters["user"] { shown += user + "@" }
    shown += hosts.isEmpty ? "" : String(decoding: hosts, as: UTF8.self)
    shown += "/" + (parameters["dbname"] ?? String(decoding: database, as: UTF8.self))
    if hosts.isEmpty, let host = parameters["host"] { shown += " at \(host)" }
  }

  /// A part with `%XX` replaced by bytes.
  private static func decoded(
    _ text: ArraySlice<UInt8>, part: String
  ) throws(DatabaseLocation.Problem) -> String {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, !digits.contains(UInt8(ascii: "+")),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      else { throw .malformed(part: part) }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed(part: part)
    }
    return text
  }
}
