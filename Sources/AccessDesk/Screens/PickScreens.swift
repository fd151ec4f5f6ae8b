package import CompanyAccess
package import TerminalUI

/// What a user is picked for.
package enum PickPurpose: Sendable {
  case view, grant, revoke
  /// The user has what the other one is to be given too.
  case copy(to: User)
}

/// Picks a user: what is typed filters, or is the id.
package struct PickUserScreen: Screen {
  private let purpose: PickPurpose
  private var list: ListModel<UserList>

  package init(for purpose: PickPurpose) {
    self.purpose = purpose
    list = ListModel(UserQuery(), picker: true)
  }

  package var kind: ScreenKind { .pickUser }
  package var editsText: Bool { true }
  package var isSettling: Bool { list.isSettling }

  package func heading(_ desk: DeskState) -> StyledLine {
    let subject =
      switch purpose {
      case .view: "Whose companies?"
      case .grant: "Add companies, step 1: to which user?"
      case .revoke: "Remove companies, step 1: from which user?"
      case .copy(let other): "Give \(other.username) what which user has?"
      }
    return ListView.heading(subject, list, desk)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { list.start(desk) }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .action(.pick), .press(_, double: true):
      guard let user = list.window.selected?.user else {
        return [.say(Message(.problem, "No user matches \"\(list.search)\"."))]
      }
      switch purpose {
      case .view: return [.open(CompaniesOfUserScreen(user))]
      case .grant: return [.open(TickScreen<CompaniesForUser>(.grant, for: user))]
      case .revoke: return [.open(TickScreen<CompaniesForUser>(.revoke, for: user))]
      case .copy(let other) where other.id == user.id:
        return [
          .say(Message(.notice, "\(user.username) is given the companies: pick another user."))
        ]
      case .copy(let other): return [.open(ConfirmationScreen(copy(user, other), sameAs: user))]
      }
    default: return list.update(input, desk)
    }
  }

  private func copy(_ user: User, _ other: User) -> Intent {
    let companies = CompaniesForUser.query(for: user, .holding)
    return .grant(.these([other.id]), .matching(companies, except: []))
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    ListView.draw(
      list, into: &frame, area: area,
      empty: ["There are no users in this database."], desk)
  }
}

/// Picks a company, to see its users or to fill in a field.
package struct PickCompanyScreen: Screen {
  /// What a company is picked for.
  package enum Purpose: Sendable {
    case users
    /// What people call it is handed back.
    case choice
  }

  private let purpose: Purpose
  private var list = ListModel<CompanyList>(CompanyQuery(), picker: true)

  package init(for purpose: Purpose = .users) { self.purpose = purpose }

  package var kind: ScreenKind { .pickCompany }
  package var editsText: Bool { true }
  package var isSettling: Bool { list.isSettling }

  package func heading(_ desk: DeskState) -> StyledLine {
    ListView.heading(purpose == .users ? "Whose users?" : "Which company?", list, desk)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { list.start(desk) }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .action(.pick), .press(_, double: true):
      guard let company = list.window.selected?.company else {
        return [.say(Message(.problem, "No company matches \"\(list.search)\"."))]
      }
      if purpose == .choice { return [.handBack(.choice(company.code ?? company.name))] }
      return [.open(UsersScreen(of: company))]
    default: return list.update(input, desk)
    }
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    ListView.draw(
      list, into: &frame, area: area,
      empty: ["There are no companies in this database."], desk)
  }
}
