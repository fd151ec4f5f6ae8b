/// What a mapping is to be about: the tables that were found together.
struct MappingChoice: Hashable, Sendable {
  var users: UserCandidates.Candidate
  var companies: CompanyCandidates.Candidate?
  var access: AccessCandidates.Candidate?
  var home: HomeColumn?
  var through: ThroughTable?
  /// What tells companies from users where both are in one table.
  var sameTable: SameTable?

  var points: Int {
    users.points + (companies?.points ?? 0) + (access?.points ?? 0) + (home == nil ? 0 : 6)
  }
}

/// The column with the home company of a user.
struct HomeColumn: Hashable, Sendable {
  let table: Int
  /// The column with the key of the user.
  let user: String
  let company: String
  /// Whether it is only the company at which the user looks.
  let isSession: Bool
}

/// A table, such as roles or teams, through which users come to companies.
struct ThroughTable: Hashable, Sendable {
  /// The table with a user and a row of `table`.
  let pair: AccessCandidates.Candidate
  let table: Int
  /// The column of `table` with the company.
  let company: String
}

/// Users and companies in one table, told apart by a column.
struct SameTable: Hashable, Sendable {
  let column: String
  let users: MappingConstant
  let companies: MappingConstant
  /// Whether the values were seen; they are guessed if not.
  let isSeen: Bool
}

/// Chooses the tables of users, companies and grants together.
///
/// What speaks for a table has points, and what speaks against it has less than none; the sum over
/// the tables decides. The points were found by trying them on the schemas of about fifty
/// applications: a name that is always used so outweighs anything else, and the name of a table of
/// settings outweighs the form of an access table.
struct MappingChooser {
  let catalogue: Catalogue
  let references: CatalogueReferences

  init(_ catalogue: Catalogue, _ references: CatalogueReferences) {
    self.catalogue = catalogue
    self.references = references
  }

  /// The fewest points of a table with a user and a company that can be suggested.
  static let leastAccess = 4
  /// The fewest points of a table that is good enough for companies that may be something else.
  static let goodAccess = 12
  /// The fewest points of companies that are only the home of users.
  static let leastHome = 24

  /// All that fits, the likeliest first; the first is what is suggested.
  func choices() -> [MappingChoice] {
    let users = UserCandidates(catalogue: catalogue, references: references).candidates()
    return users.flatMap { user in
      let same = sameTable(users: user)
      let found = choices(users: user).map { choice in
        var choice = choice
        if let same, let company = choice.companies?.table, hasOwner(company, like: same) {
          choice.companies?.isPart = true
        }
        return choice
      }
      return [same].compactMap { $0 } + found
    }.sorted { order($0) > order($1) }
  }

  private func order(_ choice: MappingChoice) -> (Int, Int) {
    let isPart = choice.companies?.isPart == true
    let kind =
      choice.access != nil && !isPart
      ? 4
      : choice.home != nil && !isPart ? 3 : choice.through != nil ? 2 : choice.access != nil ? 1 : 0
    return (kind, choice.points)
  }

  /// Whether a table refers to companies that are in the table of the users.
  private func hasOwner(_ table: Int, like same: MappingChoice) -> Bool {
    guard let access = same.access else { return false }
    return catalogue.tables[table].column(access.company) != nil
  }

  private func choices(users: UserCandidates.Candidate) -> [MappingChoice] {
    let companies = CompanyCandidates(catalogue: catalogue, references: references)
      .candidates(users: users.table)
    var choices: [MappingChoice] = []
    for company in companies where isEntered(company, users.table) {
      let pairs = AccessCandidates(
        catalogue: catalogue, references: references, users: users.table, companies: company.table
      ).candidates()
      var choice = MappingChoice(users: users, companies: company)
      choice.home = home(users.table, company.table, pairs)
      let good = pairs.filter {
        !$0.isHome && company.points + $0.points >= 40
          && $0.points
            >= (company.strength >= 2 ? MappingChooser.leastAccess : MappingChooser.goodAccess)
      }
      choices += good.map { pair in
        var choice = choice
        choice.access = pair
        return choice
      }
      if good.isEmpty, company.points >= MappingChooser.leastHome {
        if choice.home == nil { choice.through = through(users.table, company) }
        choices.append(choice)
      }
    }
    return choices.isEmpty ? [MappingChoice(users: users)] : choices
  }

