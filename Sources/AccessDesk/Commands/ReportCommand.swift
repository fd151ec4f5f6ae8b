internal import CompanyAccess
internal import Formats

/// `report`: writes what an auditor takes away, or verifies it.
struct ReportCommand: Command {
  enum Task: Hashable {
    /// To the end of the period, or to now.
    case write(from: Timestamp, to: Timestamp?)
    case verify(folder: String)
  }

  @ArgumentForms(
    .option(
      .value(
        "from", .time(.start),
        help: "The beginning of the period; a date means its beginning."),
      with: .value(
        "to", .time(.end), help: "The end of the period, now if not given; a date means its end.")
    ) { .write(from: $0, to: $1) },
    .usual(.word("verify"), .one(.folder, help: "The folder of a report.")) {
      .verify(folder: $1)
    })
  var task: Task
  @Option("out", short: "o", .folder, help: "The folder to write; it must be new or empty.")
  var out: String?
  @Option(
    "sha256", .sha256,
    help: "With verify: the SHA-256 of manifest.json that report printed, kept elsewhere.")
  var sha256: String?
  @Option(
    "next", .folder,
    help: "With verify: a later report, which has to continue this one.")
  var next: String?
  @Option("title", .text("TEXT"), help: "What is reported on; the name of the file if not given.")
  var title: String?
  @Option("organisation", .text("TEXT"), help: "Whose system it is, for the first page.")
  var organisation: String?

  let info = CommandInfo(
    abstract: "write a report of a period for an auditor, or verify one",
    discussion: [
      """
      The folder gets CSV files of every user with every company, of users without access, of \
      inactive users with access, of companies and coverage, of the changes of the period with each \
      grant that was made or ended, of grants of former users and companies and of rows outside of \
      the grants, a summary to print, and a manifest with the figures, the seals of the record at \
      both ends, and the number of rows and the SHA-256 hash of each file.
      """,
      """
      verify counts the rows, hashes the files and adds up the tables again; the exit code is 1 if \
      anything differs from the manifest. More is proven by --sha256, that the manifest is the one \
      that was written; by --db, with which the report is written again as of the same change in a \
      temporary folder and compared file by file; and by --next, that a later report continues this \
      one. What only the time of writing knew is not proven by --db: by whom and where the report was \
      written, and the rows outside of the grants.
      """,
    ],
    examples: [
      CommandExample(
        purpose: "a report of the first quarter",
        call: "--db hrm.db report --from 2026-01-01 --to 2026-03-31 --out 2026-q1"),
      CommandExample(
        purpose: "verify that every file agrees with the manifest", call: "report verify 2026-q1"),
      CommandExample(
        purpose: "verify that it is the report that was written",
        call: """
          report verify 2026-q1 --sha256 \
          92076f09ce7c22e23a07427d7eece0ca339eb7a9a3a1354861728c107c13b5c3
          """),
      CommandExample(
        purpose: "verify that it is what the database says",
        call: "--db hrm.db report verify 2026-q1"),
      CommandExample(
        purpose: "verify that a later report continues it",
        call: "report verify 2026-q1 --next 2026-q2"),
    ])

  func check() throws(UsageProblem) {
    switch task {
    case .write:
      if out == nil { throw .missingArgument("\($out.label) DIR") }
      if sha256 != nil { throw .conflict("--from", $sha256.label) }
      if next != nil { throw .conflict("--from", $next.label) }
    case .verify:
      if out != nil { throw .conflict("verify", $out.label) }
      if title != nil { throw .conflict("verify", $title.label) }
      if organisation != nil { throw .conflict("verify", $organisation.label) }
    }
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    switch task {
    case .write(let from, let to): try write(from, to, out ?? "", context)
    case .verify(let folder): try verify(folder, context)
    }
  }

  private func write(
    _ from: Timestamp, _ to: Timestamp?, _ folder: String, _ context: CommandContext
  ) throws -> ExitCode {
    let store = try context.openStore()
    let now = Timestamp.now
    var options = ReportOptions()
    (options.title, options.organisation) = (title, organisation)
    options.commandLine = ReportCommand.call
    let named = options
    let summary = try CancellableRun.run(context.console) {
      try store.report(
        from: from, to: to ?? now, into: folder, options: named, toolVersion: context.version,
        now: now, work: $0)
    }
    for notice in summary.asOf.notices { context.console.say(CommandMessages.note(notice)) }
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
    context.console.say(CommandMessages.reported(to: folder, manifest: summary.manifestSHA256))
    return .done
  }

  /// The call as it was typed, as a shell takes it.
  private static var call: String {
    CommandLine.arguments.map { word in
      let isPlain =
        !word.isEmpty
        && word.utf8.allSatisfy { byte in
          switch byte {
          case 0x2B...0x3A, 0x3D, 0x40...0x5A, 0x5F, 0x61...0x7A: true
          default: false
          }
        }
      return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }.joined(separator: " ")
  }

  private func verify(_ folder: String, _ context: CommandContext) throws -> ExitCode {
    let store = context.options.isDatabaseGiven ? try context.openStore() : nil
    let (sha256, next) = (sha256, next)
    let differences = try CancellableRun.run(context.console) { work in
      var found =
        try store?.verifyReport(folder, sha256: sha256, work: work)
        ?? AccessStore.verifyReport(folder, sha256: sha256)
      if let next {
        found += try AccessStore.verifyReport(folder, next: next).filter { !found.contains($0) }
      }
      return found
    }
    let listing = try Listing("differences", [Column("difference", "DIFFERENCE")], context)
    for difference in differences { try listing.row([.text(difference.description)]) }
    try listing.finish()
    context.sayIfTable(
      CommandMessages.verified(
        folder, isSame: differences.isEmpty, bySHA256: sha256 != nil, byDatabase: store != nil,
        next: next))
    return differences.isEmpty ? .done : .no
  }
}

extension WordType<String> {
  fileprivate static var folder: Self { .text("DIR", completedAs: .file) }
}

extension WordType<String> {
  /// A SHA-256 as 64 hex digits, which become lower case.
  fileprivate static var sha256: Self {
    WordType("HEX", .text) { (word, label) throws(UsageProblem) in
      guard word.utf8.count == 64, word.allSatisfy(\.isHexDigit) else {
        throw .badValue(label, value: word, expected: CommandMessages.sha256)
      }
      return word.lowercased()
    }
  }
}

extension ArgumentDeclaration<String> {
  /// A word that stands as it is.
  fileprivate static func word(_ word: String) -> Self {
    .one(.text(word, completedAs: .choice([word])), help: "The word verify.")
  }
}
