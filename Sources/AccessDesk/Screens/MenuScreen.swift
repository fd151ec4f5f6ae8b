internal import CompanyAccess
package import TerminalUI

/// The numbered menu.
package struct MenuScreen: Screen {
  private var cursor = LineCursor()

  package init() {}

  package var kind: ScreenKind { .menu }

  package func heading(_ desk: DeskState) -> StyledLine {
    guard let coverage = desk.coverage else { return StyledLine([("counting ...", .faint)]) }
    let parts = [
      Messages.users(coverage.users), Messages.companies(coverage.companies),
      Messages.grants(coverage.grants), "coverage \(Messages.percent(coverage))",
    ]
    var line = StyledLine([(DisplayText(parts.joined(separator: "   ")), .normal)])
    if coverage.orphans > 0 {
      let words = "   \(EntityMessages.orphans): \(Digits.grouped(coverage.orphans))"
      line.append(DisplayText(words), .warning)
    }
    return line
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { [.ask(.coverage, .figures)] }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .changed: return [.ask(.coverage, .figures)]
    case .answer(_, .failed(let error)): return [.say(Messages.problem(error))]
    case .answer: return []
    case .press(let position, let double):
      let row = position.row - desk.body.row
      guard cursor.select(row: row, count: Actions.menu.count, height: desk.body.rows) else {
        return nil
      }
      return double ? [.perform(Actions.menu[cursor.index].id)] : []
    case .action(.open): return [.perform(Actions.menu[cursor.index].id)]
    case .action(let action):
      if cursor.move(action, count: Actions.menu.count, height: desk.body.rows) { return [] }
      if let line = Actions.menu.firstIndex(where: { $0.id == action }) { cursor.select(line) }
      return choose(action)
    default: return nil
    }
  }

  private func choose(_ action: ActionID) -> [Effect]? {
    switch action {
    case .viewUsers: return [.open(UsersScreen())]
    case .viewCompanies: return [.open(CompaniesScreen())]
    case .viewCompaniesOfUser: return [.open(PickUserScreen(for: .view))]
    case .addCompanies: return [.open(PickUserScreen(for: .grant))]
    case .removeCompanies: return [.open(PickUserScreen(for: .revoke))]
    case .bulkAdd: return [.open(ConfirmationScreen(.bulkGrant(.everyone, .everything)))]
    case .viewStatistics: return [.open(StatisticsScreen())]
    case .viewLog: return [.open(LogScreen())]
    case .viewUsersOfCompany: return [.open(PickCompanyScreen())]
    case .viewDoctor: return [.open(DoctorScreen())]
    case .exit: return [.back]
    default: return nil
    }
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    cursor.draw(count: Actions.menu.count, into: &frame, area: area) { index in
      let action = Actions.menu[index]
      let isDisabled = action.writes && desk.whyNoWrite != nil
      return StyledLine([
        (DisplayText(Actions.name(action.keys[0])), isDisabled ? .faint : .key),
        ("  ", .normal),
        (DisplayText(action.label).padded(to: 27), isDisabled ? .faint : .normal),
        (DisplayText(isDisabled ? "not possible now" : action.help), .faint),
      ])
    }
  }
}

extension Selection where ID == UserID, Query == UserQuery {
  /// All users.
  static var everyone: Self { .matching(UserQuery(), except: []) }
}

extension Selection where ID == CompanyID, Query == CompanyQuery {
  /// All companies.
  static var everything: Self { .matching(CompanyQuery(), except: []) }
}
