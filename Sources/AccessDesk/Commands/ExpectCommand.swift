internal import CompanyAccess
internal import Formats

/// `expect FILE`: tests what a file expects of the access table, or writes such a file.
struct ExpectCommand: Command {
  enum Task: Hashable {
    case check(String)
    case write(String)
  }

  @ArgumentForms(
    .option(
      .value(
        "write", .file, help: "Write the expectations that hold to a file; - is standard output.")
    ) { .write($0) },
    .usual(.optional(.file, help: "The file; - or no argument means standard input.")) {
      .check($0 ?? "-")
    })
  var task: Task
  @Flag(
    "force",
    help: "With --write: replace the file if it exists, unless it is a database or a link.")
  var force: Bool
  let asOf = AsOf()

  let info = CommandInfo(
    abstract: "test what a file expects of the grants",
    discussion: [
      """
      The file is CSV or TSV with the columns user or user_id, company or company_id, expect (yes \
      or no) and, if wanted, as_of; or each line is one of: USER, COMPANY, yes; USER, COMPANY, no, \
      TIME; user USER: exactly COMPANY, COMPANY; user USER: count 3; company COMPANY: exactly \
      USER, USER; company COMPANY: count 2; coverage >= 40 %; nobody without access; isolated \
      COMPANY COMPANY (no user may enter both); no leaks (no row of the application's tables belongs \
      to a user and a company which that user may not enter). A name with a comma or a blank stands in double \
      quotes, id: stands in front of an id, and # begins a remark.
      """,
      """
      Each expectation that does not hold is listed with its line, and the exit code is 1. A line \
      that is not clear, or a name that no row has or several have, is an error as in import: all \
      such lines are listed, nothing is tested, and the exit code is 65.
      """,
      """
      --format tap and --format junit write a result for each line, for test programs. --write \
      writes what holds: every user with exactly these companies, and every company with its \
      number of users.
      """,
    ],
    examples: [
      CommandExample(purpose: "test a file", call: "--db hrm.db expect access.txt"),
      CommandExample(
        purpose: "as JUnit XML for a build server",
        call: "--db hrm.db expect --format junit access.txt > access.xml"),
      CommandExample(
        purpose: "write what holds now", call: "--db hrm.db expect --write access.txt"),
    ])

  var takesTestFormats: Bool { true }

  func check() throws(UsageProblem) {
    guard case .check = task else { return }
    if force { throw .needs($force.label, "--write") }
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    switch task {
    case .check(let path):
      if path == "-", context.console.inputIsTerminal { throw UsageProblem.missingArgument("FILE") }
      let moment = try asOf.moment(store, context)
      do {
        return try check(path, store, moment, context)
      } catch let error as ImportError {
        throw UntestedFile(error: error, message: CommandMessages.nothingTested)
      }
    case .write(let path):
      if context.options.testFormat != nil || context.options.isFormatGiven {
        throw UsageProblem.conflict("--write", "--format")
      }
      let moment = try asOf.moment(store, context)
      return try write(path, store, moment, context)
    }
  }

  private func check(
    _ path: String, _ store: AccessStore, _ moment: Moment, _ context: CommandContext
  ) throws -> ExitCode {
    let format = context.options.testFormat
    let counts = try CancellableRun.run(context.console) { work in
      if let format {
        let report = TestReport(format, context.output)
        let counts = try store.expect(
          file: path, at: moment, withAll: true, work: work, whenCounted: { try report.begin($0) }
        ) { try report.write($0) }
        try report.finish()
        return counts
      }
      let listing = try Listing("failures", ExpectCommand.columns, context)
      let counts = try store.expect(file: path, at: moment, work: work) { result in
        try listing.row(ExpectCommand.cells(result, context))
      }
      try listing.finish([
        ("expectations", Cell(counts.expectations)), ("failed", Cell(counts.failed)),
      ])
      return counts
    }
    for notice in counts.notices { context.console.say(CommandMessages.note(notice)) }
    for gap in counts.notLookedAt { context.console.say(CommandMessages.note(gap)) }
    if format == nil { context.sayIfTable(CommandMessages.tested(counts)) }
    return counts.failed == 0 ? .done : .no
  }

  private static let columns = [
    Column("line", "LINE", number: true), Column("expected", "EXPECTED"),
    Column("found", "FOUND"),
  ]

  private static func cells(_ result: ExpectationResult, _ context: CommandContext) -> [Cell] {
    let isForPeople = context.options.format == .table
    return [
      Cell(result.expectation.line),
      .text(result.expectation.description(names: isForPeople ? 5 : .max)),
      Cell(result.failure?.description),
    ]
  }

  private func write(
    _ path: String, _ store: AccessStore, _ moment: Moment, _ context: CommandContext
  ) throws -> ExitCode {
    let count = try CancellableRun.run(context.console) { work in
      guard path == OutputPath.standardOutput else {
        return try store.writeExpectations(to: path, at: moment, replacing: force, work: work)
      }
      return try store.writeExpectations(to: context.output, at: moment, work: work)
    }
    context.sayIfTable(CommandMessages.expectationsWritten(count, path))
    return .done
  }
}

/// A file in which something is wrong, so that nothing was done with it.
struct UntestedFile: Error {
  let error: ImportError
  /// Says what was not done.
  let message: String
}
