internal import Database

/// What mending a record did.
public struct RecordRepair: Hashable, Sendable {
  /// What was missing and is there again, as in "trigger company_access_user_gone".
  public let mended: [String]
  /// The change that says so; nil when nothing was missing.
  public let change: ChangeID?
  /// Grants that had come without a change and now have this one.
  public let found: Int
}

extension AccessStore {
  /// Puts back what keeps the record and was lost when another program rebuilt its tables.
  ///
  /// The record then says that it resumed and what was missing. Grants that other programs made
  /// meanwhile begin with that change, because nobody saw them come; those that went have left
  /// nothing. Stores that are open should be opened again. When nothing is missing, nothing is
  /// done.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - origin: What the record shall give as the origin.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  /// - Returns: What was done.
  /// - Throws: `.readOnly`, or what is wrong with the file; nothing has been done then.
  @discardableResult
  public static func mendRecord(
    _ path: String, origin: Origin = .library, busyTimeout: Int = 5_000
  ) throws(AccessError) -> RecordRepair {
    let store = try open(path, access: .readWrite, origin: origin, busyTimeout: busyTimeout)
    let schema = Schema(shape: store.shape)
    let actor = store.actor
    return try store.using(nil) { connection in
      try connection.inTransaction {
        let findings = try schema.check(connection)
        guard findings.missingTables.isEmpty else {
          throw AccessError.noTables(path: path, missing: findings.missingTables)
        }
        guard !findings.missing.isEmpty else {
          return RecordRepair(mended: [], change: nil, found: 0)
        }
        try schema.mend(findings, connection)
        let (change, found) = try schema.resume(
          findings.missing, actor, origin, connection)
        return RecordRepair(mended: findings.missing, change: change, found: found)
      }
    }
  }
}

extension Schema {
  /// Makes again what is missing.
  fileprivate func mend(_ findings: SchemaFindings, _ connection: Connection) throws {
    let table = shape.access.table
    if !findings.hasChangeColumn {
      try connection.execute("ALTER TABLE \(table) ADD COLUMN change_id INTEGER")
    }
    if !findings.hasUniquePair {
      try connection.execute(
        "CREATE UNIQUE INDEX \(shape.access.unique) ON \(table) (user_id, company_id)")
    }
    for item in findings.items {
      // One that is there under the name is not the one that it should be.
      try connection.execute("DROP \(item.kind.rawValue) IF EXISTS \(item.name)")
      try connection.execute(item.sql)
    }
  }

  /// Writes on the record that it resumes, and gives that change to the grants without one.
  fileprivate func resume(
    _ missing: [String], _ actor: String, _ origin: Origin, _ connection: Connection
  ) throws -> (ChangeID, Int) {
    let table = shape.access.table
    let found = try connection.count("SELECT count(*) FROM \(table) WHERE change_id IS NULL")
    let header = ChangeHeader(
      actor: actor, origin: origin, action: .recordResumed,
      reason: "missing: " + missing.joined(separator: ", "), added: found, removed: 0, undoes: nil)
    let change = try header.begin(on: connection)
    try connection.execute(
      "UPDATE \(table) SET change_id = ? WHERE change_id IS NULL", [.integer(change.number)])
    try ChangeHeader.end(on: connection)
    return (change, found)
  }
}
