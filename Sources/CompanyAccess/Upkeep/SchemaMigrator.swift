internal import Database

/// Changes the schema of a database in one transaction, and proves that nothing else changed.
struct SchemaMigrator {
  let connection: Connection
  /// Names of the objects that may come, go and change, in lower case.
  let ours: Set<String>
  /// Names of the tables whose rows may change, in lower case.
  let rewritten: Set<String>
  let work: Work
  /// Whether what was done stays; else it is rolled back at the end.
  var commits = true

  /// Runs a body that changes the schema: all of it, or nothing.
  ///
  /// Foreign keys are switched off before the transaction begins. Inside of one SQLite ignores the
  /// switch without a word, and rebuilding a table then deletes, by cascade, the rows of all
  /// tables that refer to it; no check of SQLite's would notice. So the rows of every table are
  /// counted before and after, too.
  ///
  /// - Parameters:
  ///   - body: Changes the schema.
  ///   - afterwards: What is done in the same transaction when the schema has been found to be right.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws, `.unexpected` if something else changed, or `.cancelled`.
  func run<T>(_ body: () throws -> T, afterwards: () throws -> Void = {}) throws -> T {
    try connection.setForeignKeys(false)
    defer { try? connection.setForeignKeys(true) }
    return try connection.inTransaction(commits: commits) {
      let before = try Inventory(self)
      let result = try body()
      let after = try Inventory(self)
      try compare(before, after)
      try afterwards()
      if work.isCancelled { throw AccessError.cancelled }
      return result
    }
  }

  /// What a migration must leave as it is.
  private struct Inventory {
    var content: DatabaseContent
    var keys: ForeignKeyCheck

    init(_ migrator: SchemaMigrator) throws {
      migrator.work.report(0, of: 0, .checking, always: true)
      content = try DatabaseContent(migrator.connection)
      keys = try ForeignKeyCheck(migrator.connection, tables: content.rows.keys.sorted())
    }
  }

  private func compare(_ before: Inventory, _ after: Inventory) throws {
    let changed = Set(before.content.schema).symmetricDifference(after.content.schema)
      .filter { object in
        // The index of a constraint goes by the table that it belongs to.
        !ours.contains(object[1].lowercased()) && !ours.contains(object[2].lowercased())
      }
    guard changed.isEmpty else {
      let names = Set(changed.map { "\($0[0]) \($0[1])" }).sorted()
      throw SchemaMigrator.failure("\(names.joined(separator: ", ")) would not be as before")
    }
    for (table, count) in before.content.rows.sorted(by: { $0.key < $1.key }) {
      guard let now = after.content.rows[table], !rewritten.contains(table.lowercased()) else {
        continue
      }
      guard now == count else {
        throw SchemaMigrator.failure("\(table) would have \(now) rows instead of \(count)")
      }
    }
    for (table, count) in after.keys.orphans where count > before.keys.orphans[table] ?? 0 {
      throw SchemaMigrator.failure("\(table) would have \(count) rows without their parents")
    }
  }

  private static func failure(_ detail: String) -> AccessError {
    .unexpected(detail: "the schema was not changed, because \(detail)")
  }
}

/// Rows that refer to something that is not there.
struct ForeignKeyCheck: Hashable, Sendable {
  /// How many such rows each table has that has any.
  private(set) var orphans: [String: Int] = [:]
  /// Tables whose foreign keys cannot be checked, with SQLite's words.
  private(set) var unusable: [String: String] = [:]

  init(_ connection: Connection, tables: [String]) throws {
    for table in tables {
      do {
        let count = try connection.count(
          "SELECT count(*) FROM temp.pragma_foreign_key_check(?)", [.text(table)])
        if count > 0 { orphans[table] = count }
      } catch let error as DatabaseError where error.isStatementError {
        // A foreign key that refers to columns which are not unique, or to no table at all.
        unusable[table] = error.message
      }
    }
  }
}
