internal import CompanyAccess
internal import Formats

/// `record forget`: takes the names of a deleted user or company off the record.
struct RecordForgetCommand: Command {
  @Argument(.text("NAME"), help: "The name of a deleted user, or id:ID.") var name: String
  @Option("company", help: "A company is meant, by its name or id:ID.") var isCompany: Bool
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "take the names that are kept of a deleted user or company off the record",
    discussion: [
      """
      For those who have the right to be forgotten. Names, full names, email addresses and codes go, \
      and what was kept for the undo of edits and deletions; a digest takes their place, so that \
      seals stay true. Ids, roles, grants and changes stay, and reasons of changes are left as they \
      were written. This cannot be undone, and has to be confirmed.
      """
    ],
    examples: [
      CommandExample(purpose: "forget h_baker", call: "--db hrm.db record forget h_baker --yes")
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let (id, words) = try isCompany ? company(store) : user(store)
    if !options.isConfirmed {
      try Confirmation(console: context.console).ask(
        CommandMessages.forgetting(words), CommandMessages.forgotten(id.kind))
    }
    let result = try store.forget(id, reason: options.reason, dryRun: options.dryRun)
    context.sayIfTable(
      CommandMessages.forgot(words, rows: result.rows, change: result.change))
    try SummaryOutput(context: context).write([
      ("change", Cell(result.change)), (id.kind == .user ? "user_id" : "company_id", cell(id)),
      ("rows", Cell(result.rows)),
    ])
    return .done
  }

  private func cell(_ id: EntityID) -> Cell {
    switch id {
    case .user(let user): Cell(user)
    case .company(let company): Cell(company)
    }
  }

  private func user(_ store: AccessStore) throws -> (EntityID, String) {
    guard let deleted = try NameLookup.users.deleted(name, in: store) else {
      throw AccessError.userIsThere(try store.user(named: name))
    }
    return (.user(deleted.id), "\(deleted.name) (id \(deleted.id))")
  }

  private func company(_ store: AccessStore) throws -> (EntityID, String) {
    guard let deleted = try NameLookup.companies.deleted(name, in: store) else {
      throw AccessError.companyIsThere(try store.company(named: name))
    }
    return (.company(deleted.id), "\(deleted.name) (id \(deleted.id))")
  }
}
