internal import CSystem
internal import Database
internal import Synchronization

extension AccessStore {
  /// The newest change on the record; nil when the record is empty.
  public func newestChange() throws(AccessError) -> ChangeID? {
    try read { connection in
      try connection.first("SELECT max(id) FROM \(RecordTable.change)") { $0.changeID(0) } ?? nil
    }
  }

  /// Changes, the newest first.
  ///
  /// - Parameters:
  ///   - before: Only changes that came before this one; nil for all.
  ///   - limit: How many at most.
  /// - Returns: The changes.
  /// - Throws: What the database answers.
  public func changes(
    before: ChangeID? = nil, limit: Int
  ) throws(AccessError) -> [Change] {
    try changes(ChangeQuery(), before: before, limit: limit)
  }

  /// A change; nil when there is none with the number.
  public func change(_ id: ChangeID) throws(AccessError) -> Change? {
    let mapping = mapping
    return try read { try ChangeReader($0, mapping).change(id) }
  }

  /// Whether a change has been undone, and that has not been undone in its turn.
  public func isUndone(_ id: ChangeID) throws(AccessError) -> Bool {
    try read { connection in
      try UndoSQL.cancelled(connection, after: ChangeID(id.number - 1)).contains(id.number)
    }
  }

  /// A number that changes when another program, or another store, has written to the database.
  ///
  /// It never waits: while another program holds the database, it is what it was.
  public func dataVersion() throws(AccessError) -> Int {
    try using(nil) { session in
      guard let connection = session as? Connection else {
        return try session.count("SELECT max(id) FROM \(RecordTable.change)")
      }
      let timeout = connection.busyTimeout
      connection.busyTimeout = 0
      defer { connection.busyTimeout = timeout }
      do {
        let version = try connection.dataVersion()
        lastDataVersion.store(version, ordering: .relaxed)
        return version
      } catch let error as DatabaseError where error.isBusy {
        return lastDataVersion.load(ordering: .relaxed)
      }
    }
  }
}

extension AccessStore {
  /// How much of the file may stay in memory while nothing is asked, in bytes.
  private static let keptBytes = 2 << 20

  /// Gives back memory that reading much of the file, or writing, has taken.
  ///
  /// To be called when there is nothing else to do.
  package func releaseMemory() {
    let isReleased = try? using(nil) { session in
      guard let connection = session as? Connection,
        connection.cachedBytes > AccessStore.keptBytes
      else { return false }
      connection.releaseMemory()
      return true
    }
    if isReleased == true { csystem_release_memory() }
  }
}
