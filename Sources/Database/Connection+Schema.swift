internal import CSQLite

extension Connection {
  /// Whether what the schema of the file says may be run when rows are written: functions in checks,
  /// generated columns, triggers and indexes that SQLite does not take for harmless.
  ///
  /// It may not, unless an operator has looked at it.
  package func setTrustedSchema(_ on: Bool) throws(DatabaseError) {
    guard SchemaTrustSwitch.set(handle, on) else { throw DatabaseError(handle: handle) }
  }
}

extension Connection {
  /// Whether SQLite has a table-valued function of this name, which a table of the same name would
  /// take the place of for every statement that does not say in which schema it looks.
  ///
  /// Statements of this program that call such a function qualify it with `temp`: a table or view of
  /// the file stands in `main` and is not found there, and the schema `temp` holds only what this
  /// program has made. The table of the schema is called `sqlite_schema`, because its other name
  /// is only looked up when no table has it.
  ///
  /// - Parameter name: The name, in lower case.
  /// - Returns: Whether there is one.
  /// - Throws: What SQLite answers.
  package func hasTableFunction(_ name: String) throws -> Bool {
    if name.hasPrefix("pragma_") { return true }
    return try count(
      "SELECT count(*) FROM temp.pragma_module_list WHERE name = ?", [.text(name)]) > 0
  }
}

/// The switch that says whether the schema of a file is trusted.
enum SchemaTrustSwitch {
  static func set(_ handle: OpaquePointer, _ on: Bool) -> Bool {
    var result: Int32 = 0
    let code = csqlite_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, on ? 1 : 0, &result)
    return code == SQLITE_OK && result == (on ? 1 : 0)
  }

  /// Reads the schema once more if it was refused because of a function that is not trusted.
  ///
  /// SQLite 3.40 takes its own JSON functions for unsafe, and refuses to read any table of a file in
  /// which one of them stands in a check. Reading a schema runs nothing, so it is trusted for just
  /// that long; a statement that would run the function is still refused.
  ///
  /// - Parameter handle: The connection, whose last call has failed.
  /// - Returns: Whether the call can be tried again.
  static func readRefusedSchema(_ handle: OpaquePointer) -> Bool {
    guard sqlite3_errcode(handle) == SQLITE_CORRUPT, let words = sqlite3_errmsg(handle),
      SQLiteText(String(cString: words)) == .unsafe, set(handle, true)
    else { return false }
    let code = sqlite3_exec(handle, "SELECT 1 FROM sqlite_schema LIMIT 0", nil, nil, nil)
    return set(handle, false) && code == SQLITE_OK
  }
}
