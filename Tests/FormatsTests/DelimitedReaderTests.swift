import Formats
import Testing

struct DelimitedReaderTests {
  /// What a text is read as: the header, each row as its line and its cells, and the error at its end.
  private struct Reading: Equatable {
    var rows: [String] = []
    var error: InputError?

    init(_ bytes: [UInt8]) {
      do {
        var reader = try DelimitedReader(InputBytes(bytes))
        rows.append(reader.header.joined(separator: "|"))
        while try reader.next() {
          let cells = try (0..<reader.count).map { (index) throws(InputError) in
            try reader.text(index)
          }
          rows.append("\(reader.line): " + cells.joined(separator: "|"))
        }
      } catch {
        self.error = error
      }
    }

    init(_ text: String) { self.init(Array(text.utf8)) }
  }

  @Test(
    "Separators, line ends, marks and quotes do not change what a file says",
    arguments: [
      "user,company\nann,Acme\n", "user,company\r\nann,Acme\r\n", "user,company\rann,Acme",
      "\u{FEFF}user,company\nann,Acme\n\n", "user;company\nann;Acme", "user\tcompany\nann\tAcme\n",
      "\"user\",\"company\"\n\"ann\",\"Acme\"\n", " User , COMPANY \nann,Acme",
    ])
  func formsOfTheSameFile(text: String) {
    #expect(Reading(text).rows == ["user|company", "2: ann|Acme"])
  }

  @Test("Separators and line ends within quotes belong to the cell")
  func quotesKeepSeparatorsAndLines() {
    #expect(
      Reading("a,b\n\"x,\"\"y\"\"\",\"1\r\n2\"\n,\n\"\",z").rows
        == ["a|b", "2: x,\"y\"|1\r\n2", "4: |", "5: |z"])
    #expect(Reading("a;b\nx,y;z").rows == ["a|b", "2: x,y|z"])
  }

  @Test("Tab-separated cells have backslash escapes and no quotes")
  func tabsGoWithEscapes() {
    #expect(Reading("a\tb\nx\\ty\t\\\\n\\n\\q\"\n").rows == ["a|b", "2: x\ty|\\n\n\\q\""])
  }

  @Test("The apostrophe in front of a formula is taken off")
  func spreadsheetGuardsAreTakenOff() {
    #expect(Reading("a,b\n'=x,'plain'\n").rows == ["a|b", "2: =x|'plain'"])
  }

  @Test(
    "What is wrong with a file is named with its line",
    arguments: [
      ("", 1, Malformation.empty), ("\n\n", 1, .empty),
      ("a,b\nx\n", 2, .wrongNumberOfCells(1, expected: 2)),
      ("a,b\nx,y\n1,2,3\n", 3, .wrongNumberOfCells(3, expected: 2)),
      ("a,b\nx,\"y\n\nz,1\n", 2, .openQuote), ("a,b\n\n\"x\"y,z\n", 3, .textAfterQuote),
      ("a,b\nx,\u{0}\n", 2, .nul), ("\u{0}\u{0}\u{0}", 1, .nul),
    ])
  func damageIsNamedByItsLine(text: String, line: Int, kind: Malformation) {
    #expect(Reading(text).error == .malformed(line: line, kind))
  }

  @Test("Text that is not UTF-8 is refused with its line")
  func textThatIsNotUTF8IsNotGuessed() {
    let reading = Reading(Array("a,b\nx,y\ncaf".utf8) + [0xE9] + Array(",z\n".utf8))
    #expect(reading.rows == ["a|b", "2: x|y"])
    #expect(reading.error == .malformed(line: 3, .notUTF8))
  }

  @Test(
    "UTF-16 is recognised in either byte order, with and without a mark",
    arguments: [true, false], [true, false])
  func unicodeTextOfASpreadsheetIsNamed(isLittle: Bool, hasMark: Bool) {
    let units = Array("user\tcompany\n".utf16)
    let bytes = ((hasMark ? [0xFEFF] : []) + units).flatMap { unit in
      isLittle ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
    #expect(Reading(bytes).error == .malformed(line: 1, .utf16))
  }

  @Test(
    "A first line sep= names the separator",
    arguments: [
      "sep=;\r\nuser;company\r\nann;Acme", "\u{FEFF}sep=,\nuser,company\nann,Acme",
      "sep=\t\nuser\tcompany\nann\tAcme",
    ])
  func theSeparatorThatASpreadsheetNamesIsTaken(text: String) {
    #expect(Reading(text).rows == ["user|company", "3: ann|Acme"])
  }

  @Test("A NUL is read within quotes and as an escape")
  func aNULIsReadWithinQuotesAndAsAnEscape() {
    #expect(Reading("a,b\n\"x\u{0}\",y\n").rows == ["a|b", "2: x\u{0}|y"])
    #expect(Reading("a\tb\nx\\0\t\\\\0\n").rows == ["a|b", "2: x\u{0}|\\0"])
  }

  @Test("A line longer than the limit ends the reading")
  func aLineWithoutEndIsNotKept() {
    let endless = Array("a,b\n".utf8) + [UInt8](repeating: 0x78, count: 10_000_000)
    #expect(Reading(endless).error == .malformed(line: 2, .tooLong(1_048_576)))
  }

  @Test("Rows are read across the ends of the buffers")
  func rowsAreReadAcrossBuffers() throws {
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
