internal import CompanyAccess

/// `bulk-grant`: lets many users enter many companies.
struct BulkGrantCommand: Command, Hashable {
  var users = UserQuery()
  var companies = CompanyQuery()
  var options: WriteOptions

  static let info = CommandInfo(
    name: "bulk-grant",
    abstract: "let all users, or those that options pick, enter all companies",
    discussion: [
      "It is one change on the record and can be undone as one. It has to be confirmed."
    ],
    options: [
      CommonOptions.search, CommonOptions.role, CommonOptions.withoutAccess,
      OptionInfo(
        long: "company-search", value: OptionValue(name: "TEXT", kind: .text),
        help: "Only companies in which all these words occur.", allowsEmpty: true),
    ] + WriteOptions.info,
    examples: [
      CommandExample(
        purpose: "everything for everyone, in a database to test with",
        call: "--db try.db bulk-grant --yes"),
      CommandExample(
        purpose: "see what it would be for auditors",
        call: "--db hrm.db bulk-grant --role Auditor --dry-run"),
    ], writes: true)

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    users.search = parsed["search"] ?? ""
    users.role = parsed["role"]
    users.access = parsed.has("without-access") ? .none : .any
    companies.search = parsed["company-search"] ?? ""
    options = try WriteOptions(parsed)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let write = PlannedWrite(context: context, store: store, options: options, listsPairs: false)
    let intent = Intent.bulkGrant(
      .matching(users, except: []), .matching(companies, except: []))
    try write.perform(intent, confirming: "granting many companies to many users")
    return .done
  }
}
