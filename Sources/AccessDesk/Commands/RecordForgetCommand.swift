internal import CompanyAccess
internal import Formats

/// `record forget`: takes the name of a deleted user off the record.
struct RecordForgetCommand: Command, Hashable {
  var user: String
  var options: WriteOptions

  static let info = CommandInfo(
    name: "forget",
    abstract: "put the id in place of the name that is kept of a deleted user",
    discussion: [
      """
      For those who have the right to be forgotten. Grants and changes stay. Reasons of changes are \
      left as they were written. This cannot be undone, and has to be confirmed.
      """
    ],
    options: WriteOptions.info,
    forms: [
      ArgumentForm(arguments: [
        ArgumentInfo(name: "USER", kind: .text, help: "The name of a deleted user, or id:ID.")
      ])
    ],
    examples: [
      CommandExample(purpose: "forget h_baker", call: "--db hrm.db record forget h_baker --yes")
    ], writes: true)

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    user = parsed.arguments[0]
    options = try WriteOptions(parsed)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    guard let deleted = try store.deletedUser(named: user) else {
      throw AccessError.userIsThere(try store.user(named: user))
    }
    let words = "\(deleted.username) (id \(deleted.id))"
    if !options.isConfirmed {
      try Confirmation(console: context.console).ask(
        "forgetting \(words)", ["the record would know the user by the id alone"])
    }
    let result = try store.forget(deleted.id, reason: options.reason, dryRun: options.dryRun)
    let done = result.change.map { "forgot \(words); change \($0)" }
    let planned = result.rows > 0 ? "would forget \(words); nothing was done" : nil
    context.sayIfTable(done ?? planned ?? "nothing is left to forget")
    try report(deleted.id, result, context)
    return .done
  }

  private func report(
    _ user: UserID, _ result: ForgetResult, _ context: CommandContext
  ) throws(OutputError) {
    try SummaryOutput(context: context).write([
      ("change", Cell(result.change)), ("user_id", Cell(user)), ("rows", Cell(result.rows)),
    ])
  }
}
