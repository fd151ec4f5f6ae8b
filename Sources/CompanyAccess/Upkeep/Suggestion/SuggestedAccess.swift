/// Suggests how rows of an application's access table are made, read and ended.
struct SuggestedAccess {
  private let finder: ColumnFinder
  private let catalogue: Catalogue
  private let references: CatalogueReferences
  private let choice: MappingChoice
  private let access: AccessCandidates.Candidate
  private(set) var questions: [SuggestionQuestion] = []
  private var new: [SuggestedNode.Member] = []
  private var revokeOnly: String?

  init(
    _ catalogue: Catalogue, _ references: CatalogueReferences, _ choice: MappingChoice,
    _ access: AccessCandidates.Candidate
  ) {
    self.catalogue = catalogue
    self.references = references
    self.choice = choice
    self.access = access
    finder = ColumnFinder(access.table, catalogue, references)
  }

  /// The part of the mapping, with the questions that it leaves.
  mutating func part() -> SuggestedPeople.Part {
    let table = finder.table
    let key = table.singleKey?.name
    let created = finder.time(SuggestionWords.created)
    let modified = finder.time(SuggestionWords.modified)
    let marks = finder.marks().filter { ![access.user, access.company].contains($0.column.name) }
    let live = marks.first { $0.isSure || $0.isSeen }
    let known = Set(
      [key, access.user, access.company, created?.name, modified?.name].compactMap { $0 })
    for column in table.columns where !known.contains(column.name) { take(column, marks) }
    ask(marks.filter { $0.column != live?.column || !$0.isSure }, known)
    let end = live.flatMap { live in
      live.end.map { SuggestedNode.object([live.column.name: .constant($0)]) }
    }
    let node = SuggestedNode.object([
      "table": .name(table.name), "user": .name(access.user), "company": .name(access.company),
      "key": key.map { .name($0) }, "created_at": created.map { .name($0.name) },
      "modified_at": modified.map { .name($0.name) },
      "new": new.isEmpty || revokeOnly != nil ? nil : .object(new),
      "live": live.map {
        .object(["column": .name($0.column.name), "equals": .constant($0.equals)])
      }, "end": end, "revoke_only": revokeOnly.map { .name($0) },
    ])
    var columns = [
      SuggestedColumn("user", access.user), SuggestedColumn("company", access.company),
    ]
    columns += [
      key.map { SuggestedColumn("key", $0) },
      created.map { SuggestedColumn("created_at", $0.name) },
      modified.map { SuggestedColumn("modified_at", $0.name) },
      live.map { SuggestedColumn("live", $0.column.name) },
    ].compactMap { $0 }
    return SuggestedPeople.Part(node: node, columns: columns)
  }

  // MARK: - New rows

  /// What a new row gets in a further column.
  private mutating func take(_ column: CatalogueColumn, _ marks: [ColumnFinder.Mark]) {
    let words = references.names.words(column.name)
    if let mark = marks.first(where: { $0.column == column }) { return give(mark) }
    let isRight =
      column.kind != .time
      && words.contains {
        ["role", "permission", "level", "right", "profile", "admin", "owner"].contains($0)
      }
    let isNeeded = column.isRequired && column.defaultValue == nil && column.keyPlace == 0
    guard isNeeded || isRight && column.defaultValue != nil || isRight && column.kind == .text
    else { return }
    if let target = references.from(finder.number).first(where: { $0.column == column.name }) {
      return refer(column, target, isNeeded)
    }
    if words.contains(where: SuggestionWords.cryptographic.contains), isNeeded {
      questions.append(.valueOnlyApplicationKnows(column: column.name))
      revokeOnly = "only the application can make \(column.name)"
      return
    }
    if !isNeeded, column.sample?.isEmpty != false {
      if let value = column.defaultValue, !isNothing(value) || !isFlag(column) {
        questions.append(.defaultMayBeWrong(column: column.name, value: value))
      }
      return
    }
    let value = usual(column, isRight: isRight)
    new.append(SuggestedNode.Member(key: column.name, value: .constant(value)))
    if value != .now {
      questions.append(.valueOfNewRow(column: column.name, value: value.words))
    }
  }

