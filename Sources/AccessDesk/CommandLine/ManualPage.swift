/// Writes the manual page of the whole program, for `man`.
struct ManualPage {
  let root: CommandNode
  let version: String

  var text: String {
    let name = root.name
    var lines = [
      ".TH \(name.uppercased()) 1 \"\" \"\(name) \(version)\" \"User Commands\"",
      ".SH NAME", ManualPage.escape(name) + " \\- " + ManualPage.escape(root.info.abstract),
      ".SH SYNOPSIS",
    ]
    lines += [root].usageLines.flatMap { [".B " + ManualPage.escape($0), ".br"] }.dropLast()
    lines.append(".SH DESCRIPTION")
    lines += ManualPage.paragraphs(root.info.discussion)
    lines.append(".SH OPTIONS")
    lines += (GlobalOptions.everywhere + GlobalOptions.ofTheDesk).flatMap(ManualPage.option)
    lines.append(".SH COMMANDS")
    for node in root.subcommands { lines += commands([root, node]) }
    lines.append(".SH EXIT STATUS")
    for code in ExitCode.allCases {
      lines += [".TP", ".B \(code.rawValue)", ManualPage.escape(code.meaning.sentence)]
    }
    lines.append(".SH ENVIRONMENT")
    for (name, meaning) in HelpMessages.environment { lines += [".TP", ".B \(name)", meaning] }
    return lines.joined(separator: "\n") + "\n"
  }

  private func commands(_ path: [CommandNode]) -> [String] {
    guard let node = path.last else { return [] }
    guard node.subcommands.isEmpty else {
      return node.subcommands.flatMap { commands(path + [$0]) }
    }
    let words = path.dropFirst().map(\.name).joined(separator: " ")
    let inputs = node.inputs
    var lines = [".SS " + ManualPage.escape(words)]
    lines += path.usageLines.flatMap { [".B " + ManualPage.escape($0), ".br"] }
    lines += [".PP", ManualPage.escape(node.info.abstract.sentence)]
    lines += ManualPage.paragraphs(node.info.discussion)
    for argument in inputs.distinctArguments {
      lines += [
        ".TP", ".I " + ManualPage.escape(argument.name), ManualPage.escape(argument.help),
      ]
    }
    lines += inputs.options.flatMap(ManualPage.option)
    for example in node.info.examples {
      lines += [
        ".PP", ManualPage.escape(example.purpose.sentence), ".PP", ".RS 4", ".EX",
        ManualPage.escape("\(root.name) \(example.call)"), ".EE", ".RE",
      ]
    }
    return lines
  }

  private static func option(_ option: OptionInfo) -> [String] {
    [".TP", ".B " + escape(option.label), escape(option.help)]
  }

  private static func paragraphs(_ texts: [String]) -> [String] {
    texts.flatMap { [".PP", escape($0)] }
  }

  /// Text as roff takes it: a plain dash and backslash, and no request at the start of a line.
  static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      case "'": escaped += "\\(aq"
      case "\n": escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped.utf8.first == 0x2E ? "\\&" + escaped : escaped
  }
}
