internal import CompanyAccess
internal import Formats

/// `check USER COMPANY`: tells whether a user may enter a company.
struct CheckCommand: Command {
  @Argument(.user) var user: String
  @Argument(.company) var company: String
  let asOf = AsOf()

  let info = CommandInfo(
    abstract: "tell whether a user may enter a company",
    discussion: ["The exit code is 0 for yes and 1 for no."],
    examples: [
      CommandExample(
        purpose: "whether alice may enter the company ATL", call: "--db hrm.db check alice ATL")
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let moment = try asOf.moment(store, context)
    let user = try store.user(named: user, at: moment)
    let company = try store.company(named: company, at: moment)
    let access = try store.mayEnter(user.id, company.id, at: moment)
    let former = try store.formerHolders(of: user.id, company.id, at: moment)
    try write(user, company, access, former, context)
    for holder in former { context.sayIfTable(CommandMessages.note(holder)) }
    return access ? .done : .no
  }

  private func write(
    _ user: User, _ company: Company, _ access: Bool, _ former: [FormerHolder],
    _ context: CommandContext
  ) throws(OutputError) {
    var cells: [(String, Cell)] = [
      ("user", .text(user.username)), ("company", .text(company.name)),
      ("access", .flag(access, word: access ? "yes" : "no")),
    ]
    // People read it on standard error.
    if context.options.format != .table {
      let note = former.map(\.description).joined(separator: "; ")
      cells.append(("note", Cell(note.isEmpty ? nil : note)))
    }
    guard context.options.format == .json else {
      let columns = cells.map { Column($0.0, $0.0.uppercased()) }
      let listing = try Listing("checks", columns, context)
      try listing.row(cells.map(\.1))
      return try listing.finish()
    }
    let json = JSONWriter(context.output)
    try json.beginObject()
    for (key, cell) in cells { try json.member(key, cell) }
    try json.endObject()
    try json.finish()
  }
}
