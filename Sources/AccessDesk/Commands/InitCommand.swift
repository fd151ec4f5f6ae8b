internal import CompanyAccess

/// `init PATH`: makes a new database.
struct InitCommand: Command {
  @Argument(.text("PATH", completedAs: .file), help: "Where to create it.") var path: String
  @Flag(
    "sample", help: "With sample users, companies and changes, the same every time.")
  var sample: Bool

  let info = CommandInfo(
    abstract: "create a new database",
    discussion: [
      """
      It has the tables of the HR application and an empty record. An existing file is never \
      replaced.
      """
    ],
    examples: [
      CommandExample(purpose: "create an empty database", call: "init hrm.db"),
      CommandExample(purpose: "create one to try things with", call: "init --sample try.db"),
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    if ServerLocation.isOne(path) { try ServerLocation.check(path, isArgument: true) }
    try AccessStore.create(path, sample: sample)
    context.console.say(CommandMessages.made(path))
    return .done
  }
}
