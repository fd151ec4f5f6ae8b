internal import CompanyAccess
internal import Formats

/// `leavers FILE`: compares a file of an HR system with the users.
struct LeaversCommand: Command {
  @Argument(.file, help: "The file of the HR system; - is standard input.")
  var file: String
  @Option(
    "key", .choice("KEY"),
    help: "By what people are compared: email (the default), username or id.")
  var key: LeaverOptions.Key?
  @Option("key-column", .text("NAME"), help: "The column of the file with the key.")
  var keyColumn: String?
  @Option("left-column", .text("NAME"), help: "The column of the file with the last day.")
  var leftColumn: String?
  @Flag("employed-only", help: "The file has no last days: it lists only people who are employed.")
  var employedOnly: Bool
  @Option(
    "dates", .choice("ORDER"),
    help: "How dates with strokes are read: day-first or month-first.")
  var dates: LeaverOptions.DateOrder?
  @Option(
    "max-gone", .number(in: 0...100),
    help:
      "How many per cent of the users may have gone before the file is refused; 50 if not given.")
  var mostGone: Int?
  @Option(
    "left-on", .text("DATE"), help: "Only those whose last day is this one, such as 2026-03-31.")
  var leftOn: String?
  let asOf = AsOf()

  let info = CommandInfo(
    abstract: "compare a file of an HR system with the users, and find leavers who have access",
    discussion: [
      """
      The file is CSV or TSV with a header. A column holds the key, such as email, and a column \
      such as left or end_date the last day of those who leave; the others have an empty cell \
      there. Days are 2026-03-31 or 31.03.2026. Someone has left on the day after the last one.
      """,
      """
      Findings: not-here (employed, and no user), not-in-file (a user who is active or has access, \
      and not in the file), left-but-active, left-with-access, differs (the key is that of a user, \
      but the username or e-mail beside it is another: a new name, or an id that another user has \
      now; nothing is concluded), without-key. Nothing is changed. The exit code is 1 if there is \
      a finding.
      """,
      """
      A file that cannot be trusted is refused with exit code 65, and nothing is concluded from \
      it: lines without a key, one key in two lines or of two users, dates that are not certain, \
      no line that is a user, no line that is employed, or too many users gone.
      """,
      """
      --format csv writes the grants that leavers still have as a file that import takes: it \
      revokes them, with the last day as the date of the decision. One change has one such date; \
      --left-on writes those of one day.
      """,
    ],
    examples: [
      CommandExample(purpose: "compare by e-mail", call: "--db hrm.db leavers people.csv"),
      CommandExample(
        purpose: "revoke what those still have who left on a day",
        call: "--db hrm.db leavers people.csv --left-on 2026-03-31 --format csv > revoke.csv"),
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    if file == "-", context.console.inputIsTerminal { throw UsageProblem.missingArgument("FILE") }
    let format = context.options.format
    let writesPairs = format == .csv || format == .tsv
    if writesPairs, let time = asOf.given.isGiven ? asOf.given : nil {
      throw UsageProblem.conflict("--format \(format.rawValue)", time.label)
    }
    let store = try context.openStore()
    let moment = try asOf.moment(store, context)
    var options = LeaverOptions(key: key ?? .email)
    options.keyColumn = keyColumn
    options.leftColumn = leftColumn
    options.listsOnlyEmployed = employedOnly
    options.dates = dates
    options.mostGone = mostGone ?? options.mostGone
    var (findings, counts) = try CancellableRun.run(context.console) { [options] work in
      do {
        return try store.leavers(
          file: file, options, at: moment, on: asOf.time ?? .now, work: work)
      } catch let error as ImportError {
        throw UntestedFile(error: error, message: CommandMessages.nothingConcluded)
      }
    }
    if let leftOn { findings = findings.filter { $0.leftOn == leftOn } }
    if writesPairs {
      try writePairs(findings, store, context)
      context.console.say(CommandMessages.compared(findings, counts))
    } else {
      try write(findings, counts, context)
      context.sayIfTable(CommandMessages.compared(findings, counts))
    }
    return findings.isEmpty ? .done : .no
  }

  private func write(
    _ findings: [LeaverFinding], _ counts: LeaverCounts, _ context: CommandContext
  ) throws {
    let columns = [
      Column("line", "LINE", number: true), Column("finding", "FINDING"), Column("key", "KEY"),
      Column("user_id", "ID"), Column("user", "USER"), Column("name", "NAME"),
      Column("active", "STATUS"), Column("companies", "COMPANIES", number: true),
      Column("left_on", "LAST DAY"), Column("other", "IN THE FILE"),
    ]
    let listing = try Listing("findings", columns, context)
    for finding in findings {
      try listing.row([
        finding.line.map { Cell($0) } ?? .null, .text(finding.kind.rawValue), Cell(finding.key),
        finding.user.map { Cell($0.id) } ?? .null, Cell(finding.user?.username),
        Cell(finding.user?.fullName), finding.user.map { Cell(active: $0.isActive) } ?? .null,
        Cell(finding.companies), Cell(finding.leftOn), Cell(finding.other),
      ])
    }
    try listing.finish([
      ("lines", Cell(counts.lines)), ("employed", Cell(counts.employed)),
      ("not_here", Cell(counts.notHere)), ("left", Cell(counts.left)),
      ("differs", Cell(counts.differs)), ("users", Cell(counts.users)),
      ("users_of_no_matter", Cell(counts.usersOfNoMatter)),
    ])
  }

  /// Writes the grants of those who have left, to be revoked by an import.
  private func writePairs(
    _ findings: [LeaverFinding], _ store: AccessStore, _ context: CommandContext
  ) throws {
    let names = ["user", "user_id", "company", "company_id", "action", "decided"]
    let listing = try Listing("grants", names.map { Column($0, $0.uppercased()) }, context)
    for finding in findings where finding.kind == .leftWithAccess {
      guard let user = finding.user else { continue }
      var query = CompanyQuery()
      (query.user, query.relation) = (user.id, .holding)
      var page = try store.companies(query, limit: Paging.rows)
      while true {
        for company in page.rows.map(\.company) {
          try listing.row([
            .text(user.username), Cell(user.id), .text(company.name), Cell(company.id),
            .text(DiffAction.revoke.rawValue), Cell(finding.leftOn),
          ])
        }
        guard page.hasLater, let end = page.end else { break }
        page = try store.companies(query, .after(end), limit: Paging.rows)
      }
    }
    try listing.finish()
  }
}
