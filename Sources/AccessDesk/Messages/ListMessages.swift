internal import CompanyAccess
internal import TerminalUI

/// What all lists say.
enum ListMessages {
  static let noRow = "There is no row for this key."
  static let failed = "This can't be shown now."
  static let waiting = "..."
  static let counting = "counting"
  static let lookAlike = "~ look-alike"
  static let filter: DisplayText = "Filter:"
  static let clearFilter = "Esc clears the filter."

  static func noMatch(_ filter: String) -> [String] {
    ["Nothing matches \"\(filter)\".", clearFilter]
  }

  /// Where the cursor is, `3 of 42`, or only how many there are.
  static func place(_ position: Int?, of total: Int?) -> String {
    guard let total else { return counting }
    return (position.map { "\(Digits.grouped($0)) of " } ?? "") + Digits.grouped(total)
  }
}

/// The headings of the columns of lists.
enum ListTitles {
  static let id: DisplayText = "Id"
  static let username: DisplayText = "Username"
  static let fullName: DisplayText = "Full name"
  static let email: DisplayText = "E-mail"
  static let role: DisplayText = "Role"
  static let code: DisplayText = "Code"
  static let name: DisplayText = "Name"
  static let status: DisplayText = "Status"
  static let users: DisplayText = "Users"
  static let companies: DisplayText = "Companies"
  static let since = DisplayText("Since (\(Timestamp.localZones))")
  static let change: DisplayText = "Change"
  static let time = DisplayText("Time (\(Timestamp.localZones))")
  static let by: DisplayText = "By"
  static let what: DisplayText = "What"
  static let pairs: DisplayText = "Pairs"
  static let reason: DisplayText = "Reason"

  /// Of a grant that was given to an earlier holder of the id it matters more to whom than when.
  static func since(_ standing: GrantInfo) -> String {
    standing.formerHolders.first.map { "earlier \($0.rawValue)" } ?? standing.grantedAt.localMinute
  }
}

/// What a form says, and the list of what can be chosen for a field.
enum FormMessages {
  static let noChoice = "Nothing to choose from in this field."
  static let notChanged = "This field has not been changed meanwhile."
  static let changedMeanwhile =
    "This was changed meanwhile. Nothing is saved; look at it once more."
  static let inactive: DisplayText = "  inactive"
  static let it = "It"

  static func heading(_ kind: EntityKind, _ id: EntityID?, name: String?) -> String {
    guard let id else { return "New \(kind.rawValue)" }
    return "Edit \(kind.rawValue) \(name ?? ""), id \(EntityMessages.id(id))"
  }

  static func saved(_ value: String) -> String {
    "now in the database: \(value.isEmpty ? "nothing" : value)"
  }

  /// What the field with the focus is for, where that is not plain.
  static func hint(_ field: EntityField, isBlank: Bool) -> String? {
    switch field.kind {
    case .role: field.choices.isEmpty ? nil : "F2 lists: " + field.choices.joined(separator: ", ")
    case .company: "F2 picks one; a name, a code or id:ID can be typed"
    case .text, .email: field.isRequired && isBlank ? "needed" : nil
    }
  }

  static func choice(of subject: String) -> String { "\(subject): which one?" }
}
