internal import CompanyAccess

/// `init PATH`: makes a new database.
struct InitCommand: Command, Hashable {
  var path: String
  var sample: Bool

  static let info = CommandInfo(
    name: "init",
    abstract: "make a new database",
    discussion: [
      "It gets the tables of the HR application and an empty record. A file that is there is kept."
    ],
    options: [
      OptionInfo(
        long: "sample",
        help: "With people, companies and a past to try things with, the same every time.")
    ],
    forms: [
      ArgumentForm(arguments: [
        ArgumentInfo(name: "PATH", kind: .file, help: "Where to make it.")
      ])
    ],
    examples: [
      CommandExample(purpose: "make an empty one", call: "init hrm.db"),
      CommandExample(purpose: "make one to try things with", call: "init --sample try.db"),
    ], writes: true)

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    path = parsed.arguments.first ?? ""
    sample = parsed.has("sample")
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    try AccessStore.create(path, sample: sample)
    context.console.say("made \(path)")
    return .done
  }
}
