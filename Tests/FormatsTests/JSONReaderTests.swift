import Formats
import Testing

struct JSONReaderTests {
  /// The pieces of a text, and the error at its end.
  private func read(_ text: String) -> (pieces: String, error: InputError?) {
    var words: [String] = []
    var failure: InputError?
    do {
      var reader = try JSONReader(InputBytes(Array(text.utf8)))
      while let token = try reader.next() {
        switch token {
        case .beginObject: words.append("{")
        case .endObject: words.append("}")
        case .beginArray: words.append("[")
        case .endArray: words.append("]")
        case .key(let name): words.append("\(name):")
        case .string(let text): words.append("'\(text)'")
        case .integer(let number): words.append("\(number)")
        case .number(let text): words.append("~\(text)")
        case .boolean(let isTrue): words.append("\(isTrue)")
        case .null: words.append("null")
        }
      }
    } catch {
      failure = error
    }
    return (words.joined(separator: " "), failure)
  }

  @Test(
    "Every kind of value is read",
    arguments: [
      ("{}", "{ }"), (" [ ] ", "[ ]"), ("{\"a\":[1,-2,3.5,1e3,0]}", "{ a: [ 1 -2 ~3.5 ~1e3 0 ] }"),
      ("[true,false,null]", "[ true false null ]"), ("\"x\"", "'x'"),
      ("[\"\\u00e9\\n\\\"\\\\\\/\\ud83d\\ude80\"]", "[ '\u{E9}\n\"\\/\u{1F680}' ]"),
      ("{\"a\":{\"b\":[]},\"c\":9223372036854775808}", "{ a: { b: [ ] } c: ~9223372036854775808 }"),
    ])
  func reads(text: String, pieces: String) {
    let reading = read(text)
    #expect(reading.pieces == pieces && reading.error == nil)
  }

  @Test(
    "What is no JSON is refused with its line and the reason",
    arguments: [
      ("", "", 1, .notJSON("it ends too early")),
      ("[1,\n", "[ 1", 2, .notJSON("it ends too early")),
      ("[1 2]", "[ 1", 1, .notJSON("'2' was not expected there")),
      ("[1,]", "[ 1", 1, .notJSON("']' was not expected there")),
      ("{1:2}", "{", 1, .notJSON("'1' was not expected there")),
      ("{\"a\" 1}", "{", 1, .notJSON("a colon is missing behind a key")),
      ("[1}", "[ 1", 1, .notJSON("'}' was not expected there")),
      ("[01]", "[", 1, .notJSON("'01' is no value")),
      ("[0x1]", "[", 1, .notJSON("'0x1' is no value")),
      ("[\"a\nb\"]", "[", 1, .notJSON("a control character stands in a string")),
      ("[\"a", "[", 1, .openQuote),
      ("[\"\\x\"]", "[", 1, .notJSON("an unknown escape stands in a string")),
      ("[\"\\ud800\"]", "[", 1, .notJSON("half a surrogate pair")),
      ("[nul]", "[", 1, .notJSON("'nul' is no value")), ("[\u{0}]", "[", 1, .nul),
      ("{} {}", "{ }", 1, .notJSON("'{' was not expected there")),
    ] as [(String, String, Int, Malformation)])
  func refuses(text: String, pieces: String, line: Int, kind: Malformation) {
    let reading = read(text)
    #expect(reading.pieces == pieces && reading.error == .malformed(line: line, kind))
  }

  @Test("Brackets are nested to a limit")
  func nestingHasAnEnd() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(read(deep).error == .malformed(line: 1, .notJSON("it is nested too deeply")))
  }

  @Test("A value is passed over with all that is in it")
  func valuesCanBePassedOver() throws {
    var reader = try JSONReader(InputBytes(Array("[{\"a\":[1,{}]},7]".utf8)))
    _ = try reader.next()
    let first = try #require(try reader.next())
    try reader.skip(first)
    #expect(try reader.next() == .integer(7))
  }
}
