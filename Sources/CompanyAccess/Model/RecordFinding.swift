/// Something that is wrong on the record.
public enum RecordFinding: Hashable, Sendable {
  /// Rows of these tables name a change that is not on the record.
  case unknownChange(ChangeID, String)
  /// The change has another number of grants than it says.
  case count(ChangeID, added: Int, began: Int, removed: Int, ended: Int)
  /// With the change states of users or companies ended, and other ones should have begun.
  case gap(ChangeID, String)
  /// Rows of a table name so many lifetimes that are not on the record.
  case noLifetime(table: String, lifetimes: Int)
  /// So many keys have two lifetimes that have not ended.
  case severalLifetimes(table: String, keys: Int)
  /// The number of the change is above 2^53, so that programs which read JSON take it for another.
  case numberTooLarge(ChangeID)
  /// The change is not finished: filling in companies was stopped, and can go on.
  case unfinished(ChangeID)
  /// What stood when the record was pruned to this change is not as it was then.
  case alteredSincePruning(ChangeID)
  /// The record was pruned to this change, but nothing says what was taken, or the hash of it is gone.
  case pruningUnknown(ChangeID)
}

extension RecordFinding: CustomStringConvertible {
  /// What is wrong, as a sentence without its full stop.
  public var description: String {
    switch self {
    case .unknownChange(let change, let tables):
      "rows of \(tables) name change \(change), which is not on the record"
    case .count(let change, let added, let began, let removed, let ended):
      "change \(change) says that it granted \(added) and ended \(removed), but the record has "
        + "\(began) and \(ended)"
    case .gap(let change, let tables):
      "change \(change) ended states in \(tables), and those that followed are missing or altered"
    case .noLifetime(let table, let lifetimes):
      "rows of \(table) name \(lifetimes) lifetimes that are not on the record"
    case .severalLifetimes(let table, let keys):
      "\(keys) keys have more than one lifetime in \(table) that has not ended"
    case .numberTooLarge(let change):
      "the number \(change) of a change is above 9007199254740992, which not every program reads"
    case .unfinished(let change):
      "change \(change) is not finished; let \"backfill --null-company\" come to its end first"
    case .alteredSincePruning(let change):
      "what stood at change \(change), when the record was pruned to it, was altered since"
    case .pruningUnknown(let change):
      "the record was pruned to change \(change), but what was taken then is not on it any more"
    }
  }
}
