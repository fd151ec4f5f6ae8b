/// The names that users and companies had at a change.
struct EntityNames {
  /// An expression: the change from which on a row that is gone now may have gone.
  let since: String

  /// The name of the row that had an id at the change, if it has gone since; else NULL.
  func then(_ kind: String, _ id: String) -> String {
    let table = kind == "user" ? "company_access_user_lifetime" : "company_access_company_lifetime"
    return """
      (SELECT e.name FROM \(table) AS e WHERE e.key = \(id)
        AND e.ended_change >= \(since) ORDER BY e.ended_change LIMIT 1)
      """
  }
}
