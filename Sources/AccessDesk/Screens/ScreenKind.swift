/// A kind of screen: what it is called, how it is opened, and what can be done on it.
///
/// Each stands in the file of its screen.
package struct ScreenKind: Sendable {
  /// Its name in the code and of its golden frames.
  package let name: String
  /// What the help screen and the documentation call it.
  package let title: String
  /// What can be done on it; `Actions.all` has the keys and the words.
  package let actions: Set<ActionID>
  /// Whether the desk comes back to it after a write that began here, and not to the screen before.
  let staysAfterWrite: Bool
  /// The entries of the menu that open it.
  package let menu: [ActionID: @Sendable () -> any Screen]

  init(
    _ name: String, _ title: String, staysAfterWrite: Bool = false,
    menu: [ActionID: @Sendable () -> any Screen] = [:], actions: [ActionID]
  ) {
    (self.name, self.title, self.staysAfterWrite, self.menu) = (name, title, staysAfterWrite, menu)
    self.actions = Set(actions)
  }
}

extension ScreenKind: CaseIterable {
  /// Every kind, in the order of the documentation.
  package static let allCases: [ScreenKind] = [
    .menu, .users, .companies, .companiesOfUser, .usersOfCompany, .pickUser, .pickCompany,
    .tickToGrant, .tickToRevoke, .grid, .form, .choice, .confirmation, .statistics, .log, .change,
    .why, .userPage, .companyPage, .time, .doctor, .help, .adopt, .suggest, .file,
  ]
}

extension ScreenKind: Hashable, CustomStringConvertible {
  package static func == (one: ScreenKind, other: ScreenKind) -> Bool { one.name == other.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
  package var description: String { name }
}

extension [ActionID] {
  /// What can be done on every screen but the menu and the help screen.
  static let everywhere: Self = [.back, .help]
  /// Moving in rows or lines.
  static let moves: Self = [.up, .down, .pageUp, .pageDown, .first, .last]
  /// What all lists with a filter and an order have.
  static let lists: Self = everywhere + moves + [.filter, .sort, .reverse, .sortLeft, .sortRight]
  /// What works wherever the desk stays after a write.
  static let stays: Self = [.open, .undo, .time, .earlier, .later]
}
