internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// `record prune`: moves grants that ended long ago from the record to a file.
struct RecordPruneCommand: Command, Hashable {
  var before: Timestamp
  var path: String
  var options: WriteOptions

  static let info = CommandInfo(
    name: "prune",
    abstract: "move grants that ended before a time from the record to a file",
    discussion: [
      """
      The changes themselves stay. Questions about earlier moments are answered with "not kept" from \
      then on. This cannot be undone, and has to be confirmed.
      """
    ],
    options: [
      OptionInfo(
        long: "before", value: OptionValue(name: "TIME", kind: .text),
        help: "Up to when; a date stands for its beginning."),
      OptionInfo(
        long: "output", short: "o", value: OptionValue(name: "FILE", kind: .file),
        help: """
          The file, which must not be there yet and must be on a disk; CSV, readable for its owner \
          alone.
          """),
    ] + WriteOptions.info,
    examples: [
      CommandExample(
        purpose: "keep the last year",
        call: "--db hrm.db record prune --before -52w --output ended.csv --yes")
    ], writes: true)

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    guard let before = try parsed.time("before", .start) else {
      throw .missingArgument("--before TIME")
    }
    self.before = before
    guard let path = parsed["output"] else { throw .missingArgument("--output FILE") }
    self.path = path
    options = try WriteOptions(parsed)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let plan = try store.prunePlan(before: before)
    guard !plan.isEmpty else {
      try report(nil, plan.grants, plan.entities, context)
      return .done
    }
    try store.checkPrune(to: path)
    if !options.isConfirmed {
      try Confirmation(console: context.console).ask(
        "pruning the record", [words(plan.grants, plan.entities) + " would go to \(path)"])
    }
    let result = try CancellableRun.run(context.console) {
      try store.prune(
        before: before, to: path, reason: options.reason, dryRun: options.dryRun, work: $0)
    }
    try report(result.change, result.grants, result.entities, context)
    return .done
  }

  private func words(_ grants: Int, _ entities: Int) -> String {
    let count = { (number: Int) in Digits.grouped(number) }
    return "\(count(grants)) ended grants and \(count(entities)) facts about users and companies"
  }

  private func report(
    _ change: ChangeID?, _ grants: Int, _ entities: Int, _ context: CommandContext
  ) throws(OutputError) {
    let what = words(grants, entities)
    if let change {
      context.sayIfTable("\(what) went to \(path); change \(change)")
    } else if grants + entities == 0 {
      context.sayIfTable("nothing on the record ended before \(before.localMinute)")
    } else {
      context.sayIfTable("\(what) would go; nothing was done")
    }
    try SummaryOutput(context: context).write([
      ("change", Cell(change)), ("before", .time(before)), ("grants", Cell(grants)),
      ("entities", Cell(entities)), ("file", change == nil ? .null : .text(path)),
    ])
  }
}
