/// Keeps spreadsheets from running text as a formula.
///
/// A cell whose first visible character begins a formula gets an apostrophe in front; reading
/// takes it away again. Text that already begins with apostrophes and goes on like a formula
/// gets one more, so that every text comes back as it was.
package enum SpreadsheetGuard {
  /// The text as it may stand in a cell.
  package static func guarded(_ text: String) -> String {
    isActive(text.unicodeScalars[...]) ? "'" + text : text
  }

  /// The text that `guarded` was given.
  package static func unguarded(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.first == "'", isActive(scalars.dropFirst()) else { return text }
    return String(scalars.dropFirst())
  }

  private static func isActive(_ scalars: Substring.UnicodeScalarView) -> Bool {
    for scalar in scalars.drop(while: { $0 == "'" }) {
      switch scalar {
      case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}":
        return true
      default:
        // Blanks and invisible marks do not keep a spreadsheet from reading on.
        let isHidden =
          scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
          || scalar.value < 0x20
        guard isHidden else { return false }
      }
    }
    return false
  }
}
