internal import CompanyAccess
internal import Formats

/// `record seal`: closes the record up to now, and says its hash.
struct RecordSealCommand: Command {
  let options = WriteOptions()

  let info = CommandInfo(
    abstract: "write a change that seals the record, and print its number and hash",
    discussion: [
      """
      The hash is that of everything on the record up to the new change, and is stored nowhere. Kept \
      where those who can write the database cannot, it proves later that nothing up to the change \
      was altered: "record verify --seal CHANGE:HASH".
      """
    ],
    examples: [
      CommandExample(purpose: "seal the quarter", call: "--db hrm.db record seal --reason Q4")
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let seal = try CancellableRun.run(context.console) {
      try store.seal(reason: options.reason, dryRun: options.dryRun, work: $0)
    }
    guard context.options.format == .table else {
      try SummaryOutput(context: context).write([
        ("change", Cell(seal?.change)), ("sha256", Cell(seal?.hex)),
        ("seal", Cell(seal?.description)),
      ])
      return .done
    }
    guard let seal else {
      context.sayIfTable(CommandMessages.wouldSeal)
      return .done
    }
    try context.output.write("\(seal)\n")
    context.sayIfTable(CommandMessages.sealed(seal))
    return .done
  }
}
