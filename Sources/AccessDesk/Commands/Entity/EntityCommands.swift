internal import CompanyAccess

/// `user add`, `company add`.
struct AddEntityCommand: Command {
  let kind: CommandKind
  @Argument var name: String
  let fields: FieldOptions
  @Flag("without-grants", help: "Do not grant anything.") var withoutGrants: Bool
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
        A name is refused if another \(kind.word) has it, or has one that differs only in case, blanks, \
        the form of letters or invisible characters. Control characters, invisible characters and \
        unassigned code points are refused, too. \(kind.texts.grantsOfNew), unless \
        --without-grants is given.
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
      abstract: "change the data of a \(kind.word)",
      discussion: [
        "What no option names stays as it is." + (rule.isEmpty ? "" : " \(rule)")
      ],
      examples: [
        CommandExample(
          purpose: "change one field",
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
    _revokes = Flag("revoke", help: "Also revoke all grants of the \(kind.word).")
  }

  var info: CommandInfo {
    CommandInfo(
      abstract: "mark a \(kind.word) as inactive",
      discussion: ["Grants are kept, and lists mark them as inactive; --revoke revokes them."],
      examples: [
        CommandExample(
          purpose: "deactivate and revoke",
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
          purpose: "make active again",
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
      abstract: "delete a \(kind.word) and its grants",
      discussion: [
        """
        Grants and employee records are deleted with the \(kind.word); undo restores everything. The \
        deletion is refused if rows of other tables, which the record does not keep, refer to the \
        \(kind.word). It has to be confirmed; if there are grants, by typing the name.
        """
      ],
      examples: [
        CommandExample(
          purpose: "show what would be deleted",
          call: "--db hrm.db \(kind.word) delete \(kind.texts.example.name) --dry-run")
      ], writes: true)
  }

  var confirmed: String? { CommandMessages.deleting("\(kind.word) \(name)") }

  func edit(_ id: EntityID) -> EntityEdit { EntityEdit(.delete(id)) }
}
