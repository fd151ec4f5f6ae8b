internal import CompanyAccess

/// `grant`: lets users enter companies.
struct GrantCommand: Command {
  /// Which users get which companies, in the words of the call.
  enum Target: Hashable {
    case companies(user: String, [String])
    case users(company: String, [String])
    /// All companies of another user.
    case like(user: String, other: String)
  }

  /// What a pair that is granted already means for the exit code.
  enum OnDuplicate: String, CaseIterable {
    case ignore, error
  }

  @ArgumentForms(
    .usual(.user, .companies) { .companies(user: $0, $1) },
    .option(.company(help: "Grant this one company to all the users that are named."), .users) {
      .users(company: $0, $1)
    },
    .option(
      .value(
        "like", .text("OTHER", completedAs: .user),
        help: "Grant all companies that this other user may enter."), .user
    ) { .like(user: $1, other: $0) })
  var target: Target
  @Option(
    "on-duplicate", .choice("WHAT"),
    help: "Exit code if some pairs are granted already: ignore means 0, error means 1.")
  var onDuplicate: OnDuplicate?
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "let a user enter companies, or let users enter a company",
    discussion: [
      """
      A pair that is granted already stays as it is; that is no error. More than 1,000 new pairs \
      have to be confirmed.
      """
    ],
    examples: [
      CommandExample(
        purpose: "grant alice two companies",
        call: "--db hrm.db grant alice ATL 'Baltic Foods' --reason 'moved to Riga'"),
      CommandExample(
        purpose: "grant two users one company", call: "--db hrm.db grant --company ATL alice bob"),
      CommandExample(
        purpose: "grant alice all companies that bob may enter",
        call: "--db hrm.db grant alice --like bob"),
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let write = PlannedWrite(context: context, store: store, options: options.settings)
    let result = try write.perform(try intent(store))
    return onDuplicate == .error && result.unchanged > 0 ? .no : .done
  }

  private func intent(_ store: AccessStore) throws -> Intent {
    switch target {
    case .companies(let user, let companies):
      .grant(try store.selection(users: [user]), try store.selection(companies: companies))
    case .users(let company, let users):
      .grant(try store.selection(users: users), try store.selection(companies: [company]))
    case .like(let user, let other):
      .grant(
        try store.selection(users: [user]), .matching(try store.companies(of: other), except: []))
    }
  }
}

extension AccessStore {
  /// The users whom some words name.
  func selection(users names: [String]) throws(AccessError) -> UserSelection {
    var ids: [UserID] = []
    for name in names {
      let id = try user(named: name).id
      if !ids.contains(id) { ids.append(id) }
    }
    return .these(ids)
  }

  /// The companies that some words name.
  func selection(companies names: [String]) throws(AccessError) -> CompanySelection {
    var ids: [CompanyID] = []
    for name in names {
      let id = try company(named: name).id
      if !ids.contains(id) { ids.append(id) }
    }
    return .these(ids)
  }

  /// The query for all companies that a user may enter.
  func companies(of name: String) throws(AccessError) -> CompanyQuery {
    var query = CompanyQuery()
    query.user = try user(named: name).id
    return query
  }
}
