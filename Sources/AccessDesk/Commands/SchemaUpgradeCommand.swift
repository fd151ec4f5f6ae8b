internal import CompanyAccess

/// `schema upgrade`: puts back what keeps the record and was lost.
struct SchemaUpgradeCommand: Command, Hashable {
  static let info = CommandInfo(
    name: "upgrade",
    abstract: "put back tables' triggers and indexes that keep the record",
    discussion: [
      """
      A program that rebuilds its tables drops them, and then nothing can be written until they \
      are back. The record says since when it resumes and what was missing.
      """
    ],
    examples: [CommandExample(purpose: "mend a database", call: "--db hrm.db schema upgrade")],
    writes: true)

  init(_ parsed: ParsedArguments) throws(UsageProblem) {}

  func run(_ context: CommandContext) throws -> ExitCode {
    guard let path = context.options.database else { throw UsageProblem.missingDatabase }
    let repair = try AccessStore.mendRecord(path, origin: .command)
    guard context.options.format == .json else {
      for item in repair.mended { context.console.say("put back: \(item)") }
      context.console.say(
        repair.change.map { "the record resumes with change \($0)" } ?? "nothing was missing")
      return .done
    }
    let json = JSONWriter(context.output)
    try json.beginObject()
    try json.member("change", Cell(repair.change))
    try json.key("mended")
    try json.beginArray()
    for item in repair.mended { try json.value(.text(item)) }
    try json.endArray()
    try json.member("found", Cell(repair.found))
    try json.endObject()
    try json.finish()
    return .done
  }
}
