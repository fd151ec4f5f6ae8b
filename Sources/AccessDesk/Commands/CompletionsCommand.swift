internal import CompanyAccess
internal import Formats

/// `completions SHELL`: the script that teaches a shell to complete.
struct CompletionsCommand: Command, Hashable {
  var shell: CompletionScript

  static let info = CommandInfo(
    name: "completions",
    abstract: "write the completion script of a shell",
    discussion: [
      """
      The script completes commands, options, and the names of users and companies of the \
      database that --db or COMPANY_ACCESS_DB names.
      """
    ],
    forms: [
      ArgumentForm(arguments: [
        ArgumentInfo(
          name: "SHELL", kind: .choice(CompletionScript.names), help: "bash, zsh or fish.")
      ])
    ],
    examples: [
      CommandExample(
        purpose: "for this bash, and all later ones when it stands in ~/.bashrc",
        call: "completions bash > ~/.company-access.bash && source ~/.company-access.bash"),
      CommandExample(purpose: "for this fish", call: "completions fish | source"),
    ])

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    shell = parsed.arguments.first.flatMap(CompletionScript.init) ?? .bash
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    try context.output.write(shell.text(for: context.root.info.name))
    return .done
  }
}
