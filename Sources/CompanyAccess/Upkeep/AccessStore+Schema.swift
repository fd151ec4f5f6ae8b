internal import Database

extension AccessStore {
  /// How a database stands to the schema that this program works on.
  ///
  /// Nothing is changed. Rows are counted, which takes a while in a large file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - mappingFile: A file that says where users and companies are, for an application that is not
  ///     known; nil for one that is, or if the database says so itself.
  ///   - access: Whether the file may be opened for writing, although nothing is written.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: The version, what an upgrade would do, and what forbids it.
  /// - Throws: `.noSuchFile`, `.notAFile`, `.notADatabase`, `.notPermitted`, `.cannotOpen`,
  ///   `.needsRecovery`, `.needsLog`, `.busy`, `.damaged` or `.diskError` of the file;
  ///   `.badMappingFile` or `.unfitMapping` of the mapping; `.noTables` where the tables are of
  ///   no known application; `.cancelled`.
  public static func schemaStatus(
    _ path: String, mappingFile: String? = nil, access: Access = .automatic,
    busyTimeout: Int = 5_000, work: Work = Work()
  ) throws(AccessError) -> SchemaStatus {
    if DatabaseLocation.namesServer(path) {
      let adoption = try ServerAdoption(path, mappingFile.map(MappingSource.file))
      guard adoption.recorded == nil else { return try ServerSchema(path).status() }
      return try adoption.plan(work).status
    }
    let migration = try SchemaMigration(
      path, mappingFile.map(MappingSource.file), .library, busyTimeout, access)
    return try migration.status(trusts: false, work)
  }

  /// Makes the schema of a database what this program works on.
  ///
  /// A file that has only an application's tables gets the access table and the record beside
  /// them; what another program has dropped or changed since is made again, and the record then says
  /// that it resumes. What the tables say and the record does not goes on it as a change too. All of it is one transaction, after a verified copy; a killed upgrade leaves
  /// the file as it was. The application's own tables and rows stay as they are. Stores that are
  /// open should be opened again.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - mappingFile: A file that says where users and companies are; see `schemaStatus`.
  ///   - trustsSchema: Whether what the application's schema runs when users and companies are
  ///     written may be run.
  ///   - choices: What else the operator has said, where a file is adopted.
  ///   - dryRun: Whether everything is done as for real, but for the copy, and taken back instead of
  ///     being committed.
  ///   - origin: What the record shall give as the origin.
  ///   - reason: Why, for the record.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What was done; no steps if there was nothing to do.
  /// - Throws: `.schemaRefused` with what has to be put right first, `.badMappingFile`,
  ///   `.unfitMapping`, `.noTables`, `.readOnly`, `.busy`, `.cannotCreate` for the copy,
  ///   `.diskFull`, `.diskError`, `.damaged` or `.cancelled`; nothing has been changed then.
  @discardableResult
  public static func upgradeSchema(
    _ path: String, mappingFile: String? = nil, trustsSchema: Bool = false,
    choices: AdoptionChoices = [], dryRun: Bool = false, origin: Origin = .library,
    reason: ChangeReason = nil, busyTimeout: Int = 5_000, work: Work = Work()
  ) throws(AccessError) -> SchemaUpgrade {
    if DatabaseLocation.namesServer(path) {
      guard mappingFile == nil else { throw .notForServers(what: "--mapping") }
      return try ServerSchema(path, origin: origin, reason: reason).upgrade(dryRun: dryRun)
    }
    var migration = try SchemaMigration(
      path, mappingFile.map(MappingSource.file), origin, busyTimeout, .readWrite)
    migration.choices = choices
    migration.reason = reason
    return try migration.upgrade(trusts: trustsSchema, dryRun: dryRun, work)
  }

  /// What a downgrade would do, and what would be lost by it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - access: Whether the file may be opened for writing, although nothing is written.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  /// - Returns: The steps and the loss.
  /// - Throws: `.noSuchFile`, `.notAFile`, `.notADatabase`, `.notPermitted`, `.cannotOpen`,
  ///   `.needsRecovery`, `.needsLog`, `.busy`, `.damaged` or `.diskError` of the file;
  ///   `.schemaRefused` where triggers or tables of others are in the way.
  public static func downgradePlan(
    _ path: String, access: Access = .automatic, busyTimeout: Int = 5_000
  ) throws(AccessError) -> SchemaDowngrade {
    if DatabaseLocation.namesServer(path) { return try ServerDowngrade(path).plan() }
    let migration = try SchemaMigration(
      path, nil, .library, busyTimeout, access, takesUnfit: true)
    return try migration.downgradePlan()
  }

  /// Takes away from a database exactly what upgrades have added to it.
  ///
  /// The schema of the application is then what it was, to the byte. A verified copy is made first.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - acceptsLoss: Whether grants and the record may be lost, but for the copy.
  ///   - dryRun: Whether everything is done as for real, but for the copy, and taken back instead of
  ///     being committed.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What was done; no steps if there was nothing to do.
  /// - Throws: `.wouldLose` if something would be lost that may not be, `.schemaRefused`,
  ///   `.readOnly`, `.busy`, `.cannotCreate` for the copy, `.diskFull`, `.diskError`, `.damaged`
  ///   or `.cancelled`; nothing has been changed then.
  @discardableResult
  public static func downgradeSchema(
    _ path: String, acceptsLoss: Bool = false, dryRun: Bool = false, busyTimeout: Int = 5_000,
    work: Work = Work()
  ) throws(AccessError) -> SchemaDowngrade {
    if DatabaseLocation.namesServer(path) {
      return try ServerDowngrade(path).run(acceptsLoss: acceptsLoss, dryRun: dryRun, work)
    }
    let migration = try SchemaMigration(
      path, nil, .library, busyTimeout, .readWrite, takesUnfit: true)
    return try migration.downgrade(acceptsLoss: acceptsLoss, dryRun: dryRun, work)
  }

  /// Compares the tables, columns, indexes, triggers and constraints of a database with what they
  /// should be.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - access: Whether the file may be opened for writing, although nothing is written.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  /// - Returns: Every difference; none if all is as it should be.
  /// - Throws: `.noSuchFile`, `.notAFile`, `.notADatabase`, `.notPermitted`, `.cannotOpen`,
  ///   `.needsRecovery`, `.needsLog`, `.busy`, `.damaged` or `.diskError` of the file;
  ///   `.unfitMapping`; `.noTables`.
  public static func verifySchema(
    _ path: String, access: Access = .automatic, busyTimeout: Int = 5_000
  ) throws(AccessError) -> [SchemaDifference] {
    if DatabaseLocation.namesServer(path) { return try ServerSchema(path).verify() }
    let migration = try SchemaMigration(path, nil, .library, busyTimeout, access)
    return try migration.verify()
  }
}
