internal import Database

extension AccessStore {
  /// Suggests where an application keeps its users, its companies and who may enter which.
  ///
  /// It goes by the names, types, keys, references and unique indexes of the tables, and by some of
  /// the rows of those that are likely. Nothing is written. The mapping is a suggestion: its
  /// questions have to be answered by people who know the application.
  ///
  /// - Parameters:
  ///   - path: The file of an application.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Can cancel.
  /// - Returns: The mapping with reasons, alternatives and questions.
  /// - Throws: `.noSuchFile`, `.notAFile`, `.notADatabase`, `.notPermitted`, `.cannotOpen`,
  ///   `.needsRecovery`, `.needsLog`, `.busy`, `.damaged` or `.diskError` of the file; `.cancelled`.
  public static func suggestMapping(
    _ path: String, busyTimeout: Int = 5_000, work: Work = Work()
  ) throws(AccessError) -> MappingSuggestion {
    try suggestMappings(path, busyTimeout: busyTimeout, work: work)[0]
  }

  /// Suggests several mappings, the likeliest first.
  ///
  /// - Parameters:
  ///   - path: The file of an application.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Can cancel.
  /// - Returns: At least one suggestion, which may be that there is nothing; those that follow it are
  ///   about other tables, and have a mapping.
  /// - Throws: As `suggestMapping`.
  public static func suggestMappings(
    _ path: String, busyTimeout: Int = 5_000, work: Work = Work()
  ) throws(AccessError) -> [MappingSuggestion] {
    let isOnServer = DatabaseLocation.namesServer(path)
    if !isOnServer { _ = try FileCheck.readOnlyReason(path) }
    do {
      let connection: any DatabaseSession =
        try isOnServer
        ? ServerLogin(path, password: nil).openForAdoption()
        : fileToRead(path, busyTimeout)
      connection.watch { work.isCancelled }
      defer { connection.watch(nil) }
      return try connection.reading {
        let catalogue = try Catalogue(connection)
        let first = MappingSuggester(catalogue)
        let sampled = try catalogue.sampled(
          first.tablesOfInterest, first.references, connection)
        return MappingSuggester(sampled, first.references).suggestions()
      }
    } catch {
      if work.isCancelled { throw .cancelled }
      throw AccessError(any: error, path: ServerLocation.shown(path))
    }
  }

  private static func fileToRead(_ path: String, _ busyTimeout: Int) throws -> Connection {
    let connection = try Connection(path: path, mode: .readOnly)
    connection.busyTimeout = busyTimeout
    return connection
  }
}
