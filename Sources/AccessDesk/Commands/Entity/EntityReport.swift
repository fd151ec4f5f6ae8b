internal import CompanyAccess
internal import Formats

/// Everything about one user or company: what is known, the grants, and the last changes.
struct EntityReport {
  let kind: CommandKind
  let store: AccessStore
  let moment: Moment
  let context: CommandContext

  /// How many changes are shown.
  private static let changes = 10

  /// Writes it in the format that was asked for; rows have room for what is known only.
  func write(_ id: EntityID) throws {
    let facts = try kind.facts(id, store, moment)
    switch context.options.format {
    case .json: try writeJSON(id, facts)
    case .csv, .tsv:
      try SummaryOutput(context: context).write(facts.map { ($0.column.key, $0.cell) })
    case .table: try writeTable(id, facts)
    }
  }

  // MARK: - Access and changes

  private var accessColumns: [Column] {
    kind.other.list.grantColumns + StandingCells.columns(context)
  }

  private func forEachGrant(
    of id: EntityID, _ body: ([Cell]) throws -> Void
  ) throws {
    try kind.other.list.forEachGrant(of: id, in: store, at: moment) { cells, standing in
      try body(cells + StandingCells.cells(standing, context))
    }
  }

  private func lastChanges(of id: EntityID) throws(AccessError) -> [Change] {
    var query = ChangeQuery()
    switch id {
    case .user(let id): query.user = id
    case .company(let id): query.company = id
    }
    return try store.changes(query, limit: Self.changes, at: moment)
  }

  // MARK: - Formats

  private func writeTable(_ id: EntityID, _ facts: [CommandKind.Fact]) throws {
    let table = try Listing("facts", [Column("fact", "FACT"), Column("value", "VALUE")], context)
    for fact in facts { try table.row([.text(fact.column.title), fact.cell]) }
    try table.finish()
    var grants: Listing?
    try forEachGrant(of: id) { cells in
      if grants == nil {
        try context.output.write("\n")
        grants = try Listing("access", accessColumns, context)
      }
      try grants?.row(cells)
    }
    try grants?.finish()
    try context.output.write("\n")
    let row = ChangeRow(isTable: true)
    let changes = try Listing("changes", row.columns, context)
    for change in try lastChanges(of: id) { try changes.row(row.cells(change)) }
    try changes.finish()
  }

  private func writeJSON(_ id: EntityID, _ facts: [CommandKind.Fact]) throws {
    let json = JSONWriter(context.output)
    try json.beginObject()
    try json.key(kind.word)
    try json.object(facts.map { ($0.column.key, $0.cell) })
    try json.key("access")
    try json.beginArray()
    let columns = accessColumns
    try forEachGrant(of: id) { cells in
      try json.newLine()
      try json.object(Array(zip(columns.map(\.key), cells)))
    }
    try json.endArray()
    try json.key("changes")
    try json.beginArray()
    let row = ChangeRow(isTable: false)
    for change in try lastChanges(of: id) {
      try json.newLine()
      try json.object(Array(zip(row.columns.map(\.key), row.cells(change))))
    }
    try json.endArray()
    try json.endObject()
    try json.finish()
  }
}

extension JSONWriter {
  /// An object with these members.
  func object(_ members: [(String, Cell)]) throws(OutputError) {
    try beginObject()
    for (key, cell) in members { try member(key, cell) }
    try endObject()
  }
}
