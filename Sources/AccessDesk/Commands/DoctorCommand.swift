internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// `doctor`: examines the database.
struct DoctorCommand: Command {
  let info = CommandInfo(
    abstract: "check the database for known problems",
    discussion: [
      """
      Nothing is changed. Each finding is explained, with the command that repairs it if there \
      is one. A problem has to be repaired; a note may stay as it is, such as an inactive user \
      who still has access. The exit code is 1 if there is a problem or a check could not run; \
      notes do not count.
      """,
      """
      A database that other commands refuse, such as a damaged one, is checked as far as it can \
      be read.
      """,
    ],
    examples: [
      CommandExample(purpose: "check a database", call: "--db hrm.db doctor"),
      CommandExample(purpose: "as JSON, for a program", call: "--db hrm.db doctor --json"),
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    guard let path = context.options.database else { throw UsageProblem.missingDatabase }
    let server = ServerLocation.isOne(path) ? try context.openStore() : nil
    let diagnosis = try CancellableRun.run(context.console) {
      try server?.examine(work: $0)
        ?? AccessStore.examine(
          path, access: context.options.readOnly ? .readOnly : .automatic, work: $0)
    }
    switch context.options.format {
    case .table: try writeWords(diagnosis, context.output)
    case .json: try writeJSON(diagnosis, context.output)
    case .csv, .tsv:
      try writeRows(diagnosis, context)
      for check in diagnosis.unchecked { context.console.say(check) }
    }
    context.sayIfTable(DoctorMessages.summary(diagnosis))
    return diagnosis.isInOrder ? .done : .no
  }

  private func writeWords(_ diagnosis: Diagnosis, _ output: ByteWriter) throws(OutputError) {
    for line in DoctorMessages.lines(diagnosis) {
      let indent = String(repeating: " ", count: line.indent)
      // A command is to be copied in one piece.
      let text = DisplayText(line.text)
      for text in line.kind == .remedy ? [text] : text.wrapped(to: 78 - line.indent) {
        try output.write(indent + text.string + "\n")
      }
    }
  }

  private func writeJSON(_ diagnosis: Diagnosis, _ output: ByteWriter) throws(OutputError) {
    let json = JSONWriter(output)
    try json.beginObject()
    try json.member("problems", Cell(diagnosis.problems))
    try json.member("notes", Cell(diagnosis.findings.count - diagnosis.problems))
    try json.member("checks", Cell(diagnosis.checks))
    try json.key("findings")
    try json.beginArray()
    for finding in diagnosis.findings {
      try json.newLine()
      try json.beginObject()
      try json.member("id", .text(finding.id))
      try json.member("severity", .text(finding.severity.rawValue))
      try json.member("count", Cell(finding.count))
      try json.member("what", .text(finding.what))
      try list("examples", finding.examples, json)
      try json.member("meaning", .text(finding.meaning))
      try json.member("remedy", Cell(finding.remedy))
      try json.endObject()
    }
    try json.endArray()
    try list("unchecked", diagnosis.unchecked, json)
    try list("limits", diagnosis.limits, json)
    try list("not_covered", diagnosis.uncovered, json)
    try json.key("facts")
    try json.beginObject()
    for fact in diagnosis.facts {
      try json.member(fact.name.replacing(" ", with: "_"), .text(fact.value))
    }
    try json.endObject()
    try json.endObject()
    try json.finish()
  }

  private func list(_ name: String, _ texts: [String], _ json: JSONWriter) throws(OutputError) {
    try json.key(name)
    try json.beginArray()
    for text in texts { try json.value(.text(text)) }
    try json.endArray()
  }

  private func writeRows(_ diagnosis: Diagnosis, _ context: CommandContext) throws(OutputError) {
    let columns = [
      Column("severity", "SEVERITY"), Column("id", "FINDING"),
      Column("count", "COUNT", number: true), Column("what", "WHAT"), Column("remedy", "MENDING"),
    ]
    let listing = try Listing("findings", columns, context)
    for finding in diagnosis.findings {
      try listing.row([
        .text(finding.severity.rawValue), .text(finding.id), Cell(finding.count),
        .text(finding.what), Cell(finding.remedy),
      ])
    }
    try listing.finish()
  }
}
