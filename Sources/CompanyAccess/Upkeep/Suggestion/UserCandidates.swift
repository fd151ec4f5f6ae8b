/// Finds the tables that may hold users.
struct UserCandidates {
  let catalogue: Catalogue
  let references: CatalogueReferences

  /// A table that may hold users.
  struct Candidate: Hashable, Sendable {
    let table: Int
    let findings: [SuggestionFinding]

    var points: Int { findings.points }
  }

  /// The tables with enough points, the likeliest first.
  func candidates(limit: Int = 4) -> [Candidate] {
    catalogue.tables.indices.compactMap { number in
      let findings = findings(number)
      return findings.points >= 25 ? Candidate(table: number, findings: findings) : nil
    }.sorted { ($0.points, $1.table) > ($1.points, $0.table) }.prefix(limit).map { $0 }
  }

  private func findings(_ number: Int) -> [SuggestionFinding] {
    let table = catalogue.tables[number]
    guard table.singleKey != nil else { return [] }
    let words = references.tableWords[number]
    var findings = name(words, table)
    let login = people(number)
    if login.points > 0 {
      findings.append(SuggestionFinding(.people(login.columns), login.points))
    }
    guard findings.points >= 15 else { return [] }
    let referring = Set(references.to(number).map(\.table)).subtracting([number]).count
    if referring > 0 {
      findings.append(SuggestionFinding(.referredTo(tables: referring), min(20, 2 * referring)))
    }
    if let owner = owner(number) { findings.append(owner) }
    if table.rows == 0, catalogue.hasRows { findings.append(SuggestionFinding(.empty, -15)) }
    if let rows = table.rows, rows > 0 { findings.append(SuggestionFinding(.rows(rows), 2)) }
    return findings
  }

  private func name(_ words: [String], _ table: CatalogueTable) -> [SuggestionFinding] {
    guard let last = words.last else { return [] }
    var findings: [SuggestionFinding] = []
    if let strength = SuggestionWords.users[last] {
      let points = words.count == 1 ? [0, 6, 18, 36][strength] : [0, 3, 8, 14][strength]
      findings.append(SuggestionFinding(.name(last), points))
    }
    if let word = words.dropLast().first(where: SuggestionWords.decoys.contains)
      ?? words.first(where: {
        ["register", "registration", "temp", "tmp", "pending", "import", "social", "deleted"]
          .contains($0)
      })
    {
      findings.append(SuggestionFinding(.otherPurpose(word), -25))
    } else if SuggestionWords.decoys.contains(last) {
      findings.append(SuggestionFinding(.otherPurpose(last), -25))
    }
    return findings
  }

  /// The columns by which people log in or are known.
  private func people(_ number: Int) -> (columns: [String], points: Int) {
    let columns = zip(catalogue.tables[number].columns, references.columnWords[number])
    var found: [(String, Int)] = []
    func take(_ points: Int, _ isOne: ([String]) -> Bool) {
      if let column = columns.first(where: { isOne($0.1) }) {
        found.append((column.0.name, points))
      }
    }
    take(18) { words in
      words.contains { ["password", "passwd", "passhash", "pwd", "passwordhash"].contains($0) }
        || words == ["pass", "crypted"] || words == ["pass", "hash"] || words == ["pass"]
    }
    take(10) {
      ["username", "login", "user name", "login name"].contains($0.joined(separator: " "))
    }
    take(10) { SuggestionWords.emails.contains($0.joined(separator: " ")) }
    take(8) { SuggestionWords.firstNames.contains($0.joined(separator: " ")) }
    take(8) {
      $0.contains("last") && ($0.contains("login") || $0.contains("active") || $0.contains("seen"))
    }
    take(6) {
      $0.contains("superuser") || $0 == ["is", "admin"] || $0 == ["is", "staff"] || $0 == ["admin"]
    }
    return (found.map(\.0), found.reduce(0) { $0 + $1.1 })
  }

  /// A table that is only about users refers to their table and cannot do without.
  private func owner(_ number: Int) -> SuggestionFinding? {
    for reference in references.from(number) where reference.target != number {
      let target = references.tableWords[reference.target]
      guard target.count == 1, SuggestionWords.users[target[0]] == 3,
        catalogue.tables[number].column(reference.column)?.isRequired == true
          || catalogue.tables[number].isUnique(reference.column)
      else { continue }
      return SuggestionFinding(
        .partOf(table: catalogue.tables[reference.target].name, column: reference.column), -25)
    }
    return nil
  }
}
