internal import CompanyAccess
internal import Formats

/// `report`: writes what an auditor takes away, or verifies it.
struct ReportCommand: Command, Hashable {
  enum Task: Hashable {
    /// To the end of the period, or to now.
    case write(from: Timestamp, to: Timestamp?, folder: String)
    case verify(folder: String)
  }

  var task: Task

  static let info = CommandInfo(
    name: "report",
    abstract: "write a report of a period for an auditor, or verify one",
    discussion: [
      """
      The folder gets every user with every company, users without any access, inactive users that \
      still have some, the changes of the period and the coverage as CSV, a summary to print, and a \
      manifest with the number of rows and the SHA-256 of each file.
      """,
      """
      verify needs no database. It counts and hashes again, and adds up the tables; the exit code \
      is 1 when anything is not as it was written.
      """,
    ],
    options: [
      OptionInfo(
        long: "from", value: OptionValue(name: "TIME", kind: .text),
        help: "The beginning of the period; a date stands for its beginning."),
      OptionInfo(
        long: "to", value: OptionValue(name: "TIME", kind: .text),
        help: "Its end, now if not given; a date stands for its end."),
      OptionInfo(
        long: "out", short: "o", value: OptionValue(name: "DIR", kind: .file),
        help: "The folder to write, which must be new or empty."),
    ],
    forms: [
      ArgumentForm(option: "from"),
      ArgumentForm(arguments: [
        ArgumentInfo(name: "verify", kind: .choice(["verify"]), help: "The word itself."),
        ArgumentInfo(name: "DIR", kind: .file, help: "The folder of a report."),
      ]),
    ],
    examples: [
      CommandExample(
        purpose: "the first quarter",
        call: "--db hrm.db report --from 2026-01-01 --to 2026-03-31 --out 2026-q1"),
      CommandExample(purpose: "whether it is as it was written", call: "report verify 2026-q1"),
    ])

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    guard let from = try parsed.time("from", .start) else {
      if let option = ["to", "out"].first(where: parsed.has) {
        throw .conflict("verify", "--\(option)")
      }
      task = .verify(folder: parsed.arguments[1])
      return
    }
    guard let folder = parsed["out"] else { throw .missingArgument("--out DIR") }
    task = .write(from: from, to: try parsed.time("to", .end), folder: folder)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    switch task {
    case .write(let from, let to, let folder): try write(from, to, folder, context)
    case .verify(let folder): try verify(folder, context)
    }
  }

  private func write(
    _ from: Timestamp, _ to: Timestamp?, _ folder: String, _ context: CommandContext
  ) throws -> ExitCode {
    let store = try context.openStore()
    let now = Timestamp.now
    let summary = try CancellableRun.run(context.console) {
      try store.report(
        from: from, to: to ?? now, into: folder, toolVersion: context.version, now: now, work: $0)
    }
    for notice in summary.asOf.notices { context.console.say("note: \(notice)") }
    let columns = [
      Column("name", "FILE"), Column("rows", "ROWS", number: true),
      Column("bytes", "BYTES", number: true), Column("sha256", "SHA-256"),
    ]
    let listing = try Listing("files", columns, context)
    for file in summary.files {
      try listing.row([
        .text(file.name), file.rows.map { Cell($0) } ?? .null, Cell(file.bytes),
        .text(file.sha256),
      ])
    }
    try listing.finish()
    context.sayIfTable("wrote the report to \(folder)")
    return .done
  }

  private func verify(_ folder: String, _ context: CommandContext) throws -> ExitCode {
    let differences = try AccessStore.verifyReport(folder)
    let listing = try Listing("differences", [Column("difference", "DIFFERENCE")], context)
    for difference in differences { try listing.row([.text(difference.description)]) }
    try listing.finish()
    context.sayIfTable(
      differences.isEmpty
        ? "\(folder) is as it was written" : "\(folder) is not as it was written")
    return differences.isEmpty ? .done : .no
  }
}
