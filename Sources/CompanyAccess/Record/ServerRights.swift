internal import Database

/// The rights to the tables of a server, in words: who can change grants, users and companies, and who can
/// change the record.
struct ServerRights {
  private let session: any DatabaseSession
  private let mapping: SchemaMapping

  /// How many roles are named.
  private static let named = 20

  init(_ session: any DatabaseSession, _ mapping: SchemaMapping) {
    (self.session, self.mapping) = (session, mapping)
  }

  /// Who can write, one line for each table of the application, for the record and for who may do
  /// everything.
  func words() throws -> [String] {
    var lines: [String] = []
    for table in mapping.writtenTables {
      let oid: SQLExpression = "SELECT to_regclass(\(Value.text(table.description)))"
      lines.append("the table \(table.text) has \(try words(oid, "it"))")
    }
    let record: SQLExpression =
      """
      SELECT c.oid FROM pg_class AS c JOIN pg_namespace AS s ON s.oid = c.relnamespace
      WHERE s.nspname = 'company_access' AND c.relkind = 'r'
      """
    lines.append("the record has \(try words(record, "it"))")
    let superusers = try names("r.rolsuper")
    lines.append("everything may be written by \(ServerRights.list(superusers, "superuser"))")
    let givers = try names("r.rolcreaterole AND NOT r.rolsuper")
    if !givers.isEmpty {
      lines.append("rights may be given, by CREATEROLE, by \(ServerRights.list(givers, "role"))")
    }
    return lines
  }

  /// The owner of some tables, and who may write any of them.
  private func words(_ tables: SQLExpression, _ object: String) throws -> String {
    let owners = try session.rows(
      """
      SELECT DISTINCT pg_get_userbyid(c.relowner)::text COLLATE "C" FROM pg_class AS c
      WHERE c.oid IN (\(tables)) ORDER BY 1
      """ as SQLStatement
    ) { $0.text(0) }
    let isOpen = try session.count(
      """
      SELECT count(*) FROM pg_class AS c, aclexplode(c.relacl) AS a
      WHERE c.oid IN (\(tables)) AND a.grantee = 0
        AND a.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
      """ as SQLStatement)
    let writers = try names(
      """
      NOT r.rolsuper AND EXISTS (
        SELECT FROM writer AS w WHERE pg_has_role(r.oid, w.oid, 'MEMBER'))
      """, given: tables)
    let owner = "the owner \(owners.joined(separator: ", "))"
    if isOpen > 0 { return "\(owner): every login may write \(object)" }
    if writers.isEmpty { return "\(owner): only superusers may write \(object)" }
    return "\(owner): \(ServerRights.list(writers, "role")) may write \(object), and superusers"
  }

  /// The names of the roles `r` for which a condition holds, but for those that PostgreSQL brings along;
  /// `writer` has those with rights of their own, or of what they inherit, to some tables.
  private func names(
    _ condition: SQLCondition, given tables: SQLExpression = "SELECT NULL::oid"
  ) throws -> [String] {
    try session.rows(
      """
      WITH writer AS MATERIALIZED (
        SELECT w.oid FROM pg_roles AS w WHERE EXISTS (SELECT FROM (\(tables)) AS t (id)
          WHERE has_any_column_privilege(w.oid, t.id, 'INSERT, UPDATE')
            OR has_table_privilege(w.oid, t.id, 'DELETE, TRUNCATE')))
      SELECT r.rolname::text COLLATE "C" FROM pg_roles AS r
      WHERE NOT starts_with(r.rolname::text, 'pg_') AND \(condition) ORDER BY 1
      """ as SQLStatement
    ) { $0.text(0) }
  }

  /// Some roles after what they are, as in `the roles app and clerk`.
  static func list(_ names: [String], _ what: String) -> String {
    let shown = names.prefix(named)
    let more = names.count - shown.count
    let last = more > 0 ? "\(more) more" : shown.last ?? "none"
    let first = (more > 0 ? Array(shown) : Array(shown.dropLast())).joined(separator: ", ")
    return "the \(what)\(names.count == 1 ? "" : "s") "
      + (first.isEmpty ? last : "\(first) and \(last)")
  }
}
