internal import CPostgres
internal import Database
internal import Glibc

/// The parameters of a connection, all of them written out, so that no variable of the environment
/// fills a gap.
struct PostgresParameters {
  private(set) var values: [String: String]

  /// Collects what the location says, what it leaves out, and what is typed.
  ///
  /// - Throws: `cannotOpen` where a service is not to be found.
  init(
    _ location: PostgresLocation, _ options: PostgresOptions,
    _ library: UnsafePointer<cpostgres_functions>
  ) throws(DatabaseError) {
    values = location.parameters
    if let service = location.service { values = try ServiceFile.parameters(of: service) }
    if let password = options.password { values["password"] = password }
    for (name, value) in Self.defaults where values[name] == nil { values[name] = value }
    if values["user"]?.isEmpty ?? true { values["user"] = Self.login }
    values["application_name"] = options.applicationName
    values["client_encoding"] = "UTF8"
    silencePasswordFile()
    fillGaps(library)
  }

  /// What holds where the location says nothing else: over TCP an encrypted connection to a server
  /// whose name is proved, and a lost server that is noticed within five seconds.
  private static let defaults = [
    "sslmode": "verify-full", "gssencmode": "disable", "connect_timeout": "10", "keepalives": "1",
    "keepalives_idle": "1", "keepalives_interval": "1", "keepalives_count": "3",
    "tcp_user_timeout": "4000",
  ]

  /// The login of the process: libpq's own default, which PGUSER would replace.
  private static var login: String {
    getpwuid(geteuid()).flatMap { $0.pointee.pw_name }.map { String(cString: $0) } ?? ""
  }

  /// Gives every parameter that has a variable and no value the value that libpq was built with.
  private mutating func fillGaps(_ library: UnsafePointer<cpostgres_functions>) {
    guard let options = library.pointee.conndefaults() else { return }
    defer { library.pointee.conninfoFree(options) }
    var option = options
    while let keyword = option.pointee.keyword {
      let name = String(cString: keyword)
      if option.pointee.environment != nil, values[name] == nil, !Self.kept.contains(name) {
        values[name] = option.pointee.compiled.map { String(cString: $0) } ?? ""
      }
      option += 1
    }
  }

  /// The parameters whose variables may speak: where passwords are.
  ///
  /// An empty service would be looked for.
  private static let kept: Set<String> = ["password", "passfile", "service"]

  /// Keeps libpq from writing on standard error that the file of passwords is open to others; it
  /// would not be read, as libpq has it.
  private mutating func silencePasswordFile() {
    let path =
      values["passfile"] ?? getenv("PGPASSFILE").map { String(cString: $0) }
      ?? ServiceFile.home.map { "\($0)/.pgpass" }
    var status = stat()
    guard let path, stat(path, &status) == 0 else { return }
    let isPrivate = status.st_mode & 0o077 == 0 && status.st_mode & S_IFMT == S_IFREG
    if !isPrivate { values["passfile"] = "/dev/null/none" }
  }

  /// The parameters as libpq reads them: `name='value' ...`.
  var text: String {
    values.sorted { $0.key < $1.key }.map { name, value in
      let quoted = value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
      return "\(name)='\(quoted)'"
    }.joined(separator: " ")
  }

  /// Where the server is, for messages: never a password.
  var server: String {
    let host = values["host"].flatMap { $0.isEmpty ? nil : $0 } ?? values["hostaddr"] ?? ""
    return host.isEmpty ? "this machine" : host
  }
}
