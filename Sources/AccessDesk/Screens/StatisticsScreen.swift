internal import CompanyAccess
package import TerminalUI

/// The figures of the whole table; Enter on one lists what it counts.
package struct StatisticsScreen: Screen {
  private var statistics: Statistics?
  private var cursor = LineCursor()

  package init() {}

  package var kind: ScreenKind { .statistics }
  package private(set) var isSettling = true

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine([
      ("Summary statistics", .heading), (statistics == nil ? "   counting ..." : "", .faint),
    ])
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { [.ask(.statistics, .figures)] }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    let height = desk.body.rows
    switch input {
    case .changed: return [.ask(.statistics, .figures)]
    case .answer(_, .statistics(let statistics)):
      self.statistics = statistics
      isSettling = false
      return []
    case .answer(_, .failed(let error)):
      isSettling = false
      return [.say(Messages.problem(error))]
    case .action(.open): return open(desk)
    case .action(let action):
      return cursor.move(action, count: lines(desk).count, height: height) ? [] : nil
    case .press(let position, let double):
      let row = position.row - desk.body.row
      guard cursor.select(row: row, count: lines(desk).count, height: height) else { return nil }
      return double ? open(desk) : []
    default: return nil
    }
  }

  private func open(_ desk: DeskState) -> [Effect] {
    let lines = lines(desk)
    guard lines.indices.contains(cursor.index), let target = lines[cursor.index].target else {
      return [.say(Message(.notice, "Enter works on the lines that end with >."))]
    }
    return [.open(target.screen)]
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    let lines = lines(desk)
    cursor.draw(count: lines.count, into: &frame, area: area) { lines[$0].text }
  }

  // MARK: - Lines

  /// What a line leads to.
  private enum Target {
    case users(UserQuery)
    case companies(CompanyQuery)
    case usersOf(Company)

    var screen: any Screen {
      switch self {
      case .users(let query): UsersScreen(query)
      case .companies(let query): CompaniesScreen(query)
      case .usersOf(let company): UsersScreen(of: company)
      }
    }
  }

  private struct Line {
    let text: StyledLine
    var target: Target?
  }

  private func lines(_ desk: DeskState) -> [Line] {
    guard let statistics else { return [] }
    return figures(statistics, desk.body.columns) + histogram(statistics, desk.body.columns)
      + largest(statistics) + empty(statistics)
  }

  private func figures(_ statistics: Statistics, _ width: Int) -> [Line] {
    let coverage = statistics.coverage
    let orphans = coverage.orphans > 0 ? [figure("  of missing ones, apart", coverage.orphans)] : []
    return [
      figure("Users", coverage.users, to: .users(UserQuery())),
      figure("  with access", statistics.usersWithAccess, to: users { $0.access = .some }),
      figure("  without access", statistics.usersWithoutAccess, to: users { $0.access = .none }),
      figure(
        "  inactive, but with access", statistics.inactiveUsersWithAccess,
        to: users {
          $0.access = .some
          $0.activity = .inactive
        }),
      figure("Companies", coverage.companies, to: .companies(CompanyQuery())),
      figure("  with users", statistics.companiesWithUsers, to: companies { $0.users = .some }),
      figure(
        "  without users", statistics.companiesWithoutUsers, to: companies { $0.users = .none }),
      figure("Grants", coverage.grants, note: "of \(Digits.grouped(coverage.permitted)) possible"),
    ] + orphans + [Line(text: coverageLine(coverage, width))]
  }

  private func users(_ change: (inout UserQuery) -> Void) -> Target {
    var query = UserQuery()
    change(&query)
    return .users(query)
  }

  private func companies(_ change: (inout CompanyQuery) -> Void) -> Target {
    var query = CompanyQuery()
    change(&query)
    return .companies(query)
  }

  private func figure(
    _ label: String, _ number: Int, note: String = "", to target: Target? = nil
  ) -> Line {
    let count = DisplayText(Digits.grouped(number)).padded(to: 13, alignment: .right)
    let end = target == nil || number == 0 ? note : ">"
    return Line(
      text: StyledLine([
        (DisplayText(label).padded(to: 27), .normal), (count, .normal),
        (DisplayText("  " + end), .faint),
      ]), target: number == 0 ? nil : target)
  }

  private func coverageLine(_ coverage: Coverage, _ width: Int) -> StyledLine {
    let percent = DisplayText(Messages.percent(coverage)).padded(to: 13, alignment: .right)
    let bar = BarGlyphs.bar(
      coverage.grants, of: coverage.permitted, columns: max(4, min(30, width - 50)))
    return StyledLine([
      (DisplayText("Coverage").padded(to: 27), .normal), (percent, .normal), ("  ", .normal),
      ("[", .faint), (bar, .good), ("]", .faint),
    ])
  }

  private func histogram(_ statistics: Statistics, _ width: Int) -> [Line] {
    guard !statistics.histogram.isEmpty else { return [] }
    let bars = BarChart(
      histogram: statistics.histogram.map { (value: $0.companies, count: $0.users) }, rows: 10
    ).bars
    let most = bars.map(\.count).max() ?? 0
    return [Line(text: StyledLine()), title("Users by number of companies")]
      + bars.map { bar in
        let label = bar.label + (bar.label == "1" ? " company" : " companies")
        return Line(
          text: StyledLine([
            ("  ", .normal), (label.padded(to: 25), .normal),
            (DisplayText(Digits.grouped(bar.count)).padded(to: 13, alignment: .right), .normal),
            ("  ", .normal),
            (BarGlyphs.bar(bar.count, of: most, columns: min(60, max(4, width - 48))), .good),
          ]))
      }
  }

  private func largest(_ statistics: Statistics) -> [Line] {
    let rows = statistics.largest.filter { $0.users > 0 }
    guard !rows.isEmpty else { return [] }
    return [Line(text: StyledLine()), title("Companies with the most users")]
      + rows.map { company($0.company, users: $0.users) }
  }

  private func empty(_ statistics: Statistics) -> [Line] {
    guard statistics.empty.count > 0 else { return [] }
    let rest = statistics.empty.count - statistics.empty.first.count
    return [Line(text: StyledLine()), title("Companies without users")]
      + statistics.empty.first.map { company($0, users: 0) }
      + (rest > 0 ? [Line(text: StyledLine([(DisplayText("  and \(rest) more"), .faint)]))] : [])
  }

  private func title(_ words: DisplayText) -> Line {
    Line(text: StyledLine([(words, .heading)]))
  }

  private func company(_ company: Company, users: Int) -> Line {
    let count = DisplayText(Digits.grouped(users)).padded(to: 13, alignment: .right)
    return Line(
      text: StyledLine([
        ("  ", .normal), (DisplayText(company.name).padded(to: 25).cut(to: 25), .normal),
        (count, .normal), ("  >", .faint),
        (DisplayText(company.isActive ? "" : "  inactive"), .warning),
      ]), target: .usersOf(company))
  }
}
