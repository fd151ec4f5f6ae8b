internal import CompanyAccess
internal import Formats

/// Writes the life of a pair, or of all pairs of a user.
struct LifeWriter {
  let user: String
  let until: Timestamp
  let context: CommandContext

  /// Writes the life of one pair.
  func write(_ life: GrantTimeline, _ company: String) throws(OutputError) {
    switch context.options.format {
    case .json:
      let json = JSONWriter(context.output)
      try write(life, company, json)
      try json.finish()
    case .table: try writeTable(life, company)
    case .csv, .tsv: try writeRows([(life, company)])
    }
  }

  /// Writes the lives of all pairs of the user.
  func write(_ lives: [GrantTimeline]) throws(OutputError) {
    let named = lives.map { ($0, $0.companyName ?? $0.company.description) }
    switch context.options.format {
    case .json:
      let json = JSONWriter(context.output)
      try json.beginObject()
      try json.member("user", .text(user))
      try json.key("companies")
      try json.beginArray()
      for (life, company) in named {
        try json.newLine()
        try write(life, company, json)
      }
      try json.endArray()
      try json.endObject()
      try json.finish()
    case .table: try writeTable(named)
    case .csv, .tsv: try writeRows(named)
    }
  }

  // MARK: - Tables

  private func writeTable(_ life: GrantTimeline, _ company: String) throws(OutputError) {
    let columns = [
      Column("at", "TIME"), Column("event", "EVENT"),
      Column("change", "CHANGE", number: true), Column("action", "ACTION"),
      Column("actor", "ACTOR"), Column("reason", "REASON"),
    ]
    let listing = try Listing("events", columns, context)
    for episode in life.episodes {
      let whose = Messages.earlierHolder(episode).map { " (\($0))" } ?? ""
      try listing.row(event("granted" + whose, episode.from, episode.grantedBy))
      if let to = episode.to { try listing.row(event("ended" + whose, to, episode.endedBy)) }
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
      .time(at), .text(event), Cell(change?.id), Cell(change.map(Messages.action)),
      Cell(change?.actor), Cell(change?.reason),
    ]
  }

  /// One row for each time in which a pair held.
  private func writeTable(_ lives: [(GrantTimeline, String)]) throws(OutputError) {
    let columns = [
      Column("company", "COMPANY"), Column("from", "FROM"),
      Column("granted_change", "CHANGE", number: true), Column("granted_by", "GRANTED BY"),
      Column("to", "TO"), Column("ended_change", "CHANGE", number: true),
      Column("ended_by", "ENDED BY"), Column("reason", "REASON"),
    ]
    let listing = try Listing("episodes", columns, context)
    for (life, company) in lives {
      for episode in life.episodes {
        let whose = Messages.earlierHolder(episode).map { " (\($0))" } ?? ""
        try listing.row([
          .text(company + whose), .time(episode.from), Cell(episode.grantedBy?.id),
          Cell(episode.grantedBy?.actor), episode.to.map { .time($0) } ?? .null,
          Cell(episode.endedBy?.id), Cell(episode.endedBy?.actor),
          Cell((episode.endedBy ?? episode.grantedBy)?.reason),
        ])
      }
    }
    try listing.finish()
    guard !lives.isEmpty else { return }
    let standing = lives.count { $0.0.hasAccess }
    try context.output.write(
      CommandMessages.companiesHeld(user, standing, of: lives.count) + "\n")
  }

  // MARK: - For programs

  private func writeRows(_ lives: [(GrantTimeline, String)]) throws(OutputError) {
    let columns = [
      Column("user", "USER"), Column("company", "COMPANY"), Column("from", "FROM"),
      Column("to", "TO"), Column("granted_change", ""), Column("granted_by", ""),
      Column("granted_reason", ""), Column("ended_change", ""), Column("ended_by", ""),
      Column("ended_reason", ""),
    ]
    let listing = try Listing("episodes", columns, context)
    for (life, company) in lives {
      for episode in life.episodes {
        let changes = [episode.grantedBy, episode.endedBy].flatMap {
          [Cell($0?.id), Cell($0?.actor), Cell($0?.reason)]
        }
        try listing.row(
          [
            .text(episode.earlierUser ?? user), .text(episode.earlierCompany ?? company),
            .time(episode.from), episode.to.map { .time($0) } ?? .null,
          ] + changes)
      }
    }
    try listing.finish()
  }

  private func write(
    _ life: GrantTimeline, _ company: String, _ json: JSONWriter
  ) throws(OutputError) {
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
      try json.member("to", episode.to.map { .time($0) } ?? .null)
      if let earlier = episode.earlierUser { try json.member("earlier_user", .text(earlier)) }
      if let earlier = episode.earlierCompany { try json.member("earlier_company", .text(earlier)) }
      try write(episode.grantedBy, "granted_by", json)
      try write(episode.endedBy, "ended_by", json)
      try json.endObject()
    }
    try json.endArray()
    try json.endObject()
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
