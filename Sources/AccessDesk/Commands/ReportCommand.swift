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

  let info = CommandInfo(
    abstract: "write a report of a period for an auditor, or verify one",
    discussion: [
      """
      The folder gets CSV files of every user with every company, of users without access, of \
      inactive users with access, of the changes of the period and of the coverage, a summary to \
      print, and a manifest with the number of rows and the SHA-256 hash of each file.
      """,
      """
      verify needs no database. It counts the rows, hashes the files and adds up the tables \
      again; the exit code is 1 if anything differs from the manifest. That the manifest itself is the \
      one that was written is proven by --sha256 alone.
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
    ])

  func check() throws(UsageProblem) {
    switch task {
    case .write:
      if out == nil { throw .missingArgument("\($out.label) DIR") }
      if sha256 != nil { throw .conflict("--from", $sha256.label) }
    case .verify: if out != nil { throw .conflict("verify", $out.label) }
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
    let summary = try CancellableRun.run(context.console) {
      try store.report(
        from: from, to: to ?? now, into: folder, toolVersion: context.version, now: now, work: $0)
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

  private func verify(_ folder: String, _ context: CommandContext) throws -> ExitCode {
    let differences = try AccessStore.verifyReport(folder, sha256: sha256)
    let listing = try Listing("differences", [Column("difference", "DIFFERENCE")], context)
    for difference in differences { try listing.row([.text(difference.description)]) }
    try listing.finish()
    context.sayIfTable(
      CommandMessages.verified(
        folder, isSame: differences.isEmpty, isProven: sha256 != nil))
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
