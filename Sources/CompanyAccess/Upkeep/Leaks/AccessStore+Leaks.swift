internal import Database

/// A row of a table of the application that belongs to a user and to a company which that user may not
/// enter.
public struct Leak: Hashable, Sendable {
  /// The table.
  public let table: LeakTable
  /// The key of the row, column by column; its number where it has none.
  public let row: [String]
  /// The user.
  public let user: UserID
  /// The username; nil if there is none.
  public let username: String?
  /// The company.
  public let company: CompanyID
  /// The name of the company; nil if there is none.
  public let companyName: String?
  /// Whether the user had access once, by the record.
  public let couldEnter: Bool
  /// The change since which the user may not enter the company any more; nil if there was no access, or
  /// if the record does not tell how it ended.
  public let until: ChangeID?

  let place: [Value]
}

/// How many rows of a table belong to a company that their user may not enter.
public struct LeakCount: Hashable, Sendable {
  /// The table.
  public let table: LeakTable
  /// How many rows the table has.
  public let rows: Int
  /// The rows whose user never could enter the company, by the record.
  public let neverCould: Int
  /// The rows whose user could, and may no longer.
  public let noLonger: Int
  /// The rows whose user or company is not there; they are not counted as leaks.
  public let missing: Int

  /// The rows whose user may not enter the company.
  public var leaks: Int { neverCould + noLonger }
}

/// What a search for leaks found.
public struct LeakCounts: Hashable, Sendable {
  /// Every table that was looked at, in order of their names.
  public let tables: [LeakCount]
  /// What was not looked at.
  public let notLookedAt: [LeakGap]

  /// How many rows there are in all tables.
  public var leaks: Int { tables.reduce(0) { $0 + $1.leaks } }
}

extension AccessStore {
  /// Counts the rows of the application's tables whose company their user may not enter.
  ///
  /// A table is looked at if it has a column for the user and one for the company; of several columns
  /// each pair is looked at. Whether a user may enter is asked of the grants, as by `mayEnter`.
  ///
  /// - Parameters:
  ///   - rows: How many rows of each table are looked at; all unless told otherwise.
  ///   - work: Cancels the queries.
  /// - Returns: The numbers, table by table, and what was not looked at.
  /// - Throws: `.cancelled`, `.busy`, or what is wrong with the file.
  public func leaks(rows: Int? = nil, work: Work? = nil) throws(AccessError) -> LeakCounts {
    let mapping = mapping
    return try read(work: work) { connection in
      try LeakCounts(connection, mapping, rows: rows)
    }
  }

  /// The rows of a table whose company their user may not enter, in the order of their keys.
  ///
  /// - Parameters:
  ///   - table: A table that `leaks(rows:work:)` gave.
  ///   - last: The last row of the page before; nil for the first page.
  ///   - limit: How many rows at most.
  ///   - work: Cancels the query.
  /// - Returns: The rows; fewer than the limit at the end.
  /// - Throws: `.cancelled`, `.busy`, or what is wrong with the file.
  public func leaks(
    of table: LeakTable, after last: Leak? = nil, limit: Int, work: Work? = nil
  ) throws(AccessError) -> [Leak] {
    let mapping = mapping
    return try read(work: work) { connection in
      try Leak.page(of: table, after: last, limit: limit, connection, mapping)
    }
  }
}

extension LeakCounts {
  /// Looks through the tables of a database.
  init(_ connection: any DatabaseSession, _ mapping: SchemaMapping, rows limit: Int? = nil) throws {
    guard mapping.seesEverything else { throw AccessError.operatorForbids(.needsEverything) }
    let found = try LeakTables(connection, mapping)
    var gaps = found.gaps
    var counts: [LeakCount] = []
    for place in found.tables {
      do {
        let count = try connection.guarded { try LeakCount(place, connection, mapping, limit) }
        counts.append(count)
        if let limit, count.rows > limit, !gaps.contains(where: { $0.table == place.table }) {
          gaps.append(LeakGap(table: place.table, reason: .beyond(rows: limit)))
        }
      } catch let error as DatabaseError where error.isStatementError || error.isNotPermitted {
        gaps.append(LeakGap(table: place.table, reason: .unreadable(detail: error.message)))
      }
    }
    tables = counts
    notLookedAt = gaps
  }
}

extension DatabaseSession {
  /// Runs a query whose error may be passed over: on a server it would end the transaction.
  fileprivate func guarded<T>(_ body: () throws -> T) throws -> T {
    try engine == .postgres ? atSavepoint(body) : body()
  }
}

extension LeakCount {
  /// Looks through one table, or its first rows.
  fileprivate init(
    _ place: LeakTable, _ connection: any DatabaseSession, _ mapping: SchemaMapping, _ limit: Int?
  ) throws {
    let queries = LeakQueries(place, mapping)
    let rows = try connection.count(queries.rows)
    let bound = limit.flatMap { rows > $0 ? $0 : nil }
    let found = try connection.first(queries.counts(limit: bound)) {
      (neverCould: $0.int(0), noLonger: $0.int(1), missing: $0.int(2))
    }
    self.init(
      table: place, rows: rows, neverCould: found?.neverCould ?? 0, noLonger: found?.noLonger ?? 0,
      missing: found?.missing ?? 0)
  }
}

extension Leak {
  /// Some rows of a table, in the order of their keys.
  static func page(
    of table: LeakTable, after last: Leak? = nil, limit: Int, _ connection: any DatabaseSession,
    _ mapping: SchemaMapping
  ) throws -> [Leak] {
    let queries = LeakQueries(table, mapping)
    var arguments = Bindings()
    let sql = queries.list(after: last?.place, limit: limit, &arguments)
    return try connection.rows(sql, arguments.values) { queries.leak($0) }
  }
}

extension LeakTable: CustomStringConvertible {
  /// The table with its two columns.
  public var description: String { "\(table) (\(userColumn), \(companyColumn))" }
}

extension LeakCount: CustomStringConvertible {
  /// The table and how many rows are outside of the grants, as half a sentence.
  public var description: String {
    let parts = [(neverCould, "never could"), (noLonger, "may no longer")].filter { $0.0 > 0 }
    return "\(table): \(leaks) of \(rows) rows"
      + (parts.isEmpty
        ? "" : ", " + parts.map { "\($0.0) of users who \($0.1)" }.joined(separator: " and "))
  }
}
