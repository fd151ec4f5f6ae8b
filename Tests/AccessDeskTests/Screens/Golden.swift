import AccessDesk
import Glibc
import TerminalUI
import Testing

/// Frames that were looked at once and must stay as they are.
///
/// `RECORD_GOLDEN=1 swift test` writes them anew; the difference is for git and a pair of eyes.
enum Golden {
  static let sizes = [(80, 24), (120, 40), (60, 15)]

  /// Compares a desk in every size, in UTF-8 and in ASCII, with the file of this name.
  static func check(
    _ name: String, _ desk: DeskDriver, at location: SourceLocation = #_sourceLocation
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
    let path = folder + "/" + (name.contains(".") ? name : name + ".txt")
    if getenv("RECORD_GOLDEN") != nil {
      try #require(write(text, to: path), "can't write \(path)", sourceLocation: location)
    }
    let expected = read(path)
    #expect(expected == text, "\(name) differs from \(path)", sourceLocation: location)
  }

  /// The top folder of the project.
  static let project: String = {
    let here = #filePath
    return String(here[..<(here.lastIndex(of: "/") ?? here.endIndex)]) + "/../../.."
  }()

  private static let folder = project + "/Tests/AccessDeskTests/Golden"

  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes += buffer[0..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func write(_ text: String, to path: String) -> Bool {
    mkdir(folder, 0o755)
    guard let file = fopen(path, "w") else { return false }
    defer { fclose(file) }
    return fputs(text, file) >= 0
  }
}
