import CompanyAccess
import Formats
import TerminalUI
import TestSupport
import Testing

@testable import AccessDesk

struct OutputTests {
  private let columns = [
    Column("name", "NAME"), Column("users", "USERS", number: true), Column("active", "STATUS"),
  ]

  private func written(
    _ format: OutputFormat, _ rows: [[Cell]], color: ColorChoice = .auto
  ) throws -> String {
    let parsed = ParsedArguments(
      options: ["format": [format.rawValue], "color": [color.rawValue]])
    let console = Console(keeping: [:])
    let context = CommandContext(
      options: try GlobalOptions(parsed, environment: [:]), console: console,
      root: CommandTree.root, version: "1")
    let listing = try Listing("things", columns, context)
    for row in rows { try listing.row(row) }
    try listing.finish([("total", Cell(rows.count))])
    return console.output.text
  }

  private let rows: [[Cell]] = [
    [.text("Acme"), .integer(12), Cell(active: true)],
    [.text("\u{4F5C}\u{8005} \u{202E}x"), .integer(1_234_567), Cell(active: false)],
    [.null, .integer(-5), .null],
  ]

  @Test func aTableIsAlignedByWidth() throws {
    #expect(
      try written(.table, rows) == """
        NAME                USERS  STATUS
        Acme                   12  active
        \u{4F5C}\u{8005} <U+202E>x  1,234,567  inactive
        -                      -5  -

        """)
  }

  @Test func onlyTheHeaderIsColoured() throws {
    let lines = try written(.table, rows, color: .always).split(separator: "\n")
    #expect(lines[0].hasPrefix("\u{1B}[1mNAME") && lines[0].hasSuffix("\u{1B}[0m"))
    #expect(!lines[1...].joined().contains("\u{1B}"))
  }

  @Test func nothingIsNoTable() throws {
    #expect(try written(.table, []) == "")
    #expect(try written(.csv, []) == "name,users,active\r\n")
    #expect(try written(.json, []) == "{\"things\":[],\"total\":0}\n")
  }

  @Test func wideRowsBehindTheMeasuredOnesDoNotStop() throws {
    let many = Array(repeating: rows[0], count: TableWriter.measuredRows) + [rows[1]]
    let lines = try written(.table, many).split(separator: "\n")
    #expect(lines.count == many.count + 1)
    #expect(lines.last == "\u{4F5C}\u{8005} <U+202E>x  1,234,567  inactive")
    #expect(lines[1] == "Acme     12  active")
  }

  @Test func jsonKeepsEverything() throws {
    let text = "\"\\\u{1}\u{7F}\n\t\r\u{2028}\u{0}\u{202E}"
    #expect(
      try written(.json, [rows[0], [.text(text), .integer(1), .null]]) == """
        {"things":[
        {"name":"Acme","users":12,"active":true},
        {"name":"\\"\\\\\\u0001\\u007f\\n\\t\\r\\u2028\\u0000\\u202e","users":1,"active":null}],\
        "total":2}

        """)
  }

  @Test func numbersInTenthsHaveOneDecimal() throws {
    let output = ByteWriter()
    let json = JSONWriter(output)
    try json.beginObject()
    try json.member("a", tenths: 1_000)
    try json.member("b", tenths: 5)
    try json.member("c", tenths: nil)
    try json.endObject()
    #expect(output.text == "{\"a\":100.0,\"b\":0.5,\"c\":null}")
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("", "\"\""),
    ("two\nlines", "\"two\nlines\""), ("a\rb", "\"a\rb\""), (" x", "\" x\""),
    ("=1+1", "'=1+1"), ("-x", "'-x"), ("\u{200B}@x", "'\u{200B}@x"), ("'=x", "''=x"),
    ("=\u{301}x", "'=\u{301}x"), ("\u{FF1D}x", "'\u{FF1D}x"), ("a=1", "a=1"),
    ("'quoted'", "'quoted'"),
    ("\r=x", "\"'\r=x\""), ("a\r\nb", "\"a\r\nb\""),
  ])
  func csvCellsAreSafeAndQuoted(text: String, cell: String) throws {
    let lines = try written(.csv, [[.text(text), .integer(-1), .null]])
    #expect(lines == "name,users,active\r\n\(cell),-1,\r\n")
  }

  @Test func tsvEscapesItsSeparators() throws {
    let lines = try written(.tsv, [[.text("a\tb\\c\nd"), .integer(1), Cell(active: true)]])
    #expect(lines == "name\tusers\tactive\na\\tb\\\\c\\nd\t1\ttrue\n")
  }

  @Test func countsAreGroupedAndIdsStayAsTheyAreTyped() {
    #expect(TableWriter.text(.integer(-1_234_567)).string == "-1,234,567")
    #expect(TableWriter.text(Cell(UserID(1_234_567))).string == "1234567")
    #expect(TableWriter.text(Cell(ChangeID(10_000))).string == "10000")
  }
}
