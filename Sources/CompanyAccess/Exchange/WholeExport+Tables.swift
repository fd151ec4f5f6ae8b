internal import Database

extension WholeExport {
  /// The key of the document with the name of the mapping, unless that is `hrm`.
  static let mappingKey = "mapping"
  /// The key of an object that stands for bytes, with their hex digits.
  static let bytesKey = "bytes"

  /// The arrays of a document, parents first.
  ///
  /// Of an application that others have made, every column of its tables is written, under the name
  /// that it has there: those of the users, the companies and the home companies, and all to which
  /// these refer.
  static func parts(_ mapping: SchemaMapping, _ connection: any DatabaseSession) throws -> [Part] {
    guard mapping.name != SchemaMapping.hrm.name || mapping.users.modifiedAt == nil else {
      return partsOfInit(mapping)
    }
    var tables: [SQLName] = []
    var isOpen: Set<String> = []
    for table in mapping.applicationTables {
      try addWithParents(table.name, to: &tables, &isOpen, connection)
    }
    tables.append(mapping.access.table)
    let rows = [
      mapping.users.table, mapping.companies.table, mapping.access.table, mapping.home?.table,
    ]
    return try tables.map { table in
      let columns = try columns(of: table, connection)
      return Part(
        name: table.text, table: table,
        columns: columns,
        order: try order(of: table, columns, connection), mayExist: !rows.contains(table))
    }
  }

  /// Two tables may refer to each other, so each is looked at once.
  private static func addWithParents(
    _ table: SQLName, to tables: inout [SQLName], _ isOpen: inout Set<String>,
    _ connection: any DatabaseSession
  ) throws {
    guard isOpen.insert(table.text.lowercased()).inserted else { return }
    let parents = try connection.rows(
      """
      SELECT DISTINCT s.name FROM temp.pragma_foreign_key_list(?, 'main') AS f
      JOIN sqlite_schema AS s ON s.type = 'table' AND lower(s.name) = lower(f."table") ORDER BY 1
      """, [.text(table.text)]
    ) { SQLName(foreign: $0.text(0)) }
    for parent in parents { try addWithParents(parent, to: &tables, &isOpen, connection) }
    tables.append(table)
  }

  /// The condition of a part of which a session that sees a part of the database may show those rows only
  /// to which rows refer that it sees; empty for tables of which it sees what is inside.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - parts: All of them, parents first.
  ///   - connection: The database.
  /// - Returns: The end of a query.
  /// - Throws: What the database answers.
  static func filter(
    _ part: Part, among parts: [Part], _ connection: any DatabaseSession
  ) throws -> String {
    guard part.mayExist else { return "" }
    let place = parts.firstIndex { $0.table == part.table } ?? 0
    var conditions: [String] = []
    // Parents stand before their children, so that no filter needs itself.
    for child in parts[(place + 1)...] {
      let references = try connection.rows(
        """
        SELECT f."from", f."to" FROM temp.pragma_foreign_key_list(?, 'main') AS f
        WHERE lower(f."table") = lower(?) ORDER BY f.id
        """, [.text(child.table.text), .text(part.table.text)]
      ) { (from: SQLName(foreign: $0.text(0)), to: $0.optionalText(1)) }
      for reference in references {
        let to = reference.to.map { "\(SQLName(foreign: $0))" } ?? part.order
        let filter = try filter(child, among: parts, connection)
        conditions.append("\(to) IN (SELECT \(reference.from) FROM \(child.table)\(filter))")
      }
    }
    return " WHERE " + (conditions.isEmpty ? "FALSE" : conditions.joined(separator: " OR "))
  }

  private static func columns(of table: SQLName, _ connection: any DatabaseSession) throws
    -> [Column]
  {
    try connection.rows(
      "SELECT name FROM temp.pragma_table_xinfo(?, 'main') WHERE hidden = 0 ORDER BY cid",
      [.text(table.text)]
    ) { Column(key: $0.text(0), name: SQLName(foreign: $0.text(0))) }
  }

  private static func order(
    of table: SQLName, _ columns: [Column], _ connection: any DatabaseSession
  ) throws -> String {
    let keys = try connection.rows(
      "SELECT name FROM temp.pragma_table_xinfo(?, 'main') WHERE pk > 0 ORDER BY pk",
      [.text(table.text)]
    ) { "\(SQLName(foreign: $0.text(0)))" }
    let names = keys.isEmpty ? columns.map { "\($0.name)" } : keys
    return names.joined(separator: ", ")
  }
}