  /// Whether companies of a name that may mean something else have anything that belongs to them.
  private func isEntered(_ company: CompanyCandidates.Candidate, _ users: Int) -> Bool {
    guard company.strength < 2 else { return true }
    let joined = Set(references.to(users).map(\.table))
    return references.to(company.table).contains {
      $0.table != company.table && $0.table != users && !joined.contains($0.table)
    }
  }

  // MARK: - Home

  private func home(
    _ users: Int, _ companies: Int, _ pairs: [AccessCandidates.Candidate]
  ) -> HomeColumn? {
    let own = references.from(users).filter { reference in
      reference.target == companies
        && reference.qualifier.allSatisfy(SuggestionWords.home.contains)
    }.min { $0.qualifier.count < $1.qualifier.count }
    if let own, let key = catalogue.tables[users].singleKey?.name {
      return HomeColumn(
        table: users, user: key, company: own.column,
        isSession: own.qualifier.contains(where: SuggestionWords.session.contains))
    }
    guard let other = pairs.first(where: \.isHome) else { return nil }
    return HomeColumn(
      table: other.table, user: other.user, company: other.company, isSession: false)
  }

  // MARK: - Through another table

  private func through(_ users: Int, _ company: CompanyCandidates.Candidate) -> ThroughTable? {
    var best: ThroughTable?
    for reference in references.to(company.table)
    where reference.table != users && reference.table != company.table && !reference.isActor {
      let middle = reference.table
      guard catalogue.tables[middle].singleKey != nil else { continue }
      let pairs = AccessCandidates(
        catalogue: catalogue, references: references, users: users, companies: middle
      ).candidates().filter { !$0.isDecoy && $0.points >= MappingChooser.goodAccess + 8 }
      if let pair = pairs.first, pair.points > best?.pair.points ?? 0 {
        best = ThroughTable(pair: pair, table: middle, company: reference.column)
      }
    }
    return best
  }

  // MARK: - One table for both

  private func sameTable(users: UserCandidates.Candidate) -> MappingChoice? {
    guard let kind = typeColumn(of: catalogue.tables[users.table]) else { return nil }
    var best: (number: Int, user: String, company: String, points: Int)?
    for reference in references.to(users.table)
    where reference.table != users.table && !reference.isActor {
      let other = catalogue.tables[reference.table]
      for column in other.columns where column.name != reference.column {
        let words = references.names.words(column.name).filter {
          !SuggestionWords.identifiers.contains($0)
        }
        guard words.count == 1, (SuggestionWords.companies[words[0]] ?? 0) == 3,
          !references.from(reference.table).contains(where: {
            $0.column == column.name && $0.target != users.table
          })
        else { continue }
        let pair: Set = [reference.column, column.name]
        let points =
          (other.uniqueSets.contains { Set($0.columns) == pair } ? 30 : 0)
          + (references.tableWords[reference.table].contains(words[0]) ? 10 : 0)
          - other.columns.count
        if points > best?.points ?? 15 {
          best = (reference.table, reference.column, column.name, points)
        }
      }
    }
    guard let best else { return nil }
    return sameTable(users, kind, best.number, user: best.user, company: best.company)
  }

  /// The column that tells users from companies: best one that has several values, or is called so.
  private func typeColumn(of table: CatalogueTable) -> CatalogueColumn? {
    let found = table.columns.filter {
      let words = references.names.words($0.name)
      return words.last == "type" && words.count <= 2
    }
    return found.first { Set(($0.sample ?? []).map(\.value)).count > 1 }
      ?? found.first { references.names.words($0.name) == ["type"] } ?? found.first
  }

  private func sameTable(
    _ users: UserCandidates.Candidate, _ kind: CatalogueColumn, _ access: Int, user: String,
    company: String
  ) -> MappingChoice {
    let values = (kind.sample ?? []).map(\.value).filter { $0 != .null }
    let isSeen = values.count >= 2
    let pair = AccessCandidates.Candidate(
      table: access, user: user, company: company,
      findings: [
        SuggestionFinding(.pair(user: user, company: company, isDeclared: false), 2),
        SuggestionFinding(.unique([user, company]), 18),
      ], isDecoy: false)
    var choice = MappingChoice(users: users, access: pair)
    choice.companies = CompanyCandidates.Candidate(
      table: users.table, findings: [SuggestionFinding(.name(company), 20)], strength: 3)
    choice.sameTable = SameTable(
      column: kind.name, users: isSeen ? values[0] : .integer(0),
      companies: isSeen ? values[1] : .integer(1), isSeen: isSeen)
    return choice
  }
}
