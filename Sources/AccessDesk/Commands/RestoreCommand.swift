internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// `restore FILE`: makes the database what a backup holds.
struct RestoreCommand: Command, Hashable {
  var source: String
  var options: WriteOptions

  static let info = CommandInfo(
    name: "restore",
    abstract: "make the database what a backup holds, while it is in use",
    discussion: [
      """
      The backup is checked, and the present file is kept beside itself. Then the backup is written \
      into the file in one transaction: programs that have it open see the restored rows and go on. \
      The record gets a change that names the copy of the present file, which is what takes the \
      restoration back.
      """,
      """
      A backup of another database is refused. Where there is no database it is made anew, readable \
      for its owner alone.
      """,
    ],
    options: WriteOptions.info,
    forms: [
      ArgumentForm(arguments: [
        ArgumentInfo(name: "FILE", kind: .file, help: "A backup of this database.")
      ])
    ],
    examples: [
      CommandExample(
        purpose: "see what would be lost", call: "--db hrm.db restore hrm-monday.db --dry-run"),
      CommandExample(purpose: "go back", call: "--db hrm.db restore hrm-monday.db --yes"),
    ], writes: true)

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    source = parsed.arguments.first ?? ""
    options = try WriteOptions(parsed)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    guard let path = context.options.database else { throw UsageProblem.missingDatabase }
    let plan = try AccessStore.planRestore(of: path, from: source)
    if options.dryRun {
      try CancellableRun.run(context.console) { try AccessStore.rehearseRestore(plan, work: $0) }
      for line in lines(plan) { context.sayIfTable(line) }
      try report(plan, nil, context)
      return .done
    }
    if !options.isConfirmed {
      try Confirmation(console: context.console).ask("restoring \(path)", lines(plan))
    }
    let done = try CancellableRun.run(context.console) {
      try AccessStore.restore(plan, origin: .command, reason: options.reason.text, work: $0)
    }
    for line in words(plan, done) { context.sayIfTable(line) }
    try report(plan, done, context)
    return .done
  }

  /// What would be done, for the one who decides.
  private func lines(_ plan: RestorePlan) -> [String] {
    let coverage = plan.coverage
    var lines = [
      "\(plan.path) would hold \(Messages.users(coverage.users)), "
        + "\(Messages.companies(coverage.companies)) and \(Messages.grants(coverage.grants)), as "
        + "\(plan.source) does"
    ]
    if let newest = plan.newest {
      lines.append("its newest change is \(newest.id), of \(newest.at.localMinute)")
    }
    guard let kept = plan.keptAs else { return lines + ["there is no file at \(plan.path) now"] }
    let present = "the present file would be kept as \(kept)"
    switch plan.onlyInPresent {
    case nil: lines.append("\(present); its record cannot be read")
    case 0: lines.append("\(present); no change is in it alone")
    case let count?:
      lines.append("\(present); \(Digits.counted(count, "change")) would be in it alone")
    }
    return lines
  }

  private func words(_ plan: RestorePlan, _ done: Restoration) -> [String] {
    var lines = ["\(plan.path) holds what \(plan.source) holds; change \(done.change)"]
    guard let kept = done.kept else { return lines }
    let alone = done.onlyInKept.map { "; \(Digits.counted($0, "change")) in it alone" } ?? ""
    lines.append("kept the file as it was before as \(kept.path)\(alone)")
    if let damage = kept.damage { lines.append("note: that copy is damaged: \(damage)") }
    return lines
  }

  private func report(
    _ plan: RestorePlan, _ done: Restoration?, _ context: CommandContext
  ) throws(OutputError) {
    let alone = done == nil ? plan.onlyInPresent : done?.onlyInKept
    // Another program may have taken the name that the plan gave.
    let kept = done == nil ? plan.keptAs : done?.kept?.path
    try SummaryOutput(context: context).write([
      ("change", Cell(done?.change)), ("from", .text(plan.source)), ("kept", Cell(kept)),
      ("only_in_kept", alone.map { Cell($0) } ?? .null),
    ])
  }
}
