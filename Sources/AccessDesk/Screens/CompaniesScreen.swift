package import CompanyAccess
package import TerminalUI

/// All companies, or those that a statistic counts.
package struct CompaniesScreen: Screen {
  private var list: ListModel<CompanyList>

  package init(_ query: CompanyQuery = CompanyQuery()) { list = ListModel(query) }

  package var kind: ScreenKind { .companies }
  package var editsText: Bool { list.isFiltering }
  package var isSettling: Bool { list.isSettling }
  package var isFiltering: Bool { list.isFiltering }

  private var preset: ListPreset { ListPreset(list.query.users, list.query.activity) }

  package func heading(_ desk: DeskState) -> StyledLine {
    ListView.heading("Companies", list, note: preset.note(.company), desk)
  }

  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? {
    list.whyNoRow(for: action)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { list.start(desk) }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .answer(.subject, .change(_, let entities)): return show(entities, desk)
    case .handedBack(.added(let change)): return [.ask(.change(change), .subject)]
    case .action(.open), .action(.usersOfCompany), .press(_, double: true):
      guard let company = list.window.selected?.company else { return [] }
      return [.open(UsersScreen(of: company))]
    case .action(.addEntity): return [.open(FormScreen(adding: .company))]
    case .action(.show): return show(preset.next, desk)
    case .action(.addHere): return tick(.grant)
    case .action(.removeHere): return tick(.revoke)
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
      empty: preset.emptyWords(.company, desk), desk)
  }

  private mutating func show(_ preset: ListPreset, _ desk: DeskState) -> [Effect] {
    var query = list.query
    (query.users, query.activity) = (preset.presence, preset.activity)
    return list.change(query, desk)
  }

  /// Puts the cursor on a company that has just been added; no filter hides it.
  private mutating func show(_ entities: [ChangedEntity], _ desk: DeskState) -> [Effect] {
    guard case .company(let id)? = entities.first(where: { $0.event == .made })?.id else {
      return []
    }
    var query = list.query
    (query.users, query.activity) = (.any, .any)
    return list.show(id, in: query, desk)
  }

  /// Ticks users for the company under the cursor.
  private func tick(_ purpose: TickPurpose) -> [Effect] {
    list.window.selected.map {
      [.open(TickScreen<UsersForCompany>(purpose, for: $0.company))]
    } ?? []
  }
}
