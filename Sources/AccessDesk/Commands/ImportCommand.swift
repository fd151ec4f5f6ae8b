internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// `import FILE`: grants and revokes the pairs of a file.
struct ImportCommand: Command {
  @Argument(.optional(.file, help: "The file; - or no argument means standard input."))
  var file: String?
  @Flag(
    "create",
    help: "Create users and companies that do not exist, by the rules of user and company add.")
  var create: Bool
  @Flag("sync", help: "Revoke every grant that is not in the file.") var sync: Bool
  @Option(
    "max-removals", .removalLimit,
    help: "How many grants --sync may revoke: a number, or a share such as 40%.")
  var limit: RemovalLimit?
  let options = WriteOptions()
  @Flag(.noAdministrator) var leavesNoAdministrator: Bool

  let info = CommandInfo(
    abstract: "grant and revoke the pairs of a file, all or nothing",
    discussion: [
      """
      The file is CSV or TSV with a header line, or JSON, in UTF-8. The column user (or \
      username) holds usernames, the column company holds codes or names; the columns user_id \
      and company_id hold ids. A column action, if there is one, holds grant or revoke, and a \
      column decided the date of the decision, the same in all lines. Other \
      columns are ignored. The whole file is checked first, and everything in it becomes one \
      change.
      """,
      """
      A name has to be the same byte by byte; only if there is none, its accents may be in \
      another form of Unicode. A text that could mean two users or two companies is refused, \
      also one that is the code of one company and the name of another; an id in the same line \
      decides. If a line has an id and a name, both have to belong to the same user or company.
      """,
      """
      With --sync, the grants become exactly those of the file: a grant that is not in it is \
      revoked. This has to be confirmed, and more than 25 % of all grants are revoked only with \
      --max-removals.
      """,
      "The output of export all can be imported into an empty database, with its ids and times.",
    ],
    examples: [
      CommandExample(purpose: "import the pairs of a file", call: "--db hrm.db import pairs.csv"),
      CommandExample(
        purpose: "show what a sync would do",
        call: "--db hrm.db import --sync --dry-run pairs.csv"),
    ], writes: true)

  private var path: String { file ?? "-" }

  func check() throws(UsageProblem) { try $limit.needs($sync) }

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
      context.console.say(CommandMessages.ignoredColumns(pairs.ignoredColumns))
    }
    var settings = options.settings(leavesNoAdministrator: leavesNoAdministrator)
    settings.reason.decidedAt = settings.reason.decidedAt ?? pairs.decidedAt
    var write = PlannedWrite(
      context: context, store: store, options: settings, listsPairs: false)
    write.work = work
    write.confirmsAdditions = false
    write.figures = [
      ("lines", Cell(pairs.lines)), ("duplicates", Cell(pairs.duplicates)),
      ("users_created", Cell(pairs.newUsers)), ("companies_created", Cell(pairs.newCompanies)),
    ]
    if sync {
      let limit = limit ?? .percent(25)
      write.checkLimits = { try limit.check($0) }
    }
    try write.perform(.staged(pairs), confirmingRemovals: sync ? CommandMessages.sync : nil)
    context.sayIfTable(CommandMessages.imported(pairs))
  }

  private func restore(
    _ file: ImportFile, _ store: AccessStore, _ context: CommandContext, _ work: Work
  ) throws {
    if sync { throw UsageProblem.conflict("--sync", CommandMessages.wholeExport) }
    let rows = try store.restore(
      file, reason: options.reason, dryRun: options.dryRun, work: work)
    let change = options.dryRun ? nil : rows.change
    context.sayIfTable(
      CommandMessages.restored(
        users: rows.users, companies: rows.companies, grants: rows.grants, change: change))
    guard context.options.format == .json else { return }
    let result = ChangeResult(
      change: change, added: rows.grants, removed: 0, unchanged: 0, leftAlone: 0, results: [])
    try ResultWriter(context: context).write(
      result,
      more: [("users_created", Cell(rows.users)), ("companies_created", Cell(rows.companies))])
  }
}

/// How many grants a sync may revoke.
enum RemovalLimit: Hashable, Sendable {
  case pairs(Int)
  case percent(Int)

  var words: String {
    switch self {
    case .pairs(let count): "\(count)"
    case .percent(let percent): "\(percent) %"
    }
  }

  /// Fails if a plan revokes more.
  func check(_ plan: Plan) throws(UsageProblem) {
    let all = plan.before.grants + plan.before.orphans
    let isAllowed =
      switch self {
      case .pairs(let count): plan.removed <= count
      case .percent(let percent): plan.removed * 100 <= all * percent
      }
    if !isAllowed { throw .tooManyRemovals(plan.removed, of: all, limit: words) }
  }
}

extension WordType<RemovalLimit> {
  /// A number, or a share such as `40%`.
  fileprivate static var removalLimit: Self {
    WordType("N", .text) { (word, label) throws(UsageProblem) in
      let isShare = word.utf8.last == 0x25
      let digits = isShare ? String(word.unicodeScalars.dropLast()) : word
      guard let number = CommandNumber.digits(digits), !digits.isEmpty, !isShare || number <= 100
      else {
        throw .badValue(
          label, value: word, expected: UsageProblem.numberOrShare)
      }
      return isShare ? .percent(number) : .pairs(number)
    }
  }
}
