import Testing

@testable import CompanyAccess

struct DelimitedReaderTests {
  /// Reads everything; each row as its line and its cells, a problem as a last row.
  private func read(_ text: String) -> [String] { read(Array(text.utf8)) }

  private func read(_ bytes: [UInt8]) -> [String] {
    var rows: [String] = []
    do {
      var reader = try DelimitedReader(InputBytes(bytes))
      rows.append(reader.header.joined(separator: "|"))
      while try reader.next() {
        let cells = try (0..<reader.count).map { try reader.text($0) }
        rows.append("\(reader.line): " + cells.joined(separator: "|"))
      }
    } catch {
      rows.append("\(error)")
    }
    return rows
  }

  @Test(arguments: [
    "user,company\nann,Acme\n", "user,company\r\nann,Acme\r\n", "user,company\rann,Acme",
    "\u{FEFF}user,company\nann,Acme\n\n", "user;company\nann;Acme", "user\tcompany\nann\tAcme\n",
    "\"user\",\"company\"\n\"ann\",\"Acme\"\n", " User , COMPANY \nann,Acme",
  ])
  func formsOfTheSameFile(text: String) {
    #expect(read(text) == ["user|company", "2: ann|Acme"])
  }

  @Test func quotesKeepSeparatorsAndLines() {
    #expect(
      read("a,b\n\"x,\"\"y\"\"\",\"1\r\n2\"\n,\n\"\",z")
        == ["a|b", "2: x,\"y\"|1\r\n2", "4: |", "5: |z"])
    #expect(read("a;b\nx,y;z") == ["a|b", "2: x,y|z"])
  }

  @Test func tabsGoWithEscapes() {
    #expect(read("a\tb\nx\\ty\t\\\\n\\n\\q\"\n") == ["a|b", "2: x\ty|\\n\n\\q\""])
  }

  @Test func spreadsheetGuardsAreTakenOff() {
    #expect(read("a,b\n'=x,'plain'\n") == ["a|b", "2: =x|'plain'"])
  }

  @Test(arguments: [
    ("", "line 1: the file is empty; it needs a header such as user,company"),
    ("\n\n", "line 1: the file is empty; it needs a header such as user,company"),
    ("a,b\nx\n", "line 2: 1 cells, but the header has 2"),
    ("a,b\nx,y\n1,2,3\n", "line 3: 3 cells, but the header has 2"),
    ("a,b\nx,\"y\n\nz,1\n", "line 2: a quote is opened and never closed"),
    ("a,b\n\n\"x\"y,z\n", "line 3: text follows a closing quote"),
    ("a,b\nx,\u{0}\n", "line 2: there is a NUL character"),
    ("\u{0}\u{0}\u{0}", "line 1: there is a NUL character"),
  ])
  func damageIsNamedByItsLine(text: String, problem: String) {
    #expect(read(text).last == problem)
  }

  @Test func textThatIsNotUTF8IsNotGuessed() {
    let bytes = Array("a,b\nx,y\ncaf".utf8) + [0xE9] + Array(",z\n".utf8)
    #expect(read(bytes) == ["a|b", "2: x|y", "line 3: " + Self.latin1])
  }

  private static let saving =
    "save it as UTF-8: \"CSV UTF-8\" in a spreadsheet, or iconv -t UTF-8 -f and what it is now"
  private static let latin1 = "the text is not UTF-8, and probably Latin-1; " + saving

  @Test(arguments: [true, false], [true, false])
  func unicodeTextOfASpreadsheetIsNamed(isLittle: Bool, hasMark: Bool) {
    let units = Array("user\tcompany\n".utf16)
    let bytes = ((hasMark ? [0xFEFF] : []) + units).flatMap { unit in
      isLittle ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
    #expect(read(bytes) == ["line 1: the file is UTF-16; " + Self.saving])
  }

  @Test(arguments: [
    "sep=;\r\nuser;company\r\nann;Acme", "\u{FEFF}sep=,\nuser,company\nann,Acme",
    "sep=\t\nuser\tcompany\nann\tAcme",
  ])
  func theSeparatorThatASpreadsheetNamesIsTaken(text: String) {
    #expect(read(text) == ["user|company", "3: ann|Acme"])
  }

  @Test func aNULIsReadWithinQuotesAndAsAnEscape() {
    #expect(read("a,b\n\"x\u{0}\",y\n") == ["a|b", "2: x\u{0}|y"])
    #expect(read("a\tb\nx\\0\t\\\\0\n") == ["a|b", "2: x\u{0}|\\0"])
  }

  @Test func aLineWithoutEndIsNotKept() {
    let endless = Array("a,b\n".utf8) + [UInt8](repeating: 0x78, count: 10_000_000)
    #expect(read(endless).last == "line 2: the line is longer than 1048576 bytes")
  }

  @Test func rowsAreReadAcrossBuffers() throws {
    let lines = (0..<20_000).map { "user \($0),\"company \($0)\"\r\n" }
    let file = try TemporaryFile("user,company\r\n" + lines.joined())
    var reader = try DelimitedReader(InputBytes(descriptor: file.descriptor, path: "x"))
    var count = 0
    while try reader.next() {
      let (user, company) = (try reader.text(0), try reader.text(1))
      #expect(user == "user \(count)" && company == "company \(count)")
      count += 1
      #expect(reader.line == count + 1)
    }
    #expect(count == 20_000)
  }
}

