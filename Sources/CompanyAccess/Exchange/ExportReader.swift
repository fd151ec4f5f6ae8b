internal import Database

/// Reads what is exported, in one state of the database.
package final class ExportReader {
  private let reader: SnapshotReader
  private let relations: Relations
  private let work: Work?
  private var shape: Shape { reader.shape }

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

  /// The columns of what is exported.
  package func columns(_ subject: ExportSubject) -> [Column] {
    let id = Column("id", "ID")
    let active = Column("active", "STATUS")
    return switch subject {
    case .grants, .all:
      [
        Column("user", "USER"), Column("company", "COMPANY"), Column("granted_at", "GRANTED"),
        Column("granted_by", "BY"),
      ]
    case .users:
      [
        id, Column("username", "USERNAME"), Column("full_name", "NAME"),
        Column("email", "E-MAIL"), Column("role", "ROLE"), active,
        Column("companies", "COMPANIES", number: true),
      ]
    case .companies:
      [
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
  ///
  /// A company whose name is the code of another one goes by its own code, so that the name
  /// means the same when it is read again.
  private func forEachGrant(_ body: ([Cell]) throws -> Void) throws -> Int {
    let name = """
      CASE WHEN \(shape.companies.isAmbiguous("c")) THEN coalesce(c.code, c.name) ELSE c.name END
      """
    return try forEachRow(
      """
      SELECT u.username, \(name) AS name, a.created_at,
        (SELECT actor FROM company_access_change WHERE id = a.change_id)
      FROM \(ExportReader.all(relations.users())) AS u CROSS JOIN \(relations.grants()) AS a
      CROSS JOIN \(ExportReader.all(relations.companies())) AS c
      WHERE a.user_id = u.id AND c.id = a.company_id
      ORDER BY u.username, name, c.id
      """
    ) { row in
      try body([.text(row.text(0)), .text(row.text(1)), .time(row.timestamp(2)), row.cell(3)])
    }
  }

  /// The users, or the companies, of the moment: those who are there and those who have gone since.
  private static func all(_ arms: [String]) -> String {
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
    if shape.name != Shape.hrm.name { try json.member(WholeExport.shapeKey, .text(shape.name)) }
    for part in try WholeExport.parts(shape, reader.connection) {
      let names = part.columns.map(\.name.description).joined(separator: ", ")
      try json.key(part.name)
      try json.beginArray()
      _ = try forEachRow("SELECT \(names) FROM \(part.table) ORDER BY \(part.order)") { row in
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
