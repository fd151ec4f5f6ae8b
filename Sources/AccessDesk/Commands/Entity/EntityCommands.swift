internal import CompanyAccess

/// `user add`, `company add`.
struct AddEntityCommand<Noun: EntityCommandKind>: Command {
  var values: [String: String]
  /// Whether the grants that the rule gives come with it.
  var grants: Bool
  var options: WriteOptions

  static var info: CommandInfo {
    let given =
      Noun.kind == .user
      ? "A user is given the company that the user belongs to, or every company by role"
      : "Users who have every company by their role are given this one, too"
    return CommandInfo(
      name: "add",
      abstract: "add a \(Noun.word)",
      discussion: [
        """
        A name that another one has, or that differs from it only in case, blanks, the form of letters \
        or what is not seen, is refused, and so are control characters and characters that are not \
        seen or have no meaning. \(given); --without-grants leaves that out.
        """
      ],
      options: Noun.options.map(\.option).filter { $0.long != Noun.newName.field } + [
        Noun.set,
        OptionInfo(long: "without-grants", help: "Grant nothing."),
      ] + WriteOptions.withAdministrator,
      forms: [ArgumentForm(arguments: [Noun.newName.argument])],
      examples: [
        CommandExample(
          purpose: "a new \(Noun.word)", call: "--db hrm.db \(Noun.word) add \(Noun.example.adding)"
        )
      ], writes: true)
  }

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    values = try Noun.values(parsed, name: Noun.newName)
    grants = !parsed.has("without-grants")
    options = try WriteOptions(parsed)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let edit = EntityEdit(.add(Noun.kind), values: values, changesGrants: grants)
    do {
      try PlannedWrite(context: context, store: store, options: options).perform(.entity(edit))
    } catch AccessError.invalid(let notes) {
      // What the database at hand needs and no option gives.
      let known = Noun.options.map(\.field)
      let needed = notes.filter { $0.finding == .empty && !known.contains($0.field) }
      if !needed.isEmpty {
        let words = needed.map { "--set '\($0.field)=VALUE'" }.joined(separator: " ")
        context.console.say("needed here: \(words)")
      }
      throw AccessError.invalid(notes)
    }
    return .done
  }
}

/// A command that changes one user or company that is there.
protocol EntityChangeCommand: Command {
  associatedtype Noun: EntityCommandKind
  /// Who or what is meant, as typed.
  var name: String { get }
  var options: WriteOptions { get }
  /// What has to be confirmed in any case, in words.
  var confirmed: String? { get }
  func edit(_ id: EntityID) -> EntityEdit
}

extension EntityChangeCommand {
  var confirmed: String? { nil }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let id = try Noun.find(name, in: store, at: .now)
    try PlannedWrite(context: context, store: store, options: options).perform(
      .entity(edit(id)), confirming: confirmed)
    return .done
  }
}

/// `user edit`, `company edit`.
struct EditEntityCommand<Noun: EntityCommandKind>: EntityChangeCommand {
  var name: String
  var values: [String: String]
  var grants: Bool
  var options: WriteOptions

  static var info: CommandInfo {
    let rule =
      Noun.kind == .user
      ? " Another company or role changes no grants; with --with-grants, what follows from them is "
        + "granted. Nothing is taken away." : ""
    return CommandInfo(
      name: "edit",
      abstract: "change what is known of a \(Noun.word)",
      discussion: ["Options that are not given leave things as they are.\(rule)"],
      options: Noun.options.map(\.option) + [Noun.set]
        + (Noun.kind == .user
          ? [OptionInfo(long: "with-grants", help: "Grant what follows from role and company.")]
          : []) + WriteOptions.withAdministrator,
      forms: [ArgumentForm(arguments: [Noun.argument])],
      examples: [
        CommandExample(
          purpose: "change one thing",
          call: "--db hrm.db \(Noun.word) edit \(Noun.example.name) \(Noun.example.editing)")
      ], writes: true)
  }

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    name = parsed.arguments[0]
    values = try Noun.values(parsed)
    if values.isEmpty {
      throw .needsOneOf((Noun.options.map(\.option) + [Noun.set]).map { "--\($0.long)" })
    }
    grants = parsed.has("with-grants")
    options = try WriteOptions(parsed)
  }

  func edit(_ id: EntityID) -> EntityEdit {
    EntityEdit(.edit(id), values: values, changesGrants: grants)
  }
}

/// `user deactivate`, `company deactivate`.
struct DeactivateEntityCommand<Noun: EntityCommandKind>: EntityChangeCommand {
  var name: String
  var revokes: Bool
  var options: WriteOptions

  static var info: CommandInfo {
    CommandInfo(
      name: "deactivate",
      abstract: "mark a \(Noun.word) as inactive",
      discussion: ["Grants stay and are marked; --revoke takes them away with it."],
      options: [
        OptionInfo(long: "revoke", help: "Revoke all grants of the \(Noun.word), too.")
      ] + WriteOptions.withAdministrator,
      forms: [ArgumentForm(arguments: [Noun.argument])],
      examples: [
        CommandExample(
          purpose: "nothing is granted any more",
          call: "--db hrm.db \(Noun.word) deactivate \(Noun.example.name) --revoke")
      ], writes: true)
  }

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    name = parsed.arguments[0]
    revokes = parsed.has("revoke")
    options = try WriteOptions(parsed)
  }

  func edit(_ id: EntityID) -> EntityEdit { EntityEdit(.deactivate(id), changesGrants: revokes) }
}

/// `user activate`, `company activate`.
struct ActivateEntityCommand<Noun: EntityCommandKind>: EntityChangeCommand {
  var name: String
  var grants: Bool
  var options: WriteOptions

  static var info: CommandInfo {
    CommandInfo(
      name: "activate",
      abstract: "mark a \(Noun.word) as active again",
      options: [
        OptionInfo(
          long: "with-grants",
          help: Noun.kind == .user
            ? "Grant what follows from role and company."
            : "Grant it to users who have every company by their role.")
      ] + WriteOptions.withAdministrator,
      forms: [ArgumentForm(arguments: [Noun.argument])],
      examples: [
        CommandExample(
          purpose: "active again", call: "--db hrm.db \(Noun.word) activate \(Noun.example.name)")
      ], writes: true)
  }

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    name = parsed.arguments[0]
    grants = parsed.has("with-grants")
    options = try WriteOptions(parsed)
  }

  func edit(_ id: EntityID) -> EntityEdit { EntityEdit(.activate(id), changesGrants: grants) }
}

/// `user delete`, `company delete`.
struct DeleteEntityCommand<Noun: EntityCommandKind>: EntityChangeCommand {
  var name: String
  var options: WriteOptions

  static var info: CommandInfo {
    CommandInfo(
      name: "delete",
      abstract: "delete a \(Noun.word), with all grants",
      discussion: [
        """
        Grants and employee records go with it, and undo brings everything back. Where rows of other \
        tables refer to it, which the record does not keep, it is refused. It has to be confirmed; \
        where grants go with it, by typing the name.
        """
      ],
      options: WriteOptions.withAdministrator,
      forms: [ArgumentForm(arguments: [Noun.argument])],
      examples: [
        CommandExample(
          purpose: "see what would go",
          call: "--db hrm.db \(Noun.word) delete \(Noun.example.name) --dry-run")
      ], writes: true)
  }

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    name = parsed.arguments[0]
    options = try WriteOptions(parsed)
  }

  var confirmed: String? { "deleting \(Noun.word) \(name)" }

  func edit(_ id: EntityID) -> EntityEdit { EntityEdit(.delete(id)) }
}
