internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// `schema status`: the version, and what an upgrade would do.
struct SchemaStatusCommand: Command, Hashable {
  var mappingFile: String?

  static let info = CommandInfo(
    name: "status",
    abstract: "show the version of the tables and what an upgrade would do",
    discussion: [
      "The exit status is 0 if there is nothing to do, and 1 if there is, or something is in the way."
    ],
    options: [SchemaOutput.mapping],
    examples: [
      CommandExample(
        purpose: "what would be added to an application's file", call: "--db app.db schema status")
    ])

  init(_ parsed: ParsedArguments) throws(UsageProblem) { mappingFile = parsed["mapping"] }

  func run(_ context: CommandContext) throws -> ExitCode {
    let path = try context.database
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
    let mapping = status.mapping.map { ", mapping \($0)" } ?? ""
    context.sayIfTable("version \(status.version) of \(SchemaStatus.newest)\(mapping)")
    for note in status.notes { context.sayIfTable("note: \(note)") }
    for problem in status.problems { context.sayIfTable("in the way: \(problem)") }
    if !status.isCurrent, status.problems.isEmpty {
      context.sayIfTable(
        status.version == 0
          ? "\"adopt\" does this, and gives what the application knows already"
          : "\"schema upgrade\" does this")
    }
    return status.isCurrent ? .done : .no
  }
}
