internal import Formats
@_spi(_Unicode) internal import Swift

/// A line of a file of an HR system.
struct LeaverLine {
  let line: Int
  let key: String
  let username: String?
  let email: String?
  /// The last day, such as 2026-03-31.
  let leftOn: String?
}

/// Reads a file of an HR system, whole or not at all.
struct LeaverFile {
  private let options: LeaverOptions
  private var reader: DelimitedReader
  private let key: Int
  private let username: Int?
  private let email: Int?
  private let leftOn: Int?

  private static let usernames = ["username", "user", "login", "account"]
  private static let emails = ["email", "e-mail", "mail", "emailaddress", "e-mailaddress"]
  private static let ids = ["id", "user_id", "userid"]
  private static let lastDays = [
    "left", "left_on", "lefton", "leavingdate", "leaving_date", "lastday", "last_day", "enddate",
    "end_date", "exitdate", "exit_date", "terminationdate", "termination_date",
  ]

  init(_ input: InputBytes, _ options: LeaverOptions) throws {
    self.options = options
    var input = input
    if try JSONPairs.isJSON(&input) {
      throw ImportError(line: 1, .unexpectedJSON("the file has to be CSV or TSV, with a header"))
    }
    reader = try InputError.translated { [input] in try DelimitedReader(input) }
    let usual =
      switch options.key {
      case .email: LeaverFile.emails
      case .username: LeaverFile.usernames
      case .id: LeaverFile.ids
      }
    guard let key = try LeaverFile.column(options.keyColumn, usual, reader) else {
      throw ImportError(
        line: reader.line,
        .missingColumn(options.keyColumn ?? options.key.rawValue, found: reader.titles))
    }
    self.key = key
    username =
      options.key == .username ? nil : try LeaverFile.column(nil, LeaverFile.usernames, reader)
    email = options.key == .email ? nil : try LeaverFile.column(nil, LeaverFile.emails, reader)
    leftOn = try LeaverFile.column(options.leftColumn, LeaverFile.lastDays, reader)
    if leftOn == nil, !options.listsOnlyEmployed || options.leftColumn != nil {
      throw ImportError(
        line: reader.line,
        .missingColumn(options.leftColumn ?? "left", found: reader.titles))
    }
  }

  /// The place of a column by its name, or by one of its usual names; nil if there is none.
  private static func column(
    _ name: String?, _ usual: [String], _ reader: DelimitedReader
  ) throws(ImportError) -> Int? {
    let wanted = name.map { [String($0.lowercased().filter { $0 != " " })] } ?? usual
    let found = reader.header.indices.filter { wanted.contains(reader.header[$0]) }
    if found.count > 1 {
      throw ImportError(line: reader.line, .repeatedColumn(reader.header[found[1]]))
    }
    return found.first
  }

  /// All lines, by the folded key.
  ///
  /// - Parameter work: Cancels the reading.
  /// - Returns: The lines in order.
  /// - Throws: `ImportError` with every line without a key, with the key of another one, or with a date
  ///   that is not certain.
  mutating func lines(_ work: Work?) throws -> [LeaverLine] {
    var lines: [LeaverLine] = []
    var seen: [String: Int] = [:]
    var problems: [ImportProblem] = []
    var count = 0
    func note(_ problem: ImportProblem) {
      count += 1
      if problems.count < ImportError.kept { problems.append(problem) }
    }
    while try InputError.translated({ try reader.next() }) {
      if reader.isBlank { continue }
      if work?.isCancelled == true { throw AccessError.cancelled }
      do {
        let line = try InputError.translated { try person() }
        if let earlier = seen.updateValue(line.line, forKey: LeaverFile.folded(line.key)) {
          note(ImportProblem(line: line.line, .twin(line.key, earlier: earlier)))
        }
        lines.append(line)
      } catch let error as ImportError {
        error.problems.forEach(note)
      }
    }
    if count > 0 { throw ImportError(problems: problems, count: count) }
    return lines
  }

  private func person() throws -> LeaverLine {
    func text(_ column: Int?) throws -> String? {
      let text = try column.map { LeaverFile.trimmed(try reader.text($0)) } ?? ""
      return text.isEmpty ? nil : text
    }
    guard let key = try text(key) else {
      throw ImportError(line: reader.line, .emptyCell(reader.titles[self.key]))
    }
    var last: String?
    if let text = try text(leftOn) {
      last = LeavingDay.read(text, options.dates)
      if last == nil { throw ImportError(line: reader.line, .badDay(text)) }
    }
    return LeaverLine(
      line: reader.line, key: key, username: try text(username), email: try text(email),
      leftOn: last)
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
      let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
  }

  /// A key as keys are compared: without regard to case and to the form of accents.
  static func folded(_ text: String) -> String {
    let lower = trimmed(text).lowercased()
    if lower.utf8.allSatisfy({ $0 < 0x80 }) { return lower }
    return String(String.UnicodeScalarView(Array(lower._nfc)))
  }
}

/// Reads days as HR systems write them.
enum LeavingDay {
  /// A day as 2026-03-31; nil for a text that is not one certain day.
  ///
  /// `2026-03-31`, with or without a time of day, and `31.03.2026` are certain; `3/4/2026` is only if the
  /// order is known.
  static func read(_ text: String, _ order: LeaverOptions.DateOrder?) -> String? {
    let bytes = Array(text.utf8)
    if bytes.count > 10, bytes[4] == 0x2D, bytes[10] == 0x20 || bytes[10] == 0x54 {
      return read(String(decoding: bytes[..<10], as: UTF8.self), order)
    }
    func numbers(_ separator: Unicode.Scalar) -> [Int]? {
      let parts = bytes.split(
        separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
      let numbers = parts.compactMap { TimeReader.number(Array($0)) }
      return parts.count == 3 && numbers.count == 3 ? numbers : nil
    }
    if bytes.count == 10, let ymd = numbers("-"), bytes[4] == 0x2D {
      return day(ymd[0], ymd[1], ymd[2])
    }
    if let dmy = numbers(".") { return day(dmy[2], dmy[1], dmy[0]) }
    if let order, let parts = numbers("/") {
      return order == .dayFirst
        ? day(parts[2], parts[1], parts[0]) : day(parts[2], parts[0], parts[1])
    }
    return nil
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> String? {
    guard (1950...2100).contains(year), TimeReader.isDay(year, month, day) else { return nil }
    return TimeReader.written(year, month, day)
  }
}
