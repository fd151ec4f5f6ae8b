internal import Database
internal import Formats

/// Which names of a database mean one user, or one company, and no other when a file is read again.
///
/// A name does that if it is there, is UTF-8 of a bearable length, and no other one is called so now
/// or was at the moment that is exported. A company is called by its name and by its code.
struct ExportNames {
  /// What a file calls a user or a company, and whether that is enough.
  struct Name {
    let cell: Cell
    let isClear: Bool
  }

  /// Names that are longer would not leave much of the longest row that is read.
  private static let longest = 1 << 16

  private var sharedUsers: Set<ExactText> = []
  private var sharedCompanies: Set<ExactText> = []
  /// Whether the ids of some users, or companies, must stand beside their names.
  private(set) var needsUserIDs = false
  private(set) var needsCompanyIDs = false
  /// Whether the name of every company is enough.
  private var hasClearCompanies = true

  init(_ connection: any DatabaseSession, _ relations: Relations) throws {
    let (users, companies) = (relations.mapping.users, relations.mapping.companies)
    let (userArms, companyArms) =
      relations.last == nil ? ([], []) : (relations.users(), relations.companies())
    if try !userArms.isEmpty || !connection.isUnique(users.username, of: users.table) {
      sharedUsers = try ExportNames.shared(
        connection,
        userArms.map { ("u.id", "u.username", "\($0) AS u") }
          + [("t.\(users.key)", "t.\(users.username)", "\(users.rows("t"))")])
    }
    sharedCompanies = try ExportNames.shared(
      connection,
      companyArms.flatMap { arm in
        ["name", "code"].map { ("c.id", "c.\($0)", "\(arm) AS c") }
      } + companies.callNames.map { ("t.\(companies.key)", "t.\($0)", "\(companies.rows("t"))") })
    for arm in relations.users() {
      try connection.forEach("SELECT u.username FROM \(arm) AS u") { row in
        if !isClear(row, 0, sharedUsers) { needsUserIDs = true }
      }
    }
    for arm in relations.companies() {
      try connection.forEach("SELECT c.name, c.code FROM \(arm) AS c") { row in
        guard !isClear(row, 0, sharedCompanies) else { return }
        hasClearCompanies = false
        if !isClear(row, 1, sharedCompanies) { needsCompanyIDs = true }
      }
    }
  }

  /// The texts that several ids have.
  private static func shared(
    _ connection: any DatabaseSession, _ sources: [(id: String, name: String, rows: String)]
  ) throws -> Set<ExactText> {
    let all = sources.map { source in
      "SELECT \(source.id) AS id, \(source.name) COLLATE BINARY AS name FROM \(source.rows)"
    }
    let isText = connection is Connection ? "typeof(n.name) = 'text'" : "n.name IS NOT NULL"
    let texts = try connection.rows(
      """
      SELECT min(n.name) FROM (\(all.joined(separator: " UNION ALL "))) AS n
      WHERE \(isText) GROUP BY n.name COLLATE BINARY HAVING count(DISTINCT n.id) > 1
      """
    ) { ExactText($0.text(0)) }
    return Set(texts)
  }

  /// What a file calls the user of a row.
  func user(_ row: borrowing Row, _ column: Int) -> Name {
    // Asked first, because reading a value as text makes it one.
    let isClear = !needsUserIDs || isClear(row, column, sharedUsers)
    return Name(cell: ExportNames.cell(row, column), isClear: isClear)
  }

  /// What a file calls the company of a row: by its name or, if that is not clear, by its code.
  func company(_ row: borrowing Row, name: Int, code: Int) -> Name {
    if hasClearCompanies {
      return Name(cell: ExportNames.cell(row, name), isClear: true)
    }
    for column in [name, code] where isClear(row, column, sharedCompanies) {
      return Name(cell: ExportNames.cell(row, column), isClear: true)
    }
    return Name(cell: ExportNames.cell(row, name), isClear: false)
  }

  private func isClear(_ row: borrowing Row, _ column: Int, _ shared: Set<ExactText>) -> Bool {
    guard row.isExactText(column) else { return false }
    let name = row.text(column)
    return !name.isEmpty && name.utf8.count <= ExportNames.longest
      && (shared.isEmpty || !shared.contains(ExactText(name)))
  }

  private static func cell(_ row: borrowing Row, _ column: Int) -> Cell {
    guard let name = row.optionalText(column), name.utf8.count <= longest else { return .null }
    return .text(name)
  }
}

extension AccessStore {
  /// Whether names alone do not say which user, or which company, is meant.
  package func unclearNames(
    at moment: Moment = .now
  ) throws(AccessError) -> (users: Bool, companies: Bool) {
    let mapping = mapping
    return try read { connection in
      let names = try ExportNames(
        connection, Relations(mapping: mapping, moment: moment, connection: connection))
      return (names.needsUserIDs, names.needsCompanyIDs)
    }
  }
}
