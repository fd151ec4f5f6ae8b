import Formats
import Testing

struct SpreadsheetGuardTests {
  @Test(
    "Every text comes back as it was, and none begins a formula",
    arguments: [
      "", "plain", "'", "''", "=x", "'=x", "''=x", " =x", "' =x", "\t", "\u{FEFF}+1", "'plain'",
      "\u{FF20}x", "-", "=\u{301}", "'\u{200B}'=x", "\u{1}=x", "caf\u{E9}", "\r\n=x",
    ])
  func everyTextComesBack(text: String) {
    let guarded = SpreadsheetGuard.guarded(text)
    #expect(Array(SpreadsheetGuard.unguarded(guarded).utf8) == Array(text.utf8))
    #expect(guarded.utf8.first.map { !"=+-@\t\r\n".utf8.contains($0) } ?? true)
  }

  @Test("Text that is no formula is not changed")
  func onlyFormulasAreChanged() {
    #expect(SpreadsheetGuard.guarded("O'Neill - Sons = x") == "O'Neill - Sons = x")
    #expect(SpreadsheetGuard.guarded("@home") == "'@home")
    #expect(SpreadsheetGuard.unguarded("'tis") == "'tis")
  }
}
