internal import Database
package import Formats

/// Reads what is exported, in one state of the database.
package final class ExportReader {
  private let reader: SnapshotReader
  private let relations: Relations
  private let work: Work?
  /// Which names of users and companies say whom they mean, once it has been asked.
  private var names: ExportNames?
  /// Whether grants have the time of their rows too, which is known of those that stand now.
  var hasRowTimes = false
  /// What is said of changes that have been looked up.
  private var changes: [ChangeID: [Cell]] = [:]
  private var mapping: SchemaMapping { reader.mapping }

  /// Begins to read the database of a store, as it was at a moment.
  package init(
    _ store: AccessStore, _ moment: Moment = .now, _ work: Work? = nil
  ) throws(AccessError) {
    let reader = try SnapshotReader(store, work)
    self.reader = reader
    self.work = work
    do {
      relations = try reader.run { try reader.relations(at: moment) }
    } catch {
      throw AccessError(any: error, path: store.path)
    }
  }

  /// The columns of what is exported; those with ids are there for grants of which a name alone does
  /// not say whom it means.
  package func columns(_ subject: ExportSubject) throws -> [Column] {
    let id = Column("id", "ID")
    let active = Column("active", "STATUS")
    switch subject {
    case .grants, .all:
      let names = try grantNames()
      return [Column("user", "USER")]
        + (names.needsUserIDs ? [Column("user_id", "USER ID")] : [])
        + [Column("company", "COMPANY")]
        + (names.needsCompanyIDs ? [Column("company_id", "COMPANY ID")] : [])
        + [
          Column("granted_at", "GRANTED"), Column("granted_by", "BY"),
          Column("change", "CHANGE", number: true),
        ] + (hasRowTimes ? [Column("row_created_at", "ROW")] : [])
    case .users:
      return [
        id, Column("username", "USERNAME"), Column("full_name", "NAME"),
        Column("email", "E-MAIL"), Column("role", "ROLE"), active,
        Column("companies", "COMPANIES", number: true),
      ]
    case .companies:
      return [
        id, Column("name", "NAME"), Column("code", "CODE"), active,
        Column("users", "USERS", number: true),
      ]
    }
  }

  /// Gives each row of what is exported; says how many there are.
  package func forEach(
    _ subject: ExportSubject, _ body: ([Cell]) throws -> Void
  ) throws -> Int {
    switch subject {
    case .grants, .all: try forEachGrant(body)
    case .users: try forEachUser(body)
    case .companies: try forEachCompany(body)
    }
  }

  /// By username, then by name of the company.
  private func forEachGrant(_ body: ([Cell]) throws -> Void) throws -> Int {
    let names = try grantNames()
    // Many grants have few changes: what is said of them is looked up once.
    let isNow = relations.last == nil
    let change =
      isNow ? relations.grantedBy(user: "a.user_id", company: "a.company_id") : "a.change_id"
    let made =
      hasRowTimes
      ? """
      (SELECT r.created_at FROM \(mapping.access.grants) AS r
        WHERE r.user_id = u.id AND r.company_id = c.id)
      """ : "NULL"
    return try forEachRow(
      """
      SELECT u.id, u.username, c.id, c.name, c.code, \(change), \(made)
      FROM \(ExportReader.all(relations.users())) AS u
      CROSS JOIN \(relations.grants(details: !isNow)) AS a
      CROSS JOIN \(ExportReader.all(relations.companies())) AS c
      WHERE a.user_id = u.id AND c.id = a.company_id
      ORDER BY u.username, u.id, c.name, c.id
      """
    ) { row in
      let user = names.user(row, 1)
      let company = names.company(row, name: 3, code: 4)
      var cells = [user.cell]
      if names.needsUserIDs { cells.append(user.isClear ? .null : Cell(row.userID(0))) }
      cells.append(company.cell)
      if names.needsCompanyIDs { cells.append(company.isClear ? .null : Cell(row.companyID(2))) }
      cells += try beginning(row.changeID(5), row.userID(0), row.companyID(2))
      if hasRowTimes { cells.append(row.optionalTimestamp(6).map { .time($0) } ?? .null) }
      try body(cells)
    }
  }

  /// Since when and by whom a grant is, and by which change.
  private func beginning(
    _ change: ChangeID?, _ user: UserID, _ company: CompanyID
  ) throws -> [Cell] {
    if let change, let known = changes[change] { return known }
    let found: [Cell]?
    if let change {
      found = try reader.connection.first(
        "SELECT at, actor FROM \(RecordTable.change) WHERE id = ?", [.integer(change.number)]
      ) { [.time($0.timestamp(0)), .text($0.text(1)), Cell(change)] }
      changes[change] = found
    } else {
      found = try reader.connection.first(
        "SELECT \(relations.grantedAt(user: "?1", company: "?2"))", [user.value, company.value]
      ) { [$0.optionalTimestamp(0).map { .time($0) } ?? .null, .null, .null] }
    }
    return found ?? [.null, .null, Cell(change)]
  }

  private func grantNames() throws -> ExportNames {
    if let names { return names }
    let names = try reader.run { try ExportNames(reader.connection, relations) }
    self.names = names
    return names
  }

  /// The users, or the companies, of the moment, from all places where they are.
  static func all(_ arms: [String]) -> String {
    "(" + arms.map { "SELECT * FROM \($0)" }.joined(separator: " UNION ALL ") + ")"
  }

  private func forEachUser(_ body: ([Cell]) throws -> Void) throws -> Int {
    try forEachRow(
      """
      SELECT u.id, u.username, u.full_name, u.email, \(relations.roleName("u.role")),
        u.is_active, \(relations.count(user: "u.id"))
      FROM \(ExportReader.all(relations.users())) AS u ORDER BY u.username, u.id
      """
    ) { row in
      try body([
        Cell(row.userID(0)), .text(row.text(1)), row.cell(2), row.cell(3), row.cell(4),
        Cell(active: row.bool(5)), .integer(row.integer(6)),
      ])
    }
  }

  private func forEachCompany(_ body: ([Cell]) throws -> Void) throws -> Int {
    try forEachRow(
      """
      SELECT c.id, c.name, c.code, c.is_active, \(relations.count(company: "c.id"))
      FROM \(ExportReader.all(relations.companies())) AS c ORDER BY c.name, c.id
      """
    ) { row in
      try body([
        Cell(row.companyID(0)), .text(row.text(1)), row.cell(2), Cell(active: row.bool(3)),
        .integer(row.integer(4)),
      ])
    }
  }

  /// Writes the document with everything.
  func writeAll(to output: ByteWriter) throws {
    let json = JSONWriter(output)
    try json.beginObject()
    try json.member(WholeExport.mark, .integer(WholeExport.version))
    if mapping.name != SchemaMapping.hrm.name {
      try json.member(WholeExport.mappingKey, .text(mapping.name))
    }
    let parts = try WholeExport.parts(mapping, reader.connection)
    for part in parts {
      let names = part.columns.map(\.name.description).joined(separator: ", ")
      try json.key(part.name)
      try json.beginArray()
      let filter =
        try mapping.seesEverything
        ? "" : WholeExport.filter(part, among: parts, reader.connection)
      _ = try forEachRow(
        "SELECT \(names) FROM \(part.table)\(filter) ORDER BY \(part.order)"
      ) { row in
        try json.newLine()
        try json.beginObject()
        for (index, column) in part.columns.enumerated() {
          try write(row.documentValue(index), column, to: json)
        }
        try json.endObject()
      }
      try json.endArray()
    }
    try json.endObject()
    try json.finish()
  }

  /// Bytes stand in an object of their own, so that they come back as bytes.
  private func write(
    _ value: DocumentValue, _ column: WholeExport.Column, to json: JSONWriter
  ) throws(OutputError) {
    let cell = WholeExport.written(value, column.kind)
    guard case .bytes = value else { return try json.member(column.key, cell) }
    try json.key(column.key)
    try json.beginObject()
    try json.member(WholeExport.bytesKey, cell)
    try json.endObject()
  }

  private func forEachRow(
    _ sql: String, _ body: (borrowing Row) throws -> Void
  ) throws -> Int {
    var count = 0
    try reader.run {
      try reader.connection.forEach(sql) { row in
        count += 1
        if count & 1_023 == 0 { work?.report(count, of: 0, .writing) }
        try body(row)
      }
    }
    return count
  }
}

extension Row {
  /// Text that may be missing, as a value of output.
  fileprivate func cell(_ column: Int) -> Cell { Cell(optionalText(column)) }

  /// A value as the whole export has it.
  fileprivate func documentValue(_ column: Int) -> DocumentValue {
    switch value(column) {
    case .null: .null
    case .integer(let number): .integer(number)
    case .real(let number): .real(number)
    case .text(let text): .text(text)
    case .blob(let bytes): .bytes(bytes)
    }
  }
}
