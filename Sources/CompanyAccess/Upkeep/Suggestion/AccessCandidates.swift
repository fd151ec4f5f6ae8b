/// Finds the tables that may say which user may enter which company.
struct AccessCandidates {
  let catalogue: Catalogue
  let references: CatalogueReferences
  let users: Int
  let companies: Int

  /// A table with a user and a company in a row.
  struct Candidate: Hashable, Sendable {
    let table: Int
    let user: String
    let company: String
    var findings: [SuggestionFinding]
    /// Whether something of it says that it may be about something else.
    var isDecoy: Bool
    /// The home company is in this table, which has one row for each user.
    var isHome = false

    var points: Int { findings.points }
    /// Whether it looks so much like an access table that it is worth a word.
    var isAlike: Bool {
      points > -10 || isDecoy
        || findings.contains { if case .unique = $0.reason { $0.points > 10 } else { false } }
    }
  }

  /// The tables that refer to both, the likeliest first.
  func candidates() -> [Candidate] {
    let tables = Set(references.to(users).map(\.table))
      .intersection(references.to(companies).map(\.table))
      .subtracting([users, companies])
    return tables.compactMap(candidate).sorted {
      ($0.points, $1.table) > ($1.points, $0.table)
    }
  }

  private func candidate(_ number: Int) -> Candidate? {
    let own = references.from(number)
    let table = catalogue.tables[number]
    guard let company = best(own.filter { $0.target == companies }, table, with: nil),
      let user = best(
        own.filter { $0.target == users && $0.column != company.column }, table,
        with: company.column)
    else { return nil }
    return rated(number, user, company)
  }

  /// The reference that tells who or what belongs, among several to the same table.
  private func best(
    _ found: [CatalogueReference], _ table: CatalogueTable, with other: String?
  ) -> CatalogueReference? {
    func rank(_ reference: CatalogueReference) -> Int {
      let inUnique = table.uniqueSets.contains { set in
        set.columns.contains(reference.column) && other.map(set.columns.contains) ?? true
          && set.columns.count > 1
      }
      return (reference.isActor ? -8 : 0) - 3 * reference.qualifier.count
        + (reference.isDeclared ? 1 : 0) + (inUnique ? 4 : 0)
        + (table.column(reference.column)?.isRequired == true ? 1 : 0)
    }
    return found.max { rank($0) < rank($1) }
  }

  private func rated(
    _ number: Int, _ user: CatalogueReference, _ company: CatalogueReference
  ) -> Candidate {
    let table = catalogue.tables[number]
    let declared = user.isDeclared && company.isDeclared
    var candidate = Candidate(
      table: number, user: user.column, company: company.column,
      findings: [
        SuggestionFinding(
          .pair(user: user.column, company: company.column, isDeclared: declared),
          declared ? 6 : 2)
      ], isDecoy: false)
    if user.isActor {
      candidate.findings.append(SuggestionFinding(.otherPurpose(user.column), -25))
      candidate.isDecoy = true
    }
    for column in [user.column, company.column]
    where table.column(column)?.keys?.areOthers == true {
      candidate.findings.append(SuggestionFinding(.otherKeys(column: column), -40))
      candidate.isDecoy = true
    }
    addUniqueness(table, &candidate)
    addName(number, &candidate)
    addColumns(number, &candidate)
    if let rows = table.rows, catalogue.hasRows {
      candidate.findings.append(
        rows == 0 ? SuggestionFinding(.empty, -14) : SuggestionFinding(.rows(rows), 3))
    }
    if let prefix = references.names.prefix(table.name),
      prefix == references.names.prefix(catalogue.tables[users].name)
    {
      candidate.findings.append(
        SuggestionFinding(
          .sameApplication(sharedStart(table.name, catalogue.tables[users].name)), 6))
    }
    return candidate
  }

  private func sharedStart(_ one: String, _ other: String) -> String {
    String(zip(one, other).prefix { $0 == $1 }.map(\.0))
  }

  // MARK: - What its keys say

  private func addUniqueness(_ table: CatalogueTable, _ candidate: inout Candidate) {
    let pair: Set = [candidate.user, candidate.company]
    let sets = table.uniqueSets
    if let set = sets.first(where: { Set($0.columns) == pair }) {
      candidate.findings.append(SuggestionFinding(.unique(set.columns), set.isPartial ? 14 : 18))
    } else if sets.contains(where: { !$0.isPartial && $0.columns == [candidate.user] }) {
      candidate.findings.append(SuggestionFinding(.onePerUser(column: candidate.user), -40))
      candidate.isHome = true
    } else if let set = sets.first(where: { pair.isSubset(of: $0.columns) }) {
      candidate.findings.append(SuggestionFinding(.unique(set.columns), 5))
    } else {
      // Rows that may be without both are about something else, unless the name says otherwise.
      let isLoose = pair.allSatisfy { table.column($0)?.isRequired != true }
      let points = sets.contains { $0.columns == [candidate.company] } ? -12 : isLoose ? -8 : -2
      candidate.findings.append(SuggestionFinding(.notUnique, points))
    }
  }

