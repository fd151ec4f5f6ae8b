internal import CompanyAccess
package import TerminalUI

/// Ticks what one user or company gains or loses: step 2 of adding and removing.
package struct TickScreen<Kind: TickKind>: Screen {
  private let purpose: TickPurpose
  private var subject: Kind.Subject
  private var list: ListModel<Kind.List>
  private var ticks = Ticks<Kind.List.Row.ID, Kind.List.Query>()

  package init(_ purpose: TickPurpose, for subject: Kind.Subject) {
    self.purpose = purpose
    self.subject = subject
    list = ListModel(Kind.query(for: subject, purpose == .grant ? .marked : .holding))
  }

  package var kind: ScreenKind { purpose == .grant ? .tickToGrant : .tickToRevoke }
  package var editsText: Bool { list.isFiltering }
  package var isSettling: Bool { list.isSettling }
  package var isFiltering: Bool { list.isFiltering }
  package var title: String {
    purpose == .grant ? "ticking \(Kind.plural) to add" : "ticking \(Kind.plural) to remove"
  }
  package var holdsWork: Bool { !ticks.isEmpty }

  private var words: TickWords { Kind.words(for: subject) }

  package func heading(_ desk: DeskState) -> StyledLine {
    let what = purpose == .grant ? words.adding : words.removing
    return ListView.heading("\(what) \(words.subject)", list, note: "\(ticks.words) ticked", desk)
  }

  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? {
    list.whyNoRow(for: action)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] {
    list.start(desk) + [.ask(Kind.question(about: subject), .subject)]
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .answer(.subject, let answer):
      guard let subject = Kind.subject(in: answer) else { return [] }
      return subject.map { take($0) } ?? subjectIsGone()
    case .changed:
      return [.ask(Kind.question(about: subject), .subject)] + (list.update(input, desk) ?? [])
    case .action(.tick), .press(_, double: true): return tick(desk)
    case .action(.why):
      guard let (user, company) = list.window.selected.map({ Kind.pair(subject, $0) }) else {
        return []
      }
      return [.open(WhyScreen(user, company))]
    case .action(.tickAll): return tickAll()
    case .action(.toConfirmation): return confirm()
    default: return list.update(input, desk)
    }
  }

  private mutating func take(_ subject: Kind.Subject) -> [Effect] {
    self.subject = subject
    return []
  }

  private mutating func subjectIsGone() -> [Effect] {
    ticks = Ticks()
    return [.say(Message(.problem, Messages.gone(words.subject))), .back]
  }

  private mutating func tick(_ desk: DeskState) -> [Effect] {
    guard let row = list.window.selected else { return [] }
    guard purpose == .revoke || Kind.standing(of: row) == nil else {
      return [.say(Message(.notice, "\(Kind.name(of: row)): \(words.held)."))]
    }
    ticks.toggle(row.id)
    return list.update(.action(.down), desk) ?? []
  }

  private mutating func tickAll() -> [Effect] {
    if !ticks.isEmpty {
      ticks = Ticks()
    } else if list.window.isWhole {
      let rows = list.window.rows.filter { purpose == .revoke || Kind.standing(of: $0) == nil }
      ticks = Ticks(rows.map(\.id))
    } else {
      ticks = Ticks(allOf: purpose == .grant ? Kind.lacking(list.query) : list.query)
    }
    list.filterLock =
      ticks.isOpenEnded
      ? "All that match are ticked; * unticks them, then the filter can be changed." : nil
    return []
  }

  private func confirm() -> [Effect] {
    guard !ticks.isEmpty else { return [.say(Message(.notice, Messages.nothingTicked))] }
    let (users, companies) = Kind.selections(subject, ticks.selection)
    let intent: Intent =
      purpose == .grant ? .grant(users, companies) : .revoke(users, companies)
    return [.open(ConfirmationScreen(intent))]
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    ListView.draw(
      list, into: &frame, area: area,
      empty: [purpose == .grant ? words.nothingToAdd : words.nothingToRemove], desk,
      tick: { mark(of: $0) })
  }

  private func mark(of row: Kind.List.Row) -> Table.Tick {
    if purpose == .grant, Kind.standing(of: row) != nil { return .already }
    return ticks.contains(row.id) ? .on : .off
  }
}

package enum TickPurpose: Sendable { case grant, revoke }

/// What is ticked: named rows, or all that match a filter except some.
struct Ticks<ID: Hashable & Sendable, Query: Hashable & Sendable>: Hashable, Sendable {
  private var named: [ID] = []
  private var everything: Query?

  init() {}

  init(_ ids: [ID]) { named = ids }

  init(allOf query: Query) { everything = query }

  /// Whether it holds rows that are not at hand.
  var isOpenEnded: Bool { everything != nil }

  var isEmpty: Bool { everything == nil && named.isEmpty }

  func contains(_ id: ID) -> Bool { named.contains(id) != isOpenEnded }

  mutating func toggle(_ id: ID) {
    if let place = named.firstIndex(of: id) { named.remove(at: place) } else { named.append(id) }
  }

  /// How many are ticked, in words.
  var words: String {
    guard isOpenEnded else { return named.isEmpty ? "none" : Digits.grouped(named.count) }
    return named.isEmpty ? "all that match" : "all that match but \(named.count)"
  }

  var selection: Selection<ID, Query> {
    if let everything { return .matching(everything, except: named) }
    return .these(named)
  }
}
