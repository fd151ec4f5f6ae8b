internal import CompanyAccess
internal import TerminalUI

/// The command that does what a confirmation of the desk would do.
package struct EquivalentCommand: Hashable, Sendable {
  /// The words that name the command, such as `user add`.
  var command: [String]
  /// The users, companies or numbers that it is about.
  var arguments: [String] = []
  var options: [String] = []
  /// Whether it has to be confirmed however little it changes.
  var isConfirmed = false
  /// Whether it can take the last administrator away, and so has an option that allows it.
  var canTakeAdministrator = true
  /// The text of its standard input, where that is too long for a word of the call.
  var input: String?

  /// The longest word that is passed on; Linux allows twice as much.
  static let longestWord = 60_000

  /// The whole call.
  ///
  /// - Parameters:
  ///   - database: The database, as the desk was called with it; nil where the environment names it.
  ///   - plan: What would be done; many pairs have to be confirmed.
  ///   - reason: The options that say why.
  /// - Returns: The words, with that of the program.
  func words(on database: String?, _ plan: Plan, reason: [String]) -> [String] {
    var options = options
    if isConfirmed || plan.changedPairs > PlannedWrite.confirmedPairs { options.append("--yes") }
    if canTakeAdministrator, plan.leavesNoAdministrator { options.append("--no-administrator") }
    options += reason
    let isClear = !arguments.contains { $0.utf8.first == 0x2D && $0 != "-" }
    return [CommandTree.root.name] + (database.map { ["--db", $0] } ?? []) + command
      + (isClear ? arguments + options : options + ["--"] + arguments)
  }

  /// The options that say why a change is made, as texts that were typed.
  static func options(reason: String?, ticket: String?, decided: String?) -> [String] {
    [("--reason", reason), ("--ticket", ticket), ("--decided", decided)].flatMap { option, text in
      text.map { [option, $0] } ?? []
    }
  }

  /// The call in lines that a shell reads as one.
  func lines(
    on database: String?, _ plan: Plan, reason: [String], width: Int
  ) -> [String] {
    let lines = ShellText.lines(words(on: database, plan, reason: reason), width: width)
    guard let input, let last = lines.last else { return lines }
    return lines.dropLast() + [last + " <<'END'", input, "END"]
  }
}

extension EquivalentCommand {
  /// The command for an intent; nil if there is no such command.
  ///
  /// - Throws: What the database answers.
  init?(_ intent: Intent, _ reading: EntitySource.Reading) throws(AccessError) {
    let names = CommandWords(reading: reading)
    switch intent {
    case .grant(let users, let companies):
      self = try .pairs("grant", users, companies, names)
      if command == ["grant"] { canTakeAdministrator = false }
    case .revoke(let users, let companies):
      self = try .pairs("revoke", users, companies, names)
    case .bulkGrant(let users, let companies):
      guard EntitySelection(users).isEverything, EntitySelection(companies).isEverything else {
        return nil
      }
      self.init(command: ["bulk-grant"], isConfirmed: true, canTakeAdministrator: false)
    case .edits(let edits): self = .apply(try EditDocument(names).text(edits))
    case .undo(let change, let overwrites):
      self.init(
        command: ["undo"], arguments: ["\(change)"], options: overwrites ? ["--overwrite"] : [])
    case .undoTo(let change): self.init(command: ["undo"], options: ["--to", "\(change)"])
    case .revokeFormer: self.init(command: ["revoke"], options: ["--former"], isConfirmed: true)
    case .entity(let edit): self = try .entity(edit, names)
    case .policy(let policy):
      let actions = policy.ticketActions.map(\.rawValue).joined(separator: ",")
      self.init(
        command: ["policy", "set"],
        arguments: ["require-ticket", actions.isEmpty ? PolicySetCommand.none : actions])
    case .operators(let edit): self = .operators(edit)
    case .staged, .backfill: return nil
    }
  }

  private static func operators(_ edit: OperatorEdit) -> EquivalentCommand {
    switch edit {
    case .remove(let login):
      EquivalentCommand(command: ["operator", "remove"], arguments: [login])
    case .set(let one):
      EquivalentCommand(
        command: ["operator", "edit"],
        arguments: [one.login, "--role", one.role.rawValue] + OperatorMessages.options(one.scope))
    }
  }

  private static func apply(_ text: String) -> EquivalentCommand {
    guard text.utf8.count > longestWord else {
      return EquivalentCommand(command: ["apply"], options: ["--edits", text])
    }
    return EquivalentCommand(command: ["apply"], arguments: ["-"], input: text)
  }

