internal import CompanyAccess
internal import Formats

/// Writes what a screen shows, row by row from the store, in the form of the command that lists the same.
struct DocumentWriter {
  let store: AccessStore
  let moment: Moment
  let work: Work
  let context: CommandContext

  /// Writes a document; gives the number of its rows.
  func write(_ document: DeskDocument) throws -> Int {
    switch document {
    case .list(let query): try write(query)
    case .grid(let users, let companies): try writeGrid(users, companies)
    case .page(let id) where context.options.format == .json: try writePage(id)
    // Rows have one form: those of a page are its grants.
    case .page(let id): try write(EntityQuery(about: id))
    case .log(let filter): try writeLog(filter)
    }
  }

  /// Tells how far it is, and stops where it is to.
  private func report(_ done: Int, of total: Int) throws(AccessError) {
    if work.isCancelled { throw .cancelled }
    work.report(done, of: total, .writing)
  }

  private func kind(_ kind: EntityKind) -> CommandKind { kind == .user ? .users : .companies }

  private func write(_ query: EntityQuery) throws -> Int {
    let kind = kind(query.kind)
    let hasGrants = query.subject != nil
    let total = try query.description.source.count(query, (store, moment, work))
    let listing = try Listing(
      kind.plural, kind.list.columns + (hasGrants ? StandingCells.columns(context) : []), context)
    var rows = 0
    try kind.list.forEach(query, in: store, at: moment) { cells, standing in
      if rows.isMultiple(of: 100) { try report(rows, of: total) }
      try listing.row(cells + (hasGrants ? StandingCells.cells(standing, context) : []))
      rows += 1
    }
    try listing.finish([("total", Cell(rows))])
    return rows
  }

  private func writeLog(_ filter: String) throws -> Int {
    guard case .success(let query) = LogFilter(text: filter).query(in: store, at: moment) else {
      return 0
    }
    let row = ChangeRow(isTable: false)
    let listing = try Listing("changes", row.columns, context)
    let total = try store.newestChange()?.number ?? 0
    var rows = 0
    try store.forEachChange(query, at: moment) { change in
      if rows.isMultiple(of: 100) { try report(rows, of: Int(total)) }
      try listing.row(row.cells(change))
      rows += 1
    }
    try listing.finish()
    return rows
  }

  private func writePage(_ id: EntityID) throws -> Int {
    try EntityReport(kind: kind(id.kind), store: store, moment: moment, context: context).write(id)
    return 1
  }

  // MARK: - The grid

  /// A line for each user, with `x` under the companies that are granted; in JSON the ids of these.
  private func writeGrid(_ users: EntityQuery, _ companies: EntityQuery) throws -> Int {
    let columns = try columns(companies)
    let places = Dictionary(columns.map { ($0.id, $0.place) }) { first, _ in first }
    if context.options.format == .json {
      return try writeGridAsJSON(users, columns.map { ($0.id, $0.name) }, Set(places.keys))
    }
    let names = [Column("user_id", "ID", number: true), Column("user", "USER")]
    let listing = try Listing("users", names + columns.map { Column($0.name, $0.name) }, context)
    let rows = try forEachUser(users) { user in
      var cells = [Cell](repeating: .null, count: columns.count)
      try forEachCompany(of: user.id) { id in
        if let place = places[id] { cells[place] = .text("x") }
      }
      try listing.row([Cell(user.id), .text(user.username)] + cells)
    }
    try listing.finish()
    return rows
  }

  private func writeGridAsJSON(
    _ users: EntityQuery, _ companies: [(id: CompanyID, name: String)], _ shown: Set<CompanyID>
  ) throws -> Int {
    let json = JSONWriter(context.output)
    try json.beginObject()
    try json.key("companies")
    try json.beginArray()
    for company in companies {
      try json.newLine()
      try json.object([("company_id", Cell(company.id)), ("company", .text(company.name))])
    }
    try json.endArray()
    try json.key("users")
    try json.beginArray()
    let rows = try forEachUser(users) { user in
      try json.newLine()
      try json.beginObject()
      try json.member("user_id", Cell(user.id))
      try json.member("user", .text(user.username))
      try json.key("granted")
      try json.beginArray()
      try forEachCompany(of: user.id) { if shown.contains($0) { try json.value(Cell($0)) } }
      try json.endArray()
      try json.endObject()
    }
    try json.endArray()
    try json.endObject()
    try json.finish()
    return rows
  }

  /// Calls `body` for each user of a grid; gives their number.
  private func forEachUser(_ query: EntityQuery, _ body: (User) throws -> Void) throws -> Int {
    let total = try store.count(query.users, at: moment, work: work)
    var rows = 0
    return try Paging.each(limit: nil) { anchor, limit in
      try store.users(query.users, anchor, limit: limit, at: moment, work: work)
    } do: { row in
      try report(rows, of: total)
      try body(row.user)
      rows += 1
    }
  }

  /// The companies of the grid, each with its place and a heading that no other has.
  private func columns(
    _ query: EntityQuery
  ) throws -> [(id: CompanyID, place: Int, name: String)] {
    var columns: [(id: CompanyID, place: Int, name: String)] = []
    var taken: Set<String> = ["user", "user_id"]
    _ = try Paging.each(limit: nil) { anchor, limit in
      try store.companies(query.companies, anchor, limit: limit, at: moment, work: work)
    } do: { row in
      let name = row.company.code ?? row.company.name
      let heading = taken.insert(name).inserted ? name : "\(name) id:\(row.id)"
      columns.append((row.id, columns.count, heading))
    }
    return columns
  }

  private func forEachCompany(of user: UserID, _ body: (CompanyID) throws -> Void) throws {
    var query = CompanyQuery()
    (query.user, query.countsUsers) = (user, false)
    _ = try Paging.each(limit: nil) { anchor, limit in
      try store.companies(query, anchor, limit: limit, at: moment, work: work)
    } do: { row in
      try body(row.id)
    }
  }
}

extension AccessStore {
  /// Calls `body` for each change that a query finds, newest first.
  func forEachChange(
    _ query: ChangeQuery, limit: Int? = nil, at moment: Moment, do body: (Change) throws -> Void
  ) throws {
    var last: ChangeID?
    var count = 0
    while count < limit ?? .max {
      let wanted = min(Paging.rows, (limit ?? .max) - count)
      let page = try changes(query, before: last, limit: wanted, at: moment)
      for change in page { try body(change) }
      count += page.count
      last = page.last?.id
      if page.count < wanted { break }
    }
  }
}
