internal import Database
internal import Formats
internal import Synchronization

extension AccessStore {
  /// Takes in the pairs of a file, whole or not at all, without changing anything.
  ///
  /// The file is CSV or TSV with a header, or JSON. Its columns `user` and `company` hold
  /// usernames, and codes or names; ids go into `user_id` and `company_id`. The optional column
  /// `action` holds `grant` or `revoke`. What the pairs would change is planned and applied as
  /// `Intent.staged`. A store keeps the pairs of one file at a time.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard input.
  ///   - options: What is to be done with the pairs.
  ///   - work: Hears how many lines have been read, and can cancel.
  /// - Returns: What was taken in.
  /// - Throws: `ImportError` with the lines that are wrong; `.noSuchFile`, `.notAFile`,
  ///   `.notPermitted` or `.diskError` of the file; `.readOnly`, `.busy`, `.damaged` or
  ///   `.cancelled`.
  public func stage(
    _ path: String, options: StagedPairs.Options = StagedPairs.Options(), work: Work? = nil
  ) throws -> StagedPairs {
    let file = try ImportFile(path, work: work)
    if file.isWholeExport {
      throw ImportError(
        line: 1, .unexpectedJSON("this is a whole export, which only an empty database takes in"))
    }
    return try stage(file, options: options, work: work)
  }

  /// Takes in the pairs of an open file.
  package func stage(
    _ file: ImportFile, options: StagedPairs.Options, work: Work? = nil
  ) throws -> StagedPairs {
    if let readOnlyReason { throw AccessError.readOnly(readOnlyReason) }
    let mapping = mapping
    let generation = stagedGeneration.wrappingAdd(1, ordering: .relaxed).newValue
    let result: Result<StagedPairs, ImportError> = try using(work) { connection in
      do {
        var staging = try Staging(connection, mapping, work)
        let ignored = try Staging.keeping(on: connection) { try staging.take(file.bytes) }
        try Staging.note(generation, on: connection)
        let names = StagedNames(connection: connection, mapping: mapping)
        try Staging.keeping(on: connection) { try names.resolve() }
        if let error = try names.problems(created: options.createsMissing) { throw error }
        return .success(
          StagedPairs(
            options: options, lines: staging.lines, duplicates: staging.duplicates,
            newUsers: try names.missing(.user), newCompanies: try names.missing(.company),
            ignoredColumns: ignored, decidedAt: staging.decision?.at, generation: generation))
      } catch let error as ImportError {
        return .failure(error)
      }
    }
    return try result.get()
  }
}

extension Staging {
  /// Writes down which file of the store's life the tables hold.
  static func note(_ generation: Int, on connection: any DatabaseSession) throws {
    guard connection is Connection else {
      _ = try connection.count(
        "SELECT length(set_config('company_access.staged', '\(generation)', FALSE))")
      return
    }
    try connection.execute("PRAGMA \(schema).user_version = \(generation)")
  }

  /// Which file of the store's life the tables hold.
  static func generation(on connection: any DatabaseSession) throws -> Int {
    try connection.count(
      connection is Connection
        ? "PRAGMA \(schema).user_version"
        : "SELECT CAST(current_setting('company_access.staged') AS INTEGER)")
  }

  /// Runs a body whose work on the temporary tables is kept unless it fails.
  ///
  /// No lock is taken on the database itself, which is only read.
  static func keeping<T>(on connection: any DatabaseSession, _ body: () throws -> T) throws -> T {
    // A server keeps what each statement writes.
    guard connection is Connection else { return try body() }
    try connection.execute("BEGIN")
    do {
      let result = try body()
      try connection.execute("COMMIT")
      return result
    } catch {
      if !connection.isAutocommit { try connection.execute("ROLLBACK") }
      throw error
    }
  }

  /// Takes in a file in whichever format it is; returns the names of columns that mean nothing.
  mutating func take(_ bytes: InputBytes) throws -> [String] {
    var input = bytes
    if try JSONPairs.isJSON(&input) {
      var source = try JSONPairs(input)
      try take(&source)
      return source.ignored
    }
    var source = try DelimitedPairs(input)
    try take(&source)
    return source.ignored
  }
}
