internal import CSQLite

extension Connection {
  /// The collation that a column is declared with; nil for the order of the bytes.
  ///
  /// - Parameters:
  ///   - column: The column.
  ///   - table: Its table.
  /// - Returns: The name; nil also if there is no such column.
  package func collation(of column: SQLName, in table: SQLName) -> String? {
    var name: UnsafePointer<CChar>?
    let code = sqlite3_table_column_metadata(
      handle, "main", table.text, column.text, nil, &name, nil, nil, nil)
    guard code == SQLITE_OK, let name else { return nil }
    let collation = String(cString: name)
    return collation.uppercased() == "BINARY" ? nil : collation
  }
}
