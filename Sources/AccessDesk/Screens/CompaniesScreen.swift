package import CompanyAccess
package import TerminalUI

/// All companies, or those that a statistic counts.
package struct CompaniesScreen: Screen {
  private var list: ListModel<CompanyList>

  package init(_ query: CompanyQuery = CompanyQuery()) { list = ListModel(query) }

  package var kind: ScreenKind { .companies }
  package var editsText: Bool { list.isFiltering }
  package var isSettling: Bool { list.isSettling }

  package func heading(_ desk: DeskState) -> StyledLine {
    ListView.heading("Companies", list, note: note, desk)
  }

  private var note: String? {
    switch (list.query.users, list.query.activity) {
    case (.none, _): "only without users"
    case (.some, _): "only with users"
    case (_, .inactive): "only inactive"
    default: nil
    }
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { list.start(desk) }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .action(.open), .action(.usersOfThis), .press(_, double: true):
      guard let company = list.window.selected?.company else { return [] }
      return [.open(UsersScreen(of: company))]
    case .action(.addEntity): return [.open(FormScreen(adding: .company))]
    case .action(.show):
      var query = list.query
      Shown(query.users, query.activity).next.apply(&query.users, &query.activity)
      return list.change(query, desk)
    case .action(let action):
      return EntityActions.effects(
        action, list.window.selected.map { (.company($0.id), $0.company.isActive) })
        ?? list.update(input, desk)
    default: return list.update(input, desk)
    }
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    ListView.draw(
      list, into: &frame, area: area,
      empty: emptyWords, desk)
  }

  private var emptyWords: [String] {
    note == nil
      ? [
        "There are no companies in this database.",
        "a adds one; the application that they belong to may do so, too.",
      ] : ["No company is like that.", "f shows other companies."]
  }
}
