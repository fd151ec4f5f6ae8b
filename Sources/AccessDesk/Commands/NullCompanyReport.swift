internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// Writes what filling in companies did, or would do, and which rows stay without.
struct NullCompanyReport {
  let context: CommandContext
  let store: AccessStore

  private static let tableColumns = [
    Column("table", "TABLE"), Column("rows", "WITHOUT COMPANY", number: true),
    Column("filled", "FILLED IN", number: true), Column("unresolved", "LEFT", number: true),
  ]
  private static let rowColumns = [
    Column("table", "TABLE"), Column("key", "ROW"), Column("user_id", "USER"),
    Column("reason", "LEFT BECAUSE"),
  ]

  /// Writes the tables and the rows that stay without a company; result nil for a dry run, or if
  /// there was nothing to do.
  func write(
    _ plan: NullCompanyPlan, _ result: NullCompanyResult?, default standard: Company?
  ) throws -> ExitCode {
    let left = standard == nil ? try store.nullCompanyRows(limit: 1).count : 0
    if context.options.format == .json {
      try writeJSON(plan, result, listsRows: standard == nil)
    } else {
      let tables = try Listing("tables", NullCompanyReport.tableColumns, context)
      for table in plan.tables { try tables.row(cells(table, result)) }
      try tables.finish()
      if left > 0, context.options.format == .table {
        try context.output.write("\n")
        let listing = try Listing("rows", NullCompanyReport.rowColumns, context)
        try forEachRow { try listing.row(NullCompanyReport.cells($0)) }
        try listing.finish()
      }
    }
    say(plan, result)
    if let result, !result.isComplete { return .cancelled }
    return left > 0 ? .no : .done
  }

  private func say(_ plan: NullCompanyPlan, _ result: NullCompanyResult?) {
    guard let result else { return context.sayIfTable(BackfillMessages.wouldFill(plan)) }
    let words = BackfillMessages.filled(result, of: plan)
    // That it was stopped is told to programs too.
    if result.isComplete { context.sayIfTable(words) } else { context.console.say(words) }
  }

  private func cells(_ table: NullCompanyTable, _ result: NullCompanyResult?) -> [Cell] {
    let filled = result.map { $0.filled[table.table] ?? 0 } ?? table.resolvable
    return [.text(table.table), Cell(table.rows), Cell(filled), Cell(table.unresolved)]
  }

  private static func cells(_ row: NullCompanyRow) -> [Cell] {
    [.text(row.table), .text(row.key), Cell(row.user), .text(row.reason.rawValue)]
  }

  private func forEachRow(_ body: (NullCompanyRow) throws -> Void) throws {
    var place: NullCompanyCursor?
    repeat {
      let page = try store.nullCompanyRows(after: place, limit: Paging.rows)
      for row in page { try body(row) }
      place = page.count == Paging.rows ? page.last.map(NullCompanyCursor.init) : nil
    } while place != nil
  }

  private func writeJSON(
    _ plan: NullCompanyPlan, _ result: NullCompanyResult?, listsRows: Bool
  ) throws {
    let json = JSONWriter(context.output)
    // A dry run has no result, and came to its end.
    let isComplete = result?.isComplete ?? (plan.resolvable > 0 || plan.resumes != nil)
    try json.beginObject()
    try json.member("change", Cell(result?.change))
    try json.member("complete", .flag(isComplete, word: ""))
    try json.key("tables")
    try json.beginArray()
    for table in plan.tables {
      try object(NullCompanyReport.tableColumns, cells(table, result), json)
    }
    try json.endArray()
    try json.key("rows")
    try json.beginArray()
    if listsRows {
      try forEachRow {
        try object(NullCompanyReport.rowColumns, NullCompanyReport.cells($0), json)
      }
    }
    try json.endArray()
    try json.endObject()
    try json.finish()
  }

  private func object(
    _ columns: [Column], _ cells: [Cell], _ json: JSONWriter
  ) throws(OutputError) {
    try json.newLine()
    try json.beginObject()
    for (column, cell) in zip(columns, cells) { try json.member(column.key, cell) }
    try json.endObject()
  }
}
