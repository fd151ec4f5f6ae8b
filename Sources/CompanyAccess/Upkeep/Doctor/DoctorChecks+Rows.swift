internal import Database

/// What is wrong with grants.
extension DoctorCheck {
  static let grants = [
    emptyKeys, userless, companyless, former, twice, acrossScopes, inactiveUsers, inactiveCompanies,
  ]

  static let emptyKeys = DoctorCheck(
    "empty-grant", "grants without a user or a company",
    meaning: """
      A program has rebuilt the table without NOT NULL. No user can enter a company by such a grant, \
      but it is counted.
      """,
    remedy:
      "sqlite3 {file} 'DELETE FROM {access} WHERE user_id IS NULL OR company_id IS NULL'"
  ) { mapping in
    // An application's own table may have such rows, as invitations.
    guard !mapping.access.isDescribed else { return nil }
    return """
      SELECT 'grant ' || coalesce(\(mapping.access.keys.text(of: "a.id")), '?')
      FROM \(mapping.access.table) AS a WHERE a.user_id IS NULL OR a.company_id IS NULL
      """
  }

  static let userless = DoctorCheck(
    "orphan-user", "grants to users who are not there",
    meaning: """
      A program has deleted users with foreign keys off, which is SQLite's default. A user who later gets such an id \
      may enter what the deleted one could.
      """,
    remedy: "company-access --db {file} revoke --former"
  ) { mapping in
    let users = mapping.users
    return """
      SELECT 'user ' || \(users.keys.text(of: "g.user_id")), g.number FROM (
        SELECT user_id, count(*) AS number FROM \(mapping.access.grants)
        WHERE user_id IS NOT NULL GROUP BY user_id) AS g
      WHERE NOT EXISTS (SELECT 1 FROM \(users.rows("u")) WHERE u.\(users.key) = g.user_id)
      """
  }

  static let companyless = DoctorCheck(
    "orphan-company", "grants of companies that are not there",
    meaning: """
      A program has deleted companies with foreign keys off, which is SQLite's default. Their grants are counted, and \
      stand again if such an id is used once more.
      """,
    remedy: "company-access --db {file} revoke --former"
  ) { mapping in
    let companies = mapping.companies
    return """
      SELECT 'company ' || \(companies.keys.text(of: "g.company_id")), g.number FROM (
        SELECT company_id, count(*) AS number FROM \(mapping.access.grants)
        WHERE company_id IS NOT NULL GROUP BY company_id) AS g
      WHERE NOT EXISTS (
        SELECT 1 FROM \(companies.rows("c")) WHERE c.\(companies.key) = g.company_id)
      """
  }

  static let former = DoctorCheck(
    "former-holder", "grants to an earlier user or company of the same id",
    meaning: """
      A program has deleted a user or a company with foreign keys off, its grants have stayed, \
      and the id was used again: the present holder may enter what the earlier one could. \
      Revoke them; to give such a company to the present user, grant it again afterwards.
      """,
    remedy: "company-access --db {file} revoke --former"
  ) { mapping in
    let (users, companies) = (mapping.users, mapping.companies)
    return """
      SELECT 'user ' || \(users.named("u")) || ', company ' || \(companies.named("c"))
      FROM (\(Relations(mapping: mapping, moment: .now).formerGrants)) AS g
      JOIN \(users.rows("u")) ON u.\(users.key) = g.user_id
      JOIN \(companies.rows("c")) ON c.\(companies.key) = g.company_id
      """
  }

  static let twice = DoctorCheck(
    "duplicate-grant", .rows, "pairs that are granted more than once",
    meaning: """
      The constraint that forbids it is missing. Revoking such a pair once leaves it granted. Keep one \
      row of each, then put the constraint back with "schema upgrade".
      """,
    remedy: """
      sqlite3 {file} 'DELETE FROM {access} WHERE rowid NOT IN \
      (SELECT min(rowid) FROM {access} GROUP BY user_id, company_id)'
      """
  ) { try $0.lacks.hasUniquePair ? CheckResult() : $0.duplicates() }

  static let acrossScopes = DoctorCheck(
    "across-scopes", "grants that cross from one organization into another",
    meaning: """
      The database is shared by organizations that must not see each other, and such a grant lets a \
      user of one into a company of the other.
      """,
    remedy: "company-access --db {file} revoke USER COMPANY"
  ) { mapping in
    guard let scope = mapping.scope else { return nil }
    let (users, companies) = (mapping.users, mapping.companies)
    return """
      SELECT 'user ' || u.\(users.username) || ', company ' || c.\(companies.name)
      FROM \(mapping.access.grants) AS a
      JOIN \(users.rows("u")) ON u.\(users.key) = a.user_id
      JOIN \(companies.rows("c")) ON c.\(companies.key) = a.company_id
      WHERE u.\(scope.user) IS NOT c.\(scope.company)
      """
  }

  static let inactiveUsers = DoctorCheck(
    "inactive-user", "inactive users who may enter companies", severity: .note,
    meaning: """
      Whether an inactive user gets in is the application's decision. If one is made active again, \
      everything stands as before.
      """,
    remedy: "company-access --db {file} revoke USER --all"
  ) { mapping in
    let users = mapping.users
    return """
      SELECT 'user ' || \(users.named("u")) FROM \(users.rows("u"))
      WHERE NOT \(users.active.condition("u"))
        AND EXISTS (SELECT 1 FROM \(mapping.access.grants) AS a WHERE a.user_id = u.\(users.key))
      """
  }

  static let inactiveCompanies = DoctorCheck(
    "inactive-company", "inactive companies that users may enter", severity: .note,
    meaning: """
      Whether an inactive company can be entered is the application's decision. If it is made active \
      again, everything stands as before.
      """,
    remedy: "company-access --db {file} users --company COMPANY"
  ) { mapping in
    let companies = mapping.companies
    return """
      SELECT 'company ' || \(companies.named("c")) FROM \(companies.rows("c"))
      WHERE NOT \(companies.active.condition("c"))
        AND EXISTS (
          SELECT 1 FROM \(mapping.access.grants) AS a WHERE a.company_id = c.\(companies.key))
      """
  }
}

extension CheckContext {
  /// Pairs that are there more than once; only without the constraint they can be.
  func duplicates() throws -> CheckResult {
    guard let mapping else { return CheckResult() }
    let (users, companies) = (mapping.users, mapping.companies)
    return try CheckResult(
      opened(),
      """
      SELECT 'user ' || \(users.keys.text(of: "g.user_id")) || ', company '
        || \(companies.keys.text(of: "g.company_id")) || ': ' || g.number || ' times'
      FROM (SELECT user_id, company_id, count(*) AS number FROM \(mapping.access.grants)
        GROUP BY company_id, user_id HAVING number > 1) AS g
      """)
  }
}

extension SchemaMapping.Users {
  /// A user as an example names one; an expression over a row.
  func named(_ row: String) -> String {
    "coalesce(\(row).\(username), '?') || ', id ' || \(keys.text(of: "\(row).\(key)"))"
  }
}

extension SchemaMapping.Companies {
  /// A company as an example names one; an expression over a row.
  func named(_ row: String) -> String {
    "coalesce(\(row).\(name), '?') || ', id ' || \(keys.text(of: "\(row).\(key)"))"
  }
}
