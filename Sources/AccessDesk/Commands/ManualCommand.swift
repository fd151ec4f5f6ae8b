internal import CompanyAccess
internal import Formats

/// `man`: the manual page.
struct ManualCommand: Command {
  let info = CommandInfo(
    abstract: "write the manual page",
    examples: [
      CommandExample(purpose: "read the manual page", call: "man | man -l -"),
      CommandExample(
        purpose: "install the manual page", call: "man > /usr/local/share/man/man1/company-access.1"
      ),
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    try context.output.write(ManualPage(root: context.root, version: context.version).text)
    return .done
  }
}