struct JSONReaderTests {
  private func read(_ text: String) -> String {
    var words: [String] = []
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
      words.append("\(error)")
    }
    return words.joined(separator: " ")
  }

  @Test(arguments: [
    ("{}", "{ }"), (" [ ] ", "[ ]"), ("{\"a\":[1,-2,3.5,1e3,0]}", "{ a: [ 1 -2 ~3.5 ~1e3 0 ] }"),
    ("[true,false,null]", "[ true false null ]"), ("\"x\"", "'x'"),
    ("[\"\\u00e9\\n\\\"\\\\\\/\\ud83d\\ude80\"]", "[ '\u{E9}\n\"\\/\u{1F680}' ]"),
    ("{\"a\":{\"b\":[]},\"c\":9223372036854775808}", "{ a: { b: [ ] } c: ~9223372036854775808 }"),
  ])
  func reads(text: String, words: String) {
    #expect(read(text) == words)
  }

  @Test(arguments: [
    ("", "line 1: this is no JSON: it ends too early"),
    ("[1,\n", "[ 1 line 2: this is no JSON: it ends too early"),
    ("[1 2]", "[ 1 line 1: this is no JSON: '2' was not expected there"),
    ("[1,]", "[ 1 line 1: this is no JSON: ']' was not expected there"),
    ("{1:2}", "{ line 1: this is no JSON: '1' was not expected there"),
    ("{\"a\" 1}", "{ line 1: this is no JSON: a colon is missing behind a key"),
    ("[1}", "[ 1 line 1: this is no JSON: '}' was not expected there"),
    ("[01]", "[ line 1: this is no JSON: '01' is no value"),
    ("[0x1]", "[ line 1: this is no JSON: '0x1' is no value"),
    ("[\"a\nb\"]", "[ line 1: this is no JSON: a control character stands in a string"),
    ("[\"a", "[ line 1: a quote is opened and never closed"),
    ("[\"\\x\"]", "[ line 1: this is no JSON: an unknown escape stands in a string"),
    ("[\"\\ud800\"]", "[ line 1: this is no JSON: half a surrogate pair"),
    ("[nul]", "[ line 1: this is no JSON: 'nul' is no value"),
    ("[\u{0}]", "[ line 1: there is a NUL character"),
    ("{} {}", "{ } line 1: this is no JSON: '{' was not expected there"),
  ])
  func refuses(text: String, words: String) {
    #expect(read(text).hasPrefix(words))
  }

  @Test func nestingHasAnEnd() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(read(deep).hasSuffix("line 1: this is no JSON: it is nested too deeply"))
  }

  @Test func valuesCanBePassedOver() throws {
    var reader = try JSONReader(InputBytes(Array("[{\"a\":[1,{}]},7]".utf8)))
    _ = try reader.next()
    let first = try #require(try reader.next())
    try reader.skip(first)
    #expect(try reader.next() == .integer(7))
  }
}
