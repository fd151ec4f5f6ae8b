internal import Glibc

/// Where a database is: a file, or a database of a PostgreSQL server.
package enum DatabaseLocation: Hashable, Sendable {
  /// A file of SQLite.
  case file(path: String)
  case postgres(PostgresLocation)

  /// Who wrote a location down, which decides whether others may have read it.
  package enum Origin: Hashable, Sendable {
    /// An argument of a command, which every user of the machine can read while the command runs.
    case argument
    /// A variable of the environment.
    case environment
    /// A file.
    case file
  }

  /// Why a text is no location.
  package enum Problem: Error, Hashable, Sendable {
    /// A password stands where others can read it.
    case passwordInArgument
    /// The text is a URL of something that this program does not open, such as `mysql:`.
    case unknownScheme(String)
    /// A file has a name that is a location.
    case nameOfFile(String)
    /// A part of the text is not what may stand there.
    case malformed(part: String)
    /// A parameter is not one that a location may have.
    case unknownParameter(String)
  }

  /// Reads a location.
  ///
  /// A text that begins with `postgres://`, `postgresql://` or `service=` is a PostgreSQL database,
  /// and any other text the path of a file. A file whose name is such a text is opened as `./NAME`.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - origin: Where it was written.
  /// - Throws: Why it is none.
  package init(_ text: String, from origin: Origin) throws(Problem) {
    guard let scheme = DatabaseLocation.scheme(of: text) else {
      self = .file(path: text)
      return
    }
    let isThere = !text.utf8.contains(0) && access(text, F_OK) == 0
    switch scheme {
    case "postgres", "postgresql":
      guard !isThere else { throw .nameOfFile(text) }
      self = .postgres(try PostgresLocation(url: text, scheme: scheme))
    case "service":
      guard !isThere else { throw .nameOfFile(text) }
      self = .postgres(try PostgresLocation(service: String(text.dropFirst("service=".count))))
    default:
      guard isThere else { throw .unknownScheme(scheme) }
      self = .file(path: text)
    }
    if case .postgres(let location) = self, origin == .argument, location.holdsPassword {
      throw .passwordInArgument
    }
  }

  /// The word before `://`, in lower case, or `service` before `=`; nil where the text begins
  /// otherwise.
  private static func scheme(of text: String) -> String? {
    if text.hasPrefix("service=") { return "service" }
    let word = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    guard let first = word.first, first.isLetter, text[word.endIndex...].hasPrefix("://") else {
      return nil
    }
    return word.lowercased()
  }

  /// Whether a text is meant for the location of a server, well-formed or not.
  package static func namesServer(_ text: String) -> Bool {
    ["postgres", "postgresql", "service"].contains(scheme(of: text))
  }

  /// The location as it is shown: without a password.
  package var shown: String {
    switch self {
    case .file(let path): path
    case .postgres(let location): location.shown
    }
  }
}

extension DatabaseLocation.Problem {
  /// What is wrong, and the way out.
  ///
  /// A text that holds a password is not repeated.
  package var words: String {
    switch self {
    case .passwordInArgument:
      "a password in an argument can be read by every user of this machine; keep it in ~/.pgpass or "
        + "a service file, or set COMPANY_ACCESS_DB"
    case .unknownScheme(let scheme):
      "\(scheme):// is no database that this program opens; it opens files of SQLite, postgres:// "
        + "and service=NAME"
    case .nameOfFile(let text):
      "a file is called \(text); for the file say ./\(text), or run the command in another folder"
    case .malformed(let part): "the \(part) of the location is not well-formed"
    case .unknownParameter(let name): "a location has no parameter \(name)"
    }
  }
}
