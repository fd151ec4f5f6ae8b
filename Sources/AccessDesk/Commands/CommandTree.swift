/// The tree of all commands.
///
/// A new command is one line here; docs/architecture.md says what else it needs.
enum CommandTree {
  static let root = CommandNode(
    "company-access",
    abstract: "manage which users may enter which companies",
    discussion: [
      """
      With a database and no command, the program opens the desk: a menu to look up, grant and \
      revoke. The first word is a command if there is one of that name, otherwise a database if it \
      contains a slash or a dot or is the name of a file.
      """,
      """
      A grant lets a user enter a company; without it there is no access. A pair is a user and a \
      company, whether granted or not. The record keeps each change: what, by whom, when and why.
      """,
      """
      Data is written to standard output, everything else to standard error. A command that has to \
      be confirmed needs --yes if standard input is no terminal.
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
      CommandNode("apply") { ApplyCommand() },
      entity("user") { .users },
      entity("company") { .companies },
      CommandNode("log") { LogCommand() },
      CommandNode("why") { WhyCommand() },
      CommandNode("diff") { DiffCommand() },
      CommandNode("expect") { ExpectCommand() },
      CommandNode("leavers") { LeaversCommand() },
      CommandNode("undo") { UndoCommand() },
      CommandNode(
        "snapshot", abstract: "mark a state by a name, and go back to it",
        subcommands: [
          CommandNode("save") { SnapshotSaveCommand() },
          CommandNode("list") { SnapshotListCommand() },
          CommandNode("go") { SnapshotGoCommand() },
          CommandNode("drop") { SnapshotDropCommand() },
        ]),
      CommandNode(
        "policy", abstract: "show or set what every change must come with",
        subcommands: [
          CommandNode("show") { PolicyShowCommand() },
          CommandNode("set") { PolicySetCommand() },
        ]),
      CommandNode(
        "operator", abstract: "say who may use the database, and for what",
        subcommands: [
          CommandNode("list") { OperatorListCommand() },
          CommandNode("show") { OperatorShowCommand() },
          CommandNode("add") { OperatorAddCommand() },
          CommandNode("edit") { OperatorEditCommand() },
          CommandNode("remove") { OperatorRemoveCommand() },
          CommandNode("roles") { OperatorRolesCommand() },
        ]),
      CommandNode("whoami") { WhoAmICommand() },
      CommandNode("report") { ReportCommand() },
      CommandNode(
        "record", abstract: "remove old grants or the name of a user from the record",
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
        "schema", abstract: "check, upgrade or remove the tables and triggers of this program",
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
      word, abstract: "show, add, edit, deactivate, activate or delete one \(word)",
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
