internal import CSQLite
internal import Glibc

extension Connection {
  /// Lets statements on tables run whose columns are sorted by rules that only another program has.
  ///
  /// Reading compares bytes instead. Nothing is written into an index that is sorted so, because it
  /// would be in disorder for that program: the transaction is not committed.
  func replaceUnknownCollations() {
    let context = Unmanaged.passUnretained(callbacks).toOpaque()
    sqlite3_collation_needed(handle, context) { context, database, _, name in
      sqlite3_create_collation_v2(
        database, name, SQLITE_UTF8, context,
        { context, leftCount, left, rightCount, right in
          ConnectionCallbacks.compare(context, left, Int(leftCount), right, Int(rightCount))
        }, nil)
      ConnectionCallbacks.from(context)?.noteMissing(
        collation: name.map { String(cString: $0) } ?? "", of: database)
    }
  }

  /// Throws if the transaction may have written into what is sorted by an unknown rule.
  func checkCollations() throws(DatabaseError) {
    guard let name = callbacks.missingCollation else { return }
    throw DatabaseError(
      extendedCode: SQLITE_ERROR, message: "no such collation sequence: \(name)")
  }
}

extension ConnectionCallbacks {
  /// Remembers a rule that is not to be had.
  fileprivate func noteMissing(collation: String, of database: OpaquePointer?) {
    unknownCollation = collation
    self.database = database
  }

  fileprivate static func compare(
    _ context: UnsafeMutableRawPointer?, _ left: UnsafeRawPointer?, _ leftCount: Int,
    _ right: UnsafeRawPointer?, _ rightCount: Int
  ) -> Int32 {
    if let callbacks = ConnectionCallbacks.from(context) { callbacks.noteWriting() }
    let count = min(leftCount, rightCount)
    if let left, let right, count > 0 {
      let order = memcmp(left, right, count)
      if order != 0 { return order }
    }
    return Int32(clamping: leftCount - rightCount)
  }

  /// Remembers what was compared while a transaction was writing, perhaps there.
  private func noteWriting() {
    guard let database, sqlite3_txn_state(database, "main") == SQLITE_TXN_WRITE else { return }
    missingCollation = unknownCollation
  }
}
