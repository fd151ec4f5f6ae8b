internal import CompanyAccess
internal import Formats

/// `export`: writes grants, users, companies or everything.
struct ExportCommand: Command {
  @Argument(.optional(.choice("WHAT"), help: "grants (the default), users, companies or all."))
  var typedSubject: ExportSubject?
  @Option(.output(help: "Write to a file that only its owner can read; - is standard output."))
  var output: String?
  @Flag("force", help: "Replace the file if it exists, unless it is a database or a link.")
  var force: Bool
  @Option(
    "scope", .text("ORGANIZATION"),
    help: "With all: the users, companies and grants of this organization alone.")
  var organization: String?
  @Option(
    .repeated(
      "company", .text("COMPANY", completedAs: .company),
      help: "With all: this company, its users and grants alone; may be given several times."))
  var companies: [String]
  let asOf = AsOf()

  let info = CommandInfo(
    abstract: "write all grants, users or companies, or the whole database",
    discussion: [
      """
      The format is CSV unless --format is given. The output is the state of one moment, and \
      always in the same order. A cell that a spreadsheet would take for a formula gets an \
      apostrophe in front, which import removes again. On a terminal, CSV and TSV show control \
      characters and invisible characters as marks such as <U+202E>; JSON always escapes them.
      """,
      """
      If a name alone does not say which user or company is meant, the columns user_id and \
      company_id are added. A NUL in a name is written between quotes in CSV, as \\0 in TSV and \
      as \\u0000 in JSON; bytes that are not UTF-8 are written as U+FFFD, with the id beside \
      them.
      """,
      """
      all writes one JSON document with every row of the application's tables, password hashes \
      included; import takes it into an empty database. With --scope or --company it is a tenant's own \
      copy: what an operator with that scope sees.
      """,
    ],
    examples: [
      CommandExample(purpose: "all grants as CSV", call: "--db hrm.db export > grants.csv"),
      CommandExample(
        purpose: "the whole database", call: "--db hrm.db export all --output hrm.json"),
    ])

  private var subject: ExportSubject { typedSubject ?? .grants }

  /// The file to write; nil for standard output.
  private var path: String? { output == OutputPath.standardOutput ? nil : output }

  func check() throws(UsageProblem) {
    if subject == .all, asOf.given.isGiven { throw .conflict("export all", asOf.given.label) }
    if subject != .all {
      for given in [$organization, $companies] where given.isGiven {
        throw .needs(given.label, "export all")
      }
    }
    try $organization.excludes($companies)
    try $force.needs($output)
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    if subject == .all, context.options.isFormatGiven, context.options.format != .json {
      throw UsageProblem.conflict("export all", "--format \(context.options.format.rawValue)")
    }
    let store = try part(try context.openStore())
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

  /// The store, or the part of it that is asked for.
  private func part(_ store: AccessStore) throws(AccessError) -> AccessStore {
    if let organization { return try store.part(.organization(organization)) }
    guard !companies.isEmpty else { return store }
    var ids: [CompanyID] = []
    for name in companies { ids.append(try store.company(named: name).id) }
    return try store.part(.companies(ids))
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
