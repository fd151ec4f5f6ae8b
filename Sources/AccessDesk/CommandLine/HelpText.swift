/// Writes the help of one node of the tree of commands.
struct HelpText {
  /// The nodes from the root on; the last is the one to describe.
  let path: [CommandNode]

  private static let columns = 80

  var text: String {
    guard let node = path.last else { return "" }
    var parts = [usage.joined(separator: "\n"), node.info.abstract.sentence]
    parts += node.info.discussion.map { HelpText.wrap($0, indent: 0) }
    let inputs = node.inputs
    parts += [commands(node), arguments(inputs)]
    parts.append(HelpText.list("Options", inputs.options.map { ($0.label, $0.help) }))
    let general = path.count == 1 ? GlobalOptions.ofTheDesk : []
    parts.append(
      HelpText.list(
        path.count == 1 ? "Options" : "Options of every command",
        (GlobalOptions.everywhere + general).map { ($0.label, $0.help) }))
    parts.append(examples(node.info))
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  /// One line for each way to call the command.
  var usage: [String] {
    let lines = path.usageLines
    return lines.enumerated().map { ($0.offset == 0 ? "Usage: " : "       ") + $0.element }
  }

  private func commands(_ node: CommandNode) -> String {
    var rows = node.subcommands.map { ($0.name, $0.info.abstract.sentence) }
    if path.count == 1 { rows.append(("help COMMAND", HelpMessages.help)) }
    return node.subcommands.isEmpty ? "" : HelpText.list("Commands", rows)
  }

  private func arguments(_ inputs: CommandInputs) -> String {
    HelpText.list("Arguments", inputs.distinctArguments.map { ($0.name, $0.help) })
  }

  private func examples(_ info: CommandInfo) -> String {
    guard !info.examples.isEmpty else { return "" }
    let lines = info.examples.map {
      "  \($0.purpose.sentence)\n    \(path[0].name) \($0.call)"
    }
    return "Examples:\n" + lines.joined(separator: "\n")
  }

  /// A heading with terms on the left and what they mean on the right.
  private static func list(_ title: String, _ rows: [(String, String)]) -> String {
    guard !rows.isEmpty else { return "" }
    let width = min(22, rows.map { $0.0.unicodeScalars.count }.max() ?? 0) + 4
    let lines = rows.map { term, meaning in
      let start = "  " + term
      let body = wrap(meaning, indent: width)
      let length = start.unicodeScalars.count
      if length + 2 > width { return start + "\n" + body }
      return start
        + body.unicodeScalars.dropFirst(length).reduce(into: "") {
          $0.unicodeScalars.append($1)
        }
    }
    return "\(title):\n" + lines.joined(separator: "\n")
  }

  /// The words of a text in lines of at most 80 columns.
  static func wrap(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let length = line.unicodeScalars.count + 1 + word.unicodeScalars.count
      if !line.isEmpty, indent + length > columns {
        lines.append(margin + line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    return (lines + [margin + line]).joined(separator: "\n")
  }
}

extension OptionInfo {
  /// The option as a list shows it: `-n, --name VALUE`.
  var label: String {
    (short.map { "-\($0), " } ?? "") + "--\(long)" + (value.map { " \($0.name)" } ?? "")
  }
}

extension ArgumentInfo {
  /// The argument as a usage line shows it.
  var label: String {
    let word = repeats ? name + "..." : name
    return isOptional ? "[\(word)]" : word
  }
}

extension [CommandNode] {
  /// The ways to call the last node.
  var usageLines: [String] {
    guard let node = last else { return [] }
    let words = map(\.name).joined(separator: " ")
    guard node.subcommands.isEmpty else {
      let desk = count == 1 ? ["\(words) [OPTIONS] DATABASE"] : []
      return desk + ["\(words) [OPTIONS] COMMAND ..."]
    }
    let inputs = node.inputs
    return inputs.forms.map { form in
      let option = inputs.options.first { $0.long == form.option }.map { [$0.label] } ?? []
      return ([words, "[OPTIONS]"] + option + form.arguments.map(\.label))
        .joined(separator: " ")
    }
  }
}

extension String {
  /// The text with a capital letter first and a full stop last.
  var sentence: String {
    guard let first = unicodeScalars.first else { return self }
    let rest = String(unicodeScalars.dropFirst())
    return first.properties.uppercaseMapping + rest + (utf8.last == 0x2E ? "" : ".")
  }
}
