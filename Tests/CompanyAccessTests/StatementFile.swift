/// The form of `docs/statements.sql`.
enum StatementFile {
  static let heading = """
    -- The statements that the library runs, as SQLite gets them, each once. Above each stand what it
    -- is for, and the file and function that run it. Of lists there are the first and the next page
    -- in ascending order, of lists at a change the first; the others differ in the direction only.
    -- Numbers of changes stand as :change.
    -- The tests write this file: RECORD_GOLDEN=1 swift test --filter QueryPlanTests

    """

  /// Whether a statement of this name is among those that differ in the direction only.
  static func isVariation(_ name: String) -> Bool {
    let directions = ["descending", "last page", "page before", "page from a row on"]
    let later = ["next page", "page with one of them"]
    return (directions + (name.contains("at a change") ? later : [])).contains { name.contains($0) }
  }

  /// The statement with the same words for every change that it is about.
  static func withoutChangeNumbers(_ sql: String) -> String {
    sql.replacing(/((?:change|change_id|change, 0\)|x\.id|i\.change) (?:=|<=|>=|<|>)) \d+/) {
      match in
      "\(match.output.1) :change"
    }
  }

  /// The statement with a line for each clause, and queries in parentheses indented.
  static func layout(_ sql: String) -> String {
    var words = SQLWords(sql).words[...]
    return query(&words, indent: 0)
  }

  private static let clauses: Set<String> = [
    "FROM", "WHERE", "GROUP", "ORDER", "LIMIT", "UNION", "JOIN", "CROSS", "LEFT", "AND", "OR",
    "VALUES", "SET", "ON",
  ]

  /// A query up to its closing parenthesis.
  private static func query(_ words: inout ArraySlice<String>, indent: Int) -> String {
    var lines: [String] = [""]
    var isBetween = false
    while let word = words.first, !word.hasPrefix(")") {
      words = words.dropFirst()
      var text = word
      if word.hasSuffix("(") {
        text += group(&words, indent: indent, after: lines[lines.count - 1] + word)
      }
      let joins = ["JOIN", "BY", "ALL"].contains(word) || (word == "ON" && !lines.isEmpty)
      if clauses.contains(word), !joins, !isBetween, !lines[lines.count - 1].isEmpty {
        lines.append("")
      }
      isBetween = word == "BETWEEN" || (isBetween && word != "AND")
      let last = lines[lines.count - 1]
      lines[lines.count - 1] = last.isEmpty ? text : "\(last) \(text)"
    }
    let short = lines.joined(separator: " ")
    if short.utf8.count + indent <= 96, !short.contains("\n") { return short }
    return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
  }

  /// What stands in parentheses, with the closing one.
  private static func group(
    _ words: inout ArraySlice<String>, indent: Int, after line: String
  ) -> String {
    let isQuery = ["SELECT", "WITH", "VALUES"].contains(words.first ?? "")
    let inner = query(&words, indent: indent + 2)
    let closing = words.popFirst() ?? ""
    guard isQuery, inner.contains("\n") || line.utf8.count + inner.utf8.count + indent > 96 else {
      return inner + closing
    }
    let space = String(repeating: " ", count: indent + 2)
    return "\n" + space + inner + closing
  }
}

/// The words of a statement: an opening parenthesis ends a word, a closing one is a word.
private struct SQLWords {
  private(set) var words: [String] = []

  init(_ sql: String) {
    var word = ""
    var quote: Character?
    func isEnd(_ character: Character) -> Bool { character == " " || character == "\n" }
    for character in sql {
      if let open = quote {
        word.append(character)
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        word.append(character)
        quote = character
      } else if isEnd(character) {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else if character == "(" {
        words.append(word + "(")
        word = ""
      } else if character == ")" {
        if !word.isEmpty { words.append(word) }
        word = ")"
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
  }
}
