internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// `schema verify`: compares the schema with what it should be.
struct SchemaVerifyCommand: Command {
  let info = CommandInfo(
    abstract: "compare the schema with what it should be, and the record with the tables",
    discussion: [
      """
      Tables, columns, indexes, triggers and constraints are compared, and what the record says \
      with what the tables say. The exit code is 1 if anything differs.
      """
    ],
    examples: [
      CommandExample(
        purpose: "with the expected and the found text, as JSON",
        call: "--db hrm.db schema verify --json")
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    let differences = try AccessStore.verifySchema(
      try context.place(), access: context.access)
    var columns = [Column("object", "OBJECT"), Column("difference", "DIFFERENCE")]
    let isTable = context.options.format == .table
    if !isTable { columns += [Column("expected", "EXPECTED"), Column("found", "FOUND")] }
    let listing = try Listing("differences", columns, context)
    for difference in differences {
      let texts = isTable ? [] : [Cell(difference.expected), Cell(difference.found)]
      try listing.row([.text(difference.object), .text(difference.difference)] + texts)
    }
    try listing.finish()
    context.sayIfTable(
      differences.isEmpty ? SchemaMessages.isRight : SchemaMessages.differences(differences.count))
    return differences.isEmpty ? .done : .no
  }
}
