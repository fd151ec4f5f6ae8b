internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// `record prune`: moves grants that ended long ago from the record to a file.
struct RecordPruneCommand: Command {
  @Option(
    .required(
      "before", .time(.start),
      help: "Move grants that ended before this time; a date means its beginning."))
  var before: Timestamp
  @Option(
    .required(
      "output", short: "o", .file,
      help: """
        The CSV file to write, which only its owner can read; it must not exist yet and must be on \
        a disk.
        """))
  var path: String
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "move grants that ended before a time from the record to a file",
    discussion: [
      """
      The changes themselves are kept. Questions about moments before that time are answered \
      with "not kept" from then on. This cannot be undone, has to be confirmed and needs a reason. \
      The record keeps how many rows went, the name of the file and its SHA-256; "log CHANGE" shows them.
      """
    ],
    examples: [
      CommandExample(
        purpose: "keep the last 52 weeks",
        call: """
          --db hrm.db record prune --before -52w --output ended.csv --reason 'kept for a year' --yes
          """)
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    guard options.reason.text != nil else { throw AccessError.reasonRequired(.prune) }
    let plan = try store.prunePlan(before: before)
    guard !plan.isEmpty else {
      try report(nil, plan.grants, plan.entities, context)
      return .done
    }
    try store.checkPrune(to: path)
    if !options.isConfirmed {
      try Confirmation(console: context.console).ask(
        CommandMessages.pruning,
        [CommandMessages.wouldPrune(plan.grants, plan.entities, to: path)])
    }
    let result = try CancellableRun.run(context.console) {
      try store.prune(
        before: before, to: path, reason: options.reason, dryRun: options.dryRun, work: $0)
    }
    try report(
      result.change, result.grants, result.entities, context,
      hash: result.change == nil ? nil : result.sha256)
    return .done
  }

  private func report(
    _ change: ChangeID?, _ grants: Int, _ entities: Int, _ context: CommandContext,
    hash: String? = nil
  ) throws(OutputError) {
    context.sayIfTable(
      CommandMessages.prune(grants, entities, before: before, to: path, change: change))
    try SummaryOutput(context: context).write([
      ("change", Cell(change)), ("before", .time(before)), ("grants", Cell(grants)),
      ("entities", Cell(entities)), ("file", change == nil ? .null : .text(path)),
      ("sha256", Cell(hash)),
    ])
  }
}
