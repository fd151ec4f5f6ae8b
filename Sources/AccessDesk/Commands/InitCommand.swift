internal import CompanyAccess

/// `init PATH`: makes a new database.
struct InitCommand: Command {
  @Argument(.text("PATH", completedAs: .file), help: "Where to make it.") var path: String
  @Flag(
    "sample", help: "With people, companies and a past to try things with, the same every time.")
  var sample: Bool

  let info = CommandInfo(
    abstract: "make a new database",
    discussion: [
      "It gets the tables of the HR application and an empty record. A file that is there is kept."
    ],
    examples: [
      CommandExample(purpose: "make an empty one", call: "init hrm.db"),
      CommandExample(purpose: "make one to try things with", call: "init --sample try.db"),
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    try AccessStore.create(path, sample: sample)
    context.console.say(CommandMessages.made(path))
    return .done
  }
}
