internal import Database
internal import Glibc

/// The files in which services have names: groups of parameters of connections.
enum ServiceFile {
  /// The home folder of the user of the process; nil without one.
  static var home: String? {
    getpwuid(geteuid()).flatMap { $0.pointee.pw_dir }.map { String(cString: $0) }
  }

  /// The files, in the order in which they are looked into.
  private static var paths: [String] {
    let named = getenv("PGSERVICEFILE").map { String(cString: $0) }
    return [named ?? home.map { "\($0)/.pg_service.conf" }].compactMap(\.self)
      + ["/etc/postgresql-common/pg_service.conf", "/etc/pg_service.conf"]
  }

  /// The parameters of a service.
  ///
  /// - Parameter service: Its name.
  /// - Returns: The parameters by their names.
  /// - Throws: `cannotOpen` where no file has the service, or has a line in it that is none.
  static func parameters(of service: String) throws(DatabaseError) -> [String: String] {
    for path in paths {
      guard let text = read(path) else { continue }
      if let found = try parameters(of: service, in: text, path) { return found }
    }
    throw DatabaseError(
      .cannotOpen, message: "no service file has \(service): \(paths.joined(separator: ", "))",
      systemError: ENOENT)
  }

  /// Reads the group of a service out of a file; nil if it has none.
  static func parameters(
    of service: String, in text: String, _ path: String
  ) throws(DatabaseError) -> [String: String]? {
    var found: [String: String]?
    var isIn = false
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = line.trimmingSpaces
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      if line.hasPrefix("[") {
        isIn = line == "[\(service)]"
        if isIn { found = found ?? [:] }
        continue
      }
      guard isIn else { continue }
      let name = line.prefix { $0 != "=" }
      guard name.endIndex < line.endIndex, PostgresLocation.knownParameters.contains(String(name))
      else {
        throw DatabaseError(
          .cannotOpen, message: "line \(number + 1) of \(path) is no parameter of a connection")
      }
      found?[String(name)] = String(line[line.index(after: name.endIndex)...])
    }
    return found
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Substring {
  /// The text without spaces, tabs and carriage returns at its ends.
  fileprivate var trimmingSpaces: Substring {
    func isSpace(_ character: Character) -> Bool { " \t\r".contains(character) }
    var text = self.drop(while: isSpace)
    while let last = text.last, isSpace(last) { text.removeLast() }
    return text
  }
}
