internal import CompanyAccess
internal import Formats

/// `completions SHELL`: the script that teaches a shell to complete.
struct CompletionsCommand: Command {
  @Argument(.choice("SHELL"), help: "bash, zsh or fish.") var shell: CompletionScript

  let info = CommandInfo(
    abstract: "write a script with which a shell completes commands and names",
    discussion: [
      """
      The script completes commands, options, and the names of users and companies in the \
      database that --db or COMPANY_ACCESS_DB names.
      """
    ],
    examples: [
      CommandExample(
        purpose: "for bash; add the source command to ~/.bashrc to keep it",
        call: "completions bash > ~/.company-access.bash && source ~/.company-access.bash"),
      CommandExample(purpose: "for fish", call: "completions fish | source"),
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    try context.output.write(shell.text(for: context.root.name))
    return .done
  }
}
