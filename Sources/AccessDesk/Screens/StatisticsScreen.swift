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
      (StatisticsMessages.heading, .heading),
      (statistics == nil ? "   " + MenuMessages.counting : "", .faint),
    ])
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { [.ask(.statistics, .figures)] }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .changed: return [.ask(.statistics, .figures)]
    case .answer(_, .statistics(let statistics)):
      self.statistics = statistics
      isSettling = false
      return []
    case .answer(_, .failed(let error)):
      isSettling = false
      return [.say(Messages.problem(error))]
    default:
      return cursor.update(
        input, lines(desk), in: desk.body, nothing: StatisticsMessages.noTarget)
    }
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    cursor.draw(lines(desk), into: &frame, area: area)
  }

  // MARK: - Lines

  private func lines(_ desk: DeskState) -> [PageLine] {
    guard let statistics else { return [] }
    return figures(statistics, desk.body.columns) + histogram(statistics, desk.body.columns)
      + largest(statistics) + empty(statistics)
  }

  private func figures(_ statistics: Statistics, _ width: Int) -> [PageLine] {
    typealias Words = StatisticsMessages
    let coverage = statistics.coverage
    let orphans = coverage.orphans > 0 ? [figure(Words.orphans, coverage.orphans)] : []
    return [
      figure(Words.users, coverage.users, to: list(.user, .everything)),
      figure(Words.withAccess, statistics.usersWithAccess, to: list(.user, ListPreset(.some))),
      figure(
        Words.withoutAccess, statistics.usersWithoutAccess, to: list(.user, ListPreset(.none))),
      figure(
        Words.inactive, statistics.inactiveUsersWithAccess,
        to: list(.user, ListPreset(.some, .inactive))),
      figure(Words.companies, coverage.companies, to: list(.company, .everything)),
      figure(Words.withUsers, statistics.companiesWithUsers, to: list(.company, ListPreset(.some))),
      figure(
        Words.withoutUsers, statistics.companiesWithoutUsers, to: list(.company, ListPreset(.none))),
      figure(Words.grants, coverage.grants, note: Words.possible(coverage)),
    ] + orphans + [PageLine(coverageLine(coverage, width))]
  }

  private func list(_ kind: EntityKind, _ preset: ListPreset) -> () -> any Screen {
    { EntityListScreen(EntityQuery(kind, preset)) }
  }

  private func figure(
    _ label: String, _ number: Int, note: String = "", to target: (() -> any Screen)? = nil
  ) -> PageLine {
    let count = DisplayText(Digits.grouped(number)).padded(to: 13, alignment: .right)
    let end = target == nil || number == 0 ? note : ">"
    let text = StyledLine([
      (DisplayText(label).padded(to: 27), .normal), (count, .normal),
      (DisplayText("  " + end), .faint),
    ])
    guard let target, number > 0 else { return PageLine(text) }
    return PageLine(text, opens: target)
  }

  private func coverageLine(_ coverage: Coverage, _ width: Int) -> StyledLine {
    let percent = DisplayText(Messages.percent(coverage)).padded(to: 13, alignment: .right)
    let bar = BarGlyphs.bar(
      coverage.grants, of: coverage.permitted, columns: max(4, min(30, width - 50)))
    return StyledLine([
      (StatisticsMessages.coverage.padded(to: 27), .normal), (percent, .normal), ("  ", .normal),
      ("[", .faint), (bar, .good), ("]", .faint),
    ])
  }

  private func histogram(_ statistics: Statistics, _ width: Int) -> [PageLine] {
    guard !statistics.histogram.isEmpty else { return [] }
    let bars = BarChart(
      histogram: statistics.histogram.map { (value: $0.companies, count: $0.users) }, rows: 10
    ).bars
    let most = bars.map(\.count).max() ?? 0
    return [PageLine(StyledLine()), title(StatisticsMessages.histogram)]
      + bars.map { bar -> PageLine in
        let line = StyledLine([
          ("  ", .normal), (StatisticsMessages.companies(bar.label).padded(to: 25), .normal),
          (DisplayText(Digits.grouped(bar.count)).padded(to: 13, alignment: .right), .normal),
          (bar.count > 0 ? "  > " : "    ", .faint),
          (BarGlyphs.bar(bar.count, of: most, columns: min(60, max(4, width - 50))), .good),
        ])
        guard bar.count > 0, let range = bar.range else { return PageLine(line) }
        return PageLine(
          line,
          opens: {
            var query = EntityQuery(.user)
            query.holding = range
            return EntityListScreen(query)
          })
      }
  }

  private func largest(_ statistics: Statistics) -> [PageLine] {
    let rows = statistics.largest.filter { $0.users > 0 }
    guard !rows.isEmpty else { return [] }
    return [PageLine(StyledLine()), title(StatisticsMessages.largest)]
      + rows.map { company($0.company, users: $0.users) }
  }

  private func empty(_ statistics: Statistics) -> [PageLine] {
    guard statistics.empty.count > 0 else { return [] }
    let rest = statistics.empty.count - statistics.empty.first.count
    return [PageLine(StyledLine()), title(StatisticsMessages.empty)]
      + statistics.empty.first.map { company($0, users: 0) }
      + (rest > 0
        ? [PageLine(StyledLine(DisplayText(StatisticsMessages.more(rest)), .faint))] : [])
  }

  private func title(_ words: DisplayText) -> PageLine {
    PageLine(StyledLine(words, .heading))
  }

  private func company(_ company: Company, users: Int) -> PageLine {
    let count = DisplayText(Digits.grouped(users)).padded(to: 13, alignment: .right)
    return PageLine(
      StyledLine([
        ("  ", .normal), (DisplayText(company.name).padded(to: 25).cut(to: 25), .normal),
        (count, .normal), ("  >", .faint),
        (company.isActive ? "" : FormMessages.inactive, .warning),
      ]), opens: { GrantsScreen(of: Entity(company)) })
  }
}

extension ScreenKind {
  package static let statistics = ScreenKind(
    "statistics", ScreenTitles.statistics, staysAfterWrite: true,
    menu: [.viewStatistics: { StatisticsScreen() }], actions: .everywhere + .moves + .stays)
}
