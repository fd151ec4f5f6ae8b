internal import CompanyAccess
internal import TerminalUI

/// `adopt`: adds what is needed to an application's file, and grants what the application knows.
struct AdoptCommand: Command {
  @Option(.mapping) var mappingFile: String?
  @Flag(.trustSchema) var trustsSchema: Bool
  let why = ReasonOptions()
  @Flag("dry-run", help: "Try it and roll it back: show every statement and every count.")
  var dryRun: Bool
  @Flag(.yes) var isConfirmed: Bool
  @Flag(
    "beside",
    help: "Make a new access table although the application may have one, which it goes on reading."
  )
  var makesTableBeside: Bool
  @Flag(
    "add-index",
    help: "Give the application's own access table indexes by user and by company, if it has none.")
  var addsIndex: Bool
  @Flag(
    "suggest",
    help: "Change nothing: say where users, companies and grants probably are, and why.")
  var suggests: Bool
  @Option(.value("write", .file, help: "With --suggest: write the mapping to a new file."))
  var file: String?

  let info = CommandInfo(
    abstract: "add access control to an application's database, which may be in use",
    discussion: [
      """
      After a verified copy is made, the access table and the record are added beside the \
      application's own tables, the grants that follow from the application's data are made (as \
      by "backfill"), and the result is verified. The application can go on working meanwhile; \
      "schema downgrade" removes everything again.
      """,
      """
      Obstacles are named before anything is changed. The exit code is 1 if some users get no \
      grant, unless the application has an access table of its own, whose grants are kept.
      """,
      """
      --suggest reads the tables of an unknown application and suggests a mapping: where its users \
      and companies are, and which table says who may enter which company, with the reasons, what \
      else was possible and what to ask. Go through all of it before the mapping is used. The exit \
      code is 1 if nothing was found.
      """,
    ],
    examples: [
      CommandExample(
        purpose: "make a mapping for the database of an unknown application",
        call: "--db app.db adopt --suggest --write app.json"),
      CommandExample(purpose: "show what it would do", call: "--db app.db adopt --dry-run"),
      CommandExample(
        purpose: "adopt the database of an unknown application",
        call: "--db app.db adopt --mapping app.json --yes"),
    ], writes: true)

  var writes: Bool { !suggests }

  func check() throws(UsageProblem) {
    try $file.needs($suggests)
    guard suggests else { return }
    if mappingFile != nil { throw .conflict("--suggest", "--mapping") }
    if dryRun { throw .conflict("--suggest", "--dry-run") }
    if trustsSchema { throw .conflict("--suggest", "--trust-schema") }
    if makesTableBeside { throw .conflict("--suggest", "--beside") }
    if addsIndex { throw .conflict("--suggest", "--add-index") }
  }

  private var choices: AdoptionChoices {
    (makesTableBeside ? .makesTableBeside : AdoptionChoices()).union(addsIndex ? .addsIndex : [])
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let path = try context.place()
    if suggests {
      let suggestion = try CancellableRun.run(context.console) {
        try AccessStore.suggestMapping(path, work: $0)
      }
      return try SuggestionReport(context: context, suggestion: suggestion, file: file).write()
    }
    let plan = try CancellableRun.run(context.console) {
      try AccessStore.adoptionPlan(
        path, mappingFile: mappingFile, trustsSchema: trustsSchema, choices: choices,
        access: context.access, work: $0)
    }
    guard plan.status.problems.isEmpty else {
      throw AccessError.schemaRefused(path: path, plan.status.problems)
    }
    if dryRun {
      try CancellableRun.run(context.console) {
        try AccessStore.rehearseAdoption(
          path, mappingFile: mappingFile, trustsSchema: trustsSchema, choices: choices, work: $0)
      }
      return try AdoptionReport(context: context, path: path).write(plan)
    }
    if !isConfirmed, !plan.isDone {
      try Confirmation(console: context.console).ask(
        CommandMessages.adopting(path), AdoptionMessages.lines(plan))
    }
    let done = try CancellableRun.run(context.console) { work in
      try AccessStore.adopt(
        path, mappingFile: mappingFile, trustsSchema: trustsSchema, choices: choices,
        origin: .command, reason: why.reason, work: work
      ) { stage in
        if !context.console.messagesAreTerminal {
          context.sayIfTable(AdoptionMessages.stage(stage))
        }
      }
    }
    return try AdoptionReport(context: context, path: path).write(done)
  }
}
