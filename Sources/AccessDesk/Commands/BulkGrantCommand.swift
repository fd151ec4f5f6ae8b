internal import CompanyAccess

/// `bulk-grant`: lets many users enter many companies.
struct BulkGrantCommand: Command {
  @Option(.search) var search: String?
  @Option(.role) var role: String?
  @Flag(.withoutAccess) var withoutAccess: Bool
  @Option(
    "company-search", .text("TEXT"), help: "Only companies in which all these words occur.",
    allowsEmpty: true)
  var companySearch: String?
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "let all users, or those that options pick, enter all companies",
    discussion: [
      "It is one change on the record and can be undone as one. It has to be confirmed."
    ],
    examples: [
      CommandExample(
        purpose: "everything for everyone, in a database to test with",
        call: "--db try.db bulk-grant --yes"),
      CommandExample(
        purpose: "see what it would be for auditors",
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
