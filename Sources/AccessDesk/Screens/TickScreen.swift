package import CompanyAccess
package import TerminalUI

/// Step 2 of adding and removing: ticks companies for one user.
package struct TickScreen: Screen {
  package enum Purpose: Sendable { case grant, revoke }

  private let purpose: Purpose
  private var user: User
  private var list: ListModel<CompanyList>
  private var ticks = Ticks<CompanyID, CompanyQuery>()

  package init(_ purpose: Purpose, for user: User) {
    self.purpose = purpose
    self.user = user
    var query = CompanyQuery()
    query.user = user.id
    query.relation = purpose == .grant ? .marked : .holding
    list = ListModel(query)
  }

  package var kind: ScreenKind { purpose == .grant ? .tickToGrant : .tickToRevoke }
  package var editsText: Bool { list.isFiltering }
  package var holdsWork: Bool { !ticks.isEmpty }

  package func heading(_ desk: DeskState) -> StyledLine {
    let what = purpose == .grant ? "Add companies to" : "Remove companies from"
    return ListView.heading(
      "\(what) \(Words.name(user))", list, note: "\(ticks.words(total: list.window.total)) ticked")
  }

  package mutating func start(_ desk: DeskState) -> [Effect] {
    list.start(desk) + [.ask(.user(user.id), .subject)]
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .answer(.subject, .user(let summary)):
      guard let summary else {
        ticks = Ticks()
        return [.say(Message(.problem, "\(Words.name(user)) is not there any more.")), .back]
      }
      user = summary.user
      return []
    case .changed: return [.ask(.user(user.id), .subject)] + (list.update(input, desk) ?? [])
    case .action(.tick), .press(_, double: true): return tick(desk)
    case .action(.tickAll): return tickAll()
    case .action(.goOn): return review()
    default: return list.update(input, desk)
    }
  }

  private mutating func tick(_ desk: DeskState) -> [Effect] {
    guard let row = list.window.selected else { return [] }
    if purpose == .grant, row.standing != nil {
      return [.say(Message(.notice, "\(user.username) has \(row.company.name) already."))]
    }
    ticks.toggle(row.id)
    return list.update(.action(.down), desk) ?? []
  }

  private mutating func tickAll() -> [Effect] {
    if !ticks.isEmpty {
      ticks = Ticks()
    } else if list.window.isWhole {
      let rows = list.window.rows.filter { purpose == .revoke || $0.standing == nil }
      ticks = Ticks(rows.map(\.id))
    } else {
      var query = list.query
      if purpose == .grant { query.relation = .lacking }
      ticks = Ticks(allOf: query)
    }
    list.filterLock =
      ticks.isOpenEnded
      ? "All that match are ticked; * unticks them, then the filter can be changed." : nil
    return []
  }

  private func review() -> [Effect] {
    guard !ticks.isEmpty else { return [.say(Message(.notice, Words.nothingTicked))] }
    let users = UserSelection.these([user.id])
    return [
      .open(
        ReviewScreen(
          purpose == .grant ? .grant(users, ticks.selection) : .revoke(users, ticks.selection)))
    ]
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    ListView.draw(
      list, columns: CompanyColumns.columns(list.query), into: &frame, area: area,
      empty: emptyWords, tick: { mark(of: $0) }
    ) { CompanyColumns.cells($0, list.query) }
  }

  private func mark(of row: CompanySummary) -> Table.Tick {
    if purpose == .grant, row.standing != nil { return .already }
    return ticks.contains(row.id) ? .on : .off
  }

  private var emptyWords: [String] {
    purpose == .grant
      ? ["There are no companies in this database."]
      : ["\(user.username) may enter no company: there is nothing to remove."]
  }
}

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
  func words(total: Int?) -> String {
    guard isOpenEnded else { return named.isEmpty ? "none" : Digits.grouped(named.count) }
    return named.isEmpty ? "all that match" : "all that match but \(named.count)"
  }

  var selection: Selection<ID, Query> {
    if let everything { return .matching(everything, except: named) }
    return .these(named)
  }
}
