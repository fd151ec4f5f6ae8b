internal import Database

/// Users and companies whose names people would take for those of a plan.
struct ConfusableNames {
  /// All names have to be read; what is larger is left to `doctor`.
  private static let mostNames = 50_000
  /// A plan about more is not decided by one name.
  private static let mostNamed = 20

  let connection: any DatabaseSession
  let mapping: SchemaMapping

  /// What a plan should warn of before it is carried out.
  func notices(_ plan: Plan) throws -> [PlanNotice] {
    var users = Dictionary(plan.pairs.map { ($0.user.id.key, $0.user.username) }) { $1 }
    var companies = Dictionary(plan.pairs.map { ($0.company.id.key, $0.company.name) }) { $1 }
    // Those who are only to come have no id; their names were looked at when they were planned.
    users[.text("")] = nil
    companies[.text("")] = nil
    var notices: [PlanNotice] = []
    if plan.before.users <= ConfusableNames.mostNames {
      let table = mapping.users
      notices += try twins(of: users, table.rows("\(table.table)"), table.key, table.username).map {
        .looksLike(
          .user(UserID($0.id)), name: $0.name, .user(UserID($0.other)), otherName: $0.otherName)
      }
    }
    if plan.before.companies <= ConfusableNames.mostNames {
      let table = mapping.companies
      notices += try twins(of: companies, table.rows("\(table.table)"), table.key, table.name).map {
        .looksLike(
          .company(CompanyID($0.id)), name: $0.name, .company(CompanyID($0.other)),
          otherName: $0.otherName)
      }
    }
    return Array(notices.prefix(Plan.namedEntities))
  }

  /// The keys of all rows whose names look like another's; none where there are too many names.
  func all(_ rows: String, _ key: SQLName, _ name: SQLName) throws -> Set<Key> {
    let few = "SELECT 1 FROM \(rows) LIMIT \(ConfusableNames.mostNames + 1)"
    let names = try connection.count("SELECT count(*) FROM (\(few))")
    guard names <= ConfusableNames.mostNames else { return [] }
    var numbers = SkeletonHashes()
    let query = "SELECT \(key), \(name) FROM \(rows)"
    try connection.forEach(query) { numbers.add($0.text(1)) }
    let shared = Set(numbers.shared().map(\.number))
    guard !shared.isEmpty else { return [] }
    var found: Set<Key> = []
    try connection.forEach(query) { row in
      if let number = SkeletonHashes.number(of: row.text(1)), shared.contains(number) {
        found.insert(Key(row.value(0)))
      }
    }
    return found
  }

  private struct Pair {
    let id: Key
    let name: String
    let other: Key
    let otherName: String
  }

  private func twins(
    of named: [Key: String], _ rows: String, _ key: SQLName, _ name: SQLName
  ) throws -> [Pair] {
    guard !named.isEmpty, named.count <= ConfusableNames.mostNamed else { return [] }
    let folded = Dictionary(grouping: named) { NameFold.look($0.value) }
    var pairs: [Pair] = []
    try connection.forEach("SELECT \(key), \(name) FROM \(rows) ORDER BY \(key)") { row in
      let other = Key(row.value(0))
      for (id, mine) in folded[NameFold.look(row.text(1))] ?? [] where id != other {
        pairs.append(Pair(id: id, name: mine, other: other, otherName: row.text(1)))
      }
    }
    return pairs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}

extension AccessStore {
  /// The users whose usernames people would take for another's.
  ///
  /// - Parameter work: Cancels the reading.
  /// - Returns: Their ids; none where there are more than 50,000 users, which `examine` looks at.
  /// - Throws: As `users`.
  package func lookAlikeUsers(work: Work? = nil) throws(AccessError) -> Set<UserID> {
    let table = mapping.users
    return Set(
      try lookAlikes(table.rows("\(table.table)"), table.key, table.username, work).map {
        UserID($0)
      })
  }

  /// The companies whose names people would take for another's; otherwise as for users.
  package func lookAlikeCompanies(work: Work? = nil) throws(AccessError) -> Set<CompanyID> {
    let table = mapping.companies
    return Set(
      try lookAlikes(table.rows("\(table.table)"), table.key, table.name, work).map {
        CompanyID($0)
      })
  }

  private func lookAlikes(
    _ rows: String, _ key: SQLName, _ name: SQLName, _ work: Work?
  ) throws(AccessError) -> Set<Key> {
    let mapping = mapping
    return try read(work: work) {
      try ConfusableNames(connection: $0, mapping: mapping).all(rows, key, name)
    }
  }
}
