import Glibc
import TestSupport
import Testing

@testable import AccessDesk

/// What docs/architecture.md says about adding a command.
struct CommandGuideTests {
  private let root: String = {
    let parts = #filePath.split(separator: "/").dropLast(4)
    return "/" + parts.joined(separator: "/") + "/"
  }()

  /// The paths in front of the numbered steps.
  private func places() throws -> [String] {
    let text = try #require(readFile(root + "docs/architecture.md"))
    let section = try #require(
      text.split(separator: "### A command\n").dropFirst().first)
    let lines = section.split(separator: "\n").prefix { !$0.hasPrefix("#") }
    return lines.filter { $0.first?.isNumber == true }.compactMap { line in
      line.split(separator: "`").dropFirst().first.map(String.init)
    }
  }

  @Test("The guide names three places, and they exist")
  func threePlaces() throws {
    let places = try places()
    #expect(
      places == [
        "Sources/AccessDesk/Commands/<Verb>Command.swift",
        "Sources/AccessDesk/Commands/CommandTree.swift",
        "Tests/AccessDeskTests/Commands/CommandCalls.swift",
      ])
    for place in places {
      #expect(fileExists(root + place.replacing("<Verb>", with: "Check")), "\(place)")
    }
  }

  @Test("No source file but its own and the tree knows a command")
  func noOtherPlace() throws {
    let sources = try swiftFiles("Sources").map { ($0, try #require(readFile($0))) }
    let commands = try swiftFiles("Sources/AccessDesk/Commands").flatMap { path in
      try #require(readFile(path)).split(separator: "\n").compactMap { line -> (String, String)? in
        let words = line.split { $0 == " " || $0 == ":" || $0 == "<" }
        guard words.count > 2, words[0] == "struct", words[2] == "Command" else { return nil }
        return (path, String(words[1]))
      }
    }
    #expect(commands.count > 20)
    for (path, command) in commands {
      let places = sources.filter { $0.1.contains("\(command)(") }.map(\.0)
      #expect(
        places.allSatisfy { $0 == path || $0.hasSuffix("/CommandTree.swift") },
        "\(command) is made in \(places)")
    }
  }

  @Test("Every command has a call that the tests of all commands make")
  func everyCommandHasACall() {
    let known = Set(CommandCalls.reading.keys).union(CommandCalls.writing.keys)
    for path in Self.leaves([CommandTree.root]) {
      #expect(known.contains(path.words), "\(path.words) is not in CommandCalls")
    }
  }

  @Test("What commands say to people is in Messages")
  func noSentencesInCommands() throws {
    for path in try swiftFiles("Sources/AccessDesk/Commands") {
      let text = try #require(readFile(path))
      for call in ["sayIfTable(\"", "say(\"", "prompt(\"", "confirming: \"", ".ask(\""] {
        #expect(!text.contains(call), "\(path) has a text in \(call)...")
      }
    }
  }

  private func swiftFiles(_ folder: String) throws -> [String] {
    let result = try runProgram("/usr/bin/find", [root + folder, "-name", "*.swift"])
    return result.stdout.split(separator: "\n").map(String.init)
  }

  private static func leaves(_ path: [CommandNode]) -> [[CommandNode]] {
    guard let node = path.last else { return [] }
    return node.subcommands.isEmpty ? [path] : node.subcommands.flatMap { leaves(path + [$0]) }
  }
}
