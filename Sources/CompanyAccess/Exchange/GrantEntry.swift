internal import Formats

/// One pair of a file, as it stands there.
struct GrantEntry: Hashable {
  /// How the file names a user or a company.
  struct Name: Hashable {
    /// The id, which decides where it is given.
    var id: ExactText?
    /// The username, or the code or name of the company; beside an id it has to be that of the id.
    var called: ExactText?
  }

  var line: Int
  var user: Name
  var company: Name
  /// Whether the pair is to be granted; else it is to be revoked.
  var grants: Bool
  /// When it was decided, if the file says so.
  var decidedAt: Timestamp?
}

/// The pairs of a file, one at a time.
protocol GrantSourceFile {
  mutating func next() throws -> GrantEntry?
}

extension GrantEntry {
  /// A pair from the texts of a file, in which some may be missing.
  init(
    line: Int, user: String?, userID: String?, company: String?, companyID: String?,
    action: String?, decided: String?
  ) throws(ImportError) {
    self.line = line
    self.user = try GrantEntry.name(user, userID, "user", line)
    self.company = try GrantEntry.name(company, companyID, "company", line)
    switch action {
    case nil, "", "grant": grants = true
    case "revoke": grants = false
    case let other?: throw ImportError(line: line, .unknownAction(other))
    }
    guard let decided, !decided.isEmpty else { return }
    do throws(TimeTextError) {
      decidedAt = try TimeText.decision(decided)
    } catch {
      throw ImportError(line: line, .badTime(error))
    }
  }

  private static func name(
    _ name: String?, _ id: String?, _ column: String, _ line: Int
  ) throws(ImportError) -> Name {
    let called = name.flatMap { $0.isEmpty ? nil : ExactText($0) }
    let id = id.flatMap { $0.isEmpty ? nil : ExactText($0) }
    if id == nil, called == nil { throw ImportError(line: line, .emptyCell(column)) }
    return Name(id: id, called: called)
  }
}

/// The names under which a file has what a pair is made of.
enum PairColumn: String, CaseIterable {
  case user
  case userID = "user_id"
  case company
  case companyID = "company_id"
  case action
  case decided

  /// The column that a header or a key means; nil if it means nothing here.
  init?(named name: String) {
    if name == "username" { self = .user } else { self.init(rawValue: name) }
  }
}

/// The pairs of a file with a header and separated cells.
struct DelimitedPairs: GrantSourceFile {
  private var reader: DelimitedReader
  private let columns: [PairColumn: Int]
  /// Whether a row that was read is still to be given.
  private var holdsRow = false
  /// Columns that `export` writes beside those that mean something.
  private static let exported = ["granted_at", "granted_by", "change"]
  /// Columns of the file that mean nothing here.
  let ignored: [String]

  init(_ input: InputBytes) throws {
    reader = try InputError.translated { try DelimitedReader(input) }
    let header = reader.header
    var columns: [PairColumn: Int] = [:]
    for (index, name) in header.enumerated() where !name.isEmpty {
      let column = PairColumn(named: name)
      if header[..<index].contains(name) || column.flatMap({ columns[$0] }) != nil {
        throw ImportError(line: reader.line, .repeatedColumn(column?.rawValue ?? name))
      }
      if let column { columns[column] = index }
    }
    for (name, id) in [(PairColumn.user, PairColumn.userID), (.company, .companyID)]
    where columns[name] == nil && columns[id] == nil {
      throw ImportError(line: reader.line, .missingColumn(name.rawValue, found: reader.titles))
    }
    self.columns = columns
    ignored = zip(header, reader.titles).filter { name, _ in
      PairColumn(named: name) == nil && !DelimitedPairs.exported.contains(name) && !name.isEmpty
    }.map(\.1)
  }

  mutating func next() throws -> GrantEntry? {
    try InputError.translated { try nextEntry() }
  }

  private mutating func nextEntry() throws -> GrantEntry? {
    if holdsRow {
      holdsRow = false
    } else {
      guard try reader.next() else { return nil }
    }
    if reader.isBlank {
      let line = reader.line
      repeat { guard try reader.next() else { return nil } } while reader.isBlank
      // Only those at the end are what a spreadsheet leaves over.
      holdsRow = true
      throw ImportError(line: line, .emptyCell(PairColumn.user.rawValue))
    }
    func cell(_ column: PairColumn) throws -> String? {
      try columns[column].map { try reader.text($0) }
    }
    return try GrantEntry(
      line: reader.line, user: cell(.user), userID: cell(.userID), company: cell(.company),
      companyID: cell(.companyID), action: cell(.action), decided: cell(.decided))
  }
}

/// The pairs of a JSON file: an array of objects, by itself or under the key `grants`.
struct JSONPairs: GrantSourceFile {
  private var reader: JSONReader
  private var isOpen = false
  /// Keys of the pairs that mean nothing here.
  private(set) var ignored: [String] = []

  init(_ input: InputBytes) throws {
    reader = try InputError.translated { try JSONReader(input) }
  }

  /// Whether a file is JSON, by its first bracket, and not separated cells.
  static func isJSON(_ input: inout InputBytes) throws -> Bool {
    let start = try InputError.translated { try input.lookAhead() }
    let first = start.first { !InputBytes.blanks.contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  mutating func next() throws -> GrantEntry? {
    try InputError.translated { try nextEntry() }
  }

  private mutating func nextEntry() throws -> GrantEntry? {
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

  private mutating func object() throws -> GrantEntry {
    let line = reader.line
    var texts: [PairColumn: String] = [:]
    while case .key(let name) = try reader.next() {
      guard let value = try reader.next() else { break }
      guard let column = PairColumn(named: name) else {
        try reader.skip(value)
        continue
      }
      if texts[column] != nil {
        throw ImportError(line: reader.line, .repeatedColumn(column.rawValue))
      }
      switch value {
      case .string(let text): texts[column] = text
      case .integer(let number): texts[column] = String(number)
      case .null: break
      default: throw unexpected("'\(name)' is no text")
      }
    }
    return try GrantEntry(
      line: line, user: texts[.user], userID: texts[.userID], company: texts[.company],
      companyID: texts[.companyID], action: texts[.action], decided: texts[.decided])
  }

  private func unexpected(_ reason: String) -> ImportError {
    ImportError(line: reader.line, .unexpectedJSON(reason))
  }
}
