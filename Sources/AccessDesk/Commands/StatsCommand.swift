internal import CompanyAccess
internal import Formats

/// `stats`: the figures of the whole table.
struct StatsCommand: Command {
  let asOf = AsOf()

  let info = CommandInfo(
    abstract: "count users, companies and grants, and those without access",
    discussion: [
      "Coverage is the number of grants divided by the number of pairs that may be granted."
    ],
    examples: [CommandExample(purpose: "as JSON, for a program", call: "--db hrm.db stats --json")])

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let statistics = try store.statistics(at: try asOf.moment(store, context))
    switch context.options.format {
    case .json: try writeJSON(statistics, context.output)
    case .table: try writeTable(statistics, context)
    case .csv, .tsv: try writeRows(statistics, context)
    }
    return .done
  }

  private struct Figure {
    var key: String
    var title: String
    var value: Int
  }

  private func figures(_ statistics: Statistics) -> [Figure] {
    let coverage = statistics.coverage
    return [
      Figure(key: "users", title: "users", value: coverage.users),
      Figure(key: "companies", title: "companies", value: coverage.companies),
      Figure(key: "grants", title: "grants", value: coverage.grants),
      Figure(key: "orphan_grants", title: EntityMessages.orphans, value: coverage.orphans),
      Figure(key: "permitted", title: "permitted pairs", value: coverage.permitted),
      Figure(
        key: "users_with_access", title: "users with access", value: statistics.usersWithAccess),
      Figure(
        key: "users_without_access", title: "users without access",
        value: statistics.usersWithoutAccess),
      Figure(
        key: "companies_with_users", title: "companies with users",
        value: statistics.companiesWithUsers),
      Figure(
        key: "companies_without_users", title: "companies without users",
        value: statistics.companiesWithoutUsers),
      Figure(
        key: "inactive_users_with_access", title: "inactive users with access",
        value: statistics.inactiveUsersWithAccess),
    ]
  }

  /// Behind which figure the coverage stands.
  private static let beforeCoverage = "permitted"

  private func writeJSON(_ statistics: Statistics, _ output: ByteWriter) throws(OutputError) {
    let json = JSONWriter(output)
    try json.beginObject()
    for figure in figures(statistics) {
      try json.member(figure.key, Cell(figure.value))
      if figure.key == StatsCommand.beforeCoverage {
        try json.member("coverage_percent", number: statistics.coverage.exactPercent)
      }
    }
    try json.endObject()
    try json.finish()
  }

  private func writeTable(_ statistics: Statistics, _ context: CommandContext) throws(OutputError) {
    let columns = [Column("figure", "FIGURE"), Column("value", "COUNT", number: true)]
    let listing = try Listing("figures", columns, context)
    for figure in figures(statistics) {
      try listing.row([.text(figure.title), Cell(figure.value)])
      if figure.key == StatsCommand.beforeCoverage {
        try listing.row([.text("coverage"), .text(Messages.percent(statistics.coverage))])
      }
    }
    try listing.finish()
  }

  private func writeRows(_ statistics: Statistics, _ context: CommandContext) throws(OutputError) {
    let columns = [Column("figure", "FIGURE"), Column("value", "COUNT", number: true)]
    let listing = try Listing("figures", columns, context)
    for figure in figures(statistics) {
      try listing.row([.text(figure.key), Cell(figure.value)])
      if figure.key == StatsCommand.beforeCoverage {
        try listing.row([
          .text("coverage_percent"), Cell(StatsCommand.percent(statistics.coverage)),
        ])
      }
    }
    try listing.finish()
  }

  /// The coverage with one decimal, which is neither 0.0 nor 100.0 unless it is just that.
  private static func percent(_ coverage: Coverage) -> String? {
    coverage.tenthsOfPercent.map { "\($0 / 10).\($0 % 10)" }
  }
}
