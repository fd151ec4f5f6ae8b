/// Takes the names of tables and columns apart into words.
///
/// Names are written in many ways: `organization_users`, `OrganizationUser`, `organizationuser`,
/// `res_user-company_company`, `tabUser Permission`. Words are in lower case and in the singular, and
/// names of other languages and abbreviations are replaced by one word.
struct CatalogueNames: Sendable {
  private let vocabulary: Set<String>
  /// How many parts each first part stands for that tell the application, not what a table holds.
  private let prefixes: [String: Int]

  init(_ tables: [String]) {
    let split = tables.map(CatalogueNames.split)
    let found = split.joined().filter { $0.count >= 4 && !CatalogueNames.isCompound($0) }
    vocabulary = SuggestionWords.known.union(found.map(CatalogueNames.singular))
    prefixes = CatalogueNames.prefixes(split)
  }

  // MARK: - Words

  /// The words of the name of a column.
  func words(_ name: String) -> [String] {
    CatalogueNames.split(name).flatMap { segments($0) }.map(SuggestionWords.replaced)
  }

  /// The words of the name of a table, without what the names of an application begin with.
  func tableWords(_ name: String) -> [String] {
    let parts = CatalogueNames.split(name)
    let length = parts.first.flatMap { prefixes[$0] } ?? 0
    var words = parts.dropFirst(min(length, parts.count - 1)).flatMap { segments($0) }.map(
      SuggestionWords.replaced)
    var index = 1
    while index < words.count {
      if words[index] == words[index - 1] { words.remove(at: index) } else { index += 1 }
    }
    return words
  }

  /// What the name of a table begins with, if others of its application begin so too.
  func prefix(_ name: String) -> String? {
    let parts = CatalogueNames.split(name)
    return parts.count > 1 && prefixes[parts[0]] != nil ? parts[0] : nil
  }

  /// The parts of a name, in lower case.
  private static func split(_ name: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var before: Character?
    let letters = Array(name)
    for (place, letter) in letters.enumerated() {
      let isStart =
        letter.isUppercase
        && (before?.isLowercase == true || before?.isNumber == true
          || before?.isUppercase == true && place + 1 < letters.count
            && letters[place + 1].isLowercase)
      if isStart || !(letter.isLetter || letter.isNumber) {
        if !part.isEmpty { parts.append(part) }
        part = ""
      }
      if letter.isLetter || letter.isNumber { part += letter.lowercased() }
      before = letter
    }
    if !part.isEmpty { parts.append(part) }
    return parts
  }

  /// The words of a part that is written without separators, in the singular.
  private func segments(_ part: String) -> [String] {
    let whole = CatalogueNames.singular(part)
    if SuggestionWords.known.contains(whole) || part.count < 5 { return [whole] }
    return compound(part[...], pieces: 3) ?? [whole]
  }

  /// A part as two or three words that are known.
  private func compound(_ part: Substring, pieces: Int) -> [String]? {
    let whole = CatalogueNames.singular(String(part))
    if pieces < 3, isWord(whole, isLast: true) { return [whole] }
    guard pieces > 1 else { return nil }
    for length in stride(from: part.count - 2, through: 3, by: -1) {
      let first = CatalogueNames.singular(String(part.prefix(length)))
      guard isWord(first, isLast: false),
        let rest = compound(part.dropFirst(length), pieces: pieces - 1)
      else { continue }
      return [first] + rest
    }
    return nil
  }

  private func isWord(_ word: String, isLast: Bool) -> Bool {
    if word.count < 3 { return isLast && ["id", "at", "on", "by"].contains(word) }
    return vocabulary.contains(word)
  }

  /// Whether a part is made of words that are known without the catalogue.
  private static func isCompound(_ part: String) -> Bool {
    if SuggestionWords.known.contains(singular(part)) { return true }
    for length in 3..<max(4, part.count - 2) {
      let first = singular(String(part.prefix(length)))
      let rest = singular(String(part.dropFirst(length)))
      if SuggestionWords.known.contains(first), SuggestionWords.known.contains(rest) { return true }
    }
    return false
  }

  /// The singular of an English noun.
  static func singular(_ word: String) -> String {
    guard word.count > 3, word.hasSuffix("s") else { return word }
    if SuggestionWords.alike.contains(word) { return word }
    if word.hasSuffix("ies") { return word.count > 4 ? word.dropLast(3) + "y" : word }
    for ending in ["sses", "ches", "shes", "xes", "zzes", "tuses"] where word.hasSuffix(ending) {
      return String(word.dropLast(2))
    }
    for ending in ["ss", "us", "is", "as", "os"] where word.hasSuffix(ending) { return word }
    return String(word.dropLast())
  }

  // MARK: - Prefixes

  /// The first parts of names that tell the application or its module, not what the table holds.
  private static func prefixes(_ names: [[String]]) -> [String: Int] {
    var counts: [String: Int] = [:]
    var doubled: Set<String> = []
    for name in names where name.count > 1 {
      counts[name[0], default: 0] += 1
      if singular(name[0]) == singular(name[1]) { doubled.insert(name[0]) }
    }
    let whole = Set(names.filter { $0.count == 1 }.map { singular($0[0]) })
    let shared = counts.filter { word, count in
      guard count > 1, !whole.contains(singular(word)) else { return false }
      if doubled.contains(word) { return true }
      return !SuggestionWords.isEntity(singular(word)) || singular(word) != word
    }
    let words = Set(shared.keys).union(SuggestionWords.modules.subtracting(whole))
    return lengths(of: words, names)
  }

  /// How many parts the names with the same first part have in common.
  private static func lengths(of words: Set<String>, _ names: [[String]]) -> [String: Int] {
    var common: [String: [String]] = [:]
    for name in names where name.count > 1 && words.contains(name[0]) {
      let before = common[name[0]] ?? Array(name.dropLast())
      common[name[0]] = zip(before, name.dropLast()).prefix { $0 == $1 }.map(\.0)
    }
    let counts = names.reduce(into: [:]) { $0[$1.first ?? "", default: 0] += 1 }
    return common.reduce(into: [:]) { lengths, group in
      lengths[group.key] = counts[group.key, default: 0] >= 4 ? max(1, group.value.count) : 1
    }
  }
}
