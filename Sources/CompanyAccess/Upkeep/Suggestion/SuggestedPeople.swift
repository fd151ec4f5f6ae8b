/// Suggests which columns of the users' and the companies' tables a mapping names.
struct SuggestedPeople {
  let catalogue: Catalogue
  let references: CatalogueReferences
  let choice: MappingChoice
  private(set) var questions: [SuggestionQuestion] = []

  init(_ catalogue: Catalogue, _ references: CatalogueReferences, _ choice: MappingChoice) {
    self.catalogue = catalogue
    self.references = references
    self.choice = choice
  }

  /// What is said of a table: the part of the mapping, and the columns that it names.
  struct Part: Hashable, Sendable {
    let node: SuggestedNode
    let columns: [SuggestedColumn]
  }

  // MARK: - Users

  mutating func users() -> Part {
    let finder = ColumnFinder(choice.users.table, catalogue, references)
    let table = finder.table
    let email = finder.column(called: SuggestionWords.emails, where: isText)
    let username =
      (choice.sameTable == nil ? nil : onlyName(finder))
      ?? finder.column(called: SuggestionWords.usernames, where: isText) ?? onlyName(finder)
    let names = fullName(finder, besides: username)
    let role = role(finder)
    let active = activity(finder)
    let key = table.singleKey?.name ?? ""
    let known = username ?? email
    let lookup = names.isEmpty ? finder.lookup(of: SuggestionWords.fullNames) : nil
    askElsewhere(finder, email)
    askTypes(finder)
    let only = choice.sameTable.map { SuggestedNode.object([$0.column: .constant($0.users)]) }
    let node = SuggestedNode.object([
      "table": .name(table.name), "key": .name(key),
      "username": .name(known?.name ?? key),
      "full_name": lookup?.node ?? list(names), "email": email.map { .name($0.name) },
      "role": role?.node, "active": active?.node,
      "created_at": finder.time(SuggestionWords.created).map { .name($0.name) },
      "modified_at": finder.time(SuggestionWords.modified).map { .name($0.name) }, "only": only,
    ])
    let columns =
      [SuggestedColumn("key", key), SuggestedColumn("username", known?.name ?? key)]
      + names.map { SuggestedColumn("full_name", $0.name) }
      + [email.map { SuggestedColumn("email", $0.name) }, active?.column].compactMap { $0 }
    return Part(node: node, columns: columns)
  }

  private func isText(_ column: CatalogueColumn) -> Bool {
    column.kind == .text || column.kind == .other
  }

  /// A unique name of a user, where nothing else tells one from another.
  private func onlyName(_ finder: ColumnFinder) -> CatalogueColumn? {
    finder.column(called: ["name"], where: { finder.table.isUnique($0.name) })
  }

  private func fullName(
    _ finder: ColumnFinder, besides username: CatalogueColumn?
  ) -> [CatalogueColumn] {
    let first = finder.column(called: SuggestionWords.firstNames, where: isText)
    let last = finder.column(called: SuggestionWords.lastNames, where: isText)
    if let first, let last { return [first, last] }
    if let whole = finder.column(
      called: SuggestionWords.fullNames, where: { $0 != username && isText($0) })
    {
      return [whole]
    }
    return [first ?? last].compactMap { $0 }
  }

  private func list(_ columns: [CatalogueColumn]) -> SuggestedNode? {
    switch columns.count {
    case 0: nil
    case 1: .name(columns[0].name)
    default: .list(columns.map { .name($0.name) })
    }
  }

  /// The column of a user's role, or the table in which its name is.
  private func role(_ finder: ColumnFinder) -> (node: SuggestedNode, column: String)? {
    for reference in references.from(finder.number)
    where references.tableWords[reference.target].last == "role" && !reference.isActor {
      let roles = ColumnFinder(reference.target, catalogue, references)
      guard let key = roles.table.singleKey?.name,
        let name = roles.column(called: SuggestionWords.companyNames)
      else { continue }
      let lookup = ColumnFinder.Lookup(
        column: reference.column, table: roles.table.name, key: key, name: name.name)
      return (lookup.node, reference.column)
    }
    let column = finder.column(called: SuggestionWords.roles, where: { $0.kind != .time })
    return column.map { (.name($0.name), $0.name) }
  }

