internal import TerminalUI

/// Words of a call as a POSIX shell reads them back.
enum ShellText {
  /// A word so that the shell takes it as it is.
  ///
  /// What a screen would not show as it is stands there by its bytes, in octal.
  static func quoted(_ word: String) -> String {
    if !word.isEmpty, word.utf8.allSatisfy(isPlain) { return word }
    guard isShown(word) else {
      let bytes = word.utf8.map { "\\" + octal($0) }.joined()
      return "\"$(printf '\(bytes)')\""
    }
    var text = "'"
    for scalar in word.unicodeScalars {
      text += scalar == "'" ? "'\\''" : String(scalar)
    }
    return text + "'"
  }

  /// A call in lines of at most this width, which a shell reads as one.
  ///
  /// A word that is longer than a line goes on in the first column of the next.
  static func lines(_ words: [String], width: Int) -> [String] {
    let room = max(16, width - 2)
    var lines: [String] = []
    var line = ""
    for word in words {
      let text = quoted(word)
      let isLong = DisplayText(text).width > room || text.utf8.count > longest
      if !line.isEmpty, !isLong, DisplayText(line).width + 1 + DisplayText(text).width <= room {
        line += " " + text
        continue
      }
      if !line.isEmpty { lines.append(line + " \\") }
      var parts = isLong ? parts(word, room) : [text]
      line = parts.removeLast()
      lines += parts.map { $0 + "\\" }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// How many bytes are looked at as one text; more would be cut where they are shown.
  private static let longest = 1_024

  /// Pieces of a word that are quoted each by itself, and together are the word.
  private static func parts(_ word: String, _ room: Int) -> [String] {
    var parts: [String] = []
    var part = ""
    var width = 0
    for letter in word {
      let text = quoted(String(letter))
      // Most letters stand in the quotes of their neighbours.
      let more =
        letter == "'"
        ? 4 : isShown(String(letter)) ? DisplayText(String(letter)).width : text.utf8.count
      if !part.isEmpty, width + more + 2 > room {
        parts.append(quoted(part))
        (part, width) = ("", 0)
      }
      part.append(letter)
      width += more
    }
    return parts + [quoted(part)]
  }

  /// Whether a screen shows a text as it is.
  private static func isShown(_ text: String) -> Bool {
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let piece = String(String.UnicodeScalarView(rest.prefix(longest / 4)))
      guard DisplayText(piece).string.utf8.elementsEqual(piece.utf8) else { return false }
      rest = rest.dropFirst(longest / 4)
    }
    return true
  }

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return String(repeating: "0", count: 3 - digits.utf8.count) + digits
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: Array("_-./,+%@=:".utf8).contains(byte)
    }
  }
}
