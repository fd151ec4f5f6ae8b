internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// `why USER COMPANY`: tells the whole life of a pair.
struct WhyCommand: Command {
  @Argument(.user) var user: String
  @Argument(.company) var company: String
  let asOf = AsOf()

  let info = CommandInfo(
    abstract: "show when a user gained and lost access to a company, by whom and why",
    discussion: [
      """
      Deleted users and companies can be named, too. What the record does not know about the \
      pair is said on standard error.
      """
    ],
    examples: [
      CommandExample(
        purpose: "why alice may enter the company ATL, and since when",
        call: "--db hrm.db why alice ATL")
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let moment = try asOf.moment(store, context)
    let until = asOf.time ?? .now
    let user = try NameLookup.users.find(user, in: store, at: moment)
    let company = try NameLookup.companies.find(company, in: store, at: moment)
    let life = try store.life(of: user.id, company.id, at: moment, now: until)
    let writer = LifeWriter(
      life: life, user: user.name, company: company.name, until: until, context: context)
    try writer.write()
    for note in life.notes { context.console.say(CommandMessages.note(note)) }
    return .done
  }
}

/// Writes the life of a pair.
private struct LifeWriter {
  let life: GrantTimeline
  let user: String
  let company: String
  let until: Timestamp
  let context: CommandContext

  func write() throws(OutputError) {
    switch context.options.format {
    case .json: try writeJSON()
    case .table: try writeTable()
    case .csv, .tsv: try writeRows()
    }
  }

  // MARK: - Table

  private func writeTable() throws(OutputError) {
    let columns = [
      Column("at", "TIME"), Column("event", "EVENT"), Column("change", "CHANGE", number: true),
      Column("action", "ACTION"), Column("actor", "ACTOR"), Column("reason", "REASON"),
    ]
    let listing = try Listing("events", columns, context)
    for episode in life.episodes {
      try listing.row(event("granted", episode.from, episode.grantedBy))
      if let to = episode.to { try listing.row(event("ended", to, episode.endedBy)) }
    }
    try listing.finish()
    guard let last = life.episodes.last else {
      return context.console.say(CommandMessages.neverHadAccess(user, company))
    }
    if let timeline = Timeline(life, until: until) {
      try context.output.write("\n" + timeline.text(columns: 79) + "\n")
    }
    try context.output.write(CommandMessages.held(life, last: last.to) + "\n")
  }

  private func event(_ event: String, _ at: Timestamp, _ change: Change?) -> [Cell] {
    [
      .time(at), .text(event), Cell(change?.id.description), Cell(change.map(Messages.action)),
      Cell(change?.actor), Cell(change?.reason),
    ]
  }

  // MARK: - For programs

  private func writeRows() throws(OutputError) {
    let columns = [
      Column("user", "USER"), Column("company", "COMPANY"), Column("from", "FROM"),
      Column("to", "TO"), Column("granted_change", ""), Column("granted_by", ""),
      Column("granted_reason", ""), Column("ended_change", ""), Column("ended_by", ""),
      Column("ended_reason", ""),
    ]
    let listing = try Listing("episodes", columns, context)
    for episode in life.episodes {
      let changes = [episode.grantedBy, episode.endedBy].flatMap {
        [Cell($0?.id), Cell($0?.actor), Cell($0?.reason)]
      }
      try listing.row(
        [
          .text(user), .text(company), .time(episode.from),
          episode.to.map(Cell.time) ?? .null,
        ] + changes)
    }
    try listing.finish()
  }

  private func writeJSON() throws(OutputError) {
    let json = JSONWriter(context.output)
    try json.beginObject()
    try json.member("user", .text(user))
    try json.member("company", .text(company))
    try json.member("access", .flag(life.hasAccess, word: ""))
    try json.member("seconds_held", Cell(life.secondsHeld))
    try json.key("episodes")
    try json.beginArray()
    for episode in life.episodes {
      try json.newLine()
      try json.beginObject()
      try json.member("from", .time(episode.from))
      try json.member("to", episode.to.map(Cell.time) ?? .null)
      try write(episode.grantedBy, "granted_by", json)
      try write(episode.endedBy, "ended_by", json)
      try json.endObject()
    }
    try json.endArray()
    try json.endObject()
    try json.finish()
  }

  /// A change as `log` has it, or null.
  private func write(_ change: Change?, _ key: String, _ json: JSONWriter) throws(OutputError) {
    guard let change else { return try json.member(key, .null) }
    try json.key(key)
    try json.beginObject()
    let row = ChangeRow(isTable: false)
    for (column, cell) in zip(row.columns, row.cells(change)) {
      try json.member(column.key, cell)
    }
    try json.endObject()
  }
}
