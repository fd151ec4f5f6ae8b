internal import Database

extension AccessStore {
  /// What holds between some users and some companies, such as those that are on a screen.
  ///
  /// - Parameters:
  ///   - users: The users, few.
  ///   - companies: The companies, few.
  ///   - userSelections: Selections of which it is asked whom of these users they pick now.
  ///   - companySelections: The same of the companies.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: Which pairs are granted and which may not be, and whom the selections pick.
  /// - Throws: As `users`.
  package func window(
    of users: [UserID], _ companies: [CompanyID], picking userSelections: [UserSelection] = [],
    _ companySelections: [CompanySelection] = [], at moment: Moment = .now, work: Work? = nil
  ) throws(AccessError) -> GrantWindow {
    try read(at: moment, work) { connection, relations in
      let rows = try pairs(users, companies, connection, relations)
      let now = Relations(mapping: mapping, moment: .now)
      return GrantWindow(
        granted: Set(rows.filter(\.isGranted).map(\.pair)),
        barred: Set(rows.filter(\.isBarred).map(\.pair)),
        users: try userSelections.map { selection in
          Set(
            try picked(SelectionSQL(selection, now), users.map(\.key), connection).map(UserID.init))
        },
        companies: try companySelections.map { selection in
          Set(
            try picked(SelectionSQL(selection, now), companies.map(\.key), connection)
              .map(CompanyID.init))
        })
    }
  }

  private struct Cell {
    let pair: GrantPair
    let isGranted: Bool
    let isBarred: Bool
  }

  /// The pairs that are granted, and those that may not be.
  private func pairs(
    _ users: [UserID], _ companies: [CompanyID], _ connection: any DatabaseSession,
    _ relations: Relations
  ) throws -> [Cell] {
    guard !users.isEmpty, !companies.isEmpty else { return [] }
    var arguments = Bindings()
    let granted = relations.exists(user: "x.value", company: "y.value")
    let permits =
      relations.last == nil ? relations.permits(userID: "x.value", companyID: "y.value") : nil
    let barred = permits.map { "(\($0)) IS NOT TRUE" } ?? "FALSE"
    return try connection.rows(
      """
      SELECT * FROM (SELECT x.value AS u, y.value AS c, \(granted) AS granted, \(barred) AS barred
        FROM (\(KeyValuesSQL.rows(
          users.map(\.key), &arguments, as: relations.mapping.users.keys.serverType))) AS x
        CROSS JOIN (\(KeyValuesSQL.rows(
          companies.map(\.key), &arguments, as: relations.mapping.companies.keys.serverType))) AS y)
      WHERE granted OR barred
      """, arguments.values
    ) { row in
      Cell(
        pair: GrantPair(row.userID(0), row.companyID(1)), isGranted: row.bool(2),
        isBarred: row.bool(3))
    }
  }

  /// Those of some keys that a selection picks.
  private func picked(
    _ pick: SelectionSQL, _ keys: [Key], _ connection: any DatabaseSession
  ) throws -> [Key] {
    var arguments = Bindings()
    let among = "p.id IN (\(KeyValuesSQL.rows(keys, &arguments, as: pick.keyType)))"
    let condition = pick.condition.map { " AND " + $0("p", &arguments) } ?? ""
    return try connection.rows(
      "SELECT p.id FROM \(pick.source) AS p WHERE \(among)\(condition)", arguments.values
    ) { pick.keys.key($0.value(0)) }
  }
}
