package import CompanyAccess
package import TerminalUI

/// What a user or a company is picked for.
package enum PickPurpose: Sendable {
  case view, grant, revoke
  /// The one that is picked has what this one is to be given too.
  case copy(to: Entity)
  /// What people call it is handed back.
  case choice
}

/// Picks a user or a company: what is typed filters, or is the id.
package struct PickScreen: ListScreen {
  private let purpose: PickPurpose
  /// Several that are picked, for the grid.
  private var ticks = Ticks()
  private(set) var list: ListModel

  package init(_ kind: EntityKind, for purpose: PickPurpose) {
    self.purpose = purpose
    list = ListModel(EntityQuery(kind), picker: true)
  }

  package var kind: ScreenKind { list.query.description.screens.pick }

  private var words: EntityWords { list.query.description.words }

  package func heading(_ desk: DeskState) -> StyledLine {
    ListView.heading(
      TickMessages.pickHeading(words, purpose), list, note: ticks.isEmpty ? nil : ticks.words, desk)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { list.start(desk) }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .action(.pickSeveral): return tick(desk)
    case .action(.pick) where !ticks.isEmpty:
      var query = EntityQuery(list.query.kind)
      query.among = [ticks.selection]
      return [.open(GridScreen(of: query))]
    case .action(.pick), .press(_, double: true):
      guard let row = list.window.selected else {
        return [.say(Message(.problem, TickMessages.noMatch(words, list.search)))]
      }
      return pick(row)
    default: return list.update(input, desk)
    }
  }

  private mutating func tick(_ desk: DeskState) -> [Effect] {
    switch purpose {
    case .grant, .revoke: break
    case .view, .copy, .choice: return [.say(Message(.notice, TickMessages.onlyOne))]
    }
    guard let row = list.window.selected else { return [] }
    ticks.toggle(row.id)
    return list.update(.action(.down), desk) ?? []
  }

  private func pick(_ row: Entity) -> [Effect] {
    switch purpose {
    case .view: [.open(GrantsScreen(of: row))]
    case .grant: [.open(TickScreen(.grant, for: row))]
    case .revoke: [.open(TickScreen(.revoke, for: row))]
    case .copy(let other) where other.id == row.id:
      [.say(Message(.notice, TickMessages.sameOne(row)))]
    case .copy(let other):
      [
        .open(
          ConfirmationScreen(
            .change(.grant, other.id, .matching(EntityQuery(about: row.id), except: [])),
            sameAs: row))
      ]
    case .choice: [.handBack(.choice(row.shortName))]
    }
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    ListView.draw(
      list, into: &frame, area: area, empty: [words.none], desk,
      tick: ticks.isEmpty ? nil : { ticks.contains($0.id) ? .on : .off })
  }
}

extension ScreenKind {
  package static let pickUser = ScreenKind(
    "pickUser", ScreenTitles.pickUser,
    menu: [
      .viewCompaniesOfUser: { PickScreen(.user, for: .view) },
      .addCompanies: { PickScreen(.user, for: .grant) },
      .removeCompanies: { PickScreen(.user, for: .revoke) },
    ], actions: .everywhere + .moves + [.pick, .pickSeveral])

  package static let pickCompany = ScreenKind(
    "pickCompany", ScreenTitles.pickCompany,
    menu: [.viewUsersOfCompany: { PickScreen(.company, for: .view) }],
    actions: .everywhere + .moves + [.pick, .pickSeveral])
}
