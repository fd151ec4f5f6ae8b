internal import Database

/// What a grant may not cross, where the application has such a thing: organizations, say, of
/// which several use one database.
extension Relations {
  /// The column of a row of `users` or `companies` that both must have in common; nil if every user
  /// may enter every company.
  var scopeColumn: String? { mapping.scope == nil ? nil : "scope" }

  /// The columns of `users`.
  var userColumns: [String] {
    ["id", "username", "full_name", "email", "role", "is_active"]
      + furtherColumns
  }

  /// The columns of `companies`.
  var companyColumns: [String] { ["id", "name", "code", "is_active"] + furtherColumns }

  private var furtherColumns: [String] {
    (scopeColumn.map { [$0] } ?? []) + (last == nil ? [] : ["lifetime"])
  }

  /// A condition: whether a row of the users may be granted a row of the companies; nil if every
  /// one may.
  func permits(_ user: String, _ company: String) -> String? {
    scopeColumn.map { "\(user).\($0) = \(company).\($0)" }
  }

  /// A condition: whether two ids, given as expressions, are of users and companies of now between
  /// which there may be a grant; nil if there may be between any.
  func permits(userID user: String, companyID company: String) -> String? {
    guard let ofUser = scope(ofUser: user), let ofCompany = scope(ofCompany: company) else {
      return nil
    }
    return "\(ofUser) = \(ofCompany)"
  }

  /// An expression: what a grant of a user, whose id is an expression, may not cross.
  func scope(ofUser id: String) -> String? {
    mapping.scope.map {
      """
      (SELECT s.\($0.user) FROM \(mapping.users.rows("s")) WHERE s.\(mapping.users.key) = \(id))
      """
    }
  }

  /// An expression: what a grant of a company, whose id is an expression, may not cross.
  func scope(ofCompany id: String) -> String? {
    mapping.scope.map {
      """
      (SELECT s.\($0.company) FROM \(mapping.companies.rows("s"))
        WHERE s.\(mapping.companies.key) = \(id))
      """
    }
  }

  /// An expression: how many pairs of all users and companies may be granted.
  ///
  /// - Parameters:
  ///   - users: Relations with the users.
  ///   - companies: Relations with the companies.
  /// - Returns: The number of pairs of the same scope; nil if every pair may be granted.
  func permitted(_ users: [String], _ companies: [String]) -> String? {
    guard let scopeColumn else { return nil }
    func counts(_ arms: [String]) -> String {
      let rows = arms.map { "SELECT \(scopeColumn) FROM \($0)" }.joined(separator: " UNION ALL ")
      return "(SELECT \(scopeColumn), count(*) AS n FROM (\(rows)) GROUP BY \(scopeColumn))"
    }
    return """
      (SELECT coalesce(sum(u.n * c.n), 0) FROM \(counts(users)) AS u
        JOIN \(counts(companies)) AS c ON c.\(scopeColumn) = u.\(scopeColumn))
      """
  }
}

extension PlanQueries {
  /// Makes sure that pairs that were named one by one, a relation with the columns `user_id` and
  /// `company_id`, are of the same scope.
  func checkScope(_ pairs: String, _ arguments: Bindings) throws {
    guard let scope = mapping.scope,
      let permits = relations.permits(userID: "p.user_id", companyID: "p.company_id")
    else { return }
    let found = try connection.first(
      """
      SELECT \(userColumns), \(companyColumns), count(*) OVER ()
      FROM \(pairs) AS p JOIN \(relations.users()[0]) AS u ON u.id = p.user_id
      JOIN \(relations.companies()[0]) AS c ON c.id = p.company_id
      WHERE (\(permits)) IS NOT TRUE ORDER BY u.username, c.name, u.id, c.id LIMIT 1
      """, arguments.values
    ) { (user: $0.user(0), company: $0.company(6), count: $0.int(10)) }
    guard let found else { return }
    throw AccessError.acrossScope(
      found.user, found.company, scope: scope.user.text, more: found.count - 1)
  }
}
