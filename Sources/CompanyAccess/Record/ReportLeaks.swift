internal import Database

/// The rows of the application's tables, in a report, whose company their user may not enter.
///
/// They are those of the time at which the report is written: the record does not keep such rows.
struct ReportLeaks {
  private let connection: any DatabaseSession
  private let mapping: SchemaMapping
  private let work: Work?

  /// How many rows are read at once.
  private static let page = 10_000

  init(_ writer: ReportWriter, _ work: Work?) {
    connection = writer.reader.connection
    mapping = writer.relations.mapping
    self.work = work
  }

  func write(to folder: inout ReportFolder, _ content: inout ReportContent) throws {
    let counts = try LeakCounts(connection, mapping)
    content.leaks = ReportLeakage(counts)
    content.figures.leaks = counts.leaks
    let file = try folder.create(ReportWriter.leaks)
    try file.header([
      "table", "user_column", "company_column", "row", "user_id", "user", "company_id", "company",
      "access", "until_change",
    ])
    for table in counts.tables where table.leaks > 0 {
      var last: Leak?
      repeat {
        let leaks = try Leak.page(
          of: table.table, after: last, limit: ReportLeaks.page, connection, mapping)
        for leak in leaks { try file.row(ReportLeaks.cells(leak)) }
        work?.report(file.rows, of: counts.leaks, .writing)
        last = leaks.count == ReportLeaks.page ? leaks.last : nil
      } while last != nil
    }
    try folder.finish(file, ReportWriter.leaks, hasRows: true)
  }

  private static func cells(_ leak: Leak) -> [String?] {
    let table = leak.table
    return [
      table.table, table.userColumn, table.companyColumn, leak.row.joined(separator: ", "),
      leak.user.description, leak.username, leak.company.description, leak.companyName,
      leak.couldEnter ? "no longer" : "never", leak.until?.description,
    ]
  }
}

/// What a report says of the rows outside of the grants.
struct ReportLeakage: Hashable {
  /// What it says of a table.
  struct Table: Hashable {
    let name: String
    let rows: Int
    let never: Int
    let noLonger: Int
  }

  var tables: [Table] = []
  /// What was not looked at, as half sentences.
  var gaps: [String] = []

  init() {}

  init(_ counts: LeakCounts) {
    tables = counts.tables.map {
      Table(
        name: $0.table.description, rows: $0.rows, never: $0.neverCould, noLonger: $0.noLonger)
    }
    gaps = counts.notLookedAt.map(\.description)
  }
}
