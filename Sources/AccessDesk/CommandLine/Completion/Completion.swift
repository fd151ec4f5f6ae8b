/// Says what may stand at the word that is being typed.
struct Completion {
  let root: CommandNode
  let globals: [OptionInfo]
  /// Names from the database that is named on the line: of users, companies or roles.
  let names: (_ kind: ValueKind, _ prefix: String, _ database: String?) -> [Candidate]

  /// One offer.
  struct Candidate: Hashable {
    var text: String
    var note = ""
  }

  /// All offers.
  enum CompletionItem: Hashable {
    case candidates([Candidate])
    /// Names of files, which the shell offers itself.
    case files
  }

  /// The words before the one that is being typed, taken along the tree.
  private struct Line {
    var path: [CommandNode]
    /// The options and arguments of the last node.
    var inputs = CommandInputs()
    var parsed = ParsedArguments()
    var optionsEnded = false
    var pending: OptionInfo?
    var isDesk = false

    var node: CommandNode { path[path.count - 1] }
  }

  func offer(after words: [String], typing current: String) -> CompletionItem {
    let line = read(words)
    if let pending = line.pending {
      return offer(pending.value?.kind ?? .text, current, line, before: "")
    }
    if !line.optionsEnded, current.utf8.first == 0x2D {
      if let equals = current.utf8.firstIndex(of: 0x3D) {
        let name = String(current[..<equals].utf8.dropFirst(2)) ?? ""
        let typed = String(current.utf8[equals...].dropFirst()) ?? ""
        guard let value = option(name, line)?.value else { return .candidates([]) }
        return offer(value.kind, typed, line, before: "--\(name)=")
      }
      return .candidates(options(line).filter { $0.text.utf8.starts(with: current.utf8) })
    }
    if line.isDesk { return .candidates([]) }
    guard line.node.subcommands.isEmpty else { return commands(line, current) }
    return argument(line, current)
  }

  private func read(_ words: [String]) -> Line {
    var line = Line(path: [root])
    for word in words {
      if let option = line.pending {
        line.parsed.options[option.long, default: []].append(word)
        line.pending = nil
      } else if line.optionsEnded || word.utf8.first != 0x2D || word == "-" {
        take(word, &line)
      } else if word == "--" {
        line.optionsEnded = true
      } else {
        take(option: word, &line)
      }
    }
    return line
  }

  private func take(_ word: String, _ line: inout Line) {
    if line.node.subcommands.isEmpty || line.isDesk {
      line.parsed.arguments.append(word)
    } else if let next = line.node.subcommand(word) {
      line.path.append(next)
      line.inputs = next.inputs
    } else if word != "help" {
      line.isDesk = true
    }
  }

  private func take(option word: String, _ line: inout Line) {
    let parts = word.utf8.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(Substring(parts[0])).utf8.dropFirst(2)
    guard let option = option(String(Substring(name)), line) else { return }
    if parts.count == 2 {
      line.parsed.options[option.long, default: []].append(String(Substring(parts[1])))
    } else if option.value != nil {
      line.pending = option
    } else {
      line.parsed.options[option.long] = [""]
    }
  }

  private func option(_ name: String, _ line: Line) -> OptionInfo? {
    let all = line.inputs.options + globals
    if let exact = all.first(where: { $0.isCalled(name) }) { return exact }
    let hits = all.filter { $0.long.utf8.starts(with: name.utf8) }
    return hits.count == 1 ? hits.first : nil
  }

  private func options(_ line: Line) -> [Candidate] {
    (line.inputs.options + globals)
      .filter { $0.repetition == .all || !line.parsed.has($0.long) }
      .map { Candidate(text: $0.dashed, note: $0.help) }
  }

  private func commands(_ line: Line, _ current: String) -> CompletionItem {
    if line.path.count == 1, current.utf8.contains(where: { $0 == 0x2F || $0 == 0x2E }) {
      return .files
    }
    let help = line.path.count == 1 ? [Candidate(text: "help", note: HelpMessages.help)] : []
    let all = line.node.subcommands.map {
      Candidate(text: $0.name, note: $0.info.abstract.sentence)
    }
    let hits = (all + help).filter { $0.text.utf8.starts(with: current.utf8) }
    // A word that begins no command can only be a database.
    return hits.isEmpty && line.path.count == 1 ? .files : .candidates(hits)
  }

  private func argument(_ line: Line, _ current: String) -> CompletionItem {
    let arguments = line.inputs.form(for: line.parsed).arguments
    let position = line.parsed.arguments.count
    guard let last = arguments.last, position < arguments.count || last.repeats else {
      return .candidates([])
    }
    return offer(arguments[min(position, arguments.count - 1)].kind, current, line, before: "")
  }

  private func offer(
    _ kind: ValueKind, _ current: String, _ line: Line, before: String
  ) -> CompletionItem {
    var found: [Candidate] = []
    switch kind {
    case .file: return .files
    case .text, .number: break
    case .choice(let choices):
      found = choices.filter { $0.utf8.starts(with: current.utf8) }.map { Candidate(text: $0) }
    case .user, .company, .role, .actor:
      found = names(kind, current, line.parsed.options[GlobalOptions.database.long]?.last)
    }
    let given = Set(line.parsed.arguments)
    return .candidates(
      found.filter { !given.contains($0.text) }
        .map { Candidate(text: before + $0.text, note: $0.note) })
  }
}
