import CompanyAccess
import Testing

@testable import AccessDesk

/// Options and arguments that a command declares as properties.
struct CommandInputTests {
  /// The command that a call of the small tree makes.
  private func command(_ call: String) throws -> ProbeCommand {
    let parser = CommandParser(root: SmallTree.root, globals: SmallTree.globals) { _ in false }
    let words = call.split(separator: " ").map(String.init)
    guard case .command(let path, let parsed) = try parser.parse(words) else {
      throw UsageProblem.missingCommand
    }
    return try #require(try path.last?.make(parsed) as? ProbeCommand)
  }

  /// What is wrong with a call.
  private func problem(_ call: String) -> String? {
    do {
      _ = try command(call)
      return nil
    } catch let error as UsageError {
      return "\(error.problem)"
    } catch {
      return "\(error)"
    }
  }

  @Test("Each property has the value of the call")
  func values() throws {
    let given = try command(
      "give ann Acme Bolt -n 3 --quiet --tag a --tag= --on-duplicate error --since 2026-01-01")
    #expect(given.target == .companies(user: "ann", ["Acme", "Bolt"]))
    #expect(given.count == 3 && given.quiet && !given.verbose)
    #expect(given.tags == ["a", ""] && given.onDuplicate == .error)
    #expect(try given.since == TimeText.parse("2026-01-01", .start))
    let other = try command("give --company Acme ann bob --since 2026-01-01")
    #expect(other.target == .users(company: "Acme", ["ann", "bob"]))
    #expect(other.count == nil && !other.quiet && other.tags == [] && other.onDuplicate == nil)
  }

  @Test(
    "A value that means nothing is named with what it must be",
    arguments: [
      ("-n 10", "--count is '10', but must be a whole number from 0 to 9"),
      ("-n +1", "--count is '+1', but must be a whole number from 0 to 9"),
      ("-qv", "--quiet and --verbose exclude each other"),
      (
        "--on-duplicate eror",
        "--on-duplicate is 'eror', but must be one of: ignore, error; did you mean 'error'?"
      ),
      ("--since soon", "--since: 'soon' is no time"),
    ])
  func badValues(words: String, message: String) throws {
    let since = words.contains("since") ? "" : " --since 2026-01-01"
    let found = try #require(problem("give ann Acme \(words)\(since)"))
    #expect(found.hasPrefix(message), "\(found)")
  }

  @Test("An option that must be given is missed")
  func required() {
    #expect(problem("give ann Acme") == "the argument --since TIME is missing")
  }

  @Test("Forms that options choose exclude each other, and one of them has to be chosen")
  func forms() throws {
    func problem(_ words: String...) -> UsageProblem? {
      let options = words.map { ($0, [$0]) }
      let parsed = ParsedArguments(options: Dictionary(uniqueKeysWithValues: options))
      do {
        _ = try CommandNode("diff") { DiffCommand() }.make(parsed)
        return nil
      } catch { return error }
    }
    #expect(problem("users", "file") == .conflict("--users", "--file"))
    #expect(problem("file", "to") == .conflict("--file", "--to"))
    #expect(problem() == .needsOneOf(["--from", "--users", "--companies", "--file"]))
  }

  @Test("Properties of groups are found, and stand where the group stands")
  func groups() {
    let inputs = CommandInputs(of: RevokeCommand())
    #expect(
      inputs.options.map(\.long) == [
        "company", "all", "former", "reason", "ticket", "decided", "dry-run", "yes",
        "no-administrator",
      ])
    #expect(inputs.forms.map(\.option) == [nil, "company", "all", "former"])
  }
}
