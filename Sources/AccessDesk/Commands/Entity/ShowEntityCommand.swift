internal import CompanyAccess
internal import Formats

/// `user show`, `company show`: everything about one.
struct ShowEntityCommand: Command {
  let kind: CommandKind
  @Argument var name: String
  let asOf = AsOf()

  init(_ kind: CommandKind) {
    self.kind = kind
    _name = Argument(kind.name)
  }

  /// How many changes are shown.
  private static let changes = 10

  var info: CommandInfo {
    CommandInfo(
      abstract: "show the data, the grants and the last changes of a \(kind.word)",
      examples: [
        CommandExample(
          purpose: "everything about one \(kind.word)",
          call: "--db hrm.db \(kind.word) show \(kind.texts.example.name)")
      ])
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let moment = try asOf.moment(store, context, attributes: true)
    let id = try kind.find(name, store, moment)
    let facts = try kind.facts(id, store, moment)
    switch context.options.format {
    case .json: try writeJSON(id, facts, store, moment, context)
    case .csv, .tsv:
      try SummaryOutput(context: context).write(facts.map { ($0.column.key, $0.cell) })
    case .table: try writeTable(id, facts, store, moment, context)
    }
    return .done
  }

  // MARK: - Access and changes

  private func accessColumns(_ context: CommandContext) -> [Column] {
    kind.other.list.grantColumns + StandingCells.columns(context)
  }

  private func forEachGrant(
    _ id: EntityID, _ store: AccessStore, _ moment: Moment, _ context: CommandContext,
    _ body: ([Cell]) throws -> Void
  ) throws {
    try kind.other.list.forEachGrant(of: id, in: store, at: moment) { cells, standing in
      try body(cells + StandingCells.cells(standing, context))
    }
  }

  private func lastChanges(
    _ id: EntityID, _ store: AccessStore, _ moment: Moment
  ) throws(AccessError) -> [Change] {
    var query = ChangeQuery()
    switch id {
    case .user(let id): query.user = id
    case .company(let id): query.company = id
    }
    return try store.changes(query, limit: ShowEntityCommand.changes, at: moment)
  }

  // MARK: - Formats

  private func writeTable(
    _ id: EntityID, _ facts: [CommandKind.Fact], _ store: AccessStore, _ moment: Moment,
    _ context: CommandContext
  ) throws {
    let table = try Listing("facts", [Column("fact", "FACT"), Column("value", "VALUE")], context)
    for fact in facts { try table.row([.text(fact.column.title), fact.cell]) }
    try table.finish()
    var grants: Listing?
    try forEachGrant(id, store, moment, context) { cells in
      if grants == nil {
        try context.output.write("\n")
        grants = try Listing("access", accessColumns(context), context)
      }
      try grants?.row(cells)
    }
    try grants?.finish()
    try context.output.write("\n")
    let row = ChangeRow(isTable: true)
    let changes = try Listing("changes", row.columns, context)
    for change in try lastChanges(id, store, moment) { try changes.row(row.cells(change)) }
    try changes.finish()
  }

  private func writeJSON(
    _ id: EntityID, _ facts: [CommandKind.Fact], _ store: AccessStore, _ moment: Moment,
    _ context: CommandContext
  ) throws {
    let json = JSONWriter(context.output)
    try json.beginObject()
    try json.key(kind.word)
    try json.object(facts.map { ($0.column.key, $0.cell) })
    try json.key("access")
    try json.beginArray()
    let columns = accessColumns(context)
    try forEachGrant(id, store, moment, context) { cells in
      try json.newLine()
      try json.object(Array(zip(columns.map(\.key), cells)))
    }
    try json.endArray()
    try json.key("changes")
    try json.beginArray()
    let row = ChangeRow(isTable: false)
    for change in try lastChanges(id, store, moment) {
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
