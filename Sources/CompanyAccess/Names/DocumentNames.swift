internal import Database

/// Looks at the names of users and companies in a whole export, which only become names with it.
///
/// They pass what every new name passes. A database that has other names is carried over as it is by
/// a backup, which is no document.
struct DocumentNames {
  private typealias Place = (table: String, column: String)

  private let mapping: SchemaMapping
  /// Columns of which no two rows may have names that are the same but for their form.
  private let names: [Place]
  /// Other columns with texts that lists show.
  private let texts: [Place]
  private var folded: [String: FoldedNames] = [:]
  private var problems: [ImportProblem] = []
  private var count = 0

  init(_ mapping: SchemaMapping) {
    self.mapping = mapping
    let (users, companies) = (mapping.users, mapping.companies)
    names =
      [(users.table.text, users.username.text)]
      + companies.callNames.map { (companies.table.text, $0.text) }
    texts = (users.fullName + [users.email].compactMap(\.self)).filter { $0 != users.username }
      .map { (users.table.text, $0.text) }
  }

  /// Takes in the text of a column of a row that begins in a line.
  mutating func take(_ text: String, _ table: SQLName, _ column: SQLName, _ line: Int) {
    func isAmong(_ places: [Place]) -> Bool {
      places.contains { $0.table == table.text && $0.column == column.text }
    }
    let isName = isAmong(names)
    guard isName || isAmong(texts) && !text.isEmpty else { return }
    if let fault = NameGate.fault(text) { return add(text, line, fault) }
    let key = "\(table).\(column)"
    if isName, case .sameAsLine(let earlier)? = folded[key, default: FoldedNames()].take(text, line)
    {
      add(text, line, .sameAsLine(earlier))
    }
  }

  private mutating func add(_ text: String, _ line: Int, _ finding: FieldNote.Finding) {
    count += 1
    guard problems.count < ImportError.kept else { return }
    problems.append(ImportProblem(line: line, .badName(text, reason: "it \(finding)")))
  }

  /// Makes sure that all names can be taken.
  func check() throws {
    if count > 0 { throw ImportError(problems: problems, count: count) }
  }
}
