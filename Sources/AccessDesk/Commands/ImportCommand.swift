internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// `import FILE`: grants and revokes the pairs of a file.
struct ImportCommand: Command, Hashable {
  /// How many grants a sync may revoke.
  enum RemovalLimit: Hashable {
    case pairs(Int)
    case percent(Int)

    var words: String {
      switch self {
      case .pairs(let count): "\(count)"
      case .percent(let percent): "\(percent) %"
      }
    }

    func allows(_ removed: Int, of grants: Int) -> Bool {
      switch self {
      case .pairs(let count): removed <= count
      case .percent(let percent): removed * 100 <= grants * percent
      }
    }
  }

  var path: String
  var create: Bool
  var sync: Bool
  var limit: RemovalLimit
  var options: WriteOptions

  static let info = CommandInfo(
    name: "import",
    abstract: "grant and revoke the pairs of a file, all or nothing",
    discussion: [
      """
      The file is CSV or TSV with a header, or JSON, in UTF-8. The columns user (or username) and \
      company hold usernames, and codes or names; ids go into user_id and company_id. The column \
      action, if there is one, holds grant or revoke. Other columns mean nothing. The file is \
      checked as a whole first, and everything in it becomes one change.
      """,
      """
      A name is compared byte by byte; one that no row has so may be written with its accents in \
      another form of Unicode. A text that could mean two users or two companies is refused, also \
      one that is the code of one company and the name of another: the id beside it says which. \
      Where a line has an id and a name, both have to be of the same user or company.
      """,
      """
      With --sync the grants become exactly those of the file: what is not in it is revoked, which \
      has to be confirmed, and more than 25 % of all grants only go with --max-removals.
      """,
      "What export all has written goes into an empty database, with ids and times.",
    ],
    options: [
      OptionInfo(
        long: "create",
        help: "Create users and companies that are not there, by the rules of user and company add."
      ),
      OptionInfo(long: "sync", help: "Revoke every grant that is not in the file."),
      OptionInfo(
        long: "max-removals", value: OptionValue(name: "N", kind: .text),
        help: "How many grants --sync may revoke: a number, or a share such as 40%."),
    ] + WriteOptions.withAdministrator,
    forms: [
      ArgumentForm(arguments: [
        ArgumentInfo(
          name: "FILE", kind: .file, help: "The file; - or nothing is standard input.",
          isOptional: true)
      ])
    ],
    examples: [
      CommandExample(purpose: "the pairs of a file", call: "--db hrm.db import pairs.csv"),
      CommandExample(
        purpose: "see what a sync would do",
        call: "--db hrm.db import --sync --dry-run pairs.csv"),
    ], writes: true)

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    path = parsed.arguments.first ?? "-"
    create = parsed.has("create")
    sync = parsed.has("sync")
    limit = try ImportCommand.limit(parsed) ?? .percent(25)
    if parsed.has("max-removals"), !sync { throw .needs("--max-removals", "--sync") }
    options = try WriteOptions(parsed)
  }

  private static func limit(_ parsed: ParsedArguments) throws(UsageProblem) -> RemovalLimit? {
    guard let text = parsed["max-removals"] else { return nil }
    let isShare = text.utf8.last == 0x25
    let digits = isShare ? String(text.unicodeScalars.dropLast()) : text
    guard let number = ParsedArguments.digits(digits), !digits.isEmpty, !isShare || number <= 100
    else {
      throw .badValue(
        "--max-removals", value: text, expected: "a whole number, or a share from 0% to 100%")
    }
    return isShare ? .percent(number) : .pairs(number)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    if path == "-", context.console.inputIsTerminal { throw UsageProblem.missingArgument("FILE") }
    let store = try context.openStore()
    return try CancellableRun.run(context.console) { work in
      let file = try ImportFile(path, work: work)
      if file.isWholeExport {
        try restore(file, store, context, work)
      } else {
        try importPairs(file, store, context, work)
      }
      return .done
    }
  }

  private func importPairs(
    _ file: ImportFile, _ store: AccessStore, _ context: CommandContext, _ work: Work
  ) throws {
    var staging = StagedPairs.Options()
    staging.createsMissing = create
    staging.isSync = sync
    let pairs = try store.stage(file, options: staging, work: work)
    if !pairs.ignoredColumns.isEmpty {
      context.console.say("ignored columns: \(pairs.ignoredColumns.joined(separator: ", "))")
    }
    var write = PlannedWrite(context: context, store: store, options: options, listsPairs: false)
    write.work = work
    write.confirmsAdditions = false
    write.figures = [
      ("lines", Cell(pairs.lines)), ("duplicates", Cell(pairs.duplicates)),
      ("users_created", Cell(pairs.newUsers)), ("companies_created", Cell(pairs.newCompanies)),
    ]
    if sync { write.checkLimits = { try checkLimit($0) } }
    try write.perform(.staged(pairs), confirmingRemovals: sync ? "revoking grants" : nil)
    context.sayIfTable(summary(pairs))
  }

  private func checkLimit(_ plan: Plan) throws(UsageProblem) {
    let all = plan.before.grants + plan.before.orphans
    guard limit.allows(plan.removed, of: all) else {
      throw .tooManyRemovals(plan.removed, of: all, limit: limit.words)
    }
  }

  private func summary(_ pairs: StagedPairs) -> String? {
    let counts = [
      ("repeated lines", pairs.duplicates), ("new users", pairs.newUsers),
      ("new companies", pairs.newCompanies),
    ]
    let parts = counts.filter { $0.1 > 0 }.map { "\($0.0): \(Digits.grouped($0.1))" }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private func restore(
    _ file: ImportFile, _ store: AccessStore, _ context: CommandContext, _ work: Work
  ) throws {
    if sync { throw UsageProblem.conflict("--sync", "a whole export") }
    let rows = try store.restore(
      file, reason: options.reason, dryRun: options.dryRun, work: work)
    let change = options.dryRun ? nil : rows.change
    let verb = options.dryRun ? "would take in" : "took in"
    context.sayIfTable(
      "\(verb) \(rows.users) users, \(rows.companies) companies, \(rows.grants) grants"
        + (change.map { "; change \($0)" } ?? "; nothing was done"))
    guard context.options.format == .json else { return }
    let result = ChangeResult(
      change: change, added: rows.grants, removed: 0, unchanged: 0, leftAlone: 0, results: [])
    try ResultWriter(context: context).write(
      result,
      more: [("users_created", Cell(rows.users)), ("companies_created", Cell(rows.companies))])
  }
}
