/// One pair of a file, as it stands there.
struct PairEntry: Hashable {
  /// How the file names a user or a company.
  struct Name: Hashable {
    var text: String
    /// Whether it is an id; else it is a username, a code or a name.
    var isID: Bool
  }

  var line: Int
  var user: Name
  var company: Name
  /// Whether the pair is to be granted; else it is to be revoked.
  var grants: Bool
}

/// The pairs of a file, one at a time.
protocol PairSource {
  mutating func next() throws -> PairEntry?
}

extension PairEntry {
  /// A pair from the texts of a file, in which some may be missing.
  ///
  /// An id, where there is one, decides.
  init(
    line: Int, user: String?, userID: String?, company: String?, companyID: String?,
    action: String?
  ) throws(ImportError) {
    self.line = line
    self.user = try PairEntry.name(user, userID, "user", line)
    self.company = try PairEntry.name(company, companyID, "company", line)
    switch action {
    case nil, "", "grant": grants = true
    case "revoke": grants = false
    case let other?: throw ImportError(line: line, .unknownAction(other))
    }
  }

  private static func name(
    _ name: String?, _ id: String?, _ column: String, _ line: Int
  ) throws(ImportError) -> Name {
    if let id, !id.isEmpty { return Name(text: id, isID: true) }
    guard let name, !name.isEmpty else { throw ImportError(line: line, .emptyCell(column)) }
    if name.utf8.contains(0) { throw ImportError(line: line, .nul) }
    return Name(text: name, isID: false)
  }
}

/// The pairs of a file with a header and separated cells.
struct DelimitedPairs: PairSource {
  private var reader: DelimitedReader
  private let columns: [Int?]
  private static let names = ["user", "user_id", "company", "company_id", "action"]
  /// Columns that `export` writes beside those that mean something.
  private static let exported = ["granted_at", "granted_by"]
  /// Columns of the file that mean nothing here.
  let ignored: [String]

  init(_ input: InputBytes) throws {
    reader = try DelimitedReader(input)
    let header = reader.header
    for (index, name) in header.enumerated() where header[..<index].contains(name) {
      throw ImportError(line: reader.line, .repeatedColumn(name))
    }
    columns = DelimitedPairs.names.map { header.firstIndex(of: $0) }
    for (name, id) in [("user", "user_id"), ("company", "company_id")]
    where !header.contains(name) && !header.contains(id) {
      throw ImportError(line: reader.line, .missingColumn(name, found: header))
    }
    let known = DelimitedPairs.names + DelimitedPairs.exported
    ignored = header.filter { !known.contains($0) && !$0.isEmpty }
  }

  mutating func next() throws -> PairEntry? {
    guard try reader.next() else { return nil }
    func cell(_ column: Int) throws(ImportError) -> String? {
      try columns[column].map { (index) throws(ImportError) in try reader.text(index) }
    }
    return try PairEntry(
      line: reader.line, user: cell(0), userID: cell(1), company: cell(2), companyID: cell(3),
      action: cell(4))
  }
}

/// The pairs of a JSON file: an array of objects, by itself or under the key `grants`.
struct JSONPairs: PairSource {
  private var reader: JSONReader
  private var isOpen = false
  /// Keys of the pairs that mean nothing here.
  private(set) var ignored: [String] = []

  init(_ reader: JSONReader) { self.reader = reader }

  mutating func next() throws -> PairEntry? {
    if !isOpen { try findArray() }
    switch try reader.next() {
    case .beginObject: return try object()
    case .endArray: return nil
    default: throw unexpected("an object with the keys user and company is expected")
    }
  }

  private mutating func findArray() throws {
    isOpen = true
    switch try reader.next() {
    case .beginArray: return
    case .beginObject:
      while case .key(let name) = try reader.next() {
        let value = try reader.next()
        if name == "grants" {
          guard value == .beginArray else { throw unexpected("grants is no array") }
          return
        }
        if let value { try reader.skip(value) }
      }
      throw unexpected("there is no array grants")
    default: throw unexpected("an array of pairs is expected")
    }
  }

  private mutating func object() throws -> PairEntry {
    let line = reader.line
    var texts: [String: String] = [:]
    while case .key(let name) = try reader.next() {
      guard let value = try reader.next() else { break }
      switch value {
      case .string(let text): texts[name] = text
      case .integer(let number): texts[name] = String(number)
      case .null: break
      default:
        if ["user", "company", "user_id", "company_id", "action"].contains(name) {
          throw unexpected("'\(name)' is no text")
        }
        try reader.skip(value)
      }
    }
    return try PairEntry(
      line: line, user: texts["user"], userID: texts["user_id"], company: texts["company"],
      companyID: texts["company_id"], action: texts["action"])
  }

  private func unexpected(_ reason: String) -> ImportError {
    ImportError(line: reader.line, .unexpectedJSON(reason))
  }
}
