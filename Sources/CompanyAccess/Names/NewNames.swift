internal import Database

/// The names of a file that would become users and companies: whether they can, and which are worth
/// a second look.
///
/// What is compared is kept as numbers, because a file may bring a million names.
struct NewNames {
  /// A name of the file, where it stands, and what is to be said of it.
  struct Remark {
    var line: Int
    var kind: Staging.Kind
    var name: String
    var finding: FieldNote.Finding

    /// The remark as a plan has it.
    var note: FieldNote {
      FieldNote(
        field: kind == .user ? "username" : "name",
        label: "line \(line), \(kind.rawValue) '\(name)'", finding: finding)
    }
  }

  private let connection: any DatabaseSession
  private let mapping: SchemaMapping
  /// Why names cannot be taken: the first in the order of their lines.
  private(set) var problems: [Remark] = []
  /// How many cannot be taken.
  private(set) var problemCount = 0
  /// What is worth a second look: the first in the order of their lines.
  private(set) var remarks: [Remark] = []

  /// Looks at all staged names that no row has and that are granted something.
  init(connection: any DatabaseSession, mapping: SchemaMapping) throws {
    self.connection = connection
    self.mapping = mapping
    for kind in Staging.Kind.allCases { try look(at: kind) }
  }

  private mutating func look(at kind: Staging.Kind) throws {
    let isNew = """
      s.id IS NULL AND NOT s.is_id AND s.n IN (
        SELECT \(kind.column) FROM \(Staging.schema).pair WHERE grants)
      """
    var names = FoldedNames()
    var found: [Int: FieldNote.Finding] = [:]
    var mayBeIDs: [(line: Int, name: String)] = []
    let keys = kind == .user ? mapping.users.keys : mapping.companies.keys
    try connection.forEach(
      "SELECT s.line, s.name FROM \(kind.table) AS s WHERE \(isNew) ORDER BY s.n"
    ) { row in
      let (line, name) = (row.int(0), row.text(1))
      found[line] = NameGate.fault(name) ?? names.take(name, line) ?? NameGate.remark(name)
      if keys.mayBeKey(name) { mayBeIDs.append((line, name)) }
    }
    for candidate in mayBeIDs {
      if let other = try owner(ofID: candidate.name, kind) {
        found[candidate.line] = .isID(of: other)
      }
    }
    try compare(names, kind, &found)
    for (line, finding) in found.sorted(by: { $0.key < $1.key }) {
      let isProblem = Self.isProblem(finding)
      if isProblem { problemCount += 1 }
      guard (isProblem ? problems : remarks).count < ImportError.kept else { continue }
      let name = try connection.first(
        "SELECT s.name FROM \(kind.table) AS s WHERE \(isNew) AND s.line = ?", [.count(line)]
      ) { $0.text(0) }
      let remark = Remark(line: line, kind: kind, name: name ?? "", finding: finding)
      if isProblem { problems.append(remark) } else { remarks.append(remark) }
    }
  }

  /// Whether a name cannot be taken.
  ///
  /// In a file an id is hardly meant as a name; a user of that name is added by hand.
  private static func isProblem(_ finding: FieldNote.Finding) -> Bool {
    if case .isID = finding { return true }
    return FieldNote(field: "", label: "", finding: finding).isProblem
  }

  private func owner(ofID text: String, _ kind: Staging.Kind) throws -> String? {
    let names = NameQueries(
      connection: connection, relations: Relations(mapping: mapping, moment: .now))
    switch kind {
    case .user: return try names.users(withID: text).first?.words
    case .company: return try names.companies(withID: text).first?.words
    }
  }

  /// Compares the names with all that are there.
  private func compare(
    _ names: FoldedNames, _ kind: Staging.Kind, _ found: inout [Int: FieldNote.Finding]
  ) throws {
    guard !names.isEmpty else { return }
    let (rows, key, label, columns) =
      kind == .user
      ? (
        mapping.users.rows("t"), mapping.users.key, mapping.users.username,
        [mapping.users.username]
      )
      : (
        mapping.companies.rows("t"), mapping.companies.key, mapping.companies.name,
        mapping.companies.callNames
      )
    for column in columns {
      try connection.forEach(
        "SELECT t.\(column), t.\(label), t.\(key) FROM \(rows) WHERE t.\(column) IS NOT NULL"
      ) { row in
        guard let (line, isSame) = names.line(of: row.text(0)) else { return }
        let words = "\(row.text(1)), id \(Key(row.value(2)))"
        if isSame {
          found[line] = .same(as: words)
        } else if !(found[line].map(Self.isProblem) ?? false) {
          found[line] = .looksLike(words)
        }
      }
    }
  }
}

/// The lines of names by what the names fold to.
struct FoldedNames {
  private var same: [Int: Int] = [:]
  private var looks: [Int: Int] = [:]

  var isEmpty: Bool { same.isEmpty }

  /// Takes in a name, and says which earlier one is like it.
  mutating func take(_ name: String, _ line: Int) -> FieldNote.Finding? {
    let numbers = FoldedNames.numbers(name)
    if let earlier = same[numbers.same] { return .sameAsLine(earlier) }
    same[numbers.same] = line
    if let earlier = looks[numbers.look] { return .looksLike("line \(earlier)") }
    looks[numbers.look] = line
    return nil
  }

  /// The line of the name that is the same but for its form, or else of one that looks like it.
  func line(of name: String) -> (line: Int, isSame: Bool)? {
    let numbers = FoldedNames.numbers(name)
    if let line = same[numbers.same] { return (line, true) }
    return looks[numbers.look].map { ($0, false) }
  }

  /// That two names share a number by chance is as likely as for any hash of 64 bits.
  private static func numbers(_ name: String) -> (same: Int, look: Int) {
    let same = NameFold.same(name).hashValue
    // Of letters of ASCII both are the same.
    let isASCII = name.utf8.allSatisfy { $0 < 0x80 }
    return (same, isASCII ? same : NameFold.look(name).hashValue)
  }
}

extension KeyStorage {
  /// Whether a text can be one of the keys, as people write them.
  fileprivate func mayBeKey(_ text: String) -> Bool {
    switch form {
    case .integer: Int64(text) != nil
    case .text: true
    case .digits, .dashed, .bytes: !KeyText.stored(text).isEmpty
    }
  }
}
