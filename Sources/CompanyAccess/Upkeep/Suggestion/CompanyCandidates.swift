/// Finds the tables that may hold companies.
struct CompanyCandidates {
  let catalogue: Catalogue
  let references: CatalogueReferences

  /// A table that may hold companies.
  struct Candidate: Hashable, Sendable {
    let table: Int
    let findings: [SuggestionFinding]
    /// What its name says of how surely it holds companies; 0 for nothing.
    let strength: Int
    /// Whether it is a part of something that is called more surely so.
    var isPart = false

    var points: Int { findings.points }
  }

  /// The tables with enough points beside the users', the likeliest first.
  func candidates(users: Int, limit: Int = 12) -> [Candidate] {
    let basic = catalogue.tables.indices.compactMap { number -> Candidate? in
      number == users ? nil : rated(number)
    }
    let strongest = basic.sorted { ($0.points, $1.table) > ($1.points, $0.table) }.prefix(40)
    let byTable = Dictionary(uniqueKeysWithValues: strongest.map { ($0.table, $0) })
    return strongest.map { placed($0, byTable) }
      .filter { $0.points >= 12 }
      .sorted { ($0.points, $1.table) > ($1.points, $0.table) }
      .prefix(limit).map { $0 }
  }

  private func rated(_ number: Int) -> Candidate? {
    let table = catalogue.tables[number]
    let words = references.tableWords[number]
    guard table.singleKey != nil, let last = words.last else { return nil }
    let strength = SuggestionWords.companies[last] ?? 0
    var findings: [SuggestionFinding] = []
    if strength > 0 {
      let whole = [0, 8, 20, 30][strength]
      findings.append(SuggestionFinding(.name(last), whole - 8 * (words.count - 1)))
    }
    let referring = Set(references.to(number).map(\.table)).subtracting([number]).count
    guard strength > 0 || referring >= 3 else { return nil }
    if referring > 0 {
      findings.append(SuggestionFinding(.referredTo(tables: referring), min(16, 2 * referring)))
    }
    findings += columns(number, table)
    findings += purpose(number, words)
    if table.rows == 0, catalogue.hasRows { findings.append(SuggestionFinding(.empty, -8)) }
    return Candidate(table: number, findings: findings, strength: strength)
  }

  private func columns(_ number: Int, _ table: CatalogueTable) -> [SuggestionFinding] {
    var findings: [SuggestionFinding] = []
    let words = zip(table.columns, references.columnWords[number]).map { (column: $0, words: $1) }
    let name = words.first {
      $0.column.kind != .integer
        && SuggestionWords.companyNames.contains($0.words.joined(separator: " "))
    }
    if let name {
      findings.append(SuggestionFinding(.named(column: name.column.name), 8))
    } else {
      findings.append(SuggestionFinding(.unnamed, -10))
    }
    let people = words.filter { column in
      let text = column.words.joined(separator: " ")
      return SuggestionWords.firstNames.contains(text)
        || ["username", "nickname", "birth date", "gender", "job title"].contains(text)
        || column.words.contains { ["password", "passwd"].contains($0) }
          && !column.words.contains("smtp")
          && column.words.count <= 2
        || text == "private key" || text == "private key pem"
    }.map(\.column.name)
    if !people.isEmpty { findings.append(SuggestionFinding(.people(people), -25)) }
    let trading = words.filter { column in
      column.words.count <= 2
        && column.words.contains(where: SuggestionWords.trading.contains)
        && column.words.allSatisfy {
          SuggestionWords.trading.contains($0) || ["is", "code", "rank", "type"].contains($0)
        }
    }.map(\.column.name)
    if trading.count > 1 { findings.append(SuggestionFinding(.trading(trading), -45)) }
    return findings
  }

  private func purpose(_ number: Int, _ words: [String]) -> [SuggestionFinding] {
    if let word = words.first(where: SuggestionWords.rights.contains) {
      return [SuggestionFinding(.right(word), -40)]
    }
    if let word = words.first(where: {
      SuggestionWords.decoys.contains($0) && SuggestionWords.companies[$0] == nil
    }) {
      return [SuggestionFinding(.otherPurpose(word), -25)]
    }
    // A group that has permissions or roles says what its members may do, not where.
    guard words.last == "group" || words.last == "team" else { return [] }
    let granted = references.to(number).first { reference in
      references.tableWords[reference.table].contains {
        ["permission", "role", "right"].contains($0)
      }
    }
    guard let granted, words.last == "group" else { return [] }
    return [SuggestionFinding(.right(catalogue.tables[granted.table].name), -40)]
  }

  /// A candidate with what is known when the others are: whether it is a part of one of them.
  private func placed(_ candidate: Candidate, _ others: [Int: Candidate]) -> Candidate {
    var findings = candidate.findings
    var worst: SuggestionFinding?
    var isPart = false
    for reference in references.from(candidate.table) where reference.target != candidate.table {
      guard let owner = others[reference.target], owner.strength > 0,
        !reference.isActor, isMutual(candidate.table, owner.table) == false
      else { continue }
      let points = owner.points + 4 >= candidate.points ? -18 : -4
      if points == -18, owner.strength > candidate.strength { isPart = true }
      if points < worst?.points ?? 0 {
        worst = SuggestionFinding(
          .partOf(table: catalogue.tables[owner.table].name, column: reference.column), points)
      }
    }
    if let worst { findings.append(worst) }
    return Candidate(
      table: candidate.table, findings: findings, strength: candidate.strength, isPart: isPart)
  }

  /// Whether two tables refer to each other, so that neither is a part of the other by that.
  private func isMutual(_ one: Int, _ other: Int) -> Bool {
    references.from(other).contains { $0.target == one }
  }
}
