internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// `backup FILE`: copies the database while it is in use.
struct BackupCommand: Command {
  @Argument(.file, help: "Where to write the copy.") var target: String
  @Flag("force", help: "Replace FILE if it exists; with --read-only only if it is not a database.")
  var replaces: Bool

  let info = CommandInfo(
    abstract: "copy the database while it is in use",
    discussion: [
      """
      The copy has the state of one moment, even if other programs write meanwhile. Every page \
      is checked and compared with the original before the copy gets its name; only its owner \
      can read it. Programs that write have to wait while pages are copied, unless the database \
      is in WAL mode.
      """,
      """
      Unfinished copies that a killed program of the same user left in the folder of FILE are \
      removed.
      """,
    ],
    examples: [
      CommandExample(purpose: "make a copy", call: "--db hrm.db backup hrm-monday.db"),
      CommandExample(
        purpose: "replace the last copy", call: "--db hrm.db backup --force hrm-last.db"),
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    guard let path = context.options.database else { throw UsageProblem.missingDatabase }
    let backup = try CancellableRun.run(context.console) {
      try AccessStore.backup(
        path, to: target, replacing: replaces, access: context.access, work: $0)
    }
    context.sayIfTable(CommandMessages.copied(backup))
    if let orphans = backup.orphans, orphans > 0 {
      context.console.say(CommandMessages.orphans(orphans))
    }
    try SummaryOutput(context: context).write([
      ("file", .text(backup.path)), ("bytes", Cell(backup.bytes)), ("tables", Cell(backup.tables)),
      ("rows", Cell(backup.rows)), ("orphans", backup.orphans.map { Cell($0) } ?? .null),
    ])
    return .done
  }
}
