internal import CompanyAccess
internal import Formats

/// `export`: writes grants, users, companies or everything.
struct ExportCommand: Command {
  @Argument(.optional(.choice("WHAT"), help: "grants (the default), users, companies or all."))
  var typedSubject: ExportSubject?
  @Option(.output(help: "Write to a file, readable for its owner alone; - is standard output."))
  var output: String?
  @Flag("force", help: "Replace the file if it is there, unless it is a database or a link.")
  var force: Bool
  let asOf = AsOf()

  let info = CommandInfo(
    abstract: "write all grants, users or companies, or everything",
    discussion: [
      """
      The form is CSV unless --format says otherwise. What is written is of one state, in an order \
      that is always the same. Cells that a spreadsheet would run get an apostrophe in front, \
      which import takes away again. On a terminal, CSV and TSV show marks such as <U+202E> for \
      what steers a terminal or is not seen; JSON always escapes it.
      """,
      """
      Grants of users or companies of which the name alone does not say who is meant have their \
      ids in further columns, user_id and company_id. A NUL in a name stands between quotes in CSV, \
      as \\0 in TSV and as \\u0000 in JSON; bytes that are no UTF-8 are written as U+FFFD, with \
      the id beside them.
      """,
      """
      all is one JSON document with every row of the application's tables, password hashes \
      included, which import takes into an empty database.
      """,
    ],
    examples: [
      CommandExample(purpose: "all grants", call: "--db hrm.db export > grants.csv"),
      CommandExample(purpose: "everything", call: "--db hrm.db export all --output hrm.json"),
    ])

  private var subject: ExportSubject { typedSubject ?? .grants }

  /// The file to write; nil for standard output.
  private var path: String? { output == OutputPath.standardOutput ? nil : output }

  func check() throws(UsageProblem) {
    if subject == .all, asOf.given.isGiven { throw .conflict("export all", asOf.given.label) }
    try $force.needs($output)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    if subject == .all, context.options.isFormatGiven, context.options.format != .json {
      throw UsageProblem.conflict("export all", "--format \(context.options.format.rawValue)")
    }
    let store = try context.openStore()
    let moment = try asOf.moment(store, context, attributes: subject != .grants)
    let code = try CancellableRun.run(context.console) { work in
      if let path {
        let target = OutputPath(
          path, for: .document, existing: .init(replacing: force), databases: [store.path])
        try target.write(work: work) { try write(store, moment, $0, context, work) }
      } else {
        try write(store, moment, context.output, context, work)
      }
      return ExitCode.done
    }
    try sayFormerGrants(store, moment, context)
    return code
  }

  /// In the file a grant that was given to an earlier holder of an id looks like any other.
  private func sayFormerGrants(
    _ store: AccessStore, _ moment: Moment, _ context: CommandContext
  ) throws(AccessError) {
    guard subject == .grants, moment == .now else { return }
    let count = try store.formerGrants()
    guard count > 0 else { return }
    context.console.say(CommandMessages.formerGrants(count))
  }

  private func write(
    _ store: AccessStore, _ moment: Moment, _ output: ByteWriter, _ context: CommandContext,
    _ work: Work
  ) throws {
    let format =
      context.options.isFormatGiven ? context.options.format : .csv
    switch format {
    case .csv: try store.export(subject, as: .csv, at: moment, to: output, work: work)
    case .tsv: try store.export(subject, as: .tsv, at: moment, to: output, work: work)
    case .json: try store.export(subject, as: .json, at: moment, to: output, work: work)
    case .table:
      let reader = try ExportReader(store, moment, work)
      let table = TableWriter(
        try reader.columns(subject), color: context.color && path == nil, output)
      _ = try reader.forEach(subject) { try table.row($0) }
      try table.finish()
    }
  }
}