  // MARK: - What its name says

  private func addName(_ number: Int, _ candidate: inout Candidate) {
    let words = references.tableWords[number]
    let both = Set(references.tableWords[users].suffix(1) + references.tableWords[companies])
    let rest = words.filter { !both.contains($0) && !SuggestionWords.joining.contains($0) }
    let named = Set(references.from(number).flatMap { references.tableWords[$0.target] })
    if let word = rest.first(where: { SuggestionWords.decoys.contains($0) && !named.contains($0) })
    {
      candidate.findings.append(SuggestionFinding(.otherPurpose(word), -36))
      candidate.isDecoy = true
      return
    }
    let userWord = references.tableWords[users].last ?? ""
    let companyWord = references.tableWords[companies].last ?? ""
    if let word = words.first(where: SuggestionWords.membership.contains),
      rest.allSatisfy({
        SuggestionWords.membership.contains($0) || SuggestionWords.isEntity($0) || $0 == "role"
      })
    {
      candidate.findings.append(SuggestionFinding(.membership(word), rest.count <= 1 ? 20 : 10))
    } else if words.contains(userWord), words.contains(companyWord) {
      candidate.findings.append(
        SuggestionFinding(.namedAfterBoth, rest.isEmpty ? 20 : 8 - 4 * min(rest.count, 3)))
    } else if words.contains(companyWord), rest.isEmpty {
      candidate.findings.append(SuggestionFinding(.name(companyWord), 10))
    } else if words.contains(userWord), rest.count <= 1 {
      candidate.findings.append(SuggestionFinding(.name(userWord), 6))
    }
  }

  // MARK: - What its columns say

  private func addColumns(_ number: Int, _ candidate: inout Candidate) {
    let table = catalogue.tables[number]
    let pair: Set = [candidate.user, candidate.company]
    var known = pair.union(table.singleKey.map { [$0.name] } ?? [])
    addRole(number, known, &candidate)
    addFurther(number, known, &candidate)
    known.formUnion(references.from(number).map(\.column))
    var contents: [String] = []
    let times = SuggestionWords.created.union(SuggestionWords.modified)
    for (column, words) in zip(table.columns, references.columnWords[number])
    where !known.contains(column.name) {
      if isPolymorphic(words, number) {
        candidate.findings.append(SuggestionFinding(.polymorphic(column: column.name), -16))
        candidate.isDecoy = true
      }
      if SuggestionWords.isTime(words, of: times) { continue }
      if words.contains(where: SuggestionWords.contents.contains)
        || (words.first == "token" && column.isRequired)
      {
        contents.append(column.name)
      }
    }
    if contents.count > 0 {
      candidate.findings.append(
        SuggestionFinding(.contents(contents), -min(24, 5 * contents.count)))
    }
  }

  private func addRole(
    _ number: Int, _ known: Set<String>, _ candidate: inout Candidate
  ) {
    let rights: Set = ["role", "permission", "admin", "owner", "level", "right"]
    let role = zip(catalogue.tables[number].columns, references.columnWords[number]).first {
      !known.contains($0.name) && $1.contains(where: rights.contains)
    }
    if let role { candidate.findings.append(SuggestionFinding(.role(column: role.0.name), 5)) }
  }

  private func addFurther(
    _ number: Int, _ known: Set<String>, _ candidate: inout Candidate
  ) {
    let table = catalogue.tables[number]
    for reference in references.from(number)
    where !known.contains(reference.column) && reference.target != number
      && reference.target != users && reference.target != companies
    {
      let words = references.tableWords[reference.target]
      let isRight =
        words.contains(where: SuggestionWords.rights.contains) || words.last == "profile"
      let isKey = table.uniqueSets.contains {
        $0.columns.contains(reference.column) && $0.columns.contains(candidate.user)
      }
      let isOwner = references.from(companies).contains { $0.target == reference.target }
      var points = isRight ? -1 : isOwner ? -1 : -7
      if isKey, !isRight { points -= 14 }
      candidate.findings.append(
        SuggestionFinding(
          .further(column: reference.column, table: catalogue.tables[reference.target].name), points
        ))
    }
  }

  /// Whether a column tells what another one refers to: `source_type` beside `source_id`.
  private func isPolymorphic(_ words: [String], _ number: Int) -> Bool {
    guard words.count > 1, words.last == "type" || words.first == "itemtype" else { return false }
    let stem = words.dropLast()
    return references.columnWords[number].contains { other in
      other.count == words.count && other.dropLast() == stem
        && SuggestionWords.identifiers.contains(other.last ?? "")
    }
  }
}
