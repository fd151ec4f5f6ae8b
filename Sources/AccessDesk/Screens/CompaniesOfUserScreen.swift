package import CompanyAccess
package import TerminalUI

/// The companies that one user may enter: since when, and by which change.
package struct CompaniesOfUserScreen: Screen {
  private var user: User
  private var list: ListModel<CompanyList>

  package init(_ user: User) {
    self.user = user
    var query = CompanyQuery()
    query.user = user.id
    list = ListModel(query)
  }

  package var kind: ScreenKind { .companiesOfUser }
  package var editsText: Bool { list.isFiltering }
  package var isSettling: Bool { list.isSettling }
  package var isFiltering: Bool { list.isFiltering }

  package func heading(_ desk: DeskState) -> StyledLine {
    ListView.heading(
      "Companies of \(Messages.heading(user))", list, note: user.isActive ? nil : "inactive user",
      desk
    )
  }

  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? {
    // A user without companies can be given some, one by one or like another user.
    [.addHere, .copyFrom].contains(action) ? nil : list.whyNoRow(for: action)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] {
    list.start(desk) + [.ask(.user(user.id), .subject)]
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .answer(.subject, .user(let summary)):
      guard let summary else {
        return [.say(Message(.problem, Messages.gone(Messages.name(user)))), .back]
      }
      user = summary.user
      return []
    case .changed: return [.ask(.user(user.id), .subject)] + (list.update(input, desk) ?? [])
    case .action(.addHere): return [.open(TickScreen<CompaniesForUser>(.grant, for: user))]
    case .action(.removeHere): return [.open(TickScreen<CompaniesForUser>(.revoke, for: user))]
    case .action(.why):
      guard let company = list.window.selected?.company else { return [] }
      return [.open(WhyScreen(user, company))]
    case .action(.copyFrom): return [.open(PickUserScreen(for: .copy(to: user)))]
    case .action(.open), .action(.usersOfCompany), .press(_, double: true):
      guard let company = list.window.selected?.company else { return [] }
      return [.open(UsersScreen(of: company))]
    default: return list.update(input, desk)
    }
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    ListView.draw(
      list, into: &frame, area: area,
      empty: ["\(user.username) may enter no company: no row means no access."]
        + (desk.whyNoWrite == nil ? ["+ adds companies."] : []), desk)
  }
}
