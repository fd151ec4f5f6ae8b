internal import CompanyAccess

/// What a call asks for.
enum ParseOutcome {
  /// Run the command at the end of the path.
  case command([CommandNode], ParsedArguments)
  /// Open the desk; the database is the only argument, if one was named.
  case desk(ParsedArguments)
  /// Show the help of the node at the end of the path.
  case help([CommandNode])
  case version
}

/// Sorts the words of a call along the tree of commands.
///
/// Options may stand before, between and behind arguments; global ones also before the command.
/// `--name value`, `--name=value`, `-n value`, `-nvalue` and `-abc` are understood, a long name
/// may be cut as long as it stays unique, and behind `--` nothing is an option.
struct CommandParser {
  let root: CommandNode
  /// Options that every command takes.
  let globals: [OptionInfo]
  /// Whether a word names something in the file system.
  let exists: (String) -> Bool

  func parse(_ words: [String]) throws(UsageError) -> ParseOutcome {
    var run = Run(parser: self, words: words)
    do {
      return try run.outcome()
    } catch {
      throw UsageError(problem: error, path: run.path.map(\.name))
    }
  }
}

extension CommandParser {
  /// One pass over the words.
  struct Run {
    let parser: CommandParser
    var rest: ArraySlice<String>
    var path: [CommandNode]
    /// The options and arguments of the last node of the path.
    var inputs = CommandInputs()
    var parsed = ParsedArguments()
    var opensDesk = false

    init(parser: CommandParser, words: [String]) {
      self.parser = parser
      rest = words[...]
      path = [parser.root]
    }

    var node: CommandNode { path.last ?? parser.root }
    var options: [OptionInfo] { inputs.options + parser.globals }

    mutating func outcome() throws(UsageProblem) -> ParseOutcome {
      var optionsEnded = false
      while let word = rest.popFirst() {
        if !optionsEnded, word == "--" {
          optionsEnded = true
        } else if optionsEnded || word == "-" || !word.utf8.starts(with: "-".utf8) {
          if let outcome = try take(word: word) { return outcome }
        } else if let outcome = try take(option: word) {
          return outcome
        }
      }
      return try finish()
    }

    /// Takes a command's name, a database for the desk, or an argument.
    private mutating func take(word: String) throws(UsageProblem) -> ParseOutcome? {
      guard !node.subcommands.isEmpty, !opensDesk else {
        parsed.arguments.append(word)
        return nil
      }
      if let next = node.subcommand(word) {
        path.append(next)
        inputs = next.inputs
        return nil
      }
      if word == "help" { return try help() }
      if path.count == 1, isDatabase(word) {
        opensDesk = true
        parsed.arguments.append(word)
        return nil
      }
      let names = node.subcommands.map(\.name) + ["help"]
      throw .unknownCommand(word, suggestion: Suggestion.nearest(to: word, among: names))
    }

    private func isDatabase(_ word: String) -> Bool {
      word.utf8.contains { $0 == 0x2F || $0 == 0x2E } || parser.exists(word)
    }

    /// `help` and the command words behind it.
    private mutating func help() throws(UsageProblem) -> ParseOutcome {
      for word in rest where !word.utf8.starts(with: "-".utf8) {
        guard let next = node.subcommand(word) else {
          let names = node.subcommands.map(\.name)
          throw .unknownCommand(word, suggestion: Suggestion.nearest(to: word, among: names))
        }
        path.append(next)
      }
      return .help(path)
    }

    private mutating func take(option word: String) throws(UsageProblem) -> ParseOutcome? {
      word.utf8.starts(with: "--".utf8) ? try take(long: word) : try take(short: word)
    }

    private mutating func take(long word: String) throws(UsageProblem) -> ParseOutcome? {
      let end = word.utf8.firstIndex(of: 0x3D) ?? word.endIndex
      let typed = String(word[..<end])
      let name = String(typed.utf8.dropFirst(2)) ?? ""
      let given = end == word.endIndex ? nil : String(word.utf8[end...].dropFirst())
      let option = try find(name, typed: typed)
      if let answer = option.answer { return outcome(answer) }
      guard let value = option.value else {
        if given != nil { throw .unwantedValue(option: option.dashed) }
        try add("", to: option)
        return nil
      }
      guard let text = given ?? rest.popFirst() else {
        throw .missingValue(option: option.dashed, name: value.name)
      }
      try add(text, to: option)
      return nil
    }

    /// The option with this name, or the only one whose name begins so.
    private func find(_ name: String, typed: String) throws(UsageProblem) -> OptionInfo {
      if let exact = options.first(where: { $0.isCalled(name) }) { return exact }
      let hits = options.filter { $0.long.utf8.starts(with: name.utf8) }
      if let only = hits.first, hits.count == 1 { return only }
      if hits.count > 1 {
        throw .ambiguousOption(typed, candidates: hits.map(\.dashed))
      }
      let near = Suggestion.nearest(to: name, among: options.map(\.long))
      throw .unknownOption(typed, suggestion: near.map { "--\($0)" })
    }

    private mutating func take(short word: String) throws(UsageProblem) -> ParseOutcome? {
      var letters = word.unicodeScalars.dropFirst()
      while let letter = letters.popFirst() {
        guard let option = options.first(where: { $0.short == letter }) else {
          throw .unknownOption("-\(letter)", suggestion: nil)
        }
        if let answer = option.answer { return outcome(answer) }
        guard let value = option.value else {
          try add("", to: option)
          continue
        }
        let attached = letters.isEmpty ? nil : String(String.UnicodeScalarView(letters))
        letters = letters[letters.endIndex...]
        guard let text = attached ?? rest.popFirst() else {
          throw .missingValue(option: "-\(letter)", name: value.name)
        }
        try add(text, to: option)
      }
      return nil
    }

    private func outcome(_ answer: ProgramAnswer) -> ParseOutcome {
      switch answer {
      case .help: .help(path)
      case .version: .version
      }
    }

    private mutating func add(_ text: String, to option: OptionInfo) throws(UsageProblem) {
      let label = option.dashed
      if let value = option.value {
        if text.isEmpty, !option.allowsEmpty { throw .empty(UsageProblem.valueName(of: label)) }
        try CommandParser.check(text, kind: value.kind, label: label)
        if option.repetition == .once, parsed.has(option.long) { throw .repeatedOption(label) }
      }
      parsed.options[option.long, default: []].append(text)
    }

    /// Checks the arguments against the form that the options choose.
    private func finish() throws(UsageProblem) -> ParseOutcome {
      if opensDesk || (path.count == 1 && parsed.arguments.isEmpty) {
        if parsed.arguments.count > 1 { throw .unexpectedArgument(parsed.arguments[1]) }
        return .desk(parsed)
      }
      guard node.isCommand else { throw .missingCommand }
      let arguments = inputs.form(for: parsed).arguments
      for (position, word) in parsed.arguments.enumerated() {
        guard let last = arguments.last, position < arguments.count || last.repeats else {
          throw .unexpectedArgument(word)
        }
        let argument = arguments[min(position, arguments.count - 1)]
        if word.isEmpty { throw .empty(argument.name) }
        try CommandParser.check(word, kind: argument.kind, label: argument.name)
      }
      let required = arguments.filter { !$0.isOptional }.count
      if parsed.arguments.count < required {
        throw .missingArgument(arguments[parsed.arguments.count].name)
      }
      return .command(path, parsed)
    }
  }

  private static func check(
    _ text: String, kind: ValueKind, label: String
  ) throws(UsageProblem) {
    if case .choice(let choices) = kind, !choices.contains(text) {
      throw .badChoice(label, value: text, choices: choices)
    }
  }
}
