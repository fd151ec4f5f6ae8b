internal import CompanyAccess
internal import Formats

/// `users`: lists users.
struct UsersCommand: Command, Hashable {
  var query = UserQuery()
  /// The company of which the users are listed, as it was typed.
  var company: String?
  var limit: Int?
  var asOf: AsOf

  static let info = CommandInfo(
    name: "users",
    abstract: "list users, with how many companies each may enter",
    options: [
      CommonOptions.search, CommonOptions.role,
      CommonOptions.company(help: "Only users who may enter this company, and since when."),
      CommonOptions.withoutAccess,
      OptionInfo(long: "inactive", help: "Only inactive users."),
      CommonOptions.sort(UserSort.allCases.map(\.rawValue)), CommonOptions.limit,
      AsOf.info,
    ],
    examples: [
      CommandExample(purpose: "who has nothing", call: "--db hrm.db users --without-access"),
      CommandExample(purpose: "who may enter a company", call: "--db hrm.db users --company ATL"),
    ])

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    query.search = parsed["search"] ?? ""
    query.role = parsed["role"]
    query.access = parsed.has("without-access") ? .none : .any
    query.activity = parsed.has("inactive") ? .inactive : .any
    company = parsed["company"]
    limit = try parsed.number("limit", in: 1...Int.max)
    asOf = try AsOf(parsed)
    if let sort = parsed.sort {
      query.sort = UserSort(rawValue: sort.key) ?? .username
      query.descending = sort.descending
    }
    if query.sort == .granted, company == nil { throw .needs("--sort granted", "--company") }
    try parsed.exclude("company", "without-access")
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let moment = try asOf.moment(store, context, attributes: true)
    var query = query
    query.company = try company.map { try store.company(named: $0, at: moment).id }
    let listing = try Listing("users", columns(context), context)
    let rows = try Paging.each(limit: limit) { anchor, limit in
      try store.users(query, anchor, limit: limit, at: moment)
    } do: { summary in
      try listing.row(cells(summary, context))
    }
    let total = rows < limit ?? .max ? rows : try store.count(query, at: moment)
    try listing.finish([("total", Cell(total))])
    context.sayIfTable(rows == 0 ? "no users" : nil)
    return .done
  }

  private func columns(_ context: CommandContext) -> [Column] {
    [
      Column("id", "ID", number: true), Column("username", "USERNAME"),
      Column("full_name", "NAME"), Column("email", "E-MAIL"), Column("role", "ROLE"),
      Column("active", "STATUS"), Column("companies", "COMPANIES", number: true),
    ] + (company == nil ? [] : StandingCells.columns(context))
  }

  private func cells(_ summary: UserSummary, _ context: CommandContext) -> [Cell] {
    let user = summary.user
    let cells = [
      Cell(user.id), .text(user.username), Cell(user.fullName), Cell(user.email), Cell(user.role),
      Cell(active: user.isActive), Cell(summary.companies),
    ]
    return company == nil ? cells : cells + StandingCells.cells(summary.standing, context)
  }
}
