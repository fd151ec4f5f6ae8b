internal import CompanyAccess

/// `revoke`: takes companies away from users.
struct RevokeCommand: Command, Hashable {
  /// Who loses what, in the words of the call.
  enum Target: Hashable {
    case companies(user: String, [String])
    case users(company: String, [String])
    case everything(user: String)
  }

  var target: Target
  var options: WriteOptions

  static let info = CommandInfo(
    name: "revoke",
    abstract: "take companies from a user, or a company from users",
    discussion: [
      """
      What is not granted stays so and is no error. All companies of a user, or more than 1,000 \
      pairs, have to be confirmed.
      """
    ],
    options: [
      CommonOptions.company(help: "The one company, for all the users that follow."),
      OptionInfo(long: "all", help: "All companies of the user."),
    ] + WriteOptions.withAdministrator,
    forms: [
      ArgumentForm(arguments: [CommonOptions.user, CommonOptions.companies]),
      ArgumentForm(option: "company", arguments: [CommonOptions.users]),
      ArgumentForm(option: "all", arguments: [CommonOptions.user]),
    ],
    examples: [
      CommandExample(purpose: "one company of alice", call: "--db hrm.db revoke alice ATL"),
      CommandExample(
        purpose: "see what alice would lose", call: "--db hrm.db revoke alice --all --dry-run"),
    ], writes: true)

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    try parsed.exclude("company", "all")
    if let company = parsed["company"] {
      target = .users(company: company, parsed.arguments)
    } else if parsed.has("all") {
      target = .everything(user: parsed.arguments[0])
    } else {
      target = .companies(user: parsed.arguments[0], Array(parsed.arguments.dropFirst()))
    }
    options = try WriteOptions(parsed)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let write = PlannedWrite(context: context, store: store, options: options)
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
      try write.perform(intent, confirming: "revoking all companies of \(user)")
    }
    return .done
  }
}
