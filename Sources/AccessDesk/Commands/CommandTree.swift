/// The tree of all commands.
enum CommandTree {
  static let root = CommandNode(
    info: CommandInfo(
      name: "company-access",
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
      ]),
    subcommands: [
      CommandNode(UsersCommand.self),
      CommandNode(CompaniesCommand.self),
      CommandNode(CheckCommand.self),
      CommandNode(StatsCommand.self),
      CommandNode(GrantCommand.self),
      CommandNode(RevokeCommand.self),
      CommandNode(BulkGrantCommand.self),
      CommandNode(LogCommand.self),
      CommandNode(WhyCommand.self),
      CommandNode(DiffCommand.self),
      CommandNode(UndoCommand.self),
      CommandNode(ReportCommand.self),
      CommandNode(
        info: CommandInfo(name: "record", abstract: "look after the past that is kept"),
        subcommands: [
          CommandNode(RecordPruneCommand.self), CommandNode(RecordForgetCommand.self),
        ]),
      CommandNode(ImportCommand.self),
      CommandNode(ExportCommand.self),
      CommandNode(InitCommand.self),
      CommandNode(GenerateCommand.self),
      CommandNode(
        info: CommandInfo(name: "schema", abstract: "look after what keeps the record"),
        subcommands: [CommandNode(SchemaUpgradeCommand.self)]),
      CommandNode(CompletionsCommand.self),
      CommandNode(ManualCommand.self),
    ])
}
