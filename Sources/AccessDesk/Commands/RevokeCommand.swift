internal import CompanyAccess

/// `revoke`: takes companies away from users.
struct RevokeCommand: Command {
  /// Which users lose which companies, in the words of the call.
  enum Target: Hashable {
    case companies(user: String, [String])
    case users(company: String, [String])
    case everything(user: String)
    /// All grants that were given to an earlier user or company of the same id.
    case former
  }

  @ArgumentForms(
    .usual(.user, .companies) { .companies(user: $0, $1) },
    .option(.company(help: "The one company, for all the users that follow."), .users) {
      .users(company: $0, $1)
    },
    .flag(.flag("all", help: "All companies of the user."), .user) { .everything(user: $0) },
    .flag(
      .flag("former", help: "All grants that were given to an earlier user or company of an id.")
    ) { .former })
  var target: Target
  let options = WriteOptions()
  @Flag(.noAdministrator) var leavesNoAdministrator: Bool

  let info = CommandInfo(
    abstract: "take companies from a user, or a company from users",
    discussion: [
      """
      What is not granted stays so and is no error. All companies of a user, or more than 1,000 \
      pairs, have to be confirmed.
      """
    ],
    examples: [
      CommandExample(purpose: "one company of alice", call: "--db hrm.db revoke alice ATL"),
      CommandExample(
        purpose: "see what alice would lose", call: "--db hrm.db revoke alice --all --dry-run"),
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
