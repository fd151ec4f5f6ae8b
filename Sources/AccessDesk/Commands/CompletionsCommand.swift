internal import CompanyAccess
internal import Formats

/// `completions SHELL`: the script that teaches a shell to complete.
struct CompletionsCommand: Command {
  @Argument(.choice("SHELL"), help: "bash, zsh or fish.") var shell: CompletionScript

  let info = CommandInfo(
    abstract: "write the completion script of a shell",
    discussion: [
      """
      The script completes commands, options, and the names of users and companies of the \
      database that --db or COMPANY_ACCESS_DB names.
      """
    ],
    examples: [
      CommandExample(
        purpose: "for this bash, and all later ones when it stands in ~/.bashrc",
        call: "completions bash > ~/.company-access.bash && source ~/.company-access.bash"),
      CommandExample(purpose: "for this fish", call: "completions fish | source"),
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    try context.output.write(shell.text(for: context.root.name))
    return .done
  }
}
