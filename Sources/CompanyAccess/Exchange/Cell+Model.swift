package import Formats

extension Cell {
  /// Whether a user or company is active.
  package init(active: Bool) { self = .flag(active, word: active ? "active" : "inactive") }

  /// The number of a change; nil is an empty cell.
  package init(_ change: ChangeID?) { self = change.map { .identifier($0.number) } ?? .null }

  /// The id of a user.
  package init(_ id: UserID) { self.init(id.key) }

  /// The id of a company.
  package init(_ id: CompanyID) { self.init(id.key) }

  private init(_ key: Key) {
    self =
      switch key {
      case .integer(let number): .identifier(number)
      case .text, .bytes: .text(key.description)
      }
  }

  /// A time.
  package static func time(_ time: Timestamp) -> Cell { .time(stored: time.text) }
}
