internal import Database

/// Whether a user is left who may enter everything.
///
/// That is an active user with a role for all companies who has every active company. A mapping
/// without such roles knows no administrators, and the rule does not apply.
struct AdministratorRule {
  let mapping: SchemaMapping

  init?(_ mapping: SchemaMapping) {
    guard !mapping.allCompaniesRoles.isEmpty else { return nil }
    self.mapping = mapping
  }

  /// An expression: whether there is one.
  ///
  /// - Parameters:
  ///   - access: Where the grants are.
  ///   - remaining: A condition for the rows `a` of the access table that stay; nil for all.
  ///   - granted: Whether a user is granted a company apart from that: a condition on the keys of
  ///     both, given as expressions; nil if none is.
  ///   - also: What else the user `u` must have.
  /// - Returns: The expression, 1 or 0.
  func holds(
    access: String? = nil, remaining: String? = nil,
    granted: ((_ user: String, _ company: String) -> String)? = nil, also: String? = nil
  ) -> String {
    let rows = rows(access: access, remaining: remaining, granted: granted, also: also)
    return "EXISTS (SELECT 1 \(rows))"
  }

  /// `FROM` and `WHERE` that give the users `u` who are administrators; as `holds`.
  private func rows(
    access: String? = nil, remaining: String? = nil,
    granted: ((_ user: String, _ company: String) -> String)? = nil, also: String? = nil
  ) -> String {
    let users = mapping.users
    let companies = mapping.companies
    let stays = remaining.map { " AND \($0)" } ?? ""
    let scope = mapping.scope.map { " AND u.\($0.user) = c.\($0.company)" } ?? ""
    let more = also.map { " AND \($0)" } ?? ""
    let role = BackfillRule(mapping).hasEverything("u")
    let lacks = granted.map { " AND NOT " + $0("u.\(users.key)", "c.\(companies.key)") } ?? ""
    let hasKey = companies.hasKey("c").map { " AND \($0)" } ?? ""
    return """
      FROM \(users.rows("u"))
        WHERE \(role) AND (\(users.active.condition("u")))\(more)
          AND NOT EXISTS (SELECT 1 FROM \(companies.rows("c"))
            WHERE (\(companies.active.condition("c")))\(hasKey)\(scope)\(lacks)
            AND NOT EXISTS (
              SELECT 1 FROM \(access ?? mapping.access.grants) AS a
              WHERE a.user_id = u.\(users.key) AND a.company_id = c.\(companies.key)\(stays)))
      """
  }

  /// The administrators of now, the first by name.
  func administrators(_ queries: PlanQueries) throws -> [User] {
    try queries.affectedUsers("SELECT u.\(mapping.users.key) \(rows())", Bindings()).first
  }

  /// Whether there is one now.
  func holds(_ connection: any DatabaseSession) throws -> Bool {
    try connection.count("SELECT \(holds())") > 0
  }

  /// Whether there is one now and would be none afterwards.
  ///
  /// - Parameters:
  ///   - after: An expression for afterwards.
  ///   - prefix: Goes before the whole statement.
  ///   - arguments: What the expression needs.
  ///   - connection: Where to ask.
  /// - Returns: Whether the last one would go.
  /// - Throws: What the database answers.
  func isBroken(
    by after: String, prefix: String = "", _ arguments: Bindings, _ connection: any DatabaseSession
  ) throws -> Bool {
    // Mostly one is left, and is found soon.
    if try connection.count("\(prefix)SELECT \(after)", arguments.values) > 0 { return false }
    return try holds(connection)
  }
}
