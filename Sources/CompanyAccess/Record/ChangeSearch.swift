internal import Database

/// The SQL of a search in the changes.
struct ChangeSearch {
  private let relations: Relations

  init(_ relations: Relations) { self.relations = relations }

  /// Conditions for a change `x`: whether each word is found in what it says of itself, or in the names
  /// of what it was about, where these are few enough to be shown.
  func conditions(_ text: String, _ arguments: inout Bindings) -> [String] {
    let words = SearchWords(text)
    if words.isVain { return ["FALSE"] }
    return (words.first + (words.others.map { [$0] } ?? [])).map { word in
      let parameter = arguments.bind(.text(word))
      func found(in places: String) -> String { "\(TextSearch.function)(\(parameter), \(places))" }
      return """
        (\(found(in: "x.action, x.origin, x.actor, x.reason, x.ticket"))
          OR \(found(in: entities)) OR \(found(in: pairs)))
        """
    }
  }

  /// An expression: the names of users and companies that the change made, edited or deleted.
  private var entities: String {
    let events = relations.entityEvents { "\($0) = x.id" }
    return few("name", "SELECT DISTINCT e.kind, e.lifetime, e.name AS name FROM \(events) AS e")
  }

  /// An expression: the names of the users and companies of the pairs of the change.
  private var pairs: String {
    let names = LifetimeNames(relations)
    let name = """
      \(names.name(.user, "g.user_lifetime", after: "x.id")) || ' ' ||
        \(names.name(.company, "g.company_lifetime", after: "x.id")) AS name
      """
    let sources = [
      (RecordTable.currentGrant, "began_change"), (RecordTable.endedGrant, "began_change"),
      (RecordTable.endedGrant, "ended_change"),
    ].map { table, change in
      "SELECT * FROM (SELECT \(name) FROM \(table) AS g WHERE g.\(change) = x.id LIMIT 4)"
    }
    return few("name", sources.joined(separator: " UNION ALL "))
  }

  /// An expression: a column of some rows, or NULL if there are more than are named.
  private func few(_ column: String, _ rows: String) -> String {
    let joined = relations.mapping.engine == .postgres ? "string_agg" : "group_concat"
    return """
        (SELECT CASE WHEN count(*) <= \(ChangeSubject.named) THEN \(joined)(n.\(column), ' ') END
        FROM (SELECT * FROM (\(rows)) LIMIT \(ChangeSubject.named + 1)) AS n)
      """
  }
}
