internal import Database
internal import Glibc

extension AccessStore {
  /// How long to wait before a server is asked again what became of a write, in milliseconds.
  private static let pause: Int32 = 200

  /// Whether a write whose COMMIT was not answered has been made.
  ///
  /// The record is asked under the lock that every write holds up to its end: while the server is
  /// still at that COMMIT, this waits.
  ///
  /// - Parameters:
  ///   - write: The write.
  ///   - work: Cancels the waiting.
  /// - Returns: Whether its change is on the record.
  /// - Throws: `.serverUnavailable` as long as the server is away, `.busy` as long as it is at it.
  public func isMade(_ write: UncertainWrite, work: Work? = nil) throws(AccessError) -> Bool {
    let header = write.header
    return try using(work) { connection in
      try connection.inTransaction(commits: false) {
        try connection.count(
          """
          SELECT count(*) FROM \(RecordTable.change) AS x
          WHERE x.id = \(Value.integer(write.change.number)) AND x.actor = \(Value.text(header.actor))
            AND x.action = \(Value.text(header.action.rawValue))
            AND x.added = \(Value.integer(Int64(header.added)))
            AND x.removed = \(Value.integer(Int64(header.removed)))
          """ as SQLStatement) > 0
      }
    }
  }

  /// The same, asked again as long as the server does not answer.
  ///
  /// - Parameters:
  ///   - write: The write.
  ///   - detail: Why it is not known, in words.
  ///   - times: How often it is asked; nil for as long as the work is not cancelled.
  ///   - work: Ends the waiting.
  /// - Returns: Whether its change is on the record.
  /// - Throws: `.outcomeUnknown` if that was in vain.
  package func isMade(
    _ write: UncertainWrite, _ detail: String, asking times: Int? = nil, _ work: Work
  ) throws(AccessError) -> Bool {
    var left = times ?? .max
    while left > 0, !work.isCancelled {
      do throws(AccessError) { return try isMade(write, work: work) } catch {
        poll(nil, 0, AccessStore.pause)
      }
      left -= 1
    }
    throw .outcomeUnknown(path: path, detail: detail, write)
  }
}