  /// The column that says whether a user or company is active.
  private mutating func activity(
    _ finder: ColumnFinder
  ) -> (node: SuggestedNode, column: SuggestedColumn)? {
    let marks = finder.marks().filter(\.isSure)
    // A time at which a row has ended cannot be said here: NULL is no value that a column equals.
    for mark in marks where mark.equals == .null {
      questions.append(.rowEnds(column: "\(finder.table.name).\(mark.column.name)"))
    }
    guard let mark = marks.first(where: { $0.equals != .null }) else { return nil }
    let column = SuggestedColumn("active", mark.column.name)
    if mark.end == nil, mark.equals == .flag(true) || mark.equals == .integer(1) {
      return (.name(mark.column.name), column)
    }
    let value: MappingConstant = mark.equals == .flag(false) ? .integer(0) : mark.equals
    let node = SuggestedNode.object([
      "column": .name(mark.column.name), "equals": .constant(value),
    ])
    return (node, column)
  }

  /// An address that is in a table with several rows for a user cannot be said in a mapping.
  private mutating func askElsewhere(_ finder: ColumnFinder, _ email: CatalogueColumn?) {
    guard email == nil else { return }
    let other = references.to(finder.number).first { reference in
      references.tableWords[reference.table].contains { ["email", "mail"].contains($0) }
    }
    guard let other else { return }
    questions.append(.elsewhere(what: "email", table: catalogue.tables[other.table].name))
  }

  private mutating func askTypes(_ finder: ColumnFinder) {
    guard choice.sameTable == nil,
      let type = finder.column(called: ["type", "kind", "user type", "\(finder.table.name) type"])
    else { return }
    let values = (type.sample ?? []).map { $0.value.words }
    guard values.count != 1 else { return }
    questions.append(.types(table: finder.table.name, column: type.name, values: values))
  }

  // MARK: - Companies

  mutating func companies(_ number: Int) -> Part {
    let finder = ColumnFinder(number, catalogue, references)
    let table = finder.table
    let key = table.singleKey?.name ?? ""
    let name = finder.column(
      called: choice.sameTable == nil
        ? SuggestionWords.companyNames : ["full name", "display name", "name"],
      where: { $0.kind != .integer && !isReference($0, finder) })
    let lookup = name == nil ? finder.lookup(of: SuggestionWords.companyNames) : nil
    let code = code(finder, besides: name)
    let active = activity(finder)
    if name == nil, lookup == nil {
      questions.append(.unnamedCompanies(column: code?.name ?? key))
    }
    if choice.sameTable == nil { askTypes(finder) }
    let only = choice.sameTable.map { SuggestedNode.object([$0.column: .constant($0.companies)]) }
    let node = SuggestedNode.object([
      "table": .name(table.name), "key": .name(key),
      "name": lookup?.node ?? .name(name?.name ?? code?.name ?? key),
      "code": name == nil && lookup == nil ? nil : code.map { .name($0.name) },
      "active": active?.node,
      "created_at": finder.time(SuggestionWords.created).map { .name($0.name) },
      "modified_at": finder.time(SuggestionWords.modified).map { .name($0.name) }, "only": only,
    ])
    let columns = [
      SuggestedColumn("key", key),
      SuggestedColumn("name", name?.name ?? lookup?.column ?? code?.name ?? key),
    ]
    return Part(
      node: node,
      columns: columns + [active?.column].compactMap { $0 })
  }

  /// A short text that names a company, and no other.
  private func code(_ finder: ColumnFinder, besides name: CatalogueColumn?) -> CatalogueColumn? {
    if let code = finder.column(
      called: SuggestionWords.codes,
      where: { $0 != name && $0.kind != .flag && $0.kind != .time && $0.keyPlace == 0 })
    {
      return code
    }
    return finder.columns.first { column, words in
      column != name && words.last == "key" && words.count == 2 && isText(column)
        && finder.table.isUnique(column.name)
    }?.column
  }

  private func isReference(_ column: CatalogueColumn, _ finder: ColumnFinder) -> Bool {
    references.from(finder.number).contains { $0.column == column.name }
  }
}

extension MappingConstant {
  /// The constant as people read it.
  var words: String {
    switch self {
    case .null: "NULL"
    case .integer(let number): String(number)
    case .text(let text): text
    case .flag(let isTrue): isTrue ? "true" : "false"
    case .now: "now"
    }
  }
}
