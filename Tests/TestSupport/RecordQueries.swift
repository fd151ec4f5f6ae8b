/// Relations over the record of a database made by `init`, for the shell: with the keys of the users and
/// the companies beside the changes.
package enum RecordQueries {
  /// Grants that stand: `user_id`, `company_id`, `began_change`.
  package static let current = relation("company_access_current_grant")
  /// Grants that have ended: the same, with `ended_change` and the row.
  package static let ended = relation("company_access_ended_grant")

  private static func relation(_ table: String) -> String {
    """
    (SELECT g.*, u.key AS user_id, k.key AS company_id FROM \(table) AS g
      JOIN company_access_user_lifetime AS u ON u.lifetime = g.user_lifetime
      JOIN company_access_company_lifetime AS k ON k.lifetime = g.company_lifetime)
    """
  }

  /// A condition for rows of the access table: whether they began with a change.
  ///
  /// - Parameter change: The number of the change.
  /// - Returns: The condition.
  package static func began(with change: Int) -> String {
    """
    (user_id, company_id) IN (
      SELECT g.user_id, g.company_id FROM \(current) AS g WHERE g.began_change = \(change))
    """
  }
}
