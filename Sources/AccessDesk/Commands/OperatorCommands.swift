internal import CompanyAccess
internal import Formats

/// Which part of the database an operator is given, in the words of the call.
struct ScopeOptions: CommandInputGroup {
  @Flag("everything", help: "The operator sees and changes the whole database.")
  private var everything: Bool
  @Option(
    "scope", .text("ORGANIZATION"),
    help: "The operator sees and changes the users and companies of this organization.")
  private var organization: String?
  @Option(
    .repeated(
      "company", .text("COMPANY", completedAs: .company),
      help: "The operator sees and changes this company and its users; may be given several times.")
  )
  private var companies: [String]

  /// Fails if two scopes are given.
  func check() throws(UsageProblem) {
    try $everything.excludes($organization)
    try $everything.excludes($companies)
    try $organization.excludes($companies)
  }

  /// The scope; nil if none is given.
  func scope(_ store: AccessStore) throws(AccessError) -> OperatorScope? {
    if everything { return .everything }
    if let organization { return .organization(organization) }
    guard !companies.isEmpty else { return nil }
    var ids: [CompanyID] = []
    for name in companies {
      let id = try store.company(named: name).id
      if !ids.contains(id) { ids.append(id) }
    }
    return .companies(ids)
  }
}

extension WordType<String> {
  /// The login name of an operator.
  fileprivate static var login: Self { .text("LOGIN") }
}

/// Operators as rows.
private struct OperatorRows {
  let context: CommandContext
  let store: AccessStore

  static let columns = [
    Column("login", "LOGIN"), Column("role", "ROLE"), Column("scope", "SCOPE"),
    Column("organization", "ORGANIZATION"), Column("companies", "COMPANIES"),
  ]

  static func flag(_ isTrue: Bool) -> Cell { .flag(isTrue, word: isTrue ? "yes" : "no") }

  func write(_ operators: [Operator]) throws {
    let listing = try Listing("operators", OperatorRows.columns, context)
    for one in operators { try listing.row(try cells(one)) }
    try listing.finish()
  }

  func cells(_ one: Operator) throws -> [Cell] {
    switch one.scope {
    case .everything: return cells(one, "everything")
    case .organization(let name): return cells(one, "organization", organization: .text(name))
    case .companies(let ids):
      var names: [String] = []
      for id in ids {
        let company = try store.company(id)?.company
        names.append(company.map { $0.code ?? $0.name } ?? "id:\(id)")
      }
      return cells(one, "companies", companies: .text(names.joined(separator: ",")))
    }
  }

  private func cells(
    _ one: Operator, _ scope: String, organization: Cell = .null, companies: Cell = .null
  ) -> [Cell] {
    [.text(one.login), .text(one.role.rawValue), .text(scope), organization, companies]
  }
}

/// `operator list`: lists who may use the database.
struct OperatorListCommand: Command {
  let info = CommandInfo(
    abstract: "list the operators with their roles and scopes",
    examples: [CommandExample(purpose: "all of them", call: "--db hrm.db operator list")])

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let operators = try store.operators()
    try OperatorRows(context: context, store: store).write(operators)
    if operators.isEmpty { context.sayIfTable(OperatorMessages.none) }
    return .done
  }
}

/// `operator show LOGIN`: shows one of them.
struct OperatorShowCommand: Command {
  @Argument(.login, help: "The login name on the machine.") var login: String

  let info = CommandInfo(
    abstract: "show the role and the scope of an operator",
    examples: [
      CommandExample(purpose: "what maria may do", call: "--db hrm.db operator show maria")
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let found = try store.findOperator(login)
    try OperatorRows(context: context, store: store).write([found])
    context.sayIfTable(OperatorMessages.permissions(found.role))
    return .done
  }
}

/// `operator add LOGIN`: makes a person an operator.
struct OperatorAddCommand: Command {
  @Argument(.login, help: "The login name on the machine.") var login: String
  @Option(
    .required("role", .choice("ROLE"), help: "What the operator may do; \"operator roles\" says."))
  var role: OperatorRole
  let scope = ScopeOptions()
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "let a person use the database through this program, within a scope",
    discussion: [
      """
      Without operators every login that can write the file may do everything. The first operator must \
      be a system_admin of everything; from then on no other login is let in. The login is that of who signed \
      in, also behind sudo. docs/operators.md says where the boundary is.
      """
    ],
    examples: [
      CommandExample(
        purpose: "the first operator",
        call: "--db hrm.db operator add root --role system_admin --everything"),
      CommandExample(
        purpose: "a manager of two companies",
        call: "--db hrm.db operator add maria --role hr_manager --company ATL --company LA"),
    ], writes: true)

