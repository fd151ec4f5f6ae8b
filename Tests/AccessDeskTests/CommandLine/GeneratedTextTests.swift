import TestSupport
import Testing

@testable import AccessDesk

/// The texts that are kept in files: with `RECORD_GOLDEN=1` the tests write them anew.
struct GeneratedTextTests {
  @Test func everyHelpTextIsAsRecorded() throws {
    let texts = Self.nodes([CommandTree.root]).map { path in
      let call = path.map(\.name).joined(separator: " ")
      return "$ \(call) --help\n" + HelpText(path: path).text
    }
    #expect(
      try Recorded.difference(of: texts.joined(separator: "\n"), from: "Tests/Golden/help.txt")
        == nil)
  }

  @Test func theReferenceIsAsRecorded() throws {
    #expect(
      try Recorded.difference(
        of: CommandReference(root: CommandTree.root).text, from: "docs/cli.md") == nil)
  }

  @Test func noHelpLineIsWiderThanTheHomeScreen() {
    for path in Self.nodes([CommandTree.root]) {
      let help = HelpText(path: path).text
      let lines = help.split(separator: "\n").filter { !$0.hasPrefix("    company-access") }
      #expect(lines.filter { $0.unicodeScalars.count > 80 } == [])
    }
  }

  /// Every way to call a command can be parsed, and every example means something.
  @Test func examplesAreCallsThatTheParserTakes() {
    let parser = CommandParser(
      root: CommandTree.root, globals: GlobalOptions.everywhere + GlobalOptions.ofTheDesk
    ) { _ in false }
    for path in Self.nodes([CommandTree.root]) {
      for example in path.last?.info.examples ?? [] {
        let call = example.call.split(separator: "|")[0].split(separator: ">")[0]
        let words = ShellLine(String(call) + " ").words
        #expect(throws: Never.self, "\(example.call)") {
          guard case .command(let found, let parsed) = try parser.parse(words) else {
            Issue.record("\(example.call) is no command")
            return
          }
          #expect(found.words == path.words)
          _ = try found.last?.make(parsed)
        }
      }
    }
  }

  @Test func theManualNamesEveryCommandAndOption() throws {
    let manual = ManualPage(root: CommandTree.root, version: "9").text
    for path in Self.nodes([CommandTree.root]) where path.last?.subcommands.isEmpty == true {
      #expect(manual.contains(".SS \(ManualPage.escape(path.words))\n"))
      for option in path.last?.inputs.options ?? [] {
        #expect(manual.contains(".B \(ManualPage.escape(option.label))\n"))
      }
    }
  }

  @Test(.enabled(if: fileExists("/usr/bin/groff"))) func groffHasNothingAgainstTheManual() throws {
    let manual = ManualPage(root: CommandTree.root, version: "9").text
    let result = try runProgram(
      "/usr/bin/groff", ["-man", "-Tutf8", "-ww", "-z"], standardInput: manual)
    #expect(result.status == 0)
    #expect(result.stderr == "")
  }

  @Test func theManualShowsWordsAsTheyAre() {
    #expect(ManualPage.escape(".x -y 'z' \\") == "\\&.x \\-y \\(aqz\\(aq \\e")
  }

  private static func nodes(_ path: [CommandNode]) -> [[CommandNode]] {
    [path] + (path.last?.subcommands ?? []).flatMap { nodes(path + [$0]) }
  }
}

struct EarlierNameTests {
  @Test("--shape still means --mapping, and no help text shows it")
  func anEarlierNameStillWorks() throws {
    let parser = CommandParser(
      root: CommandTree.root, globals: GlobalOptions.everywhere + GlobalOptions.ofTheDesk
    ) { _ in false }
    for words in [["adopt", "--shape", "app.json"], ["adopt", "--shape=app.json"]] {
      guard case .command(let path, let parsed) = try parser.parse(words) else {
        Issue.record("\(words) is no command")
        continue
      }
      #expect(parsed.options["mapping"] == ["app.json"])
      #expect(!HelpText(path: path).text.contains("--shape"))
    }
  }
}
