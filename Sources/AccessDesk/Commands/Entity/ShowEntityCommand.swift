internal import CompanyAccess
internal import Formats

/// `user show`, `company show`: everything about one.
struct ShowEntityCommand<Noun: EntityCommandKind>: Command {
  var name: String
  var asOf: AsOf

  /// How many changes are shown.
  private static var changes: Int { 10 }

  static var info: CommandInfo {
    CommandInfo(
      name: "show",
      abstract: "show a \(Noun.word): facts, access, the last changes",
      options: [AsOf.info],
      forms: [ArgumentForm(arguments: [Noun.argument])],
      examples: [
        CommandExample(
          purpose: "everything about one",
          call: "--db hrm.db \(Noun.word) show \(Noun.example.name)")
      ])
  }

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    name = parsed.arguments[0]
    asOf = try AsOf(parsed)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let moment = try asOf.moment(store, context, attributes: true)
    let id = try Noun.find(name, in: store, at: moment)
    let facts = try facts(id, store, moment)
    switch context.options.format {
    case .json: try writeJSON(id, facts, store, moment, context)
    case .csv, .tsv:
      try SummaryOutput(context: context).write(facts.map { ($0.column.key, $0.cell) })
    case .table: try writeTable(id, facts, store, moment, context)
    }
    return .done
  }

  private typealias Fact = (column: Column, cell: Cell)

  private func facts(
    _ id: EntityID, _ store: AccessStore, _ moment: Moment
  ) throws(AccessError) -> [Fact] {
    switch id {
    case .user(let id):
      guard let summary = try store.user(id, at: moment) else { throw .noSuchUser(id) }
      let user = summary.user
      var facts: [Fact] = [
        (Column("id", "Id"), Cell(user.id)),
        (Column("username", "User name"), .text(user.username)),
        (Column("full_name", "Full name"), Cell(user.fullName)),
        (Column("email", "E-mail"), Cell(user.email)), (Column("role", "Role"), Cell(user.role)),
      ]
      // The home company is known of the present only.
      if moment == .now, let home = try store.form(.user, of: .user(id)).values["home"] {
        facts.append((Column("home", "Company"), Cell(home.isEmpty ? nil : home)))
      }
      return facts + [
        (Column("active", "Status"), Cell(active: user.isActive)),
        (Column("companies", "May enter"), Cell(summary.companies)),
      ]
    case .company(let id):
      guard let summary = try store.company(id, at: moment) else { throw .noSuchCompany(id) }
      let company = summary.company
      return [
        (Column("id", "Id"), Cell(company.id)), (Column("name", "Name"), .text(company.name)),
        (Column("code", "Code"), Cell(company.code)),
        (Column("active", "Status"), Cell(active: company.isActive)),
        (Column("users", "Users"), Cell(summary.users)),
      ]
    }
  }

  // MARK: - Access and changes

  private static func accessColumns(_ context: CommandContext) -> [Column] {
    let other =
      Noun.kind == .user
      ? [Column("company", "COMPANY"), Column("company_id", "ID"), Column("active", "STATUS")]
      : [Column("user", "USER"), Column("user_id", "ID"), Column("active", "STATUS")]
    return other + StandingCells.columns(context)
  }

  private func forEachGrant(
    _ id: EntityID, _ store: AccessStore, _ moment: Moment, _ context: CommandContext,
    _ body: ([Cell]) throws -> Void
  ) throws {
    switch id {
    case .user(let id):
      var query = CompanyQuery()
      query.user = id
      _ = try Paging.each(limit: nil) { anchor, limit in
        try store.companies(query, anchor, limit: limit, at: moment)
      } do: { row in
        try body(
          [.text(row.company.name), Cell(row.id), Cell(active: row.company.isActive)]
            + StandingCells.cells(row.standing, context))
      }
    case .company(let id):
      var query = UserQuery()
      query.company = id
      _ = try Paging.each(limit: nil) { anchor, limit in
        try store.users(query, anchor, limit: limit, at: moment)
      } do: { row in
        try body(
          [.text(row.user.username), Cell(row.id), Cell(active: row.user.isActive)]
            + StandingCells.cells(row.standing, context))
      }
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
    return try store.changes(query, limit: Self.changes, at: moment)
  }

  // MARK: - Formats

  private func writeTable(
    _ id: EntityID, _ facts: [Fact], _ store: AccessStore, _ moment: Moment,
    _ context: CommandContext
  ) throws {
    let table = try Listing("facts", [Column("fact", "FACT"), Column("value", "VALUE")], context)
    for fact in facts { try table.row([.text(fact.column.title), fact.cell]) }
    try table.finish()
    var grants: Listing?
    try forEachGrant(id, store, moment, context) { cells in
      if grants == nil {
        try context.output.write("\n")
        grants = try Listing("access", Self.accessColumns(context), context)
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
    _ id: EntityID, _ facts: [Fact], _ store: AccessStore, _ moment: Moment,
    _ context: CommandContext
  ) throws {
    let json = JSONWriter(context.output)
    try json.beginObject()
    try json.key(Noun.word)
    try json.object(facts.map { ($0.column.key, $0.cell) })
    try json.key("access")
    try json.beginArray()
    let columns = Self.accessColumns(context)
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
