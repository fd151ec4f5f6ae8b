internal import CompanyAccess
internal import Formats

/// `undo [CHANGE]`: takes back a change; `undo --to CHANGE`: everything after one.
struct UndoCommand: Command {
  /// The change to take back; nil for the newest that can be.
  @Argument(.optional(.change, help: "The number of a change, as log shows it."))
  var change: ChangeID?
  /// The change after which everything is taken back.
  @Option("to", .change, help: "Take back everything that came after this change.")
  var last: ChangeID?
  /// Whether pairs that were changed since are put back too.
  @Flag(
    "overwrite", help: "Also restore pairs that were changed since or belong to another user now.")
  var overwrites: Bool
  let options = WriteOptions()
  @Flag(.noAdministrator) var leavesNoAdministrator: Bool

  let info = CommandInfo(
    abstract: "undo a change: the newest one, unless a number is given",
    discussion: [
      """
      The newest change is the last one that is neither an undo nor undone. Grants and rows come \
      back with the same ids and times as before. An undo is a change too and can be undone.
      """,
      """
      Pairs that were changed since, and pairs whose user id now belongs to another user, are \
      listed and left alone; then the exit code is 1. More than 1,000 pairs have to be \
      confirmed.
      """,
      """
      With --to everything after a change is taken back at once, no matter which program did it: users, \
      companies and grants become what they were then, as one change.
      """,
    ],
    examples: [
      CommandExample(purpose: "undo the newest change", call: "--db hrm.db undo"),
      CommandExample(
        purpose: "show what an undo of change 12 would do", call: "--db hrm.db undo 12 --dry-run"),
      CommandExample(
        purpose: "go back to the state after change 12", call: "--db hrm.db undo --to 12"),
    ], writes: true)

  func check() throws(UsageProblem) {
    guard last != nil else { return }
    if let change { throw .conflict(CommandMessages.change(change), $last.label) }
    if overwrites { throw .conflict($last.label, $overwrites.label) }
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    if let last { return try run(.undoTo(last), undoes: nil, store, context) }
    guard let change = try change ?? store.newestToUndo() else {
      context.console.say(CommandMessages.nothingToUndo)
      if context.options.format != .table {
        let nothing = ChangeResult(
          change: nil, added: 0, removed: 0, unchanged: 0, leftAlone: 0, results: [])
        try ResultWriter(context: context).write(
          nothing, more: [("left_alone", Cell(0)), ("undoes", .null)])
      }
      return .no
    }
    return try run(.undo(change, overwrite: overwrites), undoes: change, store, context)
  }

  private func run(
    _ intent: Intent, undoes change: ChangeID?, _ store: AccessStore, _ context: CommandContext
  ) throws -> ExitCode {
    var write = PlannedWrite(
      context: context, store: store,
      options: options.settings(leavesNoAdministrator: leavesNoAdministrator))
    write.figures = [("undoes", Cell(change))]
    write.countsLeftAlone = true
    let result = try write.perform(intent)
    return result.leftAlone + result.entitiesLeftAlone > 0 ? .no : .done
  }
}

extension AccessStore {
  /// The newest change that can be undone and is neither an undo nor undone.
  func newestToUndo() throws(AccessError) -> ChangeID? {
    // Each undo comes after what it undoes, so from the newest on each is decided by later ones.
    var undone: Set<ChangeID> = []
    var kept = ChangeID(.max)
    var last: ChangeID?
    while true {
      let page = try changes(before: last, limit: Paging.rows)
      for change in page where !undone.contains(change.id) && change.id <= kept {
        if let last = change.wentBackTo {
          kept = last
        } else if let other = change.undoes {
          undone.insert(other)
        } else if change.isUndoable {
          return change.id
        }
      }
      guard let oldest = page.last else { return nil }
      last = oldest.id
    }
  }
}

extension Change {
  /// Whether it changed pairs, users, companies, the policy or the operators; what the record found when it began was there
  /// before, and what was forgotten stays so.
  var isUndoable: Bool {
    (added + removed > 0 || subject != nil || policy != nil || operators != nil)
      && action != .forget && action != .recordBegan
      && action != .recordResumed
  }
}
