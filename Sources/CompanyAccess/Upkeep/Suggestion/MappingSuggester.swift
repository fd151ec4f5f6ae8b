/// Suggests a mapping from a catalogue.
struct MappingSuggester {
  private let catalogue: Catalogue
  let references: CatalogueReferences
  private let choices: [MappingChoice]

  /// - Parameters:
  ///   - catalogue: The tables.
  ///   - references: Their references, if they are known already.
  init(_ catalogue: Catalogue, _ references: CatalogueReferences? = nil) {
    self.catalogue = catalogue
    self.references = references ?? CatalogueReferences(catalogue)
    choices = MappingChooser(catalogue, self.references).choices()
  }

  /// The tables whose rows are worth a look: those of the likeliest choices.
  var tablesOfInterest: [String] {
    var numbers: [Int] = []
    for choice in choices.prefix(24) {
      let parts = [
        choice.users.table, choice.companies?.table, choice.access?.table, choice.home?.table,
        choice.through?.table, choice.through?.pair.table,
      ]
      for number in parts.compactMap({ $0 }) where !numbers.contains(number) {
        numbers.append(number)
      }
    }
    return numbers.prefix(32).map { catalogue.tables[$0].name }
  }

  /// How many suggestions are worth a look.
  private static let offered = 6

  /// What is suggested, the likeliest first; at least one, which may be that there is nothing.
  ///
  /// Those that follow are about other tables, and have a mapping.
  func suggestions() -> [MappingSuggestion] {
    guard let first = choices.first else {
      return [
        MappingSuggestion(
          answer: .none, document: nil, chosen: [], alternatives: [], questions: [])
      ]
    }
    var found = [suggestion(first)]
    for choice in choices.dropFirst().prefix(40) + otherAccess(first)
    where found.count < Self.offered {
      let other = suggestion(choice)
      if other.document != nil, !found.contains(where: { $0.tables == other.tables }) {
        found.append(other)
      }
    }
    return found
  }

  private func suggestion(_ choice: MappingChoice) -> MappingSuggestion {
    let answer = answer(choice)
    guard answer != .none, let companies = choice.companies else {
      return MappingSuggestion(
        answer: .none, document: nil, chosen: [], alternatives: rejected(choice), questions: [])
    }
    var people = SuggestedPeople(catalogue, references, choice)
    let users = people.users()
    let firms = people.companies(companies.table)
    var chosen = [
      suggested(.users, choice.users.table, users.columns, choice.users.findings),
      suggested(.companies, companies.table, firms.columns, companies.findings),
    ]
    var questions = people.questions
    var members: [SuggestedNode.Member] = [
      SuggestedNode.Member(key: "users", value: users.node),
      SuggestedNode.Member(key: "companies", value: firms.node),
    ]
    let home = choice.home.map { addHome($0, choice, &chosen, &members) }
    if let scope = scope(choice) {
      members.append(SuggestedNode.Member(key: "scope", value: scope.node))
      questions.append(.scope(user: scope.user, company: scope.company))
    }
    if let access = choice.access, answer == .access {
      var part = SuggestedAccess(catalogue, references, choice, access)
      let found = part.part()
      members.append(SuggestedNode.Member(key: "access", value: found.node))
      chosen.append(suggested(.access, access.table, found.columns, access.findings))
      questions = check(choice) + questions + part.questions
    }
    if let through = choice.through, answer == .through { chosen += parts(through) }
    questions += [home].compactMap { $0 } + closing(choice, answer)
    return MappingSuggestion(
      answer: answer, document: answer == .through ? nil : .object(members),
      chosen: chosen, alternatives: alternatives(choice), questions: questions)
  }

  private func answer(_ choice: MappingChoice) -> MappingSuggestion.Answer {
    let isPart = choice.companies?.isPart == true
    if choice.access != nil, !isPart { return .access }
    if choice.home != nil { return .home }
    if choice.through != nil { return .through }
    return choice.access != nil ? .access : .none
  }

  private func suggested(
    _ part: SuggestedTable.Part, _ number: Int, _ columns: [SuggestedColumn],
    _ findings: [SuggestionFinding]
  ) -> SuggestedTable {
    SuggestedTable(
      part: part, table: catalogue.tables[number].name, columns: columns,
      reasons: findings.reasons)
  }

  // MARK: - Parts

  /// Adds the home company; the answer is what has to be asked of it.
  private func addHome(
    _ home: HomeColumn, _ choice: MappingChoice, _ chosen: inout [SuggestedTable],
    _ members: inout [SuggestedNode.Member]
  ) -> SuggestionQuestion {
    let table = catalogue.tables[home.table]
    let node = SuggestedNode.object([
      "table": .name(table.name), "user": .name(home.user), "company": .name(home.company),
    ])
    members.append(SuggestedNode.Member(key: "home", value: node))
    chosen.append(
      SuggestedTable(
        part: .home, table: table.name,
        columns: [
          SuggestedColumn("user", home.user), SuggestedColumn("company", home.company),
        ], reasons: []))
    if home.isSession { return .sessionCompany(table: table.name, column: home.company) }
    return .homeCompany(
      table: table.name, column: home.company,
      mayBeNull: table.column(home.company)?.isRequired == false)
  }

