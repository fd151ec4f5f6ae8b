internal import Database

extension AccessStore {
  /// How many candidates an ambiguous name lists.
  public static let namedCandidates = NameQueries.limit

  /// The user that a text means.
  ///
  /// The first step with a hit wins: the exact username, then the id, then a username with its
  /// accents composed in another way. `id:` in front forces the id.
  ///
  /// - Parameters:
  ///   - text: A username or an id.
  ///   - moment: The state to look at.
  /// - Returns: The only user whom the text can mean.
  /// - Throws: `.noUserNamed` or `.severalUsersNamed`; `.noSuchChange` or `.notKept` for the
  ///   moment; `.busy`, `.damaged` or `.diskError`.
  public func user(named text: String, at moment: Moment = .now) throws(AccessError) -> User {
    try lookUp(at: moment) { names in
      let found = try names.users(text)
      if found.count > 1 { throw AccessError.severalUsersNamed(text, found) }
      guard let user = found.first else {
        throw AccessError.noUserNamed(text, similar: try names.users(similarTo: text))
      }
      return user
    }
  }

  /// The company that a text means.
  ///
  /// The first step with a hit wins: the exact code or name, then the id, which may be a UUID in
  /// any of the usual forms, then a code or name with its accents composed in another way. A text
  /// that is the code of one company and the name of another means both. `id:` in front forces the
  /// id.
  ///
  /// - Parameters:
  ///   - text: A code, a name or an id.
  ///   - moment: The state to look at.
  /// - Returns: The only company that the text can mean.
  /// - Throws: `.noCompanyNamed` or `.severalCompaniesNamed`; `.noSuchChange` or `.notKept` for
  ///   the moment; `.busy`, `.damaged` or `.diskError`.
  public func company(
    named text: String, at moment: Moment = .now
  ) throws(AccessError) -> Company {
    try lookUp(at: moment) { names in
      let found = try names.companies(text)
      if found.count > 1 { throw AccessError.severalCompaniesNamed(text, found) }
      guard let company = found.first else {
        throw AccessError.noCompanyNamed(text, similar: try names.companies(similarTo: text))
      }
      return company
    }
  }

  private func lookUp<T: Sendable>(
    at moment: Moment, _ body: @Sendable (NameQueries) throws -> T
  ) throws(AccessError) -> T {
    let mapping = mapping
    return try read { connection in
      let relations = try Relations(mapping: mapping, moment: moment, connection: connection)
      return try body(NameQueries(connection: connection, relations: relations))
    }
  }
}

// MARK: Completion

extension AccessStore {
  /// Usernames that begin with some letters, in order, with the users' own names.
  package func usernames(
    beginningWith prefix: String, limit: Int
  ) throws(AccessError) -> [(name: String, note: String)] {
    let users = mapping.users
    return try names(prefix, limit, users.rows("l"), users.username, note: users.fullName("l"))
  }

  /// Names of companies that begin with some letters, in order, with their codes.
  package func companyNames(
    beginningWith prefix: String, limit: Int
  ) throws(AccessError) -> [(name: String, note: String)] {
    let companies = mapping.companies
    return try names(prefix, limit, companies.rows("l"), companies.name, note: companies.code("l"))
  }

  /// Names of roles that begin with some letters, in order.
  package func roleNames(
    beginningWith prefix: String, limit: Int
  ) throws(AccessError) -> [(name: String, note: String)] {
    guard let roles = mapping.users.roleNames else { return [] }
    return try names(prefix, limit, "\(roles.table) AS l", roles.column, note: "NULL")
  }

  /// The index on the names leads to the first one, so that a million names cost nothing.
  ///
  /// Where none begins so, those are offered that do when they are folded, of the first names.
  private func names(
    _ prefix: String, _ limit: Int, _ rows: String, _ column: SQLName, note: String
  ) throws(AccessError) -> [(name: String, note: String)] {
    let name = mapping.text("l.\(column)")
    let select = "SELECT DISTINCT \(name), coalesce(\(note), '') FROM \(rows)"
    return try read { connection in
      let first = try connection.rows(
        "\(select) WHERE \(name) >= ? ORDER BY \(name) LIMIT ?",
        [.text(prefix), .count(limit)]
      ) { (name: $0.text(0), note: $0.text(1)) }
      let found = first.filter { $0.name.utf8.starts(with: prefix.utf8) }
      let folded = NameFold.search(prefix)
      guard found.isEmpty, !folded.isEmpty else { return found }
      let all = try connection.rows(
        "\(select) WHERE l.\(column) IS NOT NULL ORDER BY \(name) LIMIT ?",
        [.count(NameQueries.compared)]
      ) { (name: $0.text(0), note: $0.text(1)) }
      return Array(
        all.filter { NameFold.search($0.name).utf8.starts(with: folded.utf8) }.prefix(limit))
    }
  }
}
