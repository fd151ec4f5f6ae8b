import Formats
import Testing

@testable import CompanyAccess

struct ImportProblemTests {
  private static let saving =
    "save it as UTF-8: \"CSV UTF-8\" in a spreadsheet, or iconv -t UTF-8 -f and what it is now"

  @Test(
    "Everything that a format does not allow has its words",
    arguments: [
      (Malformation.empty, "the file is empty; it needs a header such as user,company"),
      (.wrongNumberOfCells(1, expected: 2), "1 cells, but the header has 2"),
      (.openQuote, "a quote is opened and never closed"),
      (.textAfterQuote, "text follows a closing quote"),
      (.notUTF8, "the text is not UTF-8, and probably Latin-1; " + saving),
      (.utf16, "the file is UTF-16; " + saving),
      (.nul, "there is a NUL character"),
      (.tooLong(1_048_576), "the line is longer than 1048576 bytes"),
      (.notJSON("it ends too early"), "this is no JSON: it ends too early"),
    ])
  func words(of malformation: Malformation, words: String) {
    let error = #expect(throws: ImportError.self) {
      try InputError.translated { throw InputError.malformed(line: 3, malformation) }
    }
    #expect(error?.description == "line 3: \(words)")
  }

  @Test(
    "A file that cannot be read is an error of the library",
    arguments: [
      (InputError.folder(path: "a"), AccessError.notAFile(path: "a")),
      (.failed(path: "a", errno: 5), .diskError(path: "a", detail: "Input/output error")),
      (.stopped, .cancelled),
    ])
  func readingErrors(error: InputError, translated: AccessError) {
    #expect(throws: translated) { try InputError.translated { throw error } }
  }
}
