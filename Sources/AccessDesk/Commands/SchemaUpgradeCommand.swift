internal import CompanyAccess
internal import Formats

/// `schema upgrade`: makes the schema what this program works on.
struct SchemaUpgradeCommand: Command {
  @Option(.mapping) var mappingFile: String?
  @Flag(.trustSchema) var trustsSchema: Bool
  let why = ReasonOptions()
  @Flag(.dryRun) var dryRun: Bool

  let info = CommandInfo(
    abstract: "add the access table and the record, or restore triggers that are missing",
    discussion: [
      """
      In an application's database the access table and the record are added beside its own \
      tables, which stay as they are. A program that rebuilds its tables drops the triggers that \
      keep the record; then nothing can be written until they are restored. The record says when \
      it was resumed and what was missing, and what has changed meanwhile is put on it as a change \
      "found", also where no trigger is missing. A file of version 1 is converted, with its record.
      """,
      "All of it is done or nothing. Of a file a verified copy is made first; its name is shown.",
    ],
    examples: [
      CommandExample(purpose: "repair a database", call: "--db hrm.db schema upgrade"),
      CommandExample(
        purpose: "show what it would do", call: "--db hrm.db schema upgrade --dry-run"),
    ],
    writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let path = try context.place()
    let done = try CancellableRun.run(context.console) {
      try AccessStore.upgradeSchema(
        path, mappingFile: mappingFile, trustsSchema: trustsSchema, dryRun: dryRun,
        origin: .command, reason: why.reason, work: $0)
    }
    try SchemaOutput(context: context).write(
      done.steps,
      facts: [
        ("before", Cell(done.before)), ("version", Cell(SchemaStatus.newest)),
        ("backup", Cell(done.backup)), ("change", Cell(done.change)), ("found", Cell(done.found)),
      ], sentences: [("notes", done.notes.map(\.description))])
    for note in done.notes { context.sayIfTable(CommandMessages.note(note)) }
    guard !done.steps.isEmpty else {
      context.sayIfTable(SchemaMessages.isNewest)
      return .done
    }
    if dryRun {
      context.sayIfTable(CommandMessages.nothingDone)
      return .done
    }
    // A server has backups of its own.
    if let backup = done.backup { context.sayIfTable(SchemaMessages.copy(backup)) }
    if let change = done.change { context.sayIfTable(SchemaMessages.record(done, from: change)) }
    return .done
  }
}
