internal import CompanyAccess
internal import Formats

/// Writes one change: its facts, the users and companies that it concerned, and its pairs.
struct ChangeWriter {
  let context: CommandContext
  let store: AccessStore
  /// How many pairs at most.
  let limit: Int?

  /// How many users and companies are named.
  private static let named = 1_000

  func write(_ id: ChangeID) throws {
    guard let change = try store.change(id) else { throw AccessError.noSuchChange(id) }
    if let note = change.restoration { context.console.say(CommandMessages.note(note)) }
    switch context.options.format {
    case .json: try writeJSON(change)
    case .table: try writeTable(change)
    case .csv, .tsv: try writeRows(change)
    }
  }

  private func forEachPair(_ change: ChangeID, _ body: (ChangedPair) throws -> Void) throws -> Int {
    var place: ChangedPairCursor?
    var count = 0
    repeat {
      let wanted = min(Paging.rows, (limit ?? .max) - count)
      let page = try store.pairs(of: change, after: place, limit: wanted)
      for pair in page.pairs { try body(pair) }
      count += page.pairs.count
      place = page.next
    } while place != nil && count < limit ?? .max
    return count
  }

  // MARK: - Tables

  private func writeTable(_ change: Change) throws {
    let row = ChangeRow(isTable: true)
    let listing = try Listing("changes", row.columns, context)
    try listing.row(row.cells(change))
    try listing.finish()
    if let pruned = try store.prunedRows(of: change.id) {
      try context.output.write("\n")
      let listing = try Listing("pruned", ChangeWriter.prunedColumns, context)
      try listing.row(ChangeWriter.cells(pruned))
      try listing.finish()
    }
    let entities = try store.entities(of: change.id, limit: ChangeWriter.named)
    if !entities.isEmpty {
      try context.output.write("\n")
      let listing = try Listing("entities", ChangeWriter.entityColumns, context)
      for entity in entities { try listing.row(ChangeWriter.cells(entity)) }
      try listing.finish()
    }
    guard change.added + change.removed > 0 else { return }
    try context.output.write("\n")
    let pairs = try Listing("pairs", ChangeWriter.shownColumns, context)
    let count = try forEachPair(change.id) { try pairs.row(ChangeWriter.shown($0)) }
    try pairs.finish()
    let rest = change.added + change.removed - count
    if rest > 0 { context.console.say(CommandMessages.more(rest)) }
  }

  private func writeRows(_ change: Change) throws {
    let listing = try Listing("pairs", ChangeWriter.columns, context)
    _ = try forEachPair(change.id) { try listing.row(ChangeWriter.cells($0)) }
    try listing.finish()
  }

  private static let prunedColumns = [
    Column("before", "BEFORE"), Column("through", "THROUGH", number: true),
    Column("rows", "ROWS", number: true), Column("file", "FILE"), Column("sha256", "SHA-256"),
  ]

  private static func cells(_ pruned: PrunedRows) -> [Cell] {
    [
      .time(pruned.before), Cell(pruned.through), Cell(pruned.rows), .text(pruned.file),
      .text(pruned.sha256),
    ]
  }

  private static let entityColumns = [
    Column("kind", "KIND"), Column("name", "NAME"), Column("id", "ID"), Column("event", "EVENT"),
    Column("details", "DETAILS"),
  ]

  private static func cells(_ entity: ChangedEntity) -> [Cell] {
    [
      .text(entity.id.kind.rawValue), Cell(entity.name), .text(EntityMessages.id(entity.id)),
      .text(EntityMessages.event(entity.event)), Cell(EntityMessages.details(entity)),
    ]
  }

  private static let shownColumns = [
    Column("user", "USER"), Column("user_id", "ID"), Column("company", "COMPANY"),
    Column("company_id", "ID"), Column("result", "RESULT"), Column("since", "SINCE THEN"),
  ]

  private static func shown(_ pair: ChangedPair) -> [Cell] {
    [
      Cell(pair.username), .text(pair.user.description), Cell(pair.companyName),
      .text(pair.company.description), .text(pair.outcome == .granted ? "granted" : "ended"),
      Cell(CommandMessages.fate(pair)),
    ]
  }

  private static let columns = [
    Column("user", "USER"), Column("user_id", "USER ID"), Column("company", "COMPANY"),
    Column("company_id", "COMPANY ID"), Column("result", "RESULT"),
    Column("ended_by", "ENDED BY"), Column("stands", "STANDS"),
  ]

  private static func cells(_ pair: ChangedPair) -> [Cell] {
    [
      Cell(pair.username), Cell(pair.user), Cell(pair.companyName), Cell(pair.company),
      .text(pair.outcome.rawValue), Cell(pair.endedBy),
      .flag(pair.stands, word: pair.stands ? "yes" : "no"),
    ]
  }

  // MARK: - JSON

  /// The change as in the list, with its entities and pairs.
  private func writeJSON(_ change: Change) throws {
    let json = JSONWriter(context.output)
    try json.beginObject()
    let row = ChangeRow(isTable: false)
    for (column, cell) in zip(row.columns, row.cells(change)) {
      try json.member(column.key, cell)
    }
    if let pruned = try store.prunedRows(of: change.id) {
      try json.key("pruned")
      try write(ChangeWriter.prunedColumns, ChangeWriter.cells(pruned), json)
    }
    try json.key("entities")
    try json.beginArray()
    for entity in try store.entities(of: change.id, limit: ChangeWriter.named) {
      try json.newLine()
      try json.beginObject()
      for (column, cell) in zip(ChangeWriter.entityColumns, ChangeWriter.cells(entity)).dropLast() {
        try json.member(column.key, cell)
      }
      try json.fields(entity.fields)
      try json.endObject()
    }
    try json.endArray()
    try json.key("pairs")
    try json.beginArray()
    _ = try forEachPair(change.id) {
      try write(ChangeWriter.columns, ChangeWriter.cells($0), json)
    }
    try json.endArray()
    try json.endObject()
    try json.finish()
  }

  private func write(_ columns: [Column], _ cells: [Cell], _ json: JSONWriter) throws(OutputError) {
    try json.newLine()
    try json.beginObject()
    for (column, cell) in zip(columns, cells) { try json.member(column.key, cell) }
    try json.endObject()
  }
}
