internal import CompanyAccess
internal import Formats

/// `schema upgrade`: makes the schema what this program works on.
struct SchemaUpgradeCommand: Command, Hashable {
  var mappingFile: String?
  var trustsSchema: Bool
  var dryRun: Bool

  static let info = CommandInfo(
    name: "upgrade",
    abstract: "add the tables of access, or put back what keeps the record",
    discussion: [
      """
      A file of an application gets the access table and the record beside its own tables, which stay \
      as they are. A program that rebuilds its tables drops what keeps the record, and then nothing \
      can be written until it is back; the record says since when it resumes and what was missing.
      """,
      "It is all done or nothing, after a verified copy whose name is said.",
    ],
    options: [SchemaOutput.mapping, SchemaOutput.trustSchema, WriteOptions.dryRun],
    examples: [
      CommandExample(purpose: "mend a database", call: "--db hrm.db schema upgrade"),
      CommandExample(
        purpose: "see what it would do", call: "--db hrm.db schema upgrade --dry-run"),
    ],
    writes: true)

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    mappingFile = parsed["mapping"]
    trustsSchema = parsed.has(SchemaOutput.trustSchema.long)
    dryRun = parsed.has("dry-run")
  }

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
    for note in done.notes { context.sayIfTable("note: \(note)") }
    guard !done.steps.isEmpty else {
      context.sayIfTable("nothing to do: version \(SchemaStatus.newest)")
      return .done
    }
    guard let backup = done.backup else {
      context.sayIfTable("nothing was done")
      return .done
    }
    context.sayIfTable("the file as it was is in \(backup)")
    guard let change = done.change else { return .done }
    if done.before == 0 {
      context.sayIfTable("the record begins with change \(change)")
    } else {
      let found = done.found > 0 ? ", to which \(Messages.grants(done.found)) of others belong" : ""
      context.sayIfTable("the record resumes with change \(change)\(found)")
    }
    return .done
  }
}
