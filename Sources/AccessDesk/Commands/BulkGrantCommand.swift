internal import CompanyAccess

/// `bulk-grant`: lets many users enter many companies.
struct BulkGrantCommand: Command {
  @Option(.search) var search: String?
  @Option(.role) var role: String?
  @Flag(.withoutAccess) var withoutAccess: Bool
  @Option(
    "company-search", .text("TEXT"),
    help: "Only companies that contain all these words; case and accents are ignored.",
    allowsEmpty: true)
  var companySearch: String?
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "let all users, or the users that options select, enter all companies",
    discussion: [
      """
      All grants together are one change on the record, which can be undone. It has to be \
      confirmed.
      """
    ],
    examples: [
      CommandExample(
        purpose: "grant every company to every user, in a test database",
        call: "--db try.db bulk-grant --yes"),
      CommandExample(
        purpose: "show what would be granted to auditors",
        call: "--db hrm.db bulk-grant --role Auditor --dry-run"),
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let write = PlannedWrite(
      context: context, store: store, options: options.settings, listsPairs: false)
    var users = UserQuery()
    users.search = search ?? ""
    users.role = role
    users.access = withoutAccess ? .none : .any
    var companies = CompanyQuery()
    companies.search = companySearch ?? ""
    let intent = Intent.bulkGrant(
      .matching(users, except: []), .matching(companies, except: []))
    try write.perform(intent, confirming: CommandMessages.bulkGrant)
    return .done
  }
}
