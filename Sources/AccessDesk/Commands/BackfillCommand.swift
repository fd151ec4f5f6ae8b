internal import CompanyAccess
internal import TerminalUI

/// `backfill`: grants what the application knows already; or fills in companies of old rows.
struct BackfillCommand: Command {
  @Flag(
    "check",
    help: "Only list where the grants differ from this rule, and users who have moved.")
  var checks: Bool
  @Option(
    .repeated(
      "role", .role,
      help: """
        A role that may enter all companies; may be repeated. If not given: the roles that the \
        application has for that.
        """))
  var namedRoles: [String]
  @Flag("null-company", help: "Fill in the company of rows that have none.")
  var fillsNulls: Bool
  @Option(
    "default-company", .company, help: "With --null-company: for rows whose user has no company.")
  var standard: String?
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "grant what follows from the application's data",
    discussion: [
      """
      Active users with a role that may enter all companies get every active company; other \
      active users get their home company. Users who get nothing are listed with the reason, and \
      then the exit code is 1. All grants together are one change, which can be undone; a second \
      run finds nothing to do.
      """,
      """
      With --null-company, no grants are changed: rows of the application's tables without a \
      company get the company of their user, in steps of a thousand rows. This cannot be undone \
      and has to be confirmed. If it is interrupted, the next call continues where it stopped.
      """,
    ],
    examples: [
      CommandExample(
        purpose: "show what would be granted, by role", call: "--db app.db backfill --dry-run"),
      CommandExample(
        purpose: "list users with more or less than the rule gives",
        call: "--db app.db backfill --check"),
    ], writes: true)

  /// With `--check` it only reads.
  var writes: Bool { !checks }

  /// The roles that may enter everything; nil for those of the application.
  private var roles: [String]? { $namedRoles.isGiven ? namedRoles : nil }

  func check() throws(UsageProblem) {
    try $fillsNulls.excludes($checks)
    try $fillsNulls.excludes($namedRoles)
    try $standard.needs($fillsNulls)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    if checks { return try BackfillReport(context: context, store: store, roles: roles).check() }
    if fillsNulls { return try fill(store, context) }
    let report = BackfillReport(context: context, store: store, roles: roles)
    var write = PlannedWrite(context: context, store: store, options: options.settings)
    var leavesOut = false
    write.writeReport = { [options] result, plan in
      leavesOut = plan.backfill?.leftOutCount ?? 0 > 0
      try report.write(result, plan.backfill)
      context.sayIfTable(PlanMessages(plan).summary(result, dryRun: options.dryRun))
    }
    try write.perform(
      .backfill(roles: roles), confirming: CommandMessages.backfill)
    try report.listLeftOut()
    return leavesOut ? .no : .done
  }

  private func fill(_ store: AccessStore, _ context: CommandContext) throws -> ExitCode {
    let company = try standard.map { try store.company(named: $0) }
    let plan = try CancellableRun.run(context.console) {
      try store.nullCompanyPlan(default: company?.id, work: $0)
    }
    let report = NullCompanyReport(context: context, store: store)
    if plan.resolvable == 0 && plan.resumes == nil {
      return try report.write(plan, nil, default: company)
    }
    if !options.isConfirmed {
      try Confirmation(console: context.console).ask(
        CommandMessages.fillingCompanies, BackfillMessages.lines(plan, default: company))
    }
    let result = try CancellableRun.run(context.console) {
      try store.fillNullCompanies(
        default: company?.id, reason: options.reason, dryRun: options.dryRun, work: $0)
    }
    if options.dryRun, !result.isComplete { throw AccessError.cancelled }
    return try report.write(plan, options.dryRun ? nil : result, default: company)
  }
}
