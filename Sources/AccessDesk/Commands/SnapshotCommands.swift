internal import CompanyAccess
internal import Formats

/// `snapshot save NAME`: marks the present state.
struct SnapshotSaveCommand: Command {
  @Argument(.snapshot, help: "The name of the snapshot.") var name: String
  @Flag("force", help: "Move a snapshot of this name that is there.") var force: Bool
  @Flag(.dryRun) var dryRun: Bool
  /// Nothing is asked; it is taken so that scripts may say it with every write.
  @Flag(.yes) var yes: Bool

  let info = CommandInfo(
    abstract: "mark the present state by a name",
    discussion: [
      """
      A snapshot is a mark on the record and needs no room. It is no copy of the file: against its loss \
      there is backup.
      """
    ],
    examples: [
      CommandExample(purpose: "mark the state", call: "--db test.db snapshot save clean")
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let snapshot = try store.saveSnapshot(name, replacing: force, dryRun: dryRun)
    try SummaryOutput(context: context).write([
      ("name", .text(name)), ("change", Cell(snapshot?.change)),
    ])
    context.sayIfTable(CommandMessages.saved(name, snapshot))
    return .done
  }
}

/// `snapshot list`: lists the marks.
struct SnapshotListCommand: Command {
  let info = CommandInfo(
    abstract: "list the snapshots and how many changes came later",
    examples: [CommandExample(purpose: "all of them", call: "--db test.db snapshot list")])

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let columns = [
      Column("name", "NAME"), Column("change", "CHANGE", number: true), Column("at", "AT"),
      Column("later_changes", "LATER CHANGES", number: true),
    ]
    let listing = try Listing("snapshots", columns, context)
    for snapshot in try store.snapshots() {
      try listing.row([
        .text(snapshot.name), Cell(snapshot.change), snapshot.at.map { .time($0) } ?? .null,
        Cell(snapshot.laterChanges),
      ])
    }
    try listing.finish()
    return .done
  }
}

/// `snapshot go NAME`: goes back to a mark.
struct SnapshotGoCommand: Command {
  @Argument(.snapshot, help: "The name of the snapshot.") var name: String
  let options = WriteOptions()
  @Flag(.noAdministrator) var leavesNoAdministrator: Bool

  let info = CommandInfo(
    abstract: "go back to a snapshot, as one change that can be undone",
    discussion: [
      """
      Everything that came later is taken back, whichever program did it: users, companies and grants \
      become what they were, with the same ids and times. The record keeps what was in between. It \
      is the same as "undo --to" with the change of the snapshot.
      """
    ],
    examples: [
      CommandExample(
        purpose: "go back after a test", call: "--db test.db snapshot go clean --yes")
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let snapshot = try store.snapshot(named: name)
    var write = PlannedWrite(
      context: context, store: store,
      options: options.settings(leavesNoAdministrator: leavesNoAdministrator))
    write.figures = [("snapshot", .text(snapshot.name))]
    write.countsLeftAlone = true
    let result = try write.perform(.undoTo(snapshot.change))
    return result.leftAlone + result.entitiesLeftAlone > 0 ? .no : .done
  }
}

/// `snapshot drop NAME`: takes a mark away.
struct SnapshotDropCommand: Command {
  @Argument(.snapshot, help: "The name of the snapshot.") var name: String
  @Flag(.dryRun) var dryRun: Bool
  /// Nothing is asked; it is taken so that scripts may say it with every write.
  @Flag(.yes) var yes: Bool

  let info = CommandInfo(
    abstract: "remove a snapshot; the record and the state stay as they are",
    examples: [CommandExample(purpose: "remove it", call: "--db test.db snapshot drop clean")],
    writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    try store.dropSnapshot(name, dryRun: dryRun)
    try SummaryOutput(context: context).write([("dropped", .text(name))])
    context.sayIfTable(CommandMessages.dropped(snapshot: name, dryRun: dryRun))
    return .done
  }
}

extension WordType<String> {
  fileprivate static var snapshot: Self { .text("NAME") }
}