  private func parts(_ through: ThroughTable) -> [SuggestedTable] {
    [
      suggested(
        .through, through.table, [SuggestedColumn("company", through.company)], []),
      suggested(
        .access, through.pair.table,
        [
          SuggestedColumn("user", through.pair.user),
          SuggestedColumn(SuggestedTable.Part.through.rawValue, through.pair.company),
        ], through.pair.findings),
    ]
  }

  /// The columns by which users and companies belong to rows of the same third table.
  private func scope(
    _ choice: MappingChoice
  ) -> (node: SuggestedNode, user: String, company: String)? {
    guard let companies = choice.companies?.table, choice.sameTable == nil else { return nil }
    let own = references.from(choice.users.table).filter { isOwner($0, choice) }
    for reference in references.from(companies) where isOwner(reference, choice) {
      guard let user = own.first(where: { $0.target == reference.target }) else { continue }
      let node = SuggestedNode.object([
        "user": .name(user.column), "company": .name(reference.column),
      ])
      return (node, user.column, reference.column)
    }
    return nil
  }

  private func isOwner(_ reference: CatalogueReference, _ choice: MappingChoice) -> Bool {
    guard reference.qualifier.isEmpty, reference.target != choice.users.table,
      reference.target != choice.companies?.table
    else { return false }
    let last = references.tableWords[reference.target].last ?? ""
    return (SuggestionWords.companies[last] ?? 0) >= 2 && last != "partner"
      && catalogue.tables[reference.table].column(reference.column)?.isRequired == true
  }

  // MARK: - Questions

  /// What may be wrong with the choice itself.
  private func check(_ choice: MappingChoice) -> [SuggestionQuestion] {
    guard let access = choice.access else { return [] }
    let table = catalogue.tables[access.table].name
    if let same = choice.sameTable {
      return [.pleaseCheck(table: table, other: nil)]
        + (same.isSeen ? [] : [.typesGuessed(column: same.column)])
    }
    let rival = choices.first {
      guard $0 != choice else { return false }
      guard let other = $0.access, $0.companies?.isPart == false else { return false }
      return other.table != access.table && $0.points + 12 >= choice.points
    }
    let isWeak =
      access.isDecoy || access.points < 20 || (choice.companies?.strength ?? 0) < 2
      || choice.companies?.isPart == true
    guard isWeak || rival != nil else { return [] }
    let other = rival?.access.map { catalogue.tables[$0.table].name }
    return [.pleaseCheck(table: table, other: other)]
  }

  private func closing(
    _ choice: MappingChoice, _ answer: MappingSuggestion.Answer
  ) -> [SuggestionQuestion] {
    switch answer {
    case .access: return [.caches]
    case .through:
      return choice.through.map { [.through(table: catalogue.tables[$0.table].name)] } ?? []
    case .home:
      return choice.home.map {
        [.onlyHome(table: catalogue.tables[$0.table].name, column: $0.company)]
      } ?? []
    case .none: return []
    }
  }

  // MARK: - What else there is

  /// Other choices, and tables that look alike but are about something else.
  private func alternatives(_ choice: MappingChoice) -> [SuggestedTable] {
    otherAccess(choice).compactMap(\.access).map { access in
      suggested(
        .access, access.table,
        [SuggestedColumn("user", access.user), SuggestedColumn("company", access.company)],
        access.findings)
    }
  }

  /// The same users with other tables that may say who may enter what.
  private func otherAccess(_ choice: MappingChoice) -> [MappingChoice] {
    var seen: Set<Int> = []
    if let access = choice.access { seen.insert(access.table) }
    var found: [MappingChoice] = []
    func add(_ other: MappingChoice) {
      guard let access = other.access, found.count < 5, seen.insert(access.table).inserted else {
        return
      }
      found.append(other)
    }
    for other in choices.lazy.filter({ $0 != choice }).prefix(3) { add(other) }
    guard let companies = choice.companies, choice.sameTable == nil else { return found }
    func add(
      _ pair: AccessCandidates.Candidate, _ companies: CompanyCandidates.Candidate
    ) {
      var other = MappingChoice(users: choice.users, companies: companies)
      other.access = pair
      add(other)
    }
    for pair in pairs(choice, companies.table) where pair.isAlike { add(pair, companies) }
    let others = CompanyCandidates(catalogue: catalogue, references: references)
      .candidates(users: choice.users.table, limit: 6)
    for other in others where other.table != companies.table {
      if let pair = pairs(choice, other.table).first { add(pair, other) }
    }
    return found
  }

  /// The tables with a user and a row of another table.
  private func pairs(_ choice: MappingChoice, _ companies: Int) -> [AccessCandidates.Candidate] {
    AccessCandidates(
      catalogue: catalogue, references: references, users: choice.users.table,
      companies: companies
    ).candidates().filter { !$0.isHome }
  }

  /// What was looked at where nothing was found.
  private func rejected(_ choice: MappingChoice) -> [SuggestedTable] {
    let companies = CompanyCandidates(catalogue: catalogue, references: references)
      .candidates(users: choice.users.table, limit: 3)
    return [suggested(.users, choice.users.table, [], choice.users.findings)]
      + companies.map { suggested(.companies, $0.table, [], $0.findings) }
  }
}
