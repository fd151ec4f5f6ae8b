/// Writes `docs/cli.md`.
struct CommandReference {
  let root: CommandNode

  var text: String {
    var lines = [
      "# Commands", "",
      "<!-- Generated: RECORD_GOLDEN=1 swift test --filter GeneratedText writes it anew. -->",
      "", "```",
    ]
    lines += [root].usageLines + ["```", ""]
    lines += root.info.discussion.flatMap { [$0, ""] }
    lines += ["| command | does |", "|---|---|"]
    for path in leaves([root]) {
      let words = path.words
      lines.append("| [`\(words)`](#\(CommandReference.anchor(words))) | \(abstract(path)) |")
    }
    lines += ["", "## Options of every command", ""]
    lines += CommandReference.table(GlobalOptions.everywhere + GlobalOptions.ofTheDesk)
    lines += ["", "## Files that are written", ""] + HelpMessages.outputs
    for path in leaves([root]) { lines += section(path) }
    lines += ["## Exit codes", "", "| code | meaning |", "|---|---|"]
    lines += ExitCode.allCases.map { "| \($0.rawValue) | \($0.meaning) |" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func leaves(_ path: [CommandNode]) -> [[CommandNode]] {
    guard let node = path.last else { return [] }
    return node.subcommands.isEmpty ? [path] : node.subcommands.flatMap { leaves(path + [$0]) }
  }

  private func abstract(_ path: [CommandNode]) -> String {
    CommandReference.cell(path.last?.info.abstract ?? "")
  }

  private func section(_ path: [CommandNode]) -> [String] {
    guard let info = path.last?.info, let inputs = path.last?.inputs else { return [] }
    var lines = ["", "## \(path.words)", "", "```"] + path.usageLines + ["```", ""]
    lines += [info.abstract.sentence, ""] + info.discussion.flatMap { [$0, ""] }
    if !inputs.distinctArguments.isEmpty {
      lines += ["| argument | meaning |", "|---|---|"]
      lines += inputs.distinctArguments.map {
        "| `\($0.name)` | \(CommandReference.cell($0.help)) |"
      }
      lines.append("")
    }
    if !inputs.options.isEmpty { lines += CommandReference.table(inputs.options) + [""] }
    for example in info.examples {
      lines += [
        example.purpose.sentence, "", "```", "\(root.name) \(example.call)", "```", "",
      ]
    }
    return lines.dropLast() + [""]
  }

  private static func table(_ options: [OptionInfo]) -> [String] {
    ["| option | meaning |", "|---|---|"] + options.map { "| `\($0.label)` | \(cell($0.help)) |" }
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

  private static func anchor(_ title: String) -> String { title.replacing(" ", with: "-") }
}

extension [CommandNode] {
  /// The words that call the last node, without the program's name.
  var words: String { dropFirst().map(\.name).joined(separator: " ") }
}