  func check() throws(UsageProblem) { try scope.check() }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    guard let scope = try scope.scope(store) else { throw UsageProblem.missingScope }
    guard try !store.operators().contains(where: { $0.login == login }) else {
      throw AccessError.badOperators(.isThere(login))
    }
    let edit = OperatorEdit.set(Operator(login: login, role: role, scope: scope))
    let shutsOut = store.acting == nil && login != store.operatorLogin
    try PlannedWrite(context: context, store: store, options: options.settings)
      .perform(
        .operators(edit),
        confirming: shutsOut ? OperatorMessages.shutsOut(store.operatorLogin) : nil)
    return .done
  }
}

/// `operator edit LOGIN`: gives an operator another role or scope.
struct OperatorEditCommand: Command {
  @Argument(.login, help: "The login name on the machine.") var login: String
  @Option("role", .choice("ROLE"), help: "What the operator may do; \"operator roles\" says.")
  var role: OperatorRole?
  let scope = ScopeOptions()
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "give an operator another role or scope",
    examples: [
      CommandExample(
        purpose: "maria looks after one company",
        call: "--db hrm.db operator edit maria --company ATL")
    ], writes: true)

  func check() throws(UsageProblem) { try scope.check() }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    var found = try store.findOperator(login)
    found.role = role ?? found.role
    found.scope = try scope.scope(store) ?? found.scope
    try PlannedWrite(context: context, store: store, options: options.settings)
      .perform(.operators(.set(found)))
    return .done
  }
}

/// `operator remove LOGIN`: lets a person not use the database any more.
struct OperatorRemoveCommand: Command {
  @Argument(.login, help: "The login name on the machine.") var login: String
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "take an operator away",
    discussion: [
      """
      The last one has to be confirmed with the login, because without operators every login that can \
      write the file may do everything again.
      """
    ],
    examples: [
      CommandExample(
        purpose: "maria has left", call: "--db hrm.db operator remove maria --ticket HR-7")
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let isLast = try store.operators().map(\.login) == [login]
    try PlannedWrite(context: context, store: store, options: options.settings)
      .perform(
        .operators(.remove(login: login)),
        confirming: isLast ? OperatorMessages.removingLast : nil)
    return .done
  }
}

/// `operator roles`: prints what each role permits.
struct OperatorRolesCommand: Command {
  let info = CommandInfo(
    abstract: "print what each role of an operator permits",
    examples: [CommandExample(purpose: "the table", call: "operator roles")])

  func run(_ context: CommandContext) throws -> ExitCode {
    let permissions = OperatorRole.Permission.allCases
    let columns =
      [Column("role", "ROLE"), Column("rank", "RANK", number: true)]
      + permissions.map { Column($0.rawValue, $0.rawValue.uppercased()) }
    let listing = try Listing("roles", columns, context)
    for role in OperatorRole.allCases {
      let cells = permissions.map { OperatorRows.flag(role.permissions.contains($0)) }
      try listing.row([.text(role.rawValue), Cell(role.rank)] + cells)
    }
    try listing.finish()
    context.sayIfTable(OperatorMessages.rolesNote)
    return .done
  }
}

/// `whoami`: says what the person at work may do.
struct WhoAmICommand: Command {
  let info = CommandInfo(
    abstract: "show who you are on the record, and what you may do",
    examples: [CommandExample(purpose: "what I may do", call: "--db hrm.db whoami")])

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let rows = OperatorRows(context: context, store: store)
    let acting = store.acting ?? Operator(login: "", role: .systemAdmin)
    let cells = try rows.cells(acting)
    guard context.options.format == .table else {
      let keys = OperatorRows.columns.map(\.key)
      try SummaryOutput(context: context).write(
        [("actor", .text(store.actor))] + zip(keys, cells).filter { $0.0 != "login" }
          + [("has_operators", OperatorRows.flag(store.acting != nil))])
      return .done
    }
    try context.output.write(
      OperatorMessages.whoAmI(store.actor, store.acting, companies: cells[4]) + "\n")
    return .done
  }
}

extension AccessStore {
  /// The operator with a login, of those who may be seen.
  fileprivate func findOperator(_ login: String) throws(AccessError) -> Operator {
    let all = try operators()
    guard let found = all.first(where: { $0.login == login }) else {
      throw .badOperators(.noOperator(login, others: all.map(\.login)))
    }
    return found
  }
}
