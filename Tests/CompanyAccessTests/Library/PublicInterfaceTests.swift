import Glibc
import TestSupport
import Testing

/// What other packages can see of the library, as `docs/api.txt` has it.
///
/// It must not change by accident; `RECORD_GOLDEN=1` writes the file anew.
struct PublicInterfaceTests {
  @Test func thePublicInterfaceIsAsRecorded() throws {
    let sources = swiftFiles(Recorded.project + "/Sources/CompanyAccess")
    #expect(sources.count > 30)
    var interface = PublicInterface()
    for path in sources {
      interface.read(String(decoding: try readFile(path), as: UTF8.self))
    }
    let text = interface.lines.sorted().joined(separator: "\n") + "\n"
    #expect(try Recorded.difference(of: text, from: "docs/api.txt") == nil)
  }

  private func swiftFiles(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var found: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      let path = "\(folder)/\(name)"
      found += name.hasSuffix(".swift") ? [path] : swiftFiles(path)
    }
    return found
  }
}

/// Picks the public declarations out of formatted sources.
private struct PublicInterface {
  var lines: [String] = []
  /// The types around the line, by their indentation.
  private var around: [(indent: Int, name: String, isPublicEnum: Bool)] = []

  mutating func read(_ source: String) {
    around = []
    let all = source.split(separator: "\n", omittingEmptySubsequences: false)
    var index = 0
    while index < all.count {
      let line = all[index]
      let indent = line.prefix { $0 == " " }.count
      let text = line.dropFirst(indent)
      index += 1
      if text.isEmpty || text.hasPrefix("//") { continue }
      around.removeAll { $0.indent >= indent && text != "}" }
      var words = String(text)
      // A declaration goes on until its brackets are closed.
      while words.filter({ $0 == "(" }).count > words.filter({ $0 == ")" }).count,
        index < all.count, isDeclaration(words)
      {
        words += " " + all[index].drop { $0 == " " }
        index += 1
      }
      note(words, indent)
    }
  }

  private func isDeclaration(_ text: String) -> Bool {
    text.hasPrefix("public ") || text.hasPrefix("case ") || text.hasPrefix("@")
  }

  private mutating func note(_ text: String, _ indent: Int) {
    let context = around.filter { $0.indent < indent }
    let isCase = text.hasPrefix("case ") && context.last?.isPublicEnum == true
    let declaration =
      text.hasPrefix("@discardableResult public") ? String(text.dropFirst(19)) : text
    if declaration.hasPrefix("public ") || isCase {
      lines.append((context.map(\.name) + [signature(declaration)]).joined(separator: " | "))
    }
    let words = text.split(separator: " ").filter {
      !["public", "final", "package", "private", "fileprivate", "indirect"].contains($0)
    }
    guard words.count > 1, text.hasSuffix("{"),
      ["struct", "class", "enum", "extension", "protocol"].contains(words[0])
    else { return }
    let name = words[1].prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
    around.append((indent, String(name), text.hasPrefix("public enum")))
  }

  /// The declaration without its body, its value and its comment.
  private func signature(_ text: String) -> String {
    var result = text.split(separator: " {", maxSplits: 1)[0]
    if result.hasPrefix("public static let") || result.hasPrefix("public var") {
      result = result.split(separator: " = ", maxSplits: 1)[0]
    }
    return String(result)
  }
}
