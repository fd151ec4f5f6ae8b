internal import CPostgres
internal import Database

/// libpq, loaded when the first PostgreSQL database is opened.
enum PostgresLibrary {
  /// The functions of the library.
  ///
  /// - Throws: `unavailable` where it is not installed.
  static func load() throws(DatabaseError) -> UnsafePointer<cpostgres_functions> {
    var problem: UnsafePointer<CChar>?
    guard let functions = cpostgres_load(&problem) else {
      throw DatabaseError(.unavailable, message: missing(problem.map { String(cString: $0) } ?? ""))
    }
    return functions
  }

  /// The words where the library is missing.
  static func missing(_ detail: String) -> String {
    detail.isEmpty || detail.contains("No such file")
      ? "PostgreSQL needs the package libpq5" : "PostgreSQL needs the package libpq5: \(detail)"
  }
}

extension UnsafePointer<cpostgres_functions> {
  /// What libpq says of the newest failure of a connection.
  func errorText(_ connection: OpaquePointer) -> String {
    pointee.errorMessage(connection).map { String(cString: $0) } ?? ""
  }
}
