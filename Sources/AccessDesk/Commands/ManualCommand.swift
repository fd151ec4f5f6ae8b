internal import CompanyAccess
internal import Formats

/// `man`: the manual page.
struct ManualCommand: Command {
  let info = CommandInfo(
    abstract: "write the manual page, for man to show or a package to install",
    examples: [
      CommandExample(purpose: "read it", call: "man | man -l -"),
      CommandExample(
        purpose: "install it", call: "man > /usr/local/share/man/man1/company-access.1"),
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    try context.output.write(ManualPage(root: context.root, version: context.version).text)
    return .done
  }
}
