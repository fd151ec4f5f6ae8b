internal import CompanyAccess
internal import Formats

/// `users`, `companies`: lists them.
struct ListEntitiesCommand: Command {
  let kind: CommandKind
  @Option(.search) var search: String?
  let role: OptionalInput<String?>
  /// One of the other kind, whose grants are listed.
  @Option var other: String?
  @Flag var isWithout: Bool
  @Flag var isInactive: Bool
  @Option var sort: SortOrder?
  @Option(.limit) var limit: Int?
  let asOf = AsOf()

  init(_ kind: CommandKind) {
    self.kind = kind
    role = OptionalInput(kind.filters.role)
    _other = Option(kind.filters.other)
    _isWithout = Flag(kind.filters.without)
    _isInactive = Flag(kind.filters.inactive)
    _sort = Option(.sort(by: kind.list.sortKeys))
  }

  var info: CommandInfo {
    CommandInfo(abstract: kind.texts.list, examples: kind.texts.listExamples)
  }

  func check() throws(UsageProblem) {
    if sort?.key == "granted", other == nil {
      throw .needs("\($sort.label) granted", $other.label)
    }
    try $other.excludes($isWithout)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let moment = try asOf.moment(store, context, attributes: true)
    let filter = ListFilter(
      search: search ?? "", role: role.value ?? nil,
      other: try other.map { try kind.other.find($0, store, moment) }, isWithout: isWithout,
      isInactive: isInactive, sort: sort)
    let hasGrants = other != nil
    let columns = kind.list.columns + (hasGrants ? StandingCells.columns(context) : [])
    let listing = try Listing(kind.plural, columns, context)
    let rows = try kind.list.forEach(filter, limit: limit, in: store, at: moment) { row, standing in
      try listing.row(row + (hasGrants ? StandingCells.cells(standing, context) : []))
    }
    try listing.finish([("total", Cell(rows.total))])
    if rows.shown == 0 { context.sayIfTable(CommandMessages.none(kind.plural)) }
    return .done
  }
}
