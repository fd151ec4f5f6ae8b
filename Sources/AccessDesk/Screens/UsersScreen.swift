package import CompanyAccess
package import TerminalUI

/// Users: all of them, those of one company, or those that a statistic counts.
package struct UsersScreen: Screen {
  private var list: ListModel<UserList>
  /// The company whose users these are, if it is about one.
  private var company: Company?

  package init(_ query: UserQuery = UserQuery(), of company: Company? = nil) {
    var query = query
    query.company = company?.id
    list = ListModel(query)
    self.company = company
  }

  package var kind: ScreenKind { company == nil ? .users : .usersOfCompany }
  package var editsText: Bool { list.isFiltering }
  package var isSettling: Bool { list.isSettling }

  package func heading(_ desk: DeskState) -> StyledLine {
    let subject = company.map { "Users of \(Words.name($0))" } ?? "Users"
    return ListView.heading(
      subject, list, note: Shown(list.query.access, list.query.activity).note, desk)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] {
    list.start(desk) + (company.map { [.ask(.company($0.id), .subject)] } ?? [])
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .answer(.subject, .company(let summary)):
      guard let summary else { return companyIsGone() }
      company = summary.company
      return []
    case .changed:
      let again: [Effect] = company.map { [.ask(.company($0.id), .subject)] } ?? []
      return again + (list.update(input, desk) ?? [])
    case .action(.open), .press(_, double: true):
      guard let user = list.window.selected?.user else { return [] }
      return [.open(CompaniesOfUserScreen(user))]
    case .action(.why):
      guard let company, let user = list.window.selected?.user else { return [] }
      return [.open(WhyScreen(user, company))]
    case .action(.addEntity): return [.open(FormScreen(adding: .user))]
    case .action(let action):
      return EntityActions.effects(
        action, list.window.selected.map { (.user($0.id), $0.user.isActive) })
        ?? act(action, desk) ?? list.update(input, desk)
    default: return list.update(input, desk)
    }
  }

  private mutating func act(_ action: ActionID, _ desk: DeskState) -> [Effect]? {
    switch action {
    case .addHere: return company.map { [.open(tick(.grant, $0))] }
    case .removeHere: return company.map { [.open(tick(.revoke, $0))] }
    case .show:
      var query = list.query
      Shown(query.access, query.activity).next.apply(&query.access, &query.activity)
      return list.change(query, desk)
    default: return nil
    }
  }

  private func tick(_ purpose: TickPurpose, _ company: Company) -> any Screen {
    TickScreen<UsersForCompany>(purpose, for: company)
  }

  private func companyIsGone() -> [Effect] {
    guard let company else { return [] }
    return [.say(Message(.problem, Words.gone(Words.name(company)))), .back]
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    ListView.draw(
      list, into: &frame, area: area,
      empty: emptyWords(desk), desk)
  }

  private func emptyWords(_ desk: DeskState) -> [String] {
    if let company {
      return ["No user may enter \(company.name).", "+ adds users."]
    }
    switch (list.query.access, list.query.activity) {
    case (.none, _): return ["Every user may enter at least one company.", "f shows other users."]
    case (_, .inactive): return ["No user is inactive.", "f shows other users."]
    default:
      return [
        "There are no users in this database.",
        "a adds one; the application that they belong to may do so, too.",
      ]
    }
  }
}

/// What the key `f` goes through: all, those without access, inactive ones.
struct Shown: Equatable {
  private let presence: Presence
  private let activity: Activity

  init(_ presence: Presence, _ activity: Activity) {
    self.presence = presence
    self.activity = activity
  }

  private static let turns = [
    Shown(.any, .any), Shown(.some, .any), Shown(.none, .any), Shown(.any, .inactive),
    Shown(.some, .inactive),
  ]

  var next: Shown {
    let place = Self.turns.firstIndex(of: self).map { ($0 + 1) % Self.turns.count } ?? 0
    return Self.turns[place]
  }

  func apply(_ presence: inout Presence, _ activity: inout Activity) {
    presence = self.presence
    activity = self.activity
  }

  /// What is shown, in words; nil when all is.
  var note: String? {
    switch (presence, activity) {
    case (.any, .any): nil
    case (.none, .any): "only without access"
    case (.some, .any): "only with access"
    case (.some, .inactive): "only inactive with access"
    case (_, .inactive): "only inactive"
    default: "only active"
    }
  }
}
