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
    lines += ["", "## Files that are written", ""] + CommandReference.outputs
    for path in leaves([root]) { lines += section(path) }
    lines += ["## Exit codes", "", "| code | meaning |", "|---|---|"]
    lines += ExitCode.allCases.map { "| \($0.rawValue) | \($0.meaning) |" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What every command does with the path that it is to write to.
  private static let outputs = [
    "One rule holds for every path that a command writes to: `--output`, `--out`, the argument of",
    "`backup`, `init` and `generate`, and the database that `restore` makes anew.",
    "",
    "| the path is | what is done |",
    "|---|---|",
    "| a new name | The file gets it when it is complete; only its owner can read it, whatever the "
      + "umask is. |",
    "| a file | It is kept, exit 73. `export --force` and `backup --force` replace it. |",
    "| the database in use, by any name | Never written, exit 73. Nor may standard output or standard "
      + "error be it. |",
    "| another database | Only `backup --force` replaces it, and not with `--read-only`. |",
    "| a database's `-journal`, `-wal`, `-shm` | Refused: SQLite would remove the file. |",
    "| a device or a named pipe | `export` writes to it, and never replaces it. The others need a "
      + "file on a disk. |",
    "| `-`, `/dev/stdout`, `/dev/fd/N` | `export` writes to standard output or that descriptor; `./-` is "
      + "a file called `-`. The others need a file on a disk. |",
    "| any other link | Neither followed nor replaced, exit 73, wherever it leads. |",
    "| a folder | Refused, but for `report --out`, which takes a new or an empty one. |",
    "| not UTF-8 | The call is refused, exit 64. |",
  ]

  private func leaves(_ path: [CommandNode]) -> [[CommandNode]] {
    guard let node = path.last else { return [] }
    return node.subcommands.isEmpty ? [path] : node.visible.flatMap { leaves(path + [$0]) }
  }

  private func abstract(_ path: [CommandNode]) -> String {
    CommandReference.cell(path.last?.info.abstract ?? "")
  }

  private func section(_ path: [CommandNode]) -> [String] {
    guard let info = path.last?.info else { return [] }
    var lines = ["", "## \(path.words)", "", "```"] + path.usageLines + ["```", ""]
    lines += [info.abstract.sentence, ""] + info.discussion.flatMap { [$0, ""] }
    if !info.distinctArguments.isEmpty {
      lines += ["| argument | meaning |", "|---|---|"]
      lines += info.distinctArguments.map { "| `\($0.name)` | \(CommandReference.cell($0.help)) |" }
      lines.append("")
    }
    if !info.options.isEmpty { lines += CommandReference.table(info.options) + [""] }
    for example in info.examples {
      lines += [
        example.purpose.sentence, "", "```", "\(root.info.name) \(example.call)", "```", "",
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
  var words: String { dropFirst().map(\.info.name).joined(separator: " ") }
}
