/// The tree of all commands.
///
/// A new command is one line here; docs/architecture.md says what else it needs.
enum CommandTree {
  static let root = CommandNode(
    "company-access",
    abstract: "decides which user may enter which company",
    discussion: [
      """
      With a database and no command it opens the desk: a menu to look up, grant and revoke. \
      The first word is a command if there is one of that name; else a database if it contains \
      a slash or a dot or names a file.
      """,
      """
      Data goes to standard output, everything else to standard error. Where something has to \
      be confirmed and standard input is no terminal, --yes is needed.
      """,
    ],
    subcommands: [
      CommandNode("users") { ListEntitiesCommand(.users) },
      CommandNode("companies") { ListEntitiesCommand(.companies) },
      CommandNode("check") { CheckCommand() },
      CommandNode("stats") { StatsCommand() },
      CommandNode("grant") { GrantCommand() },
      CommandNode("revoke") { RevokeCommand() },
      CommandNode("bulk-grant") { BulkGrantCommand() },
      entity("user") { .users },
      entity("company") { .companies },
      CommandNode("log") { LogCommand() },
      CommandNode("why") { WhyCommand() },
      CommandNode("diff") { DiffCommand() },
      CommandNode("undo") { UndoCommand() },
      CommandNode("report") { ReportCommand() },
      CommandNode(
        "record", abstract: "look after the past that is kept",
        subcommands: [
          CommandNode("seal") { RecordSealCommand() },
          CommandNode("verify") { RecordVerifyCommand() },
          CommandNode("prune") { RecordPruneCommand() },
          CommandNode("forget") { RecordForgetCommand() },
        ]),
      CommandNode("import") { ImportCommand() },
      CommandNode("export") { ExportCommand() },
      CommandNode("backup") { BackupCommand() },
      CommandNode("restore") { RestoreCommand() },
      CommandNode("doctor") { DoctorCommand() },
      CommandNode("init") { InitCommand() },
      CommandNode("adopt") { AdoptCommand() },
      CommandNode("backfill") { BackfillCommand() },
      CommandNode("generate") { GenerateCommand() },
      CommandNode(
        "schema", abstract: "look after the tables and what keeps the record",
        subcommands: [
          CommandNode("status") { SchemaStatusCommand() },
          CommandNode("upgrade") { SchemaUpgradeCommand() },
          CommandNode("downgrade") { SchemaDowngradeCommand() },
          CommandNode("verify") { SchemaVerifyCommand() },
          CommandNode("pause") { SchemaPauseCommand() },
          CommandNode("reconcile") { SchemaReconcileCommand() },
        ]),
      CommandNode("completions") { CompletionsCommand() },
      CommandNode("man") { ManualCommand() },
    ])

  /// What can be done with one user, or with one company.
  private static func entity(
    _ word: String, _ kind: @escaping @Sendable () -> CommandKind
  ) -> CommandNode {
    CommandNode(
      word, abstract: "look after one \(word): add, edit, deactivate, delete",
      subcommands: [
        CommandNode("show") { ShowEntityCommand(kind()) },
        CommandNode("add") { AddEntityCommand(kind()) },
        CommandNode("edit") { EditEntityCommand(kind()) },
        CommandNode("deactivate") { DeactivateEntityCommand(kind()) },
        CommandNode("activate") { ActivateEntityCommand(kind()) },
        CommandNode("delete") { DeleteEntityCommand(kind()) },
      ])
  }
}
