internal import Database

/// What hangs on a user or a company that is to go.
struct Deletion {
  let table: EntityTable
  let id: EntityID

  private var mapping: SchemaMapping { table.mapping }

  /// Rows that refer to it and that the record does not keep: other tables than those of the grants
  /// and of the users' companies, and users who belong to a company.
  func references() throws -> [Reference] {
    let kept =
      [mapping.access.table.text]
      + (try HomeTable(mapping, table.connection) == nil ? [] : [mapping.home?.table.text ?? ""])
    var found = try references(to: table.table, key: table.key) { column in
      "(SELECT \(column) FROM \(table.table) WHERE \(table.key) = ?)"
    }.filter { !kept.contains($0.table) }
    guard let homes = try HomeTable(mapping, table.connection) else {
      if table.kind == .company, let home = mapping.home,
        !found.contains(where: { $0.table == home.table.text })
      {
        let users = try table.connection.count(
          "SELECT count(*) FROM \(home.table) WHERE \(home.company) = ?", [id.key.value])
        if users > 0 { found.append(Reference(table: home.table.text, rows: users)) }
      }
      return found
    }
    guard try homes.rows(homes.rows(of: id), without: id).isEmpty else { return found }
    let column = table.kind == .user ? homes.home.user : homes.home.company
    found += try references(
      to: homes.home.table, key: homes.columns.first { $0.keyPlace == 1 }?.name ?? column
    ) { parent in
      "(SELECT \(parent) FROM \(homes.home.table) WHERE \(column) = ?)"
    }
    return found
  }

  private func references(
    to parent: SQLName, key: SQLName, _ rows: (SQLName) -> String
  ) throws -> [Reference] {
    var counts: [(table: String, rows: Int)] = []
    for foreign in try EntityTable.references(to: parent, key: key, table.connection) {
      let count = try table.connection.count(
        "SELECT count(*) FROM \(foreign.table) WHERE \(foreign.column) IN \(rows(foreign.parent))",
        [id.key.value])
      guard count > 0 else { continue }
      if let place = counts.firstIndex(where: { $0.table == foreign.table.text }) {
        counts[place].rows = max(counts[place].rows, count)
      } else {
        counts.append((foreign.table.text, count))
      }
    }
    return counts.map { Reference(table: $0.table, rows: $0.rows) }
  }
}
