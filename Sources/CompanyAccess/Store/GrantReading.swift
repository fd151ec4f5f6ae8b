internal import Database

extension AccessStore {
  /// The grants between the users of one query and the companies of another, in the order of their ids.
  ///
  /// - Parameters:
  ///   - users: Whose grants; everyone's unless told otherwise. Its order does not matter.
  ///   - companies: For which companies; all unless told otherwise.
  ///   - last: The last grant of the page before; nil for the first page.
  ///   - limit: How many grants at most.
  ///   - moment: The state to look at.
  ///   - work: Cancels the query.
  /// - Returns: The grants; fewer than the limit at the end.
  /// - Throws: `.noSuchChange` or `.notKept` for the moment, `.cancelled`, `.busy`, or what is wrong with
  ///   the file.
  public func grants(
    of users: UserQuery = UserQuery(), for companies: CompanyQuery = CompanyQuery(),
    after last: Grant? = nil, limit: Int, at moment: Moment = .now, work: Work? = nil
  ) throws(AccessError) -> [Grant] {
    try read(at: moment, work, leavingOut: .both) { connection, relations in
      var arguments = Bindings()
      var conditions: [String] = []
      let ofUsers = QueryFilter(users, relations, row: "u", &arguments)
      if !ofUsers.all.isEmpty {
        let ids = relations.users().map {
          "SELECT u.id FROM \($0) AS u WHERE \(ofUsers.condition)"
        }
        conditions.append("g.user_id IN (\(ids.joined(separator: " UNION ALL ")))")
      }
      let ofCompanies = QueryFilter(companies, relations, row: "c", &arguments)
      if !ofCompanies.all.isEmpty {
        let ids = relations.companies().map {
          "SELECT c.id FROM \($0) AS c WHERE \(ofCompanies.condition)"
        }
        conditions.append("g.company_id IN (\(ids.joined(separator: " UNION ALL ")))")
      }
      if let last {
        let user = arguments.bind(last.user.value)
        let company = arguments.bind(last.company.value)
        conditions.append("(g.user_id, g.company_id) > (\(user), \(company))")
      }
      let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
      return try connection.rows(
        """
        SELECT g.user_id, g.company_id, g.granted_at, g.change_id,
          \(relations.formerHolders(user: "g.user_id", company: "g.company_id")
            .joined(separator: ", "))
        FROM \(relations.grants(details: true)) AS g \(filter)
        ORDER BY g.user_id, g.company_id LIMIT \(arguments.bind(.count(limit)))
        """, arguments.values
      ) { row in
        GrantInfo(row, at: 2).map {
          Grant(user: row.userID(0), company: row.companyID(1), info: $0)
        }
      }.compactMap(\.self)
    }
  }
}
