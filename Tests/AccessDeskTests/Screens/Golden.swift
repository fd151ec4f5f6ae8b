import AccessDesk
import TerminalUI
import TestSupport
import Testing

/// Frames that were looked at once and must stay as they are.
///
/// `RECORD_GOLDEN=1 swift test` writes them anew; the difference is for git and a pair of eyes.
enum Golden {
  static let sizes = [(80, 24), (120, 40), (60, 15)]

  /// Compares a desk in every size, in UTF-8 and in ASCII, with the file of this name.
  static func check(
    _ name: String, _ desk: DeskDriver, sizes: [(Int, Int)] = Golden.sizes,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    var desk = desk
    var parts: [String] = []
    for (columns, rows) in sizes {
      desk.resize(columns: columns, rows: rows)
      let frame = desk.model.frame()
      parts.append("=== \(columns)x\(rows)\n" + frame.text())
      parts.append("=== \(columns)x\(rows) ASCII\n" + frame.asciiOnly().text())
      if columns == 80 { parts.append("=== \(columns)x\(rows) styles\n" + frame.marked()) }
    }
    try compare(name, parts.joined(separator: "\n") + "\n", at: location)
  }

  static func compare(_ name: String, _ text: String, at location: SourceLocation) throws {
    let path = "Tests/AccessDeskTests/Golden/" + (name.contains(".") ? name : name + ".txt")
    let difference = try Recorded.difference(of: text, from: path)
    #expect(difference == nil, sourceLocation: location)
  }
}
