internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// `schema status`: the version, and what an upgrade would do.
struct SchemaStatusCommand: Command {
  @Option(.mapping) var mappingFile: String?

  let info = CommandInfo(
    abstract: "show the version of the tables and what an upgrade would do",
    discussion: [
      """
      The exit code is 0 if there is nothing to do, and 1 if an upgrade would do something or \
      cannot.
      """
    ],
    examples: [
      CommandExample(
        purpose: "show what would be added to an application's database",
        call: "--db app.db schema status")
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    let path = try context.place()
    let status = try CancellableRun.run(context.console) {
      try AccessStore.schemaStatus(path, mappingFile: mappingFile, access: context.access, work: $0)
    }
    try SchemaOutput(context: context).write(
      status.steps,
      facts: [
        ("version", Cell(status.version)), ("newest", Cell(SchemaStatus.newest)),
        ("mapping", Cell(status.mapping)),
      ],
      sentences: [
        ("problems", status.problems.map(\.description)),
        ("notes", status.notes.map(\.description)),
      ])
    context.sayIfTable(SchemaMessages.version(status))
    for note in status.notes { context.sayIfTable(CommandMessages.note(note)) }
    for problem in status.problems { context.sayIfTable(SchemaMessages.inTheWay(problem)) }
    if !status.isCurrent, status.problems.isEmpty {
      context.sayIfTable(SchemaMessages.remedy(version: status.version))
    }
    return status.isCurrent ? .done : .no
  }
}
