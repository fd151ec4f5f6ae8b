/// Statements in the notation of SQLite, said as PostgreSQL says them.
///
/// The statements of the library are composed in one notation, whichever engine runs them. What is
/// another word for the same thing is exchanged here, token by token; what means something else is a
/// matter of the code that composes the statement.
///
/// | notation | PostgreSQL |
/// |---|---|
/// | `?1`, `?` | `$1`, the next number |
/// | `company_access_change`, and what else the record has | `company_access.change` |
/// | `temp.x` | `pg_temp.x` |
/// | `main.x`, the table itself where a WITH has its name | `x`: no WITH sees the name that it gives |
/// | `company_access_staged.x`, a table of an attached temporary database | `pg_temp.company_access_staged_x` |
/// | `COLLATE BINARY` | `COLLATE "C"` |
/// | `a IS b`, `a IS NOT b` | `a IS NOT DISTINCT FROM b`, `a IS DISTINCT FROM b` |
/// | `a CROSS JOIN b ON c`, which tells SQLite the order | `a JOIN b ON c` |
/// | `NOT INDEXED`, `INDEXED BY x`, a `+` before a column | nothing: hints for SQLite |
/// | `LIMIT -1` | `LIMIT ALL` |
/// | `AS INTEGER` | `AS bigint` |
/// | `present = 0`, of a row of the record | `present = FALSE` |
/// | `instr(a, b)`, `rowid` | `strpos(a, b)`, `ctid` |
/// | `FROM (SELECT ...)` without a name | with a name |
enum PostgresNotation {
  /// A statement as PostgreSQL reads it.
  static func text(of notation: String) -> String {
    var tokens = SQLTokenReader(notation).tokens
    for place in tokens.indices { exchange(place, &tokens) }
    var next = 0
    for place in tokens.indices where tokens[place].kind == .parameter {
      let number = tokens[place].text.dropFirst()
      if number.isEmpty { next += 1 } else { next = max(next, Int(number) ?? 0) }
      tokens[place].text = "$\(number.isEmpty ? "\(next)" : String(number))"
    }
    return tokens.map(\.text).joined()
  }

  private typealias Tokens = [SQLTokenReader.Token]

  /// Exchanges what begins at a place.
  private static func exchange(_ place: Int, _ tokens: inout Tokens) {
    let token = tokens[place]
    if token.kind == .symbol {
      if token.text == "+", isUnary(place, tokens) { tokens[place].text = "" }
      return
    }
    guard token.kind == .word else { return }
    switch token.text {
    case "temp" where tokens[safe: place + 1]?.text == ".": tokens[place].text = "pg_temp"
    case "main" where tokens[safe: place + 1]?.text == ".":
      tokens[place].text = ""
      tokens[place + 1].text = ""
    case "company_access_staged":
      guard tokens[safe: place + 1]?.text == ".", place + 2 < tokens.count else { return }
      tokens[place + 2].text = token.text + "_" + tokens[place + 2].text
      tokens[place].text = "pg_temp"
    case "COLLATE": exchange("BINARY", with: "\"C\"", after: place, &tokens)
    case "AS": exchange("INTEGER", with: "bigint", after: place, &tokens)
    case "NOT": remove(place, if: "INDEXED", and: 0, &tokens)
    case "present": exchange(place, "=", "0", with: "FALSE", &tokens)
    case "instr": tokens[place].text = "strpos"
    case "rowid": tokens[place].text = "ctid"
    case "FROM", "JOIN": name(place, &tokens)
    case "INDEXED": remove(place, if: "BY", and: 1, &tokens)
    case "IS": compare(place, &tokens)
    case "CROSS": join(place, &tokens)
    case "LIMIT":
      guard let sign = following(place, tokens), tokens[sign].text == "-" else { return }
      tokens[sign].text = "ALL"
      tokens[sign + 1].text = ""
    default:
      guard token.text.hasPrefix(prefix), place == 0 || tokens[place - 1].text != "." else {
        return
      }
      let name = String(token.text.dropFirst(prefix.count))
      if own.contains(name) { tokens[place].text = "company_access.\(name)" }
    }
  }

  private static let prefix = "company_access_"

  /// The tables and functions of the record that statements name.
  private static let own: Set<String> = [
    "change", "user_lifetime", "company_lifetime", "former_user", "former_company", "current_grant",
    "ended_grant", "row_image", "setting", "finds", "minute",
  ]

  private static func exchange(
    _ word: String, with other: String, after place: Int, _ tokens: inout Tokens
  ) {
    guard let next = following(place, tokens), tokens[next].text == word else { return }
    tokens[next].text = other
  }

  /// Exchanges the last of two tokens that follow.
  private static func exchange(
    _ place: Int, _ one: String, _ two: String, with other: String, _ tokens: inout Tokens
  ) {
    guard let first = following(place, tokens), tokens[first].text == one,
      let second = following(first, tokens), tokens[second].text == two
    else { return }
    tokens[second].text = other
  }

