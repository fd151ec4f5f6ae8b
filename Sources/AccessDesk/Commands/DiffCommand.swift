internal import CompanyAccess
internal import Formats

/// `diff`: compares two moments, two users, two companies, or the table with a file.
struct DiffCommand: Command {
  /// What is compared, in the words of the call.
  enum Subject: Hashable {
    case moments(Timestamp, Timestamp?)
    case users(String, String)
    case companies(String, String)
    case file(String)
  }

  @ArgumentForms(
    .option(
      .value("from", .time(.start), help: "The first moment; a date means its beginning."),
      with: .value(
        "to", .time(.end), help: "The second moment, now if not given; a date means its end.")
    ) { .moments($0, $1) },
    .flag(.flag("users", help: "Compare the companies of two users."), .user, .other(.user)) {
      .users($0, $1)
    },
    .flag(
      .flag("companies", help: "Compare the users of two companies."), .company, .other(.company)
    ) {
      .companies($0, $1)
    },
    .option(
      .value(
        "file", .file,
        help: "Compare the access table with a file of all pairs; - is standard input.")
    ) { .file($0) })
  var subject: Subject
  let asOf = AsOf()

  let info = CommandInfo(
    abstract: "compare the grants of two moments, users or companies, or the table with a file",
    discussion: [
      """
      Each line is a grant or a revocation that would make the first side equal to the second. \
      The CSV output is a file that import takes. The exit code is 1 if anything differs.
      """
    ],
    examples: [
      CommandExample(
        purpose: "what changed in March",
        call: "--db hrm.db diff --from 2026-03-01 --to 2026-03-31"),
      CommandExample(
        purpose: "give alice exactly the companies that bob has",
        call: "--db hrm.db diff --users alice bob --format csv | company-access --db hrm.db import"),
    ])

  func check() throws(UsageProblem) {
    if case .moments = subject, asOf.given.isGiven { throw .conflict("--from", asOf.given.label) }
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let counts = try CancellableRun.run(context.console) { try compare(store, context, $0) }
    context.sayIfTable(CommandMessages.differences(counts))
    return counts.isEmpty ? .done : .no
  }

  private func compare(
    _ store: AccessStore, _ context: CommandContext, _ work: Work
  ) throws -> DiffCounts {
    switch subject {
    case .moments(let from, let to):
      let first = try context.moment(at: from, store)
      let second = try to.map { try context.moment(at: $0, store) } ?? .now
      let writer = try DiffWriter(context, store, [first, second])
      return try writer.write(context) { try store.diff(from: first, to: second, work: work, $0) }
    case .users(let one, let other):
      return try compare(one, other, NameLookup.users, store, context) {
        try store.diff(users: $0, $1, at: $2, work: work, $3)
      }
    case .companies(let one, let other):
      return try compare(one, other, NameLookup.companies, store, context) {
        try store.diff(companies: $0, $1, at: $2, work: work, $3)
      }
    case .file(let path):
      if path == "-", context.console.inputIsTerminal {
        throw UsageProblem.missingArgument("FILE")
      }
      let moment = try asOf.moment(store, context)
      let writer = try DiffWriter(context, store, [moment])
      return try writer.write(context) {
        try store.diff(file: path, at: moment, work: work, $0)
      }
    }
  }

  /// Compares two users, or two companies.
  private func compare<ID>(
    _ one: String, _ other: String, _ names: NameLookup<ID>, _ store: AccessStore,
    _ context: CommandContext,
    _ diff: @escaping (ID, ID, Moment, (DiffRow) throws -> Void) throws -> DiffCounts
  ) throws -> DiffCounts {
    let moment = try asOf.moment(store, context)
    let writer = try DiffWriter(context, store, [moment])
    let first = try names.find(one, in: store, at: moment).id
    let second = try names.find(other, in: store, at: moment).id
    return try writer.write(context) { try diff(first, second, moment, $0) }
  }
}

extension ArgumentDeclaration<String> {
  /// The second user or company.
  fileprivate static func other(_ type: WordType<String>) -> Self {
    .one(.text("OTHER", completedAs: type.kind), help: "The second user or company.")
  }
}

/// Writes pairs that differ, with the ids in JSON and where names alone do not say whom they mean.
private struct DiffWriter {
  private let format: OutputFormat
  private let hasUserIDs: Bool
  private let hasCompanyIDs: Bool

  init(_ context: CommandContext, _ store: AccessStore, _ moments: [Moment]) throws {
    format = context.options.format
    let isFile = format == .csv || format == .tsv
    let unclear = try isFile ? moments.map { try store.unclearNames(at: $0) } : []
    hasUserIDs = format == .json || unclear.contains(where: \.users)
    hasCompanyIDs = format == .json || unclear.contains(where: \.companies)
  }

  func write(
    _ context: CommandContext, _ diff: ((DiffRow) throws -> Void) throws -> DiffCounts
  ) throws -> DiffCounts {
    let listing = try Listing("differences", columns, context)
    let counts = try diff { try listing.row(cells($0)) }
    try listing.finish([("granted", Cell(counts.granted)), ("revoked", Cell(counts.revoked))])
    return counts
  }

  private var columns: [Column] {
    let names =
      ["user"] + (hasUserIDs ? ["user_id"] : []) + ["company"]
      + (hasCompanyIDs ? ["company_id"] : []) + ["action"]
    return names.map { Column($0, $0.replacing("_", with: " ").uppercased()) }
  }

  private func cells(_ row: DiffRow) -> [Cell] {
    let company = format == .json ? row.companyName : row.companyKey
    // Of one who has no name a row says the id instead, which is no name to a file.
    let isNameless = format != .json && hasUserIDs && row.username == row.user.description
    return [isNameless ? .null : .text(row.username)] + (hasUserIDs ? [Cell(row.user)] : [])
      + [.text(company)] + (hasCompanyIDs ? [Cell(row.company)] : []) + [.text(row.action.rawValue)]
  }
}
