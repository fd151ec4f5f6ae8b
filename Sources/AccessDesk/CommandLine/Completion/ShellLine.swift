/// The part of a bash command line that stands before the cursor, taken apart as bash does.
struct ShellLine: Hashable {
  /// Whether, and how, the text at the end is quoted.
  enum Quote: Hashable {
    case none, single, double
  }

  /// The complete words, without quotes; the command is the first.
  private(set) var words: [String] = []
  /// The word at the cursor without quotes; empty at the beginning of a word.
  private(set) var current = ""
  /// The quotes in which the cursor stands.
  private(set) var quote = Quote.none

  init(_ text: String) {
    var word: String.UnicodeScalarView = .init()
    var inWord = false
    var escaped = false
    for scalar in text.unicodeScalars {
      if escaped {
        if quote == .double, !"\\\"$`".unicodeScalars.contains(scalar) { word.append("\\") }
        word.append(scalar)
        escaped = false
      } else if scalar == "\\", quote != .single {
        (escaped, inWord) = (true, true)
      } else if quote == .none, scalar == " " || scalar == "\t" || scalar == "\n" {
        if inWord { words.append(String(word)) }
        (word, inWord) = (.init(), false)
      } else if let next = ShellLine.toggled(quote, by: scalar) {
        (quote, inWord) = (next, true)
      } else {
        word.append(scalar)
        inWord = true
      }
    }
    current = String(word)
    dropAssignments()
  }

  /// Words such as `LANG=C` in front of the command are not part of it.
  private mutating func dropAssignments() {
    let isAssignment = { (word: String) in
      word.utf8.contains(0x3D) && word.utf8.first != 0x2D && word.utf8.first != 0x3D
    }
    words.removeSubrange(..<(words.firstIndex { !isAssignment($0) } ?? words.endIndex))
  }

  private static func toggled(_ quote: Quote, by scalar: Unicode.Scalar) -> Quote? {
    switch (quote, scalar) {
    case (.none, "'"): .single
    case (.none, "\""): .double
    case (.single, "'"), (.double, "\""): Quote.none
    default: nil
    }
  }

  /// What bash has to put in place of the part of the word that it completes.
  ///
  /// Bash completes only what follows the last of certain characters, `=` and `:` among them;
  /// `replaced` is that part as it was typed.
  func insertion(_ candidate: String, replacing replaced: String) -> String {
    // Bash names the separator itself when nothing follows it yet.
    let isSeparator = replaced.unicodeScalars.allSatisfy { "=:@><;|&(".unicodeScalars.contains($0) }
    let tail = isSeparator ? "" : ShellLine(replaced).current
    let keeps = current.unicodeScalars.count - tail.unicodeScalars.count
    let rest = String(String.UnicodeScalarView(candidate.unicodeScalars.dropFirst(max(0, keeps))))
    return ShellLine.quoted(rest, in: quote)
  }

  /// The text so that the shell reads it back as it is.
  static func quoted(_ text: String, in quote: Quote) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch quote {
      case .none:
        if scalar.isASCII, !isPlain(scalar) { result.append("\\") }
        result.append(scalar)
      case .double:
        if "\\\"$`".unicodeScalars.contains(scalar) { result.append("\\") }
        result.append(scalar)
      case .single:
        if scalar == "'" { result.append(contentsOf: "'\\'".unicodeScalars) }
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.isAlphabetic || properties.numericType != nil
      || "-_./,+%@=:".unicodeScalars.contains(scalar)
  }
}
