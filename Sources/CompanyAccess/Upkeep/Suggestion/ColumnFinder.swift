/// Finds what the columns of one table are for.
struct ColumnFinder {
  let table: CatalogueTable
  let number: Int
  let catalogue: Catalogue
  let references: CatalogueReferences
  private let words: [[String]]

  init(_ number: Int, _ catalogue: Catalogue, _ references: CatalogueReferences) {
    self.number = number
    self.catalogue = catalogue
    self.references = references
    table = catalogue.tables[number]
    words = references.columnWords[number]
  }

  /// The columns with their words.
  var columns: [(column: CatalogueColumn, words: [String])] { Array(zip(table.columns, words)) }

  /// The first column of a list of names, the surest first.
  func column(
    called names: [String], where isOne: (CatalogueColumn) -> Bool = { _ in true }
  ) -> CatalogueColumn? {
    for name in names {
      if let found = columns.first(where: {
        $0.words.joined(separator: " ") == name && isOne($0.column)
      }) {
        return found.column
      }
    }
    return nil
  }

  /// The column with the time of a kind: the created or the modified one.
  func time(_ verbs: Set<String>) -> CatalogueColumn? {
    let found = columns.filter { column, words in
      SuggestionWords.isTime(words, of: verbs) && column.kind != .flag && column.kind != .text
        && !references.from(number).contains { $0.column == column.name }
    }
    return found.max { rank($0.column) < rank($1.column) }?.column
  }

  private func rank(_ column: CatalogueColumn) -> Int {
    (column.kind == .time ? 2 : 0) + (column.isRequired ? 1 : 0)
  }

  // MARK: - Names in other tables

  /// A column by whose value a name is looked up in another table.
  struct Lookup: Hashable, Sendable {
    let column: String
    let table: String
    let key: String
    let name: String

    var node: SuggestedNode {
      .object([
        "column": .name(column), "table": .name(table), "key": .name(key), "name": .name(name),
      ])
    }
  }

  /// A name in a table of persons or parties, to which a row refers.
  func lookup(of names: [String]) -> Lookup? {
    let words: Set = ["party", "partner", "person", "contact", "profile", "account", "address"]
    for reference in references.from(number)
    where reference.target != number && !reference.isActor {
      let target = catalogue.tables[reference.target]
      guard let last = references.tableWords[reference.target].last, words.contains(last),
        let key = target.singleKey?.name,
        let name = ColumnFinder(reference.target, catalogue, references)
          .column(called: names, where: { $0.kind != .integer })
      else { continue }
      return Lookup(column: reference.column, table: target.name, key: key, name: name.name)
    }
    return nil
  }

  // MARK: - Rows that count

  /// A column that says whether a row counts, and the value with which it does.
  struct Mark: Hashable, Sendable {
    let column: CatalogueColumn
    let equals: MappingConstant
    /// What ends a row; nil if a row that counts no more has to be deleted.
    let end: MappingConstant?
    /// Whether the value is certain, as with `deleted_at`.
    let isSure: Bool
    /// Whether the value was seen in rows, if it is not certain.
    var isSeen = true
  }

  /// The columns that say whether a row counts, the surest first.
  func marks() -> [Mark] {
    let found = columns.compactMap { entry in
      mark(entry.column, entry.words).map { (mark: $0, rank: rank($0, entry.words)) }
    }
    return found.sorted { $0.rank > $1.rank }.map(\.mark)
  }

  /// A deletion says more than a lock, and both say more than a state in words.
  private func rank(_ mark: Mark, _ words: [String]) -> Int {
    guard mark.isSure || mark.end != nil else { return 0 }
    if words.contains(where: { ["deleted", "delete", "removed", "revoked"].contains($0) }) {
      return 4
    }
    if words.contains(where: { ["accepted", "approved", "confirmed"].contains($0) }) { return 3 }
    return words.contains(where: { ["active", "enabled", "disabled"].contains($0) }) ? 2 : 1
  }

  private func mark(_ column: CatalogueColumn, _ words: [String]) -> Mark? {
    guard column.keyPlace == 0 else { return nil }
    let verbs = words.filter {
      !SuggestionWords.timeWords.contains($0) && !["is", "was", "has"].contains($0)
    }
    guard let verb = verbs.first,
      verbs.count == 1 || SuggestionWords.states.contains(verbs.last ?? "")
    else { return nil }
    if SuggestionWords.states.contains(verbs.last ?? "") {
      guard verbs.count <= 2, !references.from(number).contains(where: { $0.column == column.name })
      else { return nil }
      return state(column)
    }
    let isTime = words.count > verbs.count && words.first != "is" && words.last != "by"
    guard words.last != "by" else { return nil }
    if SuggestionWords.negative.contains(verb) {
      if column.kind == .time || isTime && column.kind != .flag { return ended(column) }
      return Mark(
        column: column, equals: flag(false, column), end: flag(true, column), isSure: true)
    }
    guard SuggestionWords.positive.contains(verb), !isTime, column.kind != .time,
      column.kind != .text
    else { return nil }
    return Mark(column: column, equals: flag(true, column), end: nil, isSure: true)
  }

  /// A time at which the row ended: NULL or 0 while it counts.
  private func ended(_ column: CatalogueColumn) -> Mark {
    let seen = (column.sample ?? []).map(\.value)
    let isNumber = column.kind == .integer
    let isZero = isNumber && (seen.contains(.integer(0)) || !seen.contains(.null))
    return Mark(
      column: column, equals: isZero ? .integer(0) : .null, end: .now,
      isSure: !isNumber || !seen.isEmpty)
  }

  /// A state in words or numbers.
  private func state(_ column: CatalogueColumn) -> Mark {
    let living: Set = [
      "active", "accepted", "approved", "enabled", "confirmed", "member", "joined",
    ]
    let words = (column.sample ?? []).map(\.value)
    let known = words.first {
      if case .text(let text) = $0 { living.contains(text.lowercased()) } else { false }
    }
    let usual: MappingConstant = column.kind == .integer ? .integer(1) : .text("active")
    let seen = known ?? words.first { $0 != .null }
    return Mark(
      column: column, equals: seen ?? usual, end: nil, isSure: false, isSeen: seen != nil)
  }

  private func flag(_ isTrue: Bool, _ column: CatalogueColumn) -> MappingConstant {
    column.kind == .integer ? .integer(isTrue ? 1 : 0) : .flag(isTrue)
  }
}
