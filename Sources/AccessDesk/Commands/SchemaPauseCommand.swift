internal import CompanyAccess

/// `schema pause`: takes the triggers away, so that the application can change its tables.
struct SchemaPauseCommand: Command {
  @Flag(.dryRun) var dryRun: Bool

  let info = CommandInfo(
    abstract: "take the triggers away, for a migration of the application",
    discussion: [
      """
      SQLite refuses to drop or rename a column that a trigger names, with "error in trigger \
      company_access_...: no such column". Until "schema upgrade" brings the triggers back, reading \
      goes on and writing is refused; what has changed meanwhile then goes on the record as one change.
      """
    ],
    examples: [
      CommandExample(purpose: "before a migration", call: "--db app.db schema pause")
    ],
    writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let path = try context.place()
    let steps = try AccessStore.pauseSchema(path, dryRun: dryRun)
    try SchemaOutput(context: context).write(steps, facts: [])
    context.sayIfTable(SchemaMessages.paused(steps, dryRun: dryRun))
    return .done
  }
}
