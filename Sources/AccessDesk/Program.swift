internal import CompanyAccess
internal import CSystem
internal import Formats
internal import Glibc

/// The whole program: a command, or the desk.
package struct Program {
  private let console: Console
  private let root = CommandTree.root
  private static let version = "0.1.0"

  /// A program that has not begun yet.
  ///
  /// - Parameter home: The folder that `~` stands for when a shell completes a path. It is not
  ///   taken from the environment, where curses would look into it for a description of the terminal.
  package init(home: String? = nil) {
    console = Console(environment: Console.processEnvironment(home: home))
  }

  /// Does what the words of the call ask for, and returns the exit code.
  package func run() -> Int32 {
    csystem_use_utf8()
    // A reader that goes away must not end the program in the middle of a write.
    signal(SIGPIPE, SIG_IGN)
    do {
      let words = try words()
      if words.first == CompletionScript.hook { return complete(Array(words.dropFirst())) }
      let code = try answer(words)
      try console.output.flush()
      console.sayWhatMarksMean()
      return code
    } catch let error as OutputError where error == .closed {
      return Program.end(by: SIGPIPE)
    } catch let error as CancellableRun.Interrupted {
      console.say("\(root.name): \(CommandMessages.interrupted)")
      return 128 + error.signal
    } catch {
      let report = ErrorReport(error, program: root.name)
      for line in report.lines { console.say(line) }
      return report.code.rawValue
    }
  }

  private func words() throws(UsageError) -> [String] {
    do {
      return try ProcessWords.read()
    } catch {
      throw UsageError(problem: error, path: [root.name])
    }
  }

  private func answer(_ words: [String]) throws -> Int32 {
    let globals = GlobalOptions.everywhere + GlobalOptions.ofTheDesk
    let parser = CommandParser(root: root, globals: globals) { access($0, F_OK) == 0 }
    switch try parser.parse(words) {
    case .help(let path):
      try console.output.write(HelpText(path: path).text)
    case .version:
      try console.output.write("\(root.name) \(Program.version)\n")
    case .desk(let parsed):
      return try desk(parsed)
    case .command(let path, let parsed):
      return try command(path, parsed).rawValue
    }
    return ExitCode.done.rawValue
  }

  private func command(_ path: [CommandNode], _ parsed: ParsedArguments) throws -> ExitCode {
    do {
      guard let command = try path.last?.make(parsed) else { return .usage }
      let options = try GlobalOptions(parsed, environment: console.environment)
      if let format = options.testFormat, !command.takesTestFormats {
        throw UsageProblem.badChoice(
          "--format", value: format.rawValue, choices: OutputFormat.allCases.map(\.rawValue))
      }
      // A dry run is refused as the real one would be.
      if options.readOnly, command.writes {
        throw AccessError.readOnly(.asked)
      }
      if let database = options.database { try OutputPath.checkStandardStreams(database) }
      let name = path.dropFirst().map(\.name).joined(separator: " ")
      try OperatorNeeds.check(name, options.database)
      return try command.run(
        CommandContext(
          options: options, console: console, root: root, version: Program.version,
          name: name))
    } catch let problem as UsageProblem {
      throw UsageError(problem: problem, path: path.map(\.name))
    }
  }

  private func desk(_ parsed: ParsedArguments) throws -> Int32 {
    do {
      let options = try GlobalOptions(parsed, environment: console.environment)
      let other = parsed.options[GlobalOptions.database.long]?.last
      if let named = parsed.arguments.first, let other, named != other {
        throw UsageProblem.conflict("--db \(other)", named)
      }
      if let folder = options.files, !PathName.isFolder(folder) {
        throw UsageProblem.badValue("--files", value: folder, expected: UsageProblem.folder)
      }
      guard let path = parsed.arguments.first ?? options.database else {
        console.say(HelpText(path: [root]).text)
        throw UsageProblem.nothingToDo
      }
      if ServerLocation.isOne(path) {
        try ServerLocation.check(path, isArgument: path != console.environment["COMPANY_ACCESS_DB"])
      }
      let color = options.color.isOn(
        onTerminal: console.outputIsTerminal, environment: console.environment)
      var desk = DeskOptions(
        path: path, readOnly: options.readOnly, mouse: options.mouse, ascii: options.ascii,
        color: color, files: options.files)
      do {
        return try Desk.run(desk)
      } catch AccessError.passwordNeeded(let place) {
        desk.password = try SecretPrompt(console: console).password(for: place)
        return try Desk.run(desk)
      }
    } catch let problem as UsageProblem {
      throw UsageError(problem: problem, path: [root.name])
    }
  }

  private func complete(_ words: [String]) -> Int32 {
    let completion = Completion(
      root: root, globals: GlobalOptions.everywhere + GlobalOptions.ofTheDesk,
      names: DatabaseNames(environment: console.environment).candidates)
    for line in CompletionHook(completion: completion).answer(words) {
      try? console.output.write(line + "\n")
    }
    try? console.output.flush()
    return ExitCode.done.rawValue
  }

  /// Ends as a program ends that does not handle the signal.
  private static func end(by number: Int32) -> Int32 {
    signal(number, SIG_DFL)
    raise(number)
    return 128 + number
  }
}
