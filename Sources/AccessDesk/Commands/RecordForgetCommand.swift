internal import CompanyAccess
internal import Formats

/// `record forget`: takes the name of a deleted user off the record.
struct RecordForgetCommand: Command {
  @Argument(.text("USER"), help: "The name of a deleted user, or id: and an id.") var user: String
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "replace the name of a deleted user on the record by the user's id",
    discussion: [
      """
      For users who have the right to be forgotten. Grants and changes are kept, and reasons of \
      changes stay as they were written. This cannot be undone and has to be confirmed.
      """
    ],
    examples: [
      CommandExample(
        purpose: "forget the deleted user h_baker", call: "--db hrm.db record forget h_baker --yes")
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    guard let deleted = try NameLookup.users.deleted(user, in: store) else {
      throw AccessError.userIsThere(try store.user(named: user))
    }
    let words = "\(deleted.name) (id \(deleted.id))"
    if !options.isConfirmed {
      try Confirmation(console: context.console).ask(
        CommandMessages.forgetting(words), CommandMessages.forgottenUser)
    }
    let result = try store.forget(deleted.id, reason: options.reason, dryRun: options.dryRun)
    context.sayIfTable(
      CommandMessages.forgot(words, rows: result.rows, change: result.change))
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
