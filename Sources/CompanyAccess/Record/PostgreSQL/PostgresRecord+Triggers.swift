internal import Database

/// The triggers on the application's tables.
///
/// Triggers of one event fire in the order of their names, byte by byte. `_` comes after
/// `RI_ConstraintTrigger`, so that a grant which a foreign key refuses makes no lifetime, and
/// before lower case, so that what a trigger of the application does in answer to a row is recorded
/// after that row. They are ENABLE ALWAYS, so that they also run where another server's changes are
/// applied.
extension PostgresRecord {
  /// The statements that make the triggers.
  var triggers: [String] {
    entityTriggers(users, suffix: "")
      + entityTriggers(
        companies, suffix: users.table == companies.table ? PostgresRecord.beside : "")
      + grantTriggers
  }

  /// What the triggers of companies are called besides, where one table holds both kinds.
  private static let beside = "_company"

  /// The triggers that a database must have.
  static func triggers(of mapping: SchemaMapping) -> [MissingTrigger] {
    let isOne = mapping.users.table.text == mapping.companies.table.text
    let tables = [
      (mapping.users.table, ""), (mapping.companies.table, isOne ? beside : ""),
      (mapping.access.table, ""),
    ]
    return tables.flatMap { table, suffix in
      triggerNames.map { MissingTrigger(name: $0 + suffix, table: table.text) }
    }
  }

  /// The names of the triggers on each table.
  static let triggerNames = ["inserted", "deleted", "updated", "truncated"].map {
    "_company_access_\($0)"
  }

  private func entityTriggers(_ kind: Kind, suffix: String) -> [String] {
    ["INSERT", "DELETE", "UPDATE"].flatMap { event in
      trigger(
        "AFTER \(event)", on: kind.table, "FOR EACH ROW", "\(kind.word)_written", event, suffix)
    }
      + trigger(
        "BEFORE TRUNCATE", on: kind.table, "FOR EACH STATEMENT", "\(kind.word)_truncated",
        "TRUNCATE", suffix)
  }

  private var grantTriggers: [String] {
    // While a statement of this program writes table and record at once, in its transaction only.
    let unlessOurs = """
      FOR EACH ROW WHEN (current_setting('company_access.skip', true)
        IS DISTINCT FROM pg_current_xact_id_if_assigned()::text)
      """
    let pair = [access.user, access.company].map(PostgresRecord.name)
    let differs = pair.map { "OLD.\($0) IS DISTINCT FROM NEW.\($0)" }.joined(separator: " OR ")
    // Where other columns decide whether a row counts, each update is looked at.
    let countsAlways = access.only.isEmpty && access.live == nil
    let update =
      countsAlways
      ? trigger(
        "AFTER UPDATE OF \(pair.joined(separator: ", "))", on: accessTable,
        "FOR EACH ROW WHEN (\(differs))", "grant_written", "UPDATE")
      : trigger("AFTER UPDATE", on: accessTable, "FOR EACH ROW", "grant_written", "UPDATE")
    return trigger("AFTER INSERT", on: accessTable, unlessOurs, "grant_written", "INSERT")
      + trigger("AFTER DELETE", on: accessTable, unlessOurs, "grant_written", "DELETE") + update
      + trigger(
        "BEFORE TRUNCATE", on: accessTable, "FOR EACH STATEMENT", "grant_truncated", "TRUNCATE")
  }

  private func trigger(
    _ event: String, on table: Table, _ scope: String, _ function: String, _ word: String,
    _ suffix: String = ""
  ) -> [String] {
    let names = ["INSERT": 0, "DELETE": 1, "UPDATE": 2, "TRUNCATE": 3]
    let name = SQLName(foreign: PostgresRecord.triggerNames[names[word] ?? 0] + suffix)
    return [
      """
      CREATE TRIGGER \(name) \(event) ON \(table.sql) \(scope)
      EXECUTE FUNCTION company_access.\(function)()
      """,
      "ALTER TABLE \(table.sql) ENABLE ALWAYS TRIGGER \(name)",
    ]
  }
}
