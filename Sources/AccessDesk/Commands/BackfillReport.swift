internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// Writes what a backfill did, or where the grants differ from what it would give.
struct BackfillReport {
  let context: CommandContext
  let store: AccessStore
  let roles: [String]?

  private static let roleColumns = [
    Column("role", "ROLE"), Column("gets", "GETS"), Column("users", "USERS", number: true),
    Column("left_out", "LEFT OUT", number: true), Column("expected", "PAIRS", number: true),
    Column("held", "HELD", number: true), Column("added", "ADDED", number: true),
  ]

  private static func cells(_ role: BackfillRole) -> [Cell] {
    [
      Cell(role.role), .text(BackfillMessages.gets(role)),
      Cell(role.users), Cell(role.leftOut), Cell(role.expected), Cell(role.held),
      Cell(role.missing),
    ]
  }

  /// The counts by role; JSON has the users who get nothing, too.
  func write(_ result: ChangeResult, _ summary: BackfillSummary?) throws {
    let roles = summary?.roles ?? []
    guard context.options.format == .json else {
      let listing = try Listing("roles", BackfillReport.roleColumns, context)
      for role in roles { try listing.row(BackfillReport.cells(role)) }
      return try listing.finish()
    }
    let json = JSONWriter(context.output)
    try json.beginObject()
    try json.member("change", Cell(result.change))
    try json.member("added", Cell(result.added))
    try json.member("unchanged", Cell(result.unchanged))
    try BackfillReport.write(roles, json)
    try json.key("left_out")
    try json.beginArray()
    try forEachLeftOut { item in
      try json.newLine()
      try json.beginObject()
      for (column, cell) in zip(BackfillReport.leftOutColumns, BackfillReport.cells(item)) {
        try json.member(column.key, cell)
      }
      try json.endObject()
    }
    try json.endArray()
    try json.endObject()
    try json.finish()
  }

  /// The roles as an array of JSON.
  static func write(_ roles: [BackfillRole], _ json: JSONWriter) throws(OutputError) {
    try json.key("roles")
    try json.beginArray()
    for role in roles {
      try json.newLine()
      try json.beginObject()
      for (column, cell) in zip(roleColumns, cells(role)) { try json.member(column.key, cell) }
      try json.endObject()
    }
    try json.endArray()
  }

  // MARK: - Who gets nothing

  private static let leftOutColumns = [
    Column("user", "USER"), Column("user_id", "ID"), Column("role", "ROLE"),
    Column("reason", "GETS NOTHING BECAUSE"),
  ]

  private static func cells(_ item: UserWithoutRuleGrant) -> [Cell] {
    [
      .text(item.user.username), Cell(item.user.id), Cell(item.user.role),
      .text(item.reason.rawValue),
    ]
  }

  private func forEachLeftOut(_ body: (UserWithoutRuleGrant) throws -> Void) throws {
    var place: User?
    repeat {
      let page = try store.backfillLeftOut(roles: roles, after: place, limit: Paging.rows)
      for item in page { try body(item) }
      place = page.count == Paging.rows ? page.last?.user : nil
    } while place != nil
  }

  /// Lists for people who gets nothing, and says how many they are.
  ///
  /// What was granted before stays granted, so that a list that can't be read is no failure.
  func listLeftOut() throws {
    guard context.options.format == .table else { return }
    var count = 0
    let listing = try Listing("left_out", BackfillReport.leftOutColumns, context)
    do {
      try forEachLeftOut { item in
        if count == 0 { try context.output.write("\n") }
        try listing.row(BackfillReport.cells(item))
        count += 1
      }
    } catch is AccessError {
      context.console.say(BackfillMessages.unreadable)
    }
    try listing.finish()
    if count > 0 { context.sayIfTable(BackfillMessages.leftOut(count)) }
  }

  // MARK: - Where grants and rule differ

  private static let checkColumns = [
    Column("kind", "KIND"), Column("user", "USER"), Column("user_id", "ID"),
    Column("company", "COMPANY"), Column("company_id", "ID"), Column("home", "HOME NOW"),
    Column("home_id", "ID"),
  ]

  func check() throws -> ExitCode {
    let counts = try CancellableRun.run(context.console) {
      try store.ruleCounts(roles: roles, work: $0)
    }
    let listing = try Listing("differences", BackfillReport.checkColumns, context)
    var place: RuleCursor?
    repeat {
      let page = try store.ruleDifferences(roles: roles, after: place, limit: Paging.rows)
      for pair in page.pairs {
        try listing.row([
          .text(pair.kind.rawValue), .text(pair.user.username), Cell(pair.user.id),
          .text(pair.company.name), Cell(pair.company.id), Cell(pair.home?.name),
          pair.home.map { Cell($0.id) } ?? .null,
        ])
      }
      place = page.next
    } while place != nil
    try listing.finish([
      ("missing", Cell(counts.missing)), ("beyond", Cell(counts.beyond)),
      ("moved", Cell(counts.moved)),
    ])
    context.sayIfTable(BackfillMessages.differences(counts))
    return counts.isEmpty ? .done : .no
  }
}