  /// A row that counts has the value that says so, also where the default is another.
  private mutating func give(_ mark: ColumnFinder.Mark) {
    let isNeeded = mark.column.isRequired && mark.column.defaultValue == nil
    let isGiven = mark.isSure || mark.isSeen ? mark.equals != .null || isNeeded : isNeeded
    guard isGiven else { return }
    new.append(SuggestedNode.Member(key: mark.column.name, value: .constant(mark.equals)))
    if !mark.isSure {
      questions.append(
        .valueOfNewRow(column: mark.column.name, value: mark.equals.words))
    }
  }

  /// A row of another table that a new row needs.
  private mutating func refer(
    _ column: CatalogueColumn, _ target: CatalogueReference, _ isNeeded: Bool
  ) {
    let isRight = references.tableWords[target.target].contains {
      SuggestionWords.rights.contains($0) || $0 == "profile"
    }
    let seen = column.sample?.first { $0.value != .null && $0.value != .integer(0) }
    if isRight, let seen {
      new.append(SuggestedNode.Member(key: column.name, value: .constant(seen.value)))
      questions.append(.valueOfNewRow(column: column.name, value: seen.value.words))
    } else if isRight, let value = column.defaultValue, !isNeeded {
      questions.append(.defaultMayBeWrong(column: column.name, value: value))
    } else {
      questions.append(.valueOnlyApplicationKnows(column: column.name))
      if isNeeded {
        revokeOnly =
          "\(column.name) refers to a row of \(catalogue.tables[target.target].name) "
          + "that only the application can choose"
      }
    }
  }

  /// The value that most rows have, or the one that gives least.
  private func usual(_ column: CatalogueColumn, isRight: Bool) -> MappingConstant {
    if column.kind == .time { return .now }
    if isFlag(column) { return column.kind == .integer ? .integer(0) : .flag(false) }
    let greatest: Set = ["owner", "admin", "administrator", "superuser", "root"]
    let seen = column.sample?.first { sample in
      guard sample.value != .null else { return false }
      guard case .text(let text) = sample.value else { return true }
      return !greatest.contains(text.lowercased())
    }
    if let seen, isRight { return seen.value }
    switch column.kind {
    case .integer: return .integer(0)
    case .text where isRight: return .text("member")
    default: return .text("")
    }
  }

  private func isFlag(_ column: CatalogueColumn) -> Bool {
    column.kind == .flag
      || ["is", "has", "can"].contains(references.names.words(column.name).first ?? "")
  }

  /// Whether a default says no.
  private func isNothing(_ value: String) -> Bool {
    ["0", "false"].contains(value.lowercased().filter { $0 != "'" })
  }

  // MARK: - Questions

  private mutating func ask(_ marks: [ColumnFinder.Mark], _ known: Set<String>) {
    for mark in marks { questions.append(.rowEnds(column: mark.column.name)) }
    for (column, words) in finder.columns where !known.contains(column.name) {
      if words.contains(where: SuggestionWords.expiries.contains), !words.contains("token") {
        questions.append(.rowExpires(column: column.name))
      }
    }
    for reference in references.from(finder.number)
    where reference.target == choice.users.table && reference.column != access.user
      && reference.column != access.company
    {
      questions.append(.secondUser(column: reference.column))
    }
    let pair: Set = [access.user, access.company]
    if !finder.table.uniqueSets.contains(where: { pair.isSuperset(of: $0.columns) && !$0.isPartial }
    ) {
      questions.append(.severalRows)
    }
    askCompanions()
  }

  /// Tables whose rows hang on a row of the access table, or are kept beside it.
  private mutating func askCompanions() {
    let referring = references.to(finder.number).map(\.table).filter { $0 != finder.number }
    let names = Set(referring.map { catalogue.tables[$0].name })
    if !names.isEmpty { questions.append(.companions(tables: names.sorted())) }
  }
}
