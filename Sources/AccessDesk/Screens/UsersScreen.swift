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
  package var isFiltering: Bool { list.isFiltering }

  private var preset: ListPreset { ListPreset(list.query.access, list.query.activity) }

  package func heading(_ desk: DeskState) -> StyledLine {
    let subject = company.map { "Users of \(Messages.name($0))" } ?? "Users"
    return ListView.heading(subject, list, note: preset.note(.user), desk)
  }

  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? {
    // A company without users can be given some.
    company != nil && action == .addHere ? nil : list.whyNoRow(for: action)
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
    case .answer(.subject, .change(_, let entities)): return show(entities, desk)
    case .handedBack(.added(let change)): return [.ask(.change(change), .subject)]
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
    case .addHere: return tick(.grant).map { [.open($0)] } ?? []
    case .removeHere: return tick(.revoke).map { [.open($0)] } ?? []
    case .copyFrom:
      return list.window.selected.map { [.open(PickUserScreen(for: .copy(to: $0.user)))] } ?? []
    case .show: return show(preset.next, desk)
    default: return nil
    }
  }

  private mutating func show(_ preset: ListPreset, _ desk: DeskState) -> [Effect] {
    var query = list.query
    (query.access, query.activity) = (preset.presence, preset.activity)
    return list.change(query, desk)
  }

  /// Puts the cursor on a user that has just been added; no filter hides it.
  private mutating func show(_ entities: [ChangedEntity], _ desk: DeskState) -> [Effect] {
    guard company == nil, case .user(let id)? = entities.first(where: { $0.event == .made })?.id
    else { return [] }
    var query = list.query
    (query.access, query.activity) = (.any, .any)
    return list.show(id, in: query, desk)
  }

  /// Ticks users for the company, or companies for the user under the cursor.
  private func tick(_ purpose: TickPurpose) -> (any Screen)? {
    if let company { return TickScreen<UsersForCompany>(purpose, for: company) }
    return list.window.selected.map { TickScreen<CompaniesForUser>(purpose, for: $0.user) }
  }

  private func companyIsGone() -> [Effect] {
    guard let company else { return [] }
    return [.say(Message(.problem, Messages.gone(Messages.name(company)))), .back]
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    ListView.draw(
      list, into: &frame, area: area,
      empty: emptyWords(desk), desk)
  }

  private func emptyWords(_ desk: DeskState) -> [String] {
    guard let company else { return preset.emptyWords(.user, desk) }
    return ["No user may enter \(company.name)."]
      + (desk.whyNoWrite == nil ? ["+ adds users."] : [])
  }
}
