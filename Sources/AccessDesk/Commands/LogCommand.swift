internal import CompanyAccess
internal import Formats

/// `log`: lists the changes on the record, or shows one with its pairs.
struct LogCommand: Command {
  @Argument(.optional(.change, help: "The number of a change to show.")) var change: ChangeID?
  @Option(
    "user", .user,
    help: "Only changes of this user or of the user's grants; also of a deleted user.")
  var user: String?
  @Option(.company(help: "Only changes of this company or of its grants; also of a deleted one."))
  var company: String?
  @Option(
    "actor", .text("ACTOR", completedAs: .actor),
    help: "Only changes by this login, or login and host: maria, or maria@hq.")
  var actor: String?
  @Option(
    "action", .choice("ACTION"),
    help: "Only changes with this action, such as grant, revoke, undo or external.")
  var action: ChangeAction?
  @Option(
    "origin", .choice("ORIGIN"),
    help: "Only changes through this: desk, command, library, or external (another program).")
  var origin: Origin?
  @Option(
    "since", .time(.start),
    help: "Only changes from this time on; a date means its beginning.")
  var since: Timestamp?
  @Option(
    "until", .time(.end), help: "Only changes up to this time; a date means its end.")
  var until: Timestamp?
  @Option(
    "search", .text("WORDS"),
    help: """
      Only changes in whose subject, actor, reason or ticket all these words occur; case and accents \
      do not matter.
      """, allowsEmpty: true)
  var search: String?
  @Option(
    "late", .span,
    help: """
      Only changes made longer than this after their decision (--decided): 3d, 12h or 2w; a decision \
      without a time counts from the end of its day.
      """)
  var late: Duration?
  @Option(.limit) var limit: Int?
  let asOf = AsOf()

  let info = CommandInfo(
    abstract: "list the changes on the record, newest first, or show one of them",
    discussion: [
      """
      The order is that of the numbers of the changes, not of the clock. Changes by other \
      programs are listed with the origin external.
      """,
      "With the number of a change, that change is shown with its users, companies and pairs.",
    ],
    examples: [
      CommandExample(
        purpose: "what other programs did since yesterday",
        call: "--db hrm.db log --origin external --since yesterday"),
      CommandExample(
        purpose: "what was done for a ticket", call: "--db hrm.db log --search HR-991"),
      CommandExample(
        purpose: "what was revoked more than three days after it was decided",
        call: "--db hrm.db log --action revoke --late 3d"),
      CommandExample(purpose: "change 12 and its pairs", call: "--db hrm.db log 12"),
    ])

  func check() throws(UsageProblem) {
    guard let change else { return }
    // One change takes no filter: every option but the number of its pairs.
    let given = CommandInputs(of: self).given
    if let filter = given.first(where: { $0.label != $limit.label }) {
      throw .conflict(CommandMessages.change(change), filter.label)
    }
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let missing = try store.status.missing
    if !missing.isEmpty {
      context.console.say(CommandMessages.note(LifeNote.incomplete(missing: missing)))
    }
    if let change {
      try ChangeWriter(context: context, store: store, limit: limit).write(change)
    } else {
      try list(store, context)
    }
    return .done
  }

  private func list(_ store: AccessStore, _ context: CommandContext) throws {
    let moment = try asOf.moment(store, context)
    var query = ChangeQuery()
    if let user {
      let id = try NameLookup.users.find(user, in: store, at: moment).id
      try store.sayNamesakes(of: user, .user(id), others: true, context)
      query.user = id
    }
    if let company {
      let id = try NameLookup.companies.find(company, in: store, at: moment).id
      try store.sayNamesakes(of: company, .company(id), others: true, context)
      query.company = id
    }
    query.actor = actor
    query.action = action
    query.origin = origin
    query.since = since
    query.until = until
    query.late = late
    query.search = search.flatMap { $0.isEmpty ? nil : $0 }
    let row = ChangeRow(isTable: context.options.format == .table)
    let listing = try Listing("changes", row.columns, context)
    var restorations: [RestorationNote] = []
    var count = 0
    try store.forEachChange(query, limit: limit, at: moment) { change in
      try listing.row(row.cells(change))
      if let restoration = change.restoration { restorations.append(restoration) }
      count += 1
    }
    try listing.finish()
    for note in restorations { context.console.say(CommandMessages.note(note)) }
    if count == 0 { context.sayIfTable(CommandMessages.none("changes")) }
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
