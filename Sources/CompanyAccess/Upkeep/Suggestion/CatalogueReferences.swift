/// A column that holds the key of another table, as the schema declares or the name says.
struct CatalogueReference: Hashable, Sendable {
  /// The number of the table with the column.
  let table: Int
  let column: String
  /// The number of the table that it refers to.
  let target: Int
  let isDeclared: Bool
  /// What the name of the column says beside the name of the table: `active` in
  /// `active_organization_id`.
  let qualifier: [String]

  /// Whether the column tells who did something, not who belongs.
  var isActor: Bool { qualifier.contains(where: SuggestionWords.actors.contains) }
}

/// The references of a catalogue, those that are declared and those that names suggest.
struct CatalogueReferences: Sendable {
  private(set) var all: [CatalogueReference] = []
  /// The numbers of the references in `all`, by the number of the table with the column.
  private var byTable: [[Int]]
  private var byTarget: [[Int]]
  /// The words of the name of each table.
  let tableWords: [[String]]
  /// The words of the names of the columns of each table.
  let columnWords: [[[String]]]
  let names: CatalogueNames
  private let catalogue: Catalogue
  /// The numbers of tables by the words of their names, written as one.
  private let nouns: [String: [Int]]
  /// Those words that are what users or companies are called.
  private let entities: [String]
  private let places: [String: Int]

  init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    let names = CatalogueNames(catalogue.tables.map(\.name))
    self.names = names
    let words = catalogue.tables.map { names.tableWords($0.name) }
    tableWords = words
    // Many tables have columns of the same names.
    var known: [String: [String]] = [:]
    columnWords = catalogue.tables.map { table in
      table.columns.map { column in
        if let words = known[column.name] { return words }
        let words = names.words(column.name)
        known[column.name] = words
        return words
      }
    }
    places = Dictionary(
      catalogue.tables.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    nouns = CatalogueReferences.nouns(words)
    entities = nouns.keys.filter(SuggestionWords.isEntity)
    byTable = Array(repeating: [], count: catalogue.tables.count)
    byTarget = byTable
    for table in catalogue.tables.indices { addReferences(of: table) }
  }

  /// The references that a table has to others.
  func from(_ table: Int) -> [CatalogueReference] { byTable[table].map { all[$0] } }
  /// The references that others, or a table itself, have to it.
  func to(_ table: Int) -> [CatalogueReference] { byTarget[table].map { all[$0] } }

  private static func nouns(_ words: [[String]]) -> [String: [Int]] {
    var nouns: [String: [Int]] = [:]
    for (table, words) in words.enumerated() {
      nouns[words.joined(), default: []].append(table)
    }
    // A table of another application or module: `crm_account` for `account_id`.
    for (table, words) in words.enumerated() where words.count == 2 {
      let last = words[1]
      let isPlain =
        SuggestionWords.users[words[0]] == nil
        && (SuggestionWords.companies[words[0]] ?? 0) < 2
      if SuggestionWords.isEntity(last), isPlain, nouns[last] == nil {
        nouns[last] = [table]
      }
    }
    return nouns
  }

  private mutating func add(_ reference: CatalogueReference) {
    byTable[reference.table].append(all.count)
    byTarget[reference.target].append(all.count)
    all.append(reference)
  }

  private mutating func addReferences(of number: Int) {
    let table = catalogue.tables[number]
    var declared: Set<String> = []
    for key in table.foreignKeys where key.columns.count == 1 {
      guard let target = places[key.table], declared.insert(key.columns[0]).inserted
      else { continue }
      let stem = CatalogueReferences.stem(of: names.words(key.columns[0]))
      add(
        CatalogueReference(
          table: number, column: key.columns[0], target: target, isDeclared: true,
          qualifier: qualifier(of: stem, to: target)))
    }
    for (column, words) in zip(table.columns, columnWords[number])
    where !declared.contains(column.name) {
      guard let found = inferred(column, words, in: number) else { continue }
      add(found)
    }
  }

  // MARK: - By name

  /// The words of a column that name what it refers to, and what stands behind the `id`.
  private static func stem(of column: [String]) -> [String] {
    var words = column
    while let last = words.last, words.count > 1, SuggestionWords.identifiers.contains(last) {
      words.removeLast()
    }
    while let first = words.first, words.count > 1, SuggestionWords.identifiers.contains(first) {
      words.removeFirst()
    }
    if let place = words.firstIndex(where: SuggestionWords.identifiers.contains), words.count > 2 {
      words = Array(words[(place + 1)...]) + Array(words[..<place])
    }
    return words
  }

  /// What the words of a column say beside the name of the table to which it refers.
  private func qualifier(of stem: [String], to target: Int) -> [String] {
    let words = tableWords[target]
    if stem.joined() == words.joined() { return [] }
    var rest = stem
    while !rest.isEmpty {
      if words.joined().hasSuffix(rest.joined()) || rest.count == 1 && rest.last == words.last {
        return Array(stem.dropLast(rest.count))
      }
      rest.removeFirst()
    }
    // A name that says nothing else: `cid`, `uid`, `member_id`.
    if stem.count == 1, SuggestionWords.actors.contains(stem[0]) { return stem }
    if stem.count == 1, stem[0].count <= 3 || SuggestionWords.isEntity(stem[0]) { return [] }
    return stem
  }

  private func inferred(
    _ column: CatalogueColumn, _ words: [String], in number: Int
  ) -> CatalogueReference? {
    guard column.kind != .time, column.kind != .flag else { return nil }
    let marked =
      words.contains(where: SuggestionWords.identifiers.contains) || column.name.hasSuffix("Id")
    let stem = CatalogueReferences.stem(of: words)
    if words == ["uid"], let target = target("user", column, from: number, isMarked: true) {
      return CatalogueReference(
        table: number, column: column.name, target: target, isDeclared: false, qualifier: [])
    }
    for length in stride(from: stem.count, through: 1, by: -1) {
      let noun = stem.suffix(length).joined()
      guard marked || length == stem.count else { break }
      guard let target = target(noun, column, from: number, isMarked: marked) else { continue }
      return CatalogueReference(
        table: number, column: column.name, target: target, isDeclared: false,
        qualifier: Array(stem.dropLast(length)))
    }
    // `created_by`, `owner_id`, `write_uid`: who did something.
    guard marked || words.last == "by", stem.allSatisfy(SuggestionWords.actors.contains),
      let target = target("user", column, from: number, isMarked: true)
    else { return nil }
    return CatalogueReference(
      table: number, column: column.name, target: target, isDeclared: false, qualifier: stem)
  }

  /// The table that a noun names for a column of another table.
  private func target(
    _ noun: String, _ column: CatalogueColumn, from number: Int, isMarked: Bool
  ) -> Int? {
    var found = nouns[noun] ?? []
    if found.isEmpty, isMarked, noun.count >= 3 {
      // An abbreviation: `soc` for `societe`.
      let longer = entities.filter { $0.hasPrefix(noun) }
      if longer.count == 1 { found = nouns[longer[0]] ?? [] }
    }
    found = found.filter { target in
      guard let key = catalogue.tables[target].singleKey else { return false }
      if target == number, key.name == column.name { return false }
      return column.canHoldKeys(of: key)
    }
    guard found.count > 1 else { return found.first }
    let prefix = names.prefix(catalogue.tables[number].name)
    return found.first { names.prefix(catalogue.tables[$0].name) == prefix } ?? found.first
  }
}
