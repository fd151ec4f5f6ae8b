internal import CompanyAccess
internal import Formats

/// `log`: lists the changes on the record, or shows one with its pairs.
struct LogCommand: Command, Hashable {
  /// Which changes, but for the user and the company, whose ids only the database knows.
  var query = ChangeQuery()
  var user: String?
  var company: String?
  /// The one change to show.
  var change: ChangeID?
  var limit: Int?
  var asOf: AsOf

  static let info = CommandInfo(
    name: "log",
    abstract: "list the changes on the record, newest first, or show one of them",
    discussion: [
      """
      Newest is what came last, whatever the clocks said. What other programs did is there too, \
      with the origin external.
      """,
      "With the number of a change it shows that change, its users and companies, and its pairs.",
    ],
    options: [
      OptionInfo(
        long: "user", value: OptionValue(name: "USER", kind: .user),
        help: "Only changes that concern this user, who may be deleted."),
      CommonOptions.company(help: "Only changes that concern this company, likewise."),
      OptionInfo(
        long: "actor", value: OptionValue(name: "ACTOR", kind: .actor),
        help: "Only changes by this person: maria, or maria@hq."),
      OptionInfo(
        long: "action",
        value: OptionValue(name: "ACTION", kind: .choice(ChangeAction.allCases.map(\.rawValue))),
        help: "Only changes that did this, such as grant, revoke, undo, external."),
      OptionInfo(
        long: "origin",
        value: OptionValue(name: "ORIGIN", kind: .choice(Origin.allCases.map(\.rawValue))),
        help: "Only changes through desk, command, library or external."),
      OptionInfo(
        long: "since", value: OptionValue(name: "TIME", kind: .text),
        help: "Only changes from this time on; a date stands for its beginning."),
      OptionInfo(
        long: "until", value: OptionValue(name: "TIME", kind: .text),
        help: "Only changes up to this time; a date stands for its end."),
      CommonOptions.limit, AsOf.info,
    ],
    forms: [
      ArgumentForm(arguments: [
        ArgumentInfo(
          name: "CHANGE", kind: .number, help: "The number of one change.", isOptional: true)
      ])
    ],
    examples: [
      CommandExample(
        purpose: "what other programs did since yesterday",
        call: "--db hrm.db log --origin external --since yesterday"),
      CommandExample(purpose: "one change and its pairs", call: "--db hrm.db log 12"),
    ])

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    change = try parsed.change(argument: 0)
    if let change {
      let filters = LogCommand.info.options.map(\.long).filter { $0 != CommonOptions.limit.long }
      if let filter = filters.first(where: parsed.has) {
        throw .conflict("change \(change)", "--\(filter)")
      }
    }
    user = parsed["user"]
    company = parsed["company"]
    query.actor = parsed["actor"]
    query.action = parsed["action"].flatMap(ChangeAction.init)
    query.origin = parsed["origin"].flatMap(Origin.init)
    query.since = try parsed.time("since", .start)
    query.until = try parsed.time("until", .end)
    limit = try parsed.number("limit", in: 1...Int.max)
    asOf = try AsOf(parsed)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let missing = try store.status.missing
    if !missing.isEmpty { context.console.say("note: \(LifeNote.incomplete(missing: missing))") }
    if let change {
      try ChangeWriter(context: context, store: store, limit: limit).write(change)
    } else {
      try list(store, context)
    }
    return .done
  }

  private func list(_ store: AccessStore, _ context: CommandContext) throws {
    let moment = try asOf.moment(store, context)
    var query = query
    query.user = try user.map { try store.anyUser(named: $0, at: moment).id }
    query.company = try company.map { try store.anyCompany(named: $0, at: moment).id }
    let row = ChangeRow(isTable: context.options.format == .table)
    let listing = try Listing("changes", row.columns, context)
    var last: ChangeID?
    var count = 0
    while count < limit ?? .max {
      let wanted = min(Paging.rows, (limit ?? .max) - count)
      let page = try store.changes(query, before: last, limit: wanted, at: moment)
      for change in page { try listing.row(row.cells(change)) }
      count += page.count
      last = page.last?.id
      if page.count < wanted { break }
    }
    try listing.finish()
    context.sayIfTable(count == 0 ? "no changes" : nil)
  }
}

/// A change as one row of output.
struct ChangeRow {
  /// A table has the reason last, because it may be long.
  let isTable: Bool

  var columns: [Column] {
    let reason = Column("reason", "REASON")
    let subject = Column("subject", "SUBJECT")
    return [
      Column("id", "CHANGE", number: true), Column("at", "TIME"), Column("actor", "ACTOR"),
      Column("origin", "ORIGIN"), Column("action", "ACTION"), isTable ? subject : reason,
      Column("added", "ADDED", number: true), Column("removed", "REMOVED", number: true),
      Column("undoes", "UNDOES", number: true), Column("ticket", "TICKET"),
      Column("decided_at", "DECIDED"), isTable ? reason : subject,
    ]
  }

  func cells(_ change: Change) -> [Cell] {
    let reason = Cell(change.reason)
    let subject = Cell(Messages.subject(change))
    return [
      Cell(change.id), .time(change.at), .text(change.actor), .text(change.origin.rawValue),
      .text(change.action.rawValue), isTable ? subject : reason, Cell(change.added),
      Cell(change.removed), Cell(change.undoes), Cell(change.ticket), decided(change),
      isTable ? reason : subject,
    ]
  }

  /// When it was decided; a day alone is no time.
  private func decided(_ change: Change) -> Cell {
    guard let decided = change.decidedAt else { return .null }
    return decided.text.utf8.count == 10 ? .text(decided.text) : .time(decided)
  }
}
