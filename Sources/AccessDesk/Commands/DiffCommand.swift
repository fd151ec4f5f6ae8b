internal import CompanyAccess
internal import Formats

/// `diff`: compares two moments, two users, two companies, or the table with a file.
struct DiffCommand: Command, Hashable {
  /// What is compared, in the words of the call.
  enum Subject: Hashable {
    case moments(Timestamp, Timestamp?)
    case users(String, String)
    case companies(String, String)
    case file(String)
  }

  var subject: Subject
  var asOf: AsOf

  static let info = CommandInfo(
    name: "diff",
    abstract: "compare two moments, two users, two companies, or the table with a file",
    discussion: [
      """
      Each line is what would have to be done to the first to make it like the second. As CSV it \
      is a file that import takes. The exit code is 1 when something differs.
      """
    ],
    options: [
      OptionInfo(
        long: "from", value: OptionValue(name: "TIME", kind: .text),
        help: "The first moment; a date stands for its beginning."),
      OptionInfo(
        long: "to", value: OptionValue(name: "TIME", kind: .text),
        help: "The second moment, now if not given; a date stands for its end."),
      OptionInfo(long: "users", help: "The companies of two users."),
      OptionInfo(long: "companies", help: "The users of two companies."),
      OptionInfo(
        long: "file", value: OptionValue(name: "FILE", kind: .file),
        help: "The table and a file with all pairs, as for import --sync; - is standard input."),
      AsOf.info,
    ],
    forms: [
      ArgumentForm(option: "from"),
      ArgumentForm(
        option: "users",
        arguments: [
          CommonOptions.user,
          ArgumentInfo(name: "OTHER", kind: .user, help: "The second user, or company."),
        ]),
      ArgumentForm(
        option: "companies",
        arguments: [
          CommonOptions.company,
          ArgumentInfo(name: "OTHER", kind: .company, help: "The second user, or company."),
        ]),
      ArgumentForm(option: "file"),
    ],
    examples: [
      CommandExample(
        purpose: "what changed in March",
        call: "--db hrm.db diff --from 2026-03-01 --to 2026-03-31"),
      CommandExample(
        purpose: "give alice exactly what bob has",
        call: "--db hrm.db diff --users alice bob --format csv | company-access --db hrm.db import"),
    ])

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    let subjects = ["from", "users", "companies", "file"]
    let given = subjects.filter(parsed.has)
    guard let first = given.first else { throw .needsOneOf(subjects.map { "--\($0)" }) }
    if given.count > 1 { throw .conflict("--\(first)", "--\(given[1])") }
    if first != "from" { try parsed.exclude(first, "to") }
    asOf = try AsOf(parsed)
    switch first {
    case "users": subject = .users(parsed.arguments[0], parsed.arguments[1])
    case "companies": subject = .companies(parsed.arguments[0], parsed.arguments[1])
    case "file": subject = .file(parsed["file"] ?? "-")
    default:
      try parsed.exclude("from", AsOf.info.long)
      guard let from = try parsed.time("from", .start) else { throw .missingArgument("--from") }
      subject = .moments(from, try parsed.time("to", .end))
    }
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let counts = try CancellableRun.run(context.console) { try compare(store, context, $0) }
    let parts = [(counts.granted, "grant"), (counts.revoked, "revoke")]
      .filter { $0.0 > 0 }.map { "\(PlannedWrite.pairs($0.0)) to \($0.1)" }
    context.sayIfTable(parts.isEmpty ? "no differences" : parts.joined(separator: ", "))
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
      let moment = try asOf.moment(store, context)
      let writer = try DiffWriter(context, store, [moment])
      let first = try store.anyUser(named: one, at: moment).id
      let second = try store.anyUser(named: other, at: moment).id
      return try writer.write(context) {
        try store.diff(users: first, second, at: moment, work: work, $0)
      }
    case .companies(let one, let other):
      let moment = try asOf.moment(store, context)
      let writer = try DiffWriter(context, store, [moment])
      let first = try store.anyCompany(named: one, at: moment).id
      let second = try store.anyCompany(named: other, at: moment).id
      return try writer.write(context) {
        try store.diff(companies: first, second, at: moment, work: work, $0)
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
