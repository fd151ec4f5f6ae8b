import AccessDesk
import TestSupport
import Testing

/// Keeps true what `docs/architecture.md` says of adding a screen.
@Suite struct ScreenGuideTests {
  /// A place that the guide names: a file, and the declarations that stand in it.
  private struct Place {
    let path: String
    let declarations: [String]
  }

  /// The rows of the table below "### A screen".
  private static func places() throws -> [Place] {
    let guide = try #require(readFile(Recorded.project + "/docs/architecture.md"))
    let lines = guide.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex(of: "### A screen"))
    return lines[(start + 1)...].prefix { !$0.hasPrefix("#") }.filter { $0.hasPrefix("| `") }.map {
      let code = $0.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      return Place(path: code[0], declarations: Array(code.dropFirst()))
    }
  }

  /// The screens by the files that declare them: the type, and its kinds.
  private static func screens() throws -> [(file: String, type: String, kinds: [ScreenKind])] {
    let folder = "Sources/AccessDesk/Screens"
    return try swiftFiles(in: folder).compactMap { name in
      let text = try #require(readFile("\(Recorded.project)/\(folder)/\(name)"))
      let kinds = ScreenKind.allCases.filter {
        text.contains("static let \($0.name) = ScreenKind(")
      }
      let type = text.firstMatch(of: /package struct (\w+Screen): \w*Screen \{/)
      guard let type else {
        #expect(kinds.isEmpty, "\(name) declares a kind of screen, and no screen")
        return nil
      }
      return (name, String(type.1), kinds)
    }
  }

  private static func swiftFiles(in folder: String) -> [String] {
    let path = "\(Recorded.project)/\(folder)"
    return entries(of: path).sorted().flatMap { name -> [String] in
      if name.hasSuffix(".swift") { return [name] }
      return swiftFiles(in: "\(folder)/\(name)").map { "\(name)/\($0)" }
    }
  }

  @Test("the guide names at most five places, and each has what the guide says")
  func placesAreThere() throws {
    let places = try Self.places()
    #expect((3...5).contains(places.count))
    for place in places {
      for screen in try Self.screens() {
        for kind in screen.kinds {
          let fill = { (text: String) in
            text.replacing("<Name>Screen", with: screen.type).replacing("<name>", with: kind.name)
          }
          let text: String? = readFile("\(Recorded.project)/\(fill(place.path))")
          #expect(text != nil, "\(fill(place.path)) is not there")
          for declaration in place.declarations {
            #expect(
              text?.contains(fill(declaration)) == true,
              "\(fill(place.path)) lacks \(fill(declaration))")
          }
        }
      }
    }
  }

  @Test("every kind of screen is declared once, with a screen")
  func everyKindIsDeclared() throws {
    let declared = try Self.screens().flatMap(\.kinds)
    #expect(declared.count == ScreenKind.allCases.count)
    #expect(Set(declared) == Set(ScreenKind.allCases))
    #expect(Set(ScreenTour.ways.keys) == Set(ScreenKind.allCases))
  }

  @Test("no other part of the desk knows a screen or asks for its kind")
  func screensAreKnownNowhereElse() throws {
    // What the desk itself opens: the first screen, and what works on every one.
    let known = [
      "Runtime/Desk.swift": ["AdoptScreen", "SuggestScreen"],
      "Runtime/DeskModel.swift": ["MenuScreen", "HelpScreen", "TimeScreen", "ConfirmationScreen"],
    ]
    let types = try Self.screens().map(\.type)
    for name in Self.swiftFiles(in: "Sources/AccessDesk") where !name.hasPrefix("Screens/") {
      let text = try #require(readFile("\(Recorded.project)/Sources/AccessDesk/\(name)"))
      let words = Set(text.split { !$0.isLetter && !$0.isNumber }.map(String.init))
      let found = types.filter { words.contains($0) }
      #expect(Set(found) == Set(known[name] ?? []), "\(name) names \(found)")
      let mayAsk = ["Actions.swift", "KeysReference.swift"].contains(name)
      #expect(mayAsk || !words.contains("ScreenKind"), "\(name) names ScreenKind")
    }
  }

  @Test("screens and the runtime hold no text that people read")
  func textsAreInMessages() throws {
    // Names of screens, words of the filter of the log, and the name of an application.
    let words =
      ScreenKind.allCases.map(\.name)
      + ["user", "company", "by", "did", "via", "since", "until", "hrm"]
    for folder in ["Screens", "Runtime"] {
      for name in Self.swiftFiles(in: "Sources/AccessDesk/\(folder)") {
        let path = "\(Recorded.project)/Sources/AccessDesk/\(folder)/\(name)"
        for line in try #require(readFile(path)).split(separator: "\n")
        where !line.trimmed.hasPrefix("//") {
          for literal in line.matches(of: /"((?:[^"\\]|\\\([^)]*\)|\\.)*)"/).map(\.1) {
            let text = literal.replacing(/\\\([^)]*\)+|\\u\{[^}]*\}/, with: "")
            let isText = text.count(where: \.isLetter) > 1 && !words.contains(String(text))
            #expect(!isText, "\(name): \(line.trimmed)")
          }
        }
      }
    }
  }
}

extension Substring {
  fileprivate var trimmed: String { String(self).trimmed }
}
