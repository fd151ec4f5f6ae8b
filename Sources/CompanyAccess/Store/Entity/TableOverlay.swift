internal import Database

/// The tables of the application as they would be, for questions about them beforehand.
///
/// In front of a statement it lays the changed rows over the tables, under the names of the tables
/// themselves, so that no query need know that it has not happened yet.
struct TableOverlay {
  private struct Layer {
    var table: SQLName
    var key: SQLName
    var columns: [EntityTable.Column]
    /// The rows that are not there, or not as they are now.
    var hidden: [Key] = []
    var rows: [RowValues] = []
  }

  private var layers: [Layer] = []
  private let mapping: SchemaMapping
  private var engine: SQLEngine { mapping.engine }

  /// Tables as they are.
  init(_ mapping: SchemaMapping) { self.mapping = mapping }

  /// Puts a row in the place of the one with a key; nil takes it away.
  mutating func put(
    _ row: RowValues?, inPlaceOf id: Key, key: SQLName, in table: SQLName,
    _ columns: [EntityTable.Column]
  ) {
    let place = layers.firstIndex { $0.table == table } ?? layers.endIndex
    if place == layers.endIndex { layers.append(Layer(table: table, key: key, columns: columns)) }
    layers[place].hidden.append(id)
    if let row { layers[place].rows.append(row) }
  }

  /// What goes before a statement.
  ///
  /// `main.` is the table itself, `temp.` what the session sees of it; in PostgreSQL no WITH sees the name
  /// that it gives.
  func prefix(_ arguments: inout Bindings) -> String {
    var parts: [String] = []
    for layer in layers {
      let names = layer.columns.map(\.name.description).joined(separator: ", ")
      let type = layer.columns.first { $0.name.text == layer.key.text }?.type
      let hidden = KeyValuesSQL.rows(
        layer.hidden, &arguments, as: engine == .postgres ? type : nil)
      var queries = [
        "SELECT \(names) FROM \(mapping.seen(layer.table)) WHERE \(layer.key) NOT IN (\(hidden))"
      ]
      for row in layer.rows {
        let values = layer.columns.map { column in
          value(row[column.name.text], of: column, &arguments)
        }
        queries.append("SELECT " + values.joined(separator: ", "))
      }
      let query = queries.joined(separator: " UNION ALL ")
      parts.append("\(layer.table) AS NOT MATERIALIZED (\(query))")
    }
    return parts.isEmpty ? "" : "WITH \(parts.joined(separator: ", ")) "
  }

  /// An expression for what a column holds; a server wants to know its type.
  private func value(
    _ value: StoredValue?, of column: EntityTable.Column, _ arguments: inout Bindings
  ) -> String {
    let value = value?.sql(&arguments, engine) ?? "NULL"
    return engine == .postgres ? "CAST(\(value) AS \(column.type))" : value
  }
}
