internal import CompanyAccess
internal import TerminalUI

/// What the grid says.
enum GridMessages {
  static let heading: DisplayText = "Grid"
  static let users: DisplayText = "Users:"
  static let companies: DisplayText = "Companies:"
  static let stagedOnly = "only what is staged"
  static let selection = "a selection"
  static let rectangle = "rectangle: Space stages it, Esc ends it"
  static let onCompanies = "Tab: back to users"
  static let noCell = "There is no cell for this key."
  static let nothingStaged = "Nothing is staged."
  static let stageFirst = "Nothing is staged: Space stages the cell under the cursor."
  static let barred =
    "A grant may not cross organizations: user and company are not of the same one."
  static let tooLarge =
    "The rectangle reaches beyond the rows at hand; R and C take whole rows and columns."
  static let counting: DisplayText = "Staged: counting ..."
  static let staged: DisplayText = "Staged: "

  /// Where the cursor is among users and companies.
  static func places(_ users: String, _ companies: String) -> String {
    "user \(users), company \(companies)"
  }

  static func ofCompanies(_ note: String) -> String { "companies: \(note)" }

  static func gone(_ id: EntityID) -> String {
    "The \(id.kind.rawValue) with the id \(EntityMessages.id(id)) is gone; what was staged there is "
      + "dropped."
  }

  /// What the marks mean.
  static func legend(canWrite: Bool) -> DisplayText {
    canWrite ? "x access  . none  + and - staged  ! changed meanwhile" : "x access  . none"
  }

  /// What the cell under the cursor shows, in words.
  static func state(_ cell: GridCell) -> String {
    switch cell {
    case .unknown: ListMessages.waiting
    case .none: "No access:"
    case .granted: "Access:"
    case .added: "Staged, to be granted:"
    case .removed: "Staged, to be revoked:"
    case .barred: "May not be granted:"
    case .changed: "Changed meanwhile, Space drops it:"
    }
  }

  /// The user and the company of a cell.
  static func about(_ user: Entity, _ company: Entity) -> String {
    func inactive(_ entity: Entity) -> String { entity.note.map { " (\($0))" } ?? "" }
    return "\(user.name), id \(EntityMessages.id(user.id))\(inactive(user)) x "
      + "\(company.longName)\(inactive(company))"
  }

  static func counts(_ tally: PairEditTally) -> String {
    let parts = [
      tally.added > 0 ? "+\(Digits.grouped(tally.added))" : nil,
      tally.removed > 0 ? "-\(Digits.grouped(tally.removed))" : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? "no difference" : parts.joined(separator: " ")
  }

  static func leftWithNone(_ users: Int) -> String {
    "   left with none: \(Messages.users(users))"
  }

  static func coverage(_ before: Coverage, _ after: Coverage) -> String {
    let (now, then) = (Messages.percent(before), Messages.percent(after))
    return "   coverage \(now)" + (now == then ? "" : " -> \(then)")
  }
}
