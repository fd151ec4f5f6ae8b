internal import CompanyAccess

/// `user add`, `company add`.
struct AddEntityCommand: Command {
  let kind: CommandKind
  @Argument var name: String
  let fields: FieldOptions
  @Flag("without-grants", help: "Grant nothing.") var withoutGrants: Bool
  let options = WriteOptions()
  @Flag(.noAdministrator) var leavesNoAdministrator: Bool

  init(_ kind: CommandKind) {
    self.kind = kind
    _name = Argument(kind.newName.argument)
    fields = FieldOptions(kind, without: kind.newName.field)
  }

  var info: CommandInfo {
    CommandInfo(
      abstract: "add a \(kind.word)",
      discussion: [
        """
        A name that another one has, or that differs from it only in case, blanks, the form of letters \
        or what is not seen, is refused, and so are control characters and characters that are not \
        seen or have no meaning. \(kind.texts.grantsOfNew); --without-grants leaves that out.
        """
      ],
      examples: [
        CommandExample(
          purpose: "a new \(kind.word)",
          call: "--db hrm.db \(kind.word) add \(kind.texts.example.adding)")
      ], writes: true)
  }

  func check() throws(UsageProblem) { _ = try values() }

  private func values() throws(UsageProblem) -> [String: String] {
    let label = kind.newName.argument.info.name
    return try fields.values(name: (label, kind.newName.field, name))
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let edit = EntityEdit(.add(kind.kind), values: try values(), changesGrants: !withoutGrants)
    do {
      try PlannedWrite(
        context: context, store: store,
        options: options.settings(leavesNoAdministrator: leavesNoAdministrator)
      ).perform(.entity(edit))
    } catch AccessError.invalid(let notes) {
      // What the database at hand needs and no option gives.
      let known = kind.fields.map(\.field)
      let needed = notes.filter { $0.finding == .empty && !known.contains($0.field) }
      if !needed.isEmpty { context.console.say(CommandMessages.needed(needed.map(\.field))) }
      throw AccessError.invalid(notes)
    }
    return .done
  }
}

/// A command that changes one user or company that is there.
protocol EntityChangeCommand: Command {
  var kind: CommandKind { get }
  /// The user or company, as typed.
  var name: String { get }
  var options: WriteOptions { get }
  var leavesNoAdministrator: Bool { get }
  /// What has to be confirmed in any case, in words.
  var confirmed: String? { get }
  func edit(_ id: EntityID) throws(UsageProblem) -> EntityEdit
}

extension EntityChangeCommand {
  var confirmed: String? { nil }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let id = try kind.find(name, store, .now)
    try PlannedWrite(
      context: context, store: store,
      options: options.settings(leavesNoAdministrator: leavesNoAdministrator)
    ).perform(.entity(try edit(id)), confirming: confirmed)
    return .done
  }
}

/// `user edit`, `company edit`.
struct EditEntityCommand: EntityChangeCommand {
  let kind: CommandKind
  @Argument var name: String
  let fields: FieldOptions
  let withGrants: OptionalInput<Bool>
  let options = WriteOptions()
  @Flag(.noAdministrator) var leavesNoAdministrator: Bool

  init(_ kind: CommandKind) {
    self.kind = kind
    _name = Argument(kind.name)
    fields = FieldOptions(kind)
    withGrants = OptionalInput(
      kind.texts.editWithGrants.map { .flag("with-grants", help: $0) })
  }

  var info: CommandInfo {
    let rule = kind.texts.grantsOfEdited
    return CommandInfo(
      abstract: "change what is known of a \(kind.word)",
      discussion: [
        "Options that are not given leave things as they are." + (rule.isEmpty ? "" : " \(rule)")
      ],
      examples: [
        CommandExample(
          purpose: "change one thing",
          call: "--db hrm.db \(kind.word) edit \(kind.texts.example.name) "
            + kind.texts.example.editing)
      ], writes: true)
  }

  func check() throws(UsageProblem) {
    if try fields.values().isEmpty { throw .needsOneOf(fields.labels) }
  }

  func edit(_ id: EntityID) throws(UsageProblem) -> EntityEdit {
    EntityEdit(
      .edit(id), values: try fields.values(), changesGrants: withGrants.value ?? false)
  }
}

/// `user deactivate`, `company deactivate`.
struct DeactivateEntityCommand: EntityChangeCommand {
  let kind: CommandKind
  @Argument var name: String
  @Flag var revokes: Bool
  let options = WriteOptions()
  @Flag(.noAdministrator) var leavesNoAdministrator: Bool

  init(_ kind: CommandKind) {
    self.kind = kind
    _name = Argument(kind.name)
    _revokes = Flag("revoke", help: "Revoke all grants of the \(kind.word), too.")
  }

  var info: CommandInfo {
    CommandInfo(
      abstract: "mark a \(kind.word) as inactive",
      discussion: ["Grants stay and are marked; --revoke takes them away with it."],
      examples: [
        CommandExample(
          purpose: "nothing is granted any more",
          call: "--db hrm.db \(kind.word) deactivate \(kind.texts.example.name) --revoke")
      ], writes: true)
  }

  func edit(_ id: EntityID) -> EntityEdit { EntityEdit(.deactivate(id), changesGrants: revokes) }
}

/// `user activate`, `company activate`.
struct ActivateEntityCommand: EntityChangeCommand {
  let kind: CommandKind
  @Argument var name: String
  @Flag var withGrants: Bool
  let options = WriteOptions()
  @Flag(.noAdministrator) var leavesNoAdministrator: Bool

  init(_ kind: CommandKind) {
    self.kind = kind
    _name = Argument(kind.name)
    _withGrants = Flag("with-grants", help: kind.texts.activateWithGrants)
  }

  var info: CommandInfo {
    CommandInfo(
      abstract: "mark a \(kind.word) as active again",
      examples: [
        CommandExample(
          purpose: "active again",
          call: "--db hrm.db \(kind.word) activate \(kind.texts.example.name)")
      ], writes: true)
  }

  func edit(_ id: EntityID) -> EntityEdit { EntityEdit(.activate(id), changesGrants: withGrants) }
}

/// `user delete`, `company delete`.
struct DeleteEntityCommand: EntityChangeCommand {
  let kind: CommandKind
  @Argument var name: String
  let options = WriteOptions()
  @Flag(.noAdministrator) var leavesNoAdministrator: Bool

  init(_ kind: CommandKind) {
    self.kind = kind
    _name = Argument(kind.name)
  }

  var info: CommandInfo {
    CommandInfo(
      abstract: "delete a \(kind.word), with all grants",
      discussion: [
        """
        Grants and employee records go with it, and undo brings everything back. Where rows of other \
        tables refer to it, which the record does not keep, it is refused. It has to be confirmed; \
        where grants go with it, by typing the name.
        """
      ],
      examples: [
        CommandExample(
          purpose: "see what would go",
          call: "--db hrm.db \(kind.word) delete \(kind.texts.example.name) --dry-run")
      ], writes: true)
  }

  var confirmed: String? { CommandMessages.deleting("\(kind.word) \(name)") }

  func edit(_ id: EntityID) -> EntityEdit { EntityEdit(.delete(id)) }
}
