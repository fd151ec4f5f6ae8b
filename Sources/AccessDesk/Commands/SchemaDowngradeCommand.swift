internal import CompanyAccess
internal import Formats

/// `schema downgrade`: takes away what upgrades have added.
struct SchemaDowngradeCommand: Command, Hashable {
  var acceptsLoss: Bool
  var dryRun: Bool

  static let info = CommandInfo(
    name: "downgrade",
    abstract: "take away what this program has added to a file",
    discussion: [
      """
      The schema is then what it was before, to the byte, and the application's rows are untouched. \
      A verified copy is made first, whose name is said.
      """
    ],
    options: [
      OptionInfo(
        long: "accept-loss",
        help: "Go on although grants and the record are lost, but for the copy."),
      WriteOptions.dryRun,
    ],
    examples: [
      CommandExample(
        purpose: "what would be lost",
        call: "--db app.db schema downgrade --accept-loss --dry-run")
    ],
    writes: true)

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    acceptsLoss = parsed.has("accept-loss")
    dryRun = parsed.has("dry-run")
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let path = try context.database
    let done = try CancellableRun.run(context.console) {
      try AccessStore.downgradeSchema(path, acceptsLoss: acceptsLoss, dryRun: dryRun, work: $0)
    }
    let loss = done.loss
    try SchemaOutput(context: context).write(
      done.steps,
      facts: [
        ("backup", Cell(done.backup)), ("lost_grants", Cell(loss.grants)),
        ("lost_ended", Cell(loss.ended)), ("lost_changes", Cell(loss.changes)),
        ("lost_entities", Cell(loss.entities)),
      ])
    guard !done.steps.isEmpty else {
      context.sayIfTable("nothing to do: the file has none of these tables")
      return .done
    }
    context.sayIfTable(
      dryRun
        ? "\(loss) would be lost; nothing was done"
        : "taken away, and with it \(loss); the file as it was is in \(done.backup ?? "")")
    return .done
  }
}
