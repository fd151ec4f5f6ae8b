internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// Writes what adopting a file would do, or did.
struct AdoptionReport {
  let context: CommandContext
  let path: String

  private var schema: SchemaOutput { SchemaOutput(context: context) }

  // MARK: - Before

  /// Every statement and every count.
  func write(_ plan: AdoptionPlan) throws -> ExitCode {
    if context.options.format == .json {
      try writeJSON(plan)
    } else {
      let rows = try Listing(
        "tables", [Column("table", "TABLE"), Column("rows", "ROWS", number: true)], context)
      for table in plan.rows { try rows.row([.text(table.table), Cell(table.rows)]) }
      try rows.finish()
      try context.output.write("\n")
      for statement in plan.status.steps.flatMap(\.statements) {
        try context.output.write(context.output.shown(statement) + ";\n")
      }
      for line in AdoptionMessages.lines(plan) { context.sayIfTable(line) }
      for problem in plan.status.problems { context.sayIfTable(SchemaMessages.inTheWay(problem)) }
    }
    context.sayIfTable(CommandMessages.nothingDone)
    let givesAll =
      plan.backfill?.leftOutCount == 0 || AdoptionMessages.keepsGrants(plan.status.notes)
    let isClear = plan.status.problems.isEmpty && givesAll
    return isClear ? .done : .no
  }

  private func writeJSON(_ plan: AdoptionPlan) throws {
    let json = JSONWriter(context.output)
    try json.beginObject()
    try json.member("mapping", Cell(plan.status.mapping))
    try json.member("version", Cell(plan.status.version))
    try json.member("users", Cell(plan.users))
    try json.member("companies", Cell(plan.companies))
    try json.key("tables")
    try json.beginArray()
    for table in plan.rows {
      try json.newLine()
      try json.beginObject()
      try json.member("table", .text(table.table))
      try json.member("rows", Cell(table.rows))
      try json.endObject()
    }
    try json.endArray()
    try schema.members(plan.status.steps, json)
    try schema.list("problems", plan.status.problems.map(\.description), json)
    try schema.list("notes", plan.status.notes.map(\.description), json)
    try members(plan.backfill, added: plan.added, json)
    try json.endObject()
    try json.finish()
  }

  private func members(
    _ summary: BackfillSummary?, added: Int, _ json: JSONWriter
  ) throws(OutputError) {
    try json.member("added", Cell(added))
    try json.member("left_out", Cell(summary?.leftOutCount ?? 0))
    try BackfillReport.write(summary?.roles ?? [], json)
  }

  // MARK: - Afterwards

  func write(_ done: Adoption) throws -> ExitCode {
    if context.options.format == .json {
      let json = JSONWriter(context.output)
      try json.beginObject()
      try json.member("before", Cell(done.upgrade.before))
      try json.member("version", Cell(SchemaStatus.newest))
      try json.member("backup", Cell(done.upgrade.backup))
      try json.member("change", Cell(done.backfill.change))
      try schema.members(done.upgrade.steps, json)
      try schema.list("notes", done.upgrade.notes.map(\.description), json)
      try members(done.summary, added: done.backfill.added, json)
      try schema.list(
        "differences", done.differences.map { "\($0.object) \($0.difference)" }, json)
      try json.endObject()
      try json.finish()
    } else {
      let store = try AccessStore.open(path, access: .readOnly, origin: .command)
      let report = BackfillReport(context: context, store: store, roles: nil)
      try report.write(done.backfill, done.summary)
      if done.summary.leftOutCount > 0, !AdoptionMessages.keepsGrants(done.upgrade.notes) {
        try report.listLeftOut()
      }
    }
    for note in done.upgrade.notes { context.sayIfTable(CommandMessages.note(note)) }
    for difference in done.differences {
      context.sayIfTable(SchemaMessages.wrong(difference))
    }
    context.sayIfTable(AdoptionMessages.done(done))
    let givesAll =
      done.summary.leftOutCount == 0 || AdoptionMessages.keepsGrants(done.upgrade.notes)
    return givesAll && done.differences.isEmpty ? .done : .no
  }
}
