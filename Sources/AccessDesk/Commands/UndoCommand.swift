internal import CompanyAccess
internal import Formats

/// `undo [CHANGE]`: takes back a change.
struct UndoCommand: Command {
  /// The change to take back; nil for the newest that can be.
  @Argument(.optional(.change, help: "The number of a change, as log shows it."))
  var change: ChangeID?
  /// Whether pairs that were changed since are put back too.
  @Flag(
    "overwrite", help: "Put back also what was changed since, or what belongs to another name.")
  var overwrites: Bool
  let options = WriteOptions()
  @Flag(.noAdministrator) var leavesNoAdministrator: Bool

  let info = CommandInfo(
    abstract: "take back a change, the newest unless one is named",
    discussion: [
      """
      The newest is the last one that is neither an undo nor undone. What comes back has the same \
      ids and times as before, and begins again on the record. An undo is a change too and can be \
      undone.
      """,
      """
      Pairs that were changed since, and those whose user id belongs to another name now, are \
      listed and left alone, and then the exit code is 1. More than 1,000 pairs have to be confirmed.
      """,
    ],
    examples: [
      CommandExample(purpose: "take back the newest change", call: "--db hrm.db undo"),
      CommandExample(
        purpose: "see what taking back change 12 would do", call: "--db hrm.db undo 12 --dry-run"),
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
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
    var write = PlannedWrite(
      context: context, store: store,
      options: options.settings(leavesNoAdministrator: leavesNoAdministrator))
    write.figures = [("undoes", Cell(change))]
    write.countsLeftAlone = true
    let result = try write.perform(.undo(change, overwrite: overwrites))
    return result.leftAlone + result.entitiesLeftAlone > 0 ? .no : .done
  }
}

extension AccessStore {
  /// The newest change of pairs, users or companies that is neither an undo nor undone.
  func newestToUndo() throws(AccessError) -> ChangeID? {
    // Each undo comes after what it undoes, so from the newest on each is decided by later ones.
    var undone: Set<ChangeID> = []
    var last: ChangeID?
    while true {
      let page = try changes(before: last, limit: Paging.rows)
      for change in page where !undone.contains(change.id) {
        if let other = change.undoes {
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
  /// Whether it changed pairs, users or companies; what the record found when it began was there
  /// before, and what was forgotten stays so.
  var isUndoable: Bool {
    (added + removed > 0 || subject != nil) && action != .forget && action != .recordBegan
      && action != .recordResumed
  }
}
