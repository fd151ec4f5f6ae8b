internal import CompanyAccess
internal import Formats

/// `companies`: lists companies.
struct CompaniesCommand: Command, Hashable {
  var query = CompanyQuery()
  /// The user whose companies are listed, as it was typed.
  var user: String?
  var limit: Int?
  var asOf: AsOf

  static let info = CommandInfo(
    name: "companies",
    abstract: "list companies, with how many users may enter each",
    options: [
      CommonOptions.search,
      OptionInfo(
        long: "user", value: OptionValue(name: "USER", kind: .user),
        help: "Only companies that this user may enter, and since when."),
      OptionInfo(long: "without-users", help: "Only companies that no user may enter."),
      OptionInfo(long: "inactive", help: "Only inactive companies."),
      CommonOptions.sort(CompanySort.allCases.map(\.rawValue)), CommonOptions.limit,
      AsOf.info,
    ],
    examples: [
      CommandExample(purpose: "what a user may enter", call: "--db hrm.db companies --user alice"),
      CommandExample(
        purpose: "the largest first", call: "--db hrm.db companies --sort -users --limit 10"),
    ])

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    query.search = parsed["search"] ?? ""
    query.users = parsed.has("without-users") ? .none : .any
    query.activity = parsed.has("inactive") ? .inactive : .any
    user = parsed["user"]
    limit = try parsed.number("limit", in: 1...Int.max)
    asOf = try AsOf(parsed)
    if let sort = parsed.sort {
      query.sort = CompanySort(rawValue: sort.key) ?? .name
      query.descending = sort.descending
    }
    if query.sort == .granted, user == nil { throw .needs("--sort granted", "--user") }
    try parsed.exclude("user", "without-users")
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let moment = try asOf.moment(store, context, attributes: true)
    var query = query
    query.user = try user.map { try store.user(named: $0, at: moment).id }
    let listing = try Listing("companies", columns(context), context)
    let rows = try Paging.each(limit: limit) { anchor, limit in
      try store.companies(query, anchor, limit: limit, at: moment)
    } do: { summary in
      try listing.row(cells(summary, context))
    }
    let total = rows < limit ?? .max ? rows : try store.count(query, at: moment)
    try listing.finish([("total", Cell(total))])
    context.sayIfTable(rows == 0 ? "no companies" : nil)
    return .done
  }

  private func columns(_ context: CommandContext) -> [Column] {
    [
      Column("id", "ID"), Column("name", "NAME"), Column("code", "CODE"),
      Column("active", "STATUS"), Column("users", "USERS", number: true),
    ] + (user == nil ? [] : StandingCells.columns(context))
  }

  private func cells(_ summary: CompanySummary, _ context: CommandContext) -> [Cell] {
    let company = summary.company
    let cells = [
      Cell(company.id), .text(company.name), Cell(company.code), Cell(active: company.isActive),
      Cell(summary.users),
    ]
    return user == nil ? cells : cells + StandingCells.cells(summary.standing, context)
  }
}
