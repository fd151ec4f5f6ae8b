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
      CommandTree.entity(UserNoun.self),
      CommandTree.entity(CompanyNoun.self),
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
      CommandNode(BackupCommand.self),
      CommandNode(RestoreCommand.self),
      CommandNode(DoctorCommand.self),
      CommandNode(InitCommand.self),
      CommandNode(AdoptCommand.self),
      CommandNode(BackfillCommand.self),
      CommandNode(GenerateCommand.self),
      CommandNode(
        info: CommandInfo(
          name: "schema", abstract: "look after the tables and what keeps the record"),
        subcommands: [
          CommandNode(SchemaStatusCommand.self), CommandNode(SchemaUpgradeCommand.self),
          CommandNode(SchemaDowngradeCommand.self), CommandNode(SchemaVerifyCommand.self),
        ]),
      CommandNode(CompletionsCommand.self),
      CommandNode(ManualCommand.self),
    ])

  /// What can be done with one user, or with one company.
  private static func entity<Noun: EntityCommandKind>(_ noun: Noun.Type) -> CommandNode {
    CommandNode(
      info: CommandInfo(
        name: Noun.word, abstract: "look after one \(Noun.word): add, edit, deactivate, delete"),
      subcommands: [
        CommandNode(ShowEntityCommand<Noun>.self), CommandNode(AddEntityCommand<Noun>.self),
        CommandNode(EditEntityCommand<Noun>.self), CommandNode(DeactivateEntityCommand<Noun>.self),
        CommandNode(ActivateEntityCommand<Noun>.self), CommandNode(DeleteEntityCommand<Noun>.self),
      ])
  }
}