  /// Gives a subquery that has no name one.
  private static func name(_ place: Int, _ tokens: inout Tokens) {
    guard var next = following(place, tokens), tokens[next].text == "(" else { return }
    var depth = 1
    while depth > 0 {
      guard let here = following(next, tokens) else { return }
      next = here
      if tokens[here].text == "(" { depth += 1 }
      if tokens[here].text == ")" { depth -= 1 }
    }
    if let behind = following(next, tokens), tokens[behind].text != ")",
      tokens[behind].kind == .quoted || tokens[behind].kind == .word,
      !ends.contains(tokens[behind].text)
    {
      return
    }
    tokens[next].text = ") AS unnamed_\(place)"
  }

  /// Takes a hint away: the word at a place, the one that must follow, and so many after that.
  private static func remove(
    _ place: Int, if word: String, and more: Int, _ tokens: inout Tokens
  ) {
    guard var last = following(place, tokens), tokens[last].text == word else { return }
    for _ in 0..<more { last = following(last, tokens) ?? last }
    for place in place...last { tokens[place].text = "" }
  }

  /// What may follow IS in PostgreSQL.
  private static let truths: Set<String> = ["NULL", "TRUE", "FALSE", "DISTINCT", "UNKNOWN"]

  private static func compare(_ place: Int, _ tokens: inout Tokens) {
    guard let next = following(place, tokens) else { return }
    guard tokens[next].text == "NOT" else {
      if !truths.contains(tokens[next].text) { tokens[place].text = "IS NOT DISTINCT FROM" }
      return
    }
    guard let operand = following(next, tokens), !truths.contains(tokens[operand].text) else {
      return
    }
    tokens[place].text = "IS DISTINCT FROM"
    tokens[next].text = ""
  }

  /// Ends a table that is joined.
  private static let ends: Set<String> = [
    "JOIN", "CROSS", "LEFT", "INNER", "WHERE", "GROUP", "ORDER", "UNION", "LIMIT", "SET",
    "RETURNING",
    "ON", ",", ")", ";",
  ]

  private static func join(_ place: Int, _ tokens: inout Tokens) {
    guard var next = following(place, tokens), tokens[next].text == "JOIN" else { return }
    var depth = 0
    while let here = following(next, tokens) {
      next = here
      let text = tokens[here].text
      if depth == 0, ends.contains(text) {
        if text == "ON" { tokens[place].text = "" }
        return
      }
      if text == "(" { depth += 1 }
      if text == ")" { depth -= 1 }
    }
  }

  /// Whether a plus has nothing before it to which something is added.
  private static func isUnary(_ place: Int, _ tokens: Tokens) -> Bool {
    guard let before = (0..<place).last(where: { tokens[$0].kind != .space }) else { return true }
    switch tokens[before].kind {
    case .symbol: return tokens[before].text != ")"
    case .word: return keywords.contains(tokens[before].text)
    case .space, .quoted, .literal, .number, .parameter: return false
    }
  }

  private static let keywords: Set<String> = [
    "WHERE", "AND", "OR", "NOT", "ON", "BY", "SELECT", "WHEN", "THEN", "ELSE", "BETWEEN", "IN",
  ]

  /// The next place that is no white space.
  private static func following(_ place: Int, _ tokens: Tokens) -> Int? {
    (place + 1..<tokens.count).first { tokens[$0].kind != .space && !tokens[$0].text.isEmpty }
  }
}

extension [SQLTokenReader.Token] {
  fileprivate subscript(safe place: Int) -> SQLTokenReader.Token? {
    indices.contains(place) ? self[place] : nil
  }
}

/// Takes SQL apart into tokens; put together again they are the same text.
struct SQLTokenReader {
  enum Kind: Hashable { case space, word, quoted, literal, number, parameter, symbol }

  struct Token: Hashable {
    var kind: Kind
    var text: String
  }

  private(set) var tokens: [Token] = []

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var place = 0
    while place < bytes.count {
      let start = place
      let kind = SQLTokenReader.kind(bytes[place])
      place = SQLTokenReader.end(of: kind, from: place, bytes)
      tokens.append(Token(kind: kind, text: String(decoding: bytes[start..<place], as: UTF8.self)))
    }
  }

  private static func kind(_ byte: UInt8) -> Kind {
    switch byte {
    case UInt8(ascii: " "), 0x09...0x0D: .space
    case UInt8(ascii: "'"): .literal
    case UInt8(ascii: "\""): .quoted
    case UInt8(ascii: "?"): .parameter
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .number
    case _ where isOfWord(byte): .word
    default: .symbol
    }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_") || byte >= 0x80
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func end(of kind: Kind, from start: Int, _ bytes: [UInt8]) -> Int {
    var place = start + 1
    switch kind {
    case .symbol: break
    case .space: while place < bytes.count, self.kind(bytes[place]) == .space { place += 1 }
    case .word, .parameter: while place < bytes.count, isOfWord(bytes[place]) { place += 1 }
    case .number:
      while place < bytes.count, isOfWord(bytes[place]) || bytes[place] == UInt8(ascii: ".") {
        place += 1
      }
    case .literal, .quoted:
      // A mark that is doubled belongs to the text; read as two tokens it comes to the same.
      while place < bytes.count, bytes[place] != bytes[start] { place += 1 }
      place = min(place + 1, bytes.count)
    }
    return place
  }
}
