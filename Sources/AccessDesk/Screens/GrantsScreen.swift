internal import CompanyAccess
package import TerminalUI

/// The companies that one user may enter, or the users of one company: since when, by which change.
package struct GrantsScreen: ListScreen {
  private var subject: Entity
  private(set) var list: ListModel
  /// What is ticked.
  private var ticks = Ticks()

  package init(of subject: Entity) {
    self.subject = subject
    list = ListModel(EntityQuery(about: subject.id))
  }

  package var kind: ScreenKind { EntityDescription.of(subject.kind).screens.grants }

  package func heading(_ desk: DeskState) -> StyledLine {
    ListView.heading(
      subject.grantsHeading, list, note: ticks.isEmpty ? subject.note : ticks.words, desk)
  }

  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? {
    // One without grants can be given some, one by one or like another.
    [.addHere, .copyFrom, .writeFile].contains(action) ? nil : list.whyNoRow(for: action)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] {
    list.start(desk) + [.ask(.entity(subject.id), .subject)]
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .answer(.subject, .entity(let found)):
      guard let found else {
        return [.say(Message(.problem, Messages.gone(subject.longName))), .back]
      }
      subject = found
      return []
    case .changed: return [.ask(.entity(subject.id), .subject)] + (list.update(input, desk) ?? [])
    case .action(.addHere): return [.open(TickScreen(.grant, for: subject))]
    case .handedBack(.written):
      ticks = Ticks()
      return []
    case .action(.mark): return tick(desk)
    case .action(.back) where !ticks.isEmpty && list.search.isEmpty && !list.isFiltering:
      ticks = Ticks()
      return []
    case .action(.removeHere) where !ticks.isEmpty:
      return [.open(ConfirmationScreen(.change(.revoke, subject.id, ticks.selection)))]
    case .action(.grid) where !ticks.isEmpty:
      var query = EntityQuery(list.query.kind)
      query.among = [ticks.selection]
      return [.open(GridScreen(of: query))]
    case .action(.removeHere): return [.open(TickScreen(.revoke, for: subject))]
    case .action(.copyFrom): return [.open(PickScreen(subject.kind, for: .copy(to: subject)))]
    case .action(.grid): return [.open(GridScreen(of: list.query, at: subject.id))]
    case .action(.writeFile): return DeskDocument.list(list.query).opened(desk)
    case .action(.page):
      return [.open(EntityPageScreen(of: list.window.selected ?? subject))]
    case .action(.history):
      let row = list.window.selected
      return [.open(row.map { LogScreen(of: $0, with: subject) } ?? LogScreen(of: subject))]
    case .action(.why):
      return list.window.selected.flatMap { WhyScreen(subject, $0) }.map { [.open($0)] } ?? []
    case .action(.open), .action(.usersOfCompany), .press(_, double: true):
      return list.window.selected.map { [.open(GrantsScreen(of: $0))] } ?? []
    default: return list.update(input, desk)
    }
  }

  private mutating func tick(_ desk: DeskState) -> [Effect] {
    guard let row = list.window.selected else { return [] }
    ticks.toggle(row.id)
    return list.update(.action(.down), desk) ?? []
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    let empty = subject.emptyGrants(canWrite: desk.whyNoWrite == nil)
    ListView.draw(
      list, into: &frame, area: area, empty: empty, desk,
      tick: ticks.isEmpty ? nil : { ticks.contains($0.id) ? .on : .off })
  }
}

extension ScreenKind {
  package static let companiesOfUser = ScreenKind(
    "companiesOfUser", ScreenTitles.companiesOfUser, staysAfterWrite: true,
    actions: grantsActions + [.copyFrom, .usersOfCompany])

  package static let usersOfCompany = ScreenKind(
    "usersOfCompany", ScreenTitles.usersOfCompany, staysAfterWrite: true, actions: grantsActions)

  private static let grantsActions: [ActionID] =
    .lists + .stays + [.addHere, .removeHere, .why, .grid, .history, .page, .mark, .writeFile]
}
