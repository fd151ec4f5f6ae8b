/// What is taken back: one change, or everything after one.
enum UndoTarget: Hashable, Sendable {
  case change(ChangeID)
  case everythingAfter(ChangeID)

  /// The number of the change.
  var number: Int64 {
    switch self {
    case .change(let change), .everythingAfter(let change): change.number
    }
  }

  /// A condition for the changes that are taken back.
  func contains(_ change: String) -> String {
    switch self {
    case .change(let one): "\(change) = \(one)"
    case .everythingAfter(let last): "\(change) > \(last)"
    }
  }
}
