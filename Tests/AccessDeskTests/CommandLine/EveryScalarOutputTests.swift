import Formats
@testable import CompanyAccess
import TerminalUI
import TestSupport
import Testing

@testable import AccessDesk

/// Scalars in bad company, through everything that commands write.
///
/// A sweep of all takes minutes. A sample has those of the first blocks, where the letters that mean
/// something are, and some others.
@Suite struct EveryScalarOutputTests {
  private static let block: UInt32 = 256
  private static let always: UInt32 = 0x400

  @Test(arguments: 0..<17)
  func nothingUnsafeIsWritten(plane: UInt32) throws {
    var numbers = SeededNumbers(Sweep.seed &+ UInt64(plane))
    var swept = 0
    var bad: [String] = []
    for start in stride(from: plane << 16, to: (plane + 1) << 16, by: Int(Self.block)) {
      let scalars = (start..<start + Self.block).compactMap { Unicode.Scalar($0) }
      let isChosen = start < Self.always || Int.random(in: 0..<20, using: &numbers) == 0
      guard !scalars.isEmpty, isChosen || Sweep.isFull else { continue }
      swept += scalars.count
      if try passes(scalars.map(Self.texts)) { continue }
      bad += try scalars.filter { try !passes([Self.texts($0)]) }.map {
        String($0.value, radix: 16)
      }
    }
    #expect(bad == [], "seed \(Sweep.seed)")
    Sweep.figure(
      "scalars through table, CSV, TSV, JSON, words", swept: swept, good: swept - bad.count)
  }

  /// A scalar alone, first, last, between letters, and with what others give a meaning.
  private static func texts(_ scalar: Unicode.Scalar) -> [String] {
    ["\(scalar)", "\(scalar)=1+1", "a\(scalar)b\"\(scalar),", "=\(scalar)", "\u{1B}\(scalar)"]
  }

  private func passes(_ rows: [[String]]) throws -> Bool {
    let table = try written(.table, rows)
    guard isSafe(table), table.utf8.count(where: { $0 == 0x0A }) == rows.count + 1 else {
      return false
    }
    let csv = SimpleCSV.rows(Array(try written(.csv, rows).utf8))
    guard csv.count == rows.count + 1 else { return false }
    for (row, cells) in zip(rows, csv.dropFirst()) {
      for (text, cell) in zip(row, cells) {
        let shown = String(decoding: cell, as: UTF8.self)
        guard !beginsFormula(shown), SpreadsheetGuard.unguarded(shown).utf8.elementsEqual(text.utf8)
        else { return false }
      }
    }
    let tsv = try written(.tsv, rows).utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard tsv.count == rows.count + 2, tsv.dropLast().allSatisfy({ $0.count { $0 == 0x09 } == 4 })
    else { return false }
    let json = try written(.json, rows)
    guard isSafe(json), try isLossless(json, rows) else { return false }
    return try areSafeOnATerminal(rows) && areSafeWords(rows)
  }

  /// Whether CSV and TSV move no cursor but by the ends of their lines and cells.
  private func areSafeOnATerminal(_ rows: [[String]]) throws -> Bool {
    let csv = try written(.csv, rows, asTerminal: true).utf8
      .split(separator: 0x0A, omittingEmptySubsequences: false)
    guard csv.count == rows.count + 2, csv.dropLast().allSatisfy({ $0.last == 0x0D }) else {
      return false
    }
    let tsv = try written(.tsv, rows, asTerminal: true).utf8.map { $0 == 0x09 ? 0x20 : $0 }
    return csv.allSatisfy { isSafe(String(decoding: $0.prefix { $0 != 0x0D }, as: UTF8.self)) }
      && isSafe(String(decoding: tsv, as: UTF8.self))
  }

  private func written(
    _ format: OutputFormat, _ rows: [[String]], asTerminal isTerminal: Bool = false
  ) throws -> String {
    let parsed = ParsedArguments(options: ["format": [format.rawValue]])
    let console = Console(keeping: [:], asTerminal: isTerminal)
    let context = CommandContext(
      options: try GlobalOptions(parsed, environment: [:]), console: console,
      root: CommandTree.root, version: "1")
    let columns = ["a", "b", "c", "d", "e"].map { Column($0, $0.uppercased()) }
    let listing = try Listing("rows", columns, context)
    for row in rows { try listing.row(row.map { Cell.text($0) }) }
    try listing.finish()
    return console.output.text
  }

  /// Whether a terminal would show it as it is, and nothing else.
  private func isSafe(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      if scalar == "\n" || (scalar.value >= 0x20 && scalar.value < 0x7F) { return true }
      let properties = scalar.properties
      if properties.isDefaultIgnorableCodePoint { return false }
      switch properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        return false
      default: return true
      }
    }
  }

  /// Whether a spreadsheet that passes over blanks and invisible marks finds a formula.
  private func beginsFormula(_ cell: String) -> Bool {
    let first = cell.unicodeScalars.first {
      !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 0x20
    }
    guard let first else { return cell.utf8.first.map { "\t\r\n".utf8.contains($0) } ?? false }
    return "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first)
  }

  private func isLossless(_ json: String, _ rows: [[String]]) throws -> Bool {
    guard !json.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F }) else {
      return false
    }
    var reader = try JSONReader(InputBytes(Array(json.utf8)))
    var found: [String] = []
    while let token = try reader.next() {
      if case .string(let text) = token { found.append(text) }
    }
    let expected = rows.flatMap { $0 }
    return found.count == expected.count
      && zip(found, expected).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }

  /// What is said on standard error, each in a line of its own.
  private func areSafeWords(_ rows: [[String]]) -> Bool {
    let console = Console(keeping: [:])
    for row in rows { console.say("company-access: there is no user '\(row[2])'") }
    return isSafe(console.messages.text)
  }
}

/// RFC 4180 read by other code than the program's own.
private enum SimpleCSV {
  static func rows(_ bytes: [UInt8]) -> [[[UInt8]]] {
    var rows: [[[UInt8]]] = []
    var row: [[UInt8]] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      let next = place + 1 < bytes.count ? bytes[place + 1] : 0
      switch byte {
      case 0x22 where isQuoted && next == 0x22:
        cell.append(byte)
        place += 1
      case 0x22 where isQuoted || cell.isEmpty: isQuoted.toggle()
      case 0x2C where !isQuoted:
        row.append(cell)
        cell = []
      case 0x0D where !isQuoted && next == 0x0A:
        rows.append(row + [cell])
        (row, cell) = ([], [])
        place += 1
      default: cell.append(byte)
      }
      place += 1
    }
    return rows
  }
}
