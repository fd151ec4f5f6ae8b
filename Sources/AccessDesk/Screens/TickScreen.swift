internal import CompanyAccess
package import TerminalUI

package enum TickPurpose: Sendable { case grant, revoke }

/// Ticks what one user or company gains or loses: step 2 of adding and removing.
package struct TickScreen: ListScreen {
  private let purpose: TickPurpose
  private var subject: Entity
  private(set) var list: ListModel
  private var ticks = Ticks()

  package init(_ purpose: TickPurpose, for subject: Entity) {
    self.purpose = purpose
    self.subject = subject
    list = ListModel(EntityQuery(about: subject.id, purpose == .grant ? .marked : .holding))
  }

  package var kind: ScreenKind { purpose == .grant ? .tickToGrant : .tickToRevoke }
  package var title: String { TickMessages.title(purpose, subject) }
  package var holdsWork: Bool { !ticks.isEmpty }

  package func heading(_ desk: DeskState) -> StyledLine {
    ListView.heading(TickMessages.heading(purpose, subject), list, note: ticks.words, desk)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] {
    list.start(desk) + [.ask(.entity(subject.id), .subject)]
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .answer(.subject, let answer):
      guard case .entity(let found) = answer else { return [] }
      return take(found)
    case .changed: return [.ask(.entity(subject.id), .subject)] + (list.update(input, desk) ?? [])
    case .action(.tick), .press(_, double: true): return tick(desk)
    case .action(.why):
      return list.window.selected.flatMap { WhyScreen(subject, $0) }.map { [.open($0)] } ?? []
    case .action(.page):
      return list.window.selected.map { [.open(EntityPageScreen(of: $0))] } ?? []
    case .action(.history):
      return list.window.selected.map { [.open(LogScreen(of: $0, with: subject))] } ?? []
    case .action(.tickAll): return tickAll()
    case .action(.toConfirmation): return confirm()
    default: return list.update(input, desk)
    }
  }

  private mutating func take(_ found: Entity?) -> [Effect] {
    if let found {
      subject = found
      return []
    }
    ticks = Ticks()
    return [.say(Message(.problem, Messages.gone(subject.words.heading(subject)))), .back]
  }

  private mutating func tick(_ desk: DeskState) -> [Effect] {
    guard let row = list.window.selected else { return [] }
    guard canTick(row) else {
      return [.say(Message(.notice, TickMessages.hasAlready(row, subject)))]
    }
    ticks.toggle(row.id)
    return list.update(.action(.down), desk) ?? []
  }

  private func canTick(_ row: Entity) -> Bool { purpose == .revoke || row.standing == nil }

  private mutating func tickAll() -> [Effect] {
    if !ticks.isEmpty {
      ticks = Ticks()
    } else if list.window.isWhole {
      ticks = Ticks(list.window.rows.filter(canTick).map(\.id))
    } else {
      var query = list.query
      if purpose == .grant { query.relation = .lacking }
      ticks = Ticks(allOf: query)
    }
    list.filterLock = ticks.isOpenEnded ? TickMessages.filterLock : nil
    return []
  }

  private func confirm() -> [Effect] {
    guard !ticks.isEmpty else { return [.say(Message(.notice, Messages.nothingTicked))] }
    return [.open(ConfirmationScreen(.change(purpose, subject.id, ticks.selection)))]
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    ListView.draw(
      list, into: &frame, area: area, empty: [TickMessages.empty(purpose, subject)], desk
    ) { row in
      canTick(row) ? (ticks.contains(row.id) ? .on : .off) : .already
    }
  }
}

extension ScreenKind {
  package static let tickToGrant = ScreenKind(
    "tickToGrant", ScreenTitles.tickToGrant, actions: tickActions)

  package static let tickToRevoke = ScreenKind(
    "tickToRevoke", ScreenTitles.tickToRevoke, actions: tickActions)

  private static let tickActions: [ActionID] =
    .lists + [.tick, .tickAll, .toConfirmation, .why, .history, .page]
}

/// What is ticked: named rows, or all that match a filter except some.
struct Ticks: Hashable, Sendable {
  private var named: [EntityID] = []
  private var everything: EntityQuery?

  init() {}

  init(_ ids: [EntityID]) { named = ids }

  init(allOf query: EntityQuery) { everything = query }

  /// Whether it holds rows that are not at hand.
  var isOpenEnded: Bool { everything != nil }

  var isEmpty: Bool { everything == nil && named.isEmpty }

  func contains(_ id: EntityID) -> Bool { named.contains(id) != isOpenEnded }

  mutating func toggle(_ id: EntityID) {
    if let place = named.firstIndex(of: id) { named.remove(at: place) } else { named.append(id) }
  }

  /// How many are ticked, in words.
  var words: String { TickMessages.ticked(named.count, ofAll: isOpenEnded) }

  var selection: EntitySelection {
    if let everything { return .matching(everything, except: named) }
    return .these(named)
  }
}