  private static func pairs(
    _ verb: String, _ users: UserSelection, _ companies: CompanySelection, _ names: CommandWords
  ) throws(AccessError) -> EquivalentCommand {
    if case .these(let users) = users, case .these(let companies) = companies {
      if users.count == 1 {
        let words = try names.words(users.map { .user($0) } + companies.map { .company($0) })
        return EquivalentCommand(command: [verb], arguments: words)
      }
      if companies.count == 1 {
        let words = try names.words(users.map { .user($0) })
        let company = try names.word(.company(companies[0]))
        return EquivalentCommand(
          command: [verb], arguments: words, options: ["--company", company])
      }
    }
    if case .these(let users) = users, users.count == 1, verb == "grant",
      let other = EntitySelection(companies).holder
    {
      let words = try names.words([.user(users[0])])
      return EquivalentCommand(
        command: [verb], arguments: words, options: ["--like", try names.word(other)])
    }
    let edit = PairEdit(users: users, companies: companies, grants: verb == "grant")
    return .apply(try EditDocument(names).text(edit))
  }

  private static func entity(
    _ edit: EntityEdit, _ names: CommandWords
  ) throws(AccessError) -> EquivalentCommand {
    let kind: CommandKind = edit.kind == .user ? .users : .companies
    let subject = try edit.id.map { (id) throws(AccessError) in try names.words([id]) } ?? []
    func command(
      _ verb: String, _ flag: String?, _ values: [String: String] = [:]
    ) -> EquivalentCommand {
      EquivalentCommand(
        command: [kind.word, verb], arguments: subject,
        options: options(values, of: kind) + (flag.map { [$0] } ?? []))
    }
    switch edit.action {
    case .add:
      var values = edit.values
      let name = values.removeValue(forKey: kind.newName.field)
      var made = command("add", edit.changesGrants ? nil : "--without-grants", values)
      made.arguments = [name].compactMap(\.self)
      return made
    case .edit:
      let withGrants = edit.changesGrants && kind.texts.editWithGrants != nil
      return command("edit", withGrants ? "--with-grants" : nil, edit.values)
    case .deactivate: return command("deactivate", edit.changesGrants ? "--revoke" : nil)
    case .activate: return command("activate", edit.changesGrants ? "--with-grants" : nil)
    case .delete:
      var made = command("delete", nil)
      made.isConfirmed = true
      return made
    }
  }

  /// The options that fill in fields, in the order of the help, then the other columns.
  private static func options(_ values: [String: String], of kind: CommandKind) -> [String] {
    var values = values
    var words: [String] = []
    for (field, option) in kind.fields {
      guard let value = values.removeValue(forKey: field) else { continue }
      words += [option.info.dashed, value]
    }
    for (column, value) in values.sorted(by: { $0.key < $1.key }) {
      words += ["--set", "\(column)=\(value)"]
    }
    return words
  }
}

/// The words by which a command knows users and companies.
struct CommandWords {
  let reading: EntitySource.Reading

  /// More of them are named by their ids alone.
  private static let mostNames = 200

  /// The words for some users and companies, in their order.
  func words(_ ids: [EntityID]) throws(AccessError) -> [String] {
    var words: [String] = []
    for id in ids {
      words.append(ids.count > Self.mostNames ? Self.exact(id) : try word(id))
    }
    return words
  }

  /// A code or name that means this one and no other, or the id.
  func word(_ id: EntityID) throws(AccessError) -> String {
    guard let entity = try EntityDescription.of(id.kind).source.one(id, reading) else {
      return Self.exact(id)
    }
    for name in [entity.code, entity.name].compactMap(\.self) where Self.isClear(name) {
      if try find(name, id.kind) == id { return name }
    }
    return Self.exact(id)
  }

  private func find(_ name: String, _ kind: EntityKind) throws(AccessError) -> EntityID? {
    do throws(AccessError) {
      return switch kind {
      case .user: .user(try reading.store.user(named: name).id)
      case .company: .company(try reading.store.company(named: name).id)
      }
    } catch {
      switch error {
      case .noUserNamed, .severalUsersNamed, .noCompanyNamed, .severalCompaniesNamed: return nil
      default: throw error
      }
    }
  }

  private static func exact(_ id: EntityID) -> String { "id:" + EntityMessages.id(id) }

  /// Whether a name can be read as a word: not as an option, and nothing in it is hidden.
  private static func isClear(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first != "-" else { return false }
    return DisplayText(name).string.utf8.elementsEqual(name.utf8)
  }
}
