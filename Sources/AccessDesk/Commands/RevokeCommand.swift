internal import CompanyAccess

/// `revoke`: takes companies away from users.
struct RevokeCommand: Command {
  /// Which users lose which companies, in the words of the call.
  enum Target: Hashable {
    case companies(user: String, [String])
    case users(company: String, [String])
    case everything(user: String)
    /// All grants that were given to an earlier user or company of the same id, or lead nowhere.
    case former
  }

  @ArgumentForms(
    .usual(.user, .companies) { .companies(user: $0, $1) },
    .option(.company(help: "Revoke this one company from all the users that are named."), .users) {
      .users(company: $0, $1)
    },
    .flag(.flag("all", help: "Revoke all companies of the user."), .user) { .everything(user: $0) },
    .flag(
      .flag(
        "former",
        help: """
          Revoke all grants that were given to an earlier user or company of an id, or whose user or \
          company is not there.
          """)
    ) { .former })
  var target: Target
  let options = WriteOptions()
  @Flag(.noAdministrator) var leavesNoAdministrator: Bool

  let info = CommandInfo(
    abstract: "take companies from a user, or a company from users",
    discussion: [
      """
      A pair that is not granted stays as it is; that is no error. All companies of a user, or \
      more than 1,000 pairs, have to be confirmed.
      """
    ],
    examples: [
      CommandExample(
        purpose: "revoke one company from alice", call: "--db hrm.db revoke alice ATL"),
      CommandExample(
        purpose: "show what alice would lose", call: "--db hrm.db revoke alice --all --dry-run"),
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let write = PlannedWrite(
      context: context, store: store,
      options: options.settings(leavesNoAdministrator: leavesNoAdministrator))
    switch target {
    case .companies(let user, let companies):
      let intent = Intent.revoke(
        try store.selection(users: [user]), try store.selection(companies: companies))
      try write.perform(intent)
    case .users(let company, let users):
      let intent = Intent.revoke(
        try store.selection(users: users), try store.selection(companies: [company]))
      try write.perform(intent)
    case .everything(let user):
      let intent = Intent.revoke(
        try store.selection(users: [user]), .matching(try store.companies(of: user), except: []))
      try write.perform(intent, confirming: CommandMessages.revokingAll(user))
    case .former:
      try write.perform(.revokeFormer, confirming: SchemaMessages.revokingFormer)
    }
    return .done
  }
}
