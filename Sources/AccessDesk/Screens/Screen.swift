package import CompanyAccess
package import TerminalUI

/// What every screen knows of the desk around it.
package struct DeskState: Hashable, Sendable {
  /// The size of the window.
  package var size: Size
  /// The name of the file, without its folder.
  package var fileName: String
  /// What commands say to name the database; nil where they say nothing, because it is in
  /// `COMPANY_ACCESS_DB`, with a password.
  package var path: String?
  /// The folder to which files may be written; nil for none.
  package var files: String?
  /// Which application the database is of; nil for the one whose tables `init` makes.
  package var mapping: String?
  /// What that application knows of users and companies.
  package var facts = MappingFacts()
  /// Which part of the database is seen, where it is not all of it.
  package var part: String?
  /// Who works here, as `name@host`.
  package var actor: String
  /// Why nothing can be written, in words; nil when writing is possible.
  package var readOnly: String?
  /// What the title says of writing: read-write, read-only, or that the record is incomplete.
  package var access: String
  /// The other program that has been writing for a while, during which nothing can be written here.
  package var held: HeldDatabase?
  /// Since when and why the connection to the server has gone; nil while it stands.
  package var lost: LostServer?
  /// The moment that is shown instead of the present.
  package var past: Past?
  /// The figures of the whole table; nil until they are known.
  package var coverage: Coverage?
  /// How many grants stand now that were given to an earlier holder of an id.
  package var formerGrants = 0
  /// The newest change; nil until it is known.
  package var newest: ChangeID?
  /// Whose names people would take for another's, by kind; none until a list has asked.
  package var lookAlikes: [EntityKind: Set<EntityID>] = [:]
  /// In which order lists of all users and companies begin, where another than the usual was chosen.
  package var orders: [EntityKind: ListOrder] = [:]
  /// The changes that this desk made and that can still be undone, newest last.
  package var ownChanges: [ChangeID] = []
  /// Whether a write is under way.
  package var isWriting = false
  /// How many lines the message above the footer takes.
  package var messageRows = 1

  package init(
    size: Size, fileName: String, actor: String, readOnly: String? = nil, access: String? = nil
  ) {
    self.size = size
    self.fileName = fileName
    self.actor = actor
    self.readOnly = readOnly
    self.access = access ?? (readOnly == nil ? Messages.readWrite : Messages.readOnly)
  }

  /// The state with which a desk opens on an application's file that has not been adopted.
  package init(adopting path: String, size: Size) {
    self.init(
      size: size, fileName: String(path.split(separator: "/").last ?? ""),
      actor: AccessStore.currentActor, access: Messages.notAdopted)
    self.path = path
  }

  /// The state with which a desk opens on a database.
  package init(of store: AccessStore, size: Size) throws(AccessError) {
    let status = try store.status
    let isIncomplete = !status.isReadOnly && !status.missing.isEmpty
    self.init(
      size: size,
      fileName: store.isOnServer
        ? store.path : String(store.path.split(separator: "/").last ?? ""), actor: store.actor,
      readOnly: Messages.readOnlyReason(status),
      access: isIncomplete ? Messages.recordIncomplete : nil)
    path = store.path
    part = store.acting.flatMap { OperatorMessages.part($0.scope) }
    mapping = status.mapping == "hrm" ? nil : status.mapping
    facts = status.facts
  }

  /// The moment that questions are about.
  package var moment: Moment { past?.moment ?? .now }

  /// Why nothing can be written now, in words; nil when writing is possible.
  package var whyNoWrite: String? {
    if lost != nil { return ServerMessages.isAway }
    return past == nil ? readOnly : Messages.isPast
  }

  /// The part of the window between the headings and the message.
  package var body: Area { Area(size).inset(top: 3, bottom: 1 + messageRows) }
}

/// A screen is a value: inputs change it and give effects, and it draws itself from its state.
///
/// It never waits, never touches the terminal and never reads the database; the runtime does.
package protocol Screen: Sendable {
  /// What it is called, and what can be done here.
  var kind: ScreenKind { get }
  /// Whether a field has the focus.
  var editsText: Bool { get }
  /// Whether a key belongs to what is typed at present, and so means no action.
  func types(_ key: Key) -> Bool
  /// Whether leaving would lose what was ticked or typed.
  var holdsWork: Bool { get }
  /// Whether the rows that the next key is about are still on their way.
  var isSettling: Bool { get }
  /// Whether a field has the focus as soon as the screen has settled.
  var awaitsText: Bool { get }
  /// Whether something is being worked out that Ctrl-C stops.
  var isWorking: Bool { get }
  /// The number of the question that `y` would answer; nil while there is none to answer.
  ///
  /// A question with another content has another number.
  var question: Int? { get }
  /// Whether a filter of a list takes what is typed, so that Enter only ends the typing.
  var isFiltering: Bool { get }
  /// What the screen is for, as the help screen calls it.
  var title: String { get }
  /// The second line of the window.
  func heading(_ desk: DeskState) -> StyledLine
  /// The first effects, when the screen is opened.
  mutating func start(_ desk: DeskState) -> [Effect]
  /// Takes an input; nil when the screen does not consume it.
  mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]?
  /// Draws the body of the window.
  func draw(into frame: inout Frame, area: Area, _ desk: DeskState)
  /// Why an action of this screen can't be used now; nil when it can.
  func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String?
}

extension Screen {
  package var editsText: Bool { false }
  package func types(_ key: Key) -> Bool { editsText }
  package var holdsWork: Bool { false }
  package var isSettling: Bool { false }
  package var awaitsText: Bool { false }
  package var isWorking: Bool { false }
  package var question: Int? { nil }
  package var isFiltering: Bool { false }
  package var title: String { kind.title }
  package mutating func start(_ desk: DeskState) -> [Effect] { [] }
  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? { nil }
}

/// A screen that is a list of users or companies.
protocol ListScreen: Screen {
  var list: ListModel { get }
}

extension ListScreen {
  package var editsText: Bool { list.isFiltering }
  package var isSettling: Bool { list.isSettling }
  package var isFiltering: Bool { list.isFiltering && !list.isPicker }
  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? {
    list.whyNoRow(for: action)
  }
}
