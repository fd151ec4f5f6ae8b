internal import Database

/// A mark on the record with a name, to which everything can be taken back.
public struct Snapshot: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// The last change that belongs to the state.
  public let change: ChangeID
  /// The time of that change; nil if it is not on the record any more.
  public let at: Timestamp?
  /// How many changes came later.
  public let laterChanges: Int
}

extension AccessStore {
  /// Marks the present state by a name.
  ///
  /// To go back to it is `plan(.undoTo(snapshot.change))`: one change, which can be undone.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - replacing: Whether a mark of this name is moved.
  ///   - dryRun: Whether it is rolled back, so that the database stays as it is.
  /// - Returns: The mark; nil for a dry run.
  /// - Throws: `.badSnapshotName` or `.snapshotIsThere`; `.readOnly`, `.recordIncomplete`, `.busy`, or what the disk answers.
  @discardableResult
  public func saveSnapshot(
    _ name: String, replacing: Bool = false, dryRun: Bool = false
  ) throws(AccessError) -> Snapshot? {
    if let readOnlyReason { throw .readOnly(readOnlyReason) }
    try requireMaintenance()
    guard NameGate.fault(name) == nil, name.utf8.count <= Snapshots.longestName else {
      throw .badSnapshotName(name)
    }
    let mapping = mapping
    try using(nil) { connection in
      try connection.inTransaction(commits: !dryRun) {
        try AccessStore.checkRecord(connection, mapping)
        if !replacing, try Snapshots.find(name, connection) != nil {
          throw AccessError.snapshotIsThere(name)
        }
        // What another program writes from here on is a later change, even within its millisecond.
        try ChangeHeader.closeExternal(on: connection)
        try connection.execute(
          """
          INSERT INTO \(RecordTable.setting) (key, value)
          SELECT \(Value.text(Snapshots.prefix + name)), coalesce(max(id), 0)
          FROM \(RecordTable.change) WHERE TRUE
          ON CONFLICT (key) DO UPDATE SET value = excluded.value
          """)
      }
    }
    return dryRun ? nil : try snapshot(named: name)
  }

  /// All marks, in the order of their changes.
  ///
  /// - Returns: The marks.
  /// - Throws: What the database answers.
  public func snapshots() throws(AccessError) -> [Snapshot] {
    try requireEverything()
    return try read { try Snapshots.all($0) }
  }

  /// The mark of a name.
  ///
  /// - Parameter name: The name.
  /// - Returns: The mark.
  /// - Throws: `.noSnapshotNamed`; what the database answers.
  public func snapshot(named name: String) throws(AccessError) -> Snapshot {
    try read { connection in
      guard let found = try Snapshots.find(name, connection) else {
        throw AccessError.noSnapshotNamed(name, others: try Snapshots.all(connection).map(\.name))
      }
      return found
    }
  }

  /// Takes a mark away; the record and the state stay as they are.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - dryRun: Whether it is rolled back, so that the database stays as it is.
  /// - Throws: `.noSnapshotNamed`, `.readOnly`, `.busy`, or what the disk answers.
  public func dropSnapshot(_ name: String, dryRun: Bool = false) throws(AccessError) {
    if let readOnlyReason { throw .readOnly(readOnlyReason) }
    try requireMaintenance()
    _ = try snapshot(named: name)
    try using(nil) { connection in
      try connection.inTransaction(commits: !dryRun) {
        try connection.execute(
          """
          DELETE FROM \(RecordTable.setting) WHERE key = \(Value.text(Snapshots.prefix + name))
          """)
      }
    }
  }
}

/// The marks as settings of the record.
private enum Snapshots {
  /// What stands in front of the name in the key of the setting.
  static let prefix = "snapshot:"
  /// In bytes.
  static let longestName = 200

  static func find(_ name: String, _ connection: any DatabaseSession) throws -> Snapshot? {
    try rows("s.key = \(Value.text(prefix + name))", connection).first
  }

  static func all(_ connection: any DatabaseSession) throws -> [Snapshot] {
    let (first, end): (Value, Value) = (.text(prefix), .text("snapshot;"))
    return try rows("s.key >= \(first) AND s.key < \(end)", connection)
  }

  private static func rows(
    _ condition: SQLCondition, _ connection: any DatabaseSession
  ) throws -> [Snapshot] {
    try connection.rows(
      """
      SELECT s.key, s.number, (SELECT x.at FROM \(RecordTable.change) AS x WHERE x.id = s.number),
        (SELECT count(*) FROM \(RecordTable.change) AS x WHERE x.id > s.number)
      FROM (SELECT s.key, CAST(s.value AS INTEGER) AS number FROM \(RecordTable.setting) AS s
        WHERE \(condition)) AS s
      ORDER BY s.number, s.key
      """
    ) { row in
      Snapshot(
        name: String(Substring(row.text(0).utf8.dropFirst(prefix.utf8.count))),
        change: ChangeID(row.integer(1)), at: row.optionalTimestamp(2), laterChanges: row.int(3))
    }
  }
}
