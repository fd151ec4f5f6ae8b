internal import CompanyAccess
internal import Formats

/// `schema upgrade`: makes the schema what this program works on.
struct SchemaUpgradeCommand: Command {
  @Option(.mapping) var mappingFile: String?
  @Flag(.trustSchema) var trustsSchema: Bool
  @Flag(.dryRun) var dryRun: Bool

  let info = CommandInfo(
    abstract: "add the tables of access, or put back what keeps the record",
    discussion: [
      """
      A file of an application gets the access table and the record beside its own tables, which stay \
      as they are. A program that rebuilds its tables drops what keeps the record, and then nothing \
      can be written until it is back; the record says since when it resumes and what was missing, and \
      what has changed meanwhile goes on it as a change "found". A file of an earlier version is \
      brought over, with its record.
      """,
      "It is all done or nothing, after a verified copy whose name is said.",
    ],
    examples: [
      CommandExample(purpose: "mend a database", call: "--db hrm.db schema upgrade"),
      CommandExample(
        purpose: "see what it would do", call: "--db hrm.db schema upgrade --dry-run"),
    ],
    writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let path = try context.database
    let done = try CancellableRun.run(context.console) {
      try AccessStore.upgradeSchema(
        path, mappingFile: mappingFile, trustsSchema: trustsSchema, dryRun: dryRun,
        origin: .command,
        work: $0)
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
    guard let backup = done.backup else {
      context.sayIfTable(CommandMessages.nothingDone)
      return .done
    }
    context.sayIfTable(SchemaMessages.copy(backup))
    if let change = done.change { context.sayIfTable(SchemaMessages.record(done, from: change)) }
    return .done
  }
}
