internal import Database

/// A list of users or companies that is read page by page, in the order of a sort key and of the
/// id where keys are equal.
///
/// Pages begin and end at keys, never at line numbers: a page from the middle of a million rows
/// costs what the first one costs, and rows that come and go move nothing.
struct Listing {
  enum Order {
    /// There is an index in the order of the key, unless the key is the id itself.
    case indexed
    /// The key stands in the row.
    case plain
    /// The key takes a query of its own for each row.
    case computed
    /// The key is the number `n` of the row's `id` in a relation, which gives all of them faster
    /// than one by one; rows that are not in it fulfil the condition, and have 0.
    case counted(in: String, none: String)

    /// Whether the key can be read from the row.
    var isInRow: Bool {
      switch self {
      case .indexed, .plain: true
      case .computed, .counted: false
      }
    }
  }

  /// The relations with the rows, under the name `row`.
  let arms: (Relations.Path) -> [String]
  /// An expression: how many rows they have.
  let all: () -> String
  let row: String
  let columns: [String]
  /// The sort key, an expression over `row` that is never NULL; nil for the id.
  let key: String?
  let order: Order
  let isDescending: Bool
  let filter: QueryFilter
  /// A relation `g` with the ids of the only rows of interest in this column.
  let holders: (relation: String, column: String)?
  /// The columns of the result, expressions over the rows `p` of the page.
  let details: [String]
  let arguments: Bindings
  let engine: SQLEngine

  /// How many rows next to the place are looked at before the whole table is.
  ///
  /// A filter that lets many rows pass is answered from these, in the order of the index; reading
  /// and sorting all of a large table takes twenty times as long.
  var nearby = 5_000

  /// Reads a page, each row of it from the `details`, which begin at column 0.
  func page<T: Identifiable & Hashable & Sendable>(
    _ anchor: PageAnchor, limit: Int, _ connection: any DatabaseSession,
    _ read: (borrowing Row) -> T
  ) throws -> Page<T> {
    precondition(limit > 0, "a page has at least one row")
    let side = PageDirection(anchor)
    let found = try rows(side, count: min(limit, Int.max - 1) + 1, connection) { row in
      PlacedRow(row: read(row), place: Cursor(row, at: details.count))
    }
    var shown = Array(found.prefix(limit))
    if side.isBackward { shown.reverse() }
    let hasMore = found.count > limit
    let behind = side.opposite(of: side.isBackward ? shown.last?.place : shown.first?.place)
    let hasBehind = try behind.map { try anyRow($0, connection) } ?? false
    return Page(
      rows: shown.map(\.row), start: shown.first?.place, end: shown.last?.place,
      hasEarlier: side.isBackward ? hasMore : hasBehind,
      hasLater: side.isBackward ? hasBehind : hasMore)
  }

  /// Reads the page around the row with this id; the first page if the list has no such row.
  func page<T: Identifiable & Hashable & Sendable>(
    holding id: Key, limit: Int, _ connection: any DatabaseSession, _ read: (borrowing Row) -> T
  ) throws -> Page<T> {
    guard let place = try place(of: id, connection) else {
      return try page(.first, limit: limit, connection, read)
    }
    let before = try page(.before(place), limit: max(1, limit / 2), connection, read)
    let rest = try page(.from(place), limit: max(1, limit - before.rows.count), connection, read)
    return Page(
      rows: before.rows + rest.rows, start: before.start ?? rest.start, end: rest.end,
      hasEarlier: before.rows.isEmpty ? rest.hasEarlier : before.hasEarlier,
      hasLater: rest.hasLater)
  }

  /// How many rows the list has.
  func count(_ connection: any DatabaseSession) throws -> Int {
    if filter.all.isEmpty { return try connection.count("SELECT \(all())") }
    let counts = selects("count(*)", .scan, own)
    return try connection.count(
      "SELECT " + counts.map { "(\($0))" }.joined(separator: " + "), arguments.values)
  }

  private struct PlacedRow<T> {
    let row: T
    let place: Cursor
  }
}

// MARK: Places

extension Listing {
  /// The rows on one side of a place, from the place on.
  private struct PageDirection {
    var place: Cursor?
    var isBackward: Bool
    /// Whether the row at the place is one of them.
    var includesPlace = false

    init(_ anchor: PageAnchor) {
      (place, isBackward) =
        switch anchor {
        case .first: (nil, false)
        case .last: (nil, true)
        case .after(let place), .from(let place): (place, false)
        case .before(let place): (place, true)
        }
      if case .from = anchor { includesPlace = true }
    }

    /// The other side of the row that is nearest to the place; of the place, if there is no row.
    ///
    /// At the beginning or the end of the list, nil: nothing is there.
    func opposite(of nearest: Cursor?) -> PageDirection? {
      guard let place else { return nil }
      var side = self
      side.isBackward.toggle()
      side.place = nearest ?? place
      side.includesPlace = nearest == nil
      return side
    }
  }

  /// Conditions for the rows on one side of a place, by the key and the id.
  ///
  /// The first condition is implied by the second, but SQLite uses an index only for the first.
  private func conditions(
    _ side: PageDirection, key: String?, id column: String? = nil, _ arguments: inout Bindings
  ) -> [String] {
    guard let place = side.place else { return [] }
    let column = column ?? "\(row).id"
    let sign = (side.isBackward != isDescending ? "<" : ">") + (side.includesPlace ? "=" : "")
    let id = arguments.bind(place.key.value)
    guard let key else { return ["\(column) \(sign) \(id)"] }
    let value = place.value.bound(&arguments, engine)
    return [
      "\(key) \(sign.prefix(1))= \(value)", "(\(key), \(column)) \(sign) (\(value), \(id))",
    ]
  }

  private func order(_ side: PageDirection, _ row: String) -> String {
    let direction = side.isBackward != isDescending ? " DESC" : ""
    return "ORDER BY \(row)k\(direction), \(row)id\(direction)"
  }
}

// MARK: Statements

extension Listing {
  /// A composed statement.
  typealias Statement = (sql: String, arguments: Bindings)

  /// The statement for the rows of a page that are not among those nearby.
  func statement(_ anchor: PageAnchor, limit: Int) -> Statement {
    inOrder(PageDirection(anchor), count: limit)
  }

  /// The rows on one side of a place, nearest first.
  private func rows<T>(
    _ side: PageDirection, count: Int, _ connection: any DatabaseSession,
    _ read: (borrowing Row) -> T
  ) throws -> [T] {
    if case .counted(let numbers, let none) = order, filter.all.isEmpty,
      let found = try byNumber(numbers, none, side, count: count, connection, read)
    {
      return found
    }
    if case (.indexed, .scan) = (order, path), try !hasFewHolders(connection) {
      let near = try run(amongNearby(side, count: count), side, connection, read)
      guard try near.count < count && hasMoreThanNearby(side, connection) else { return near }
    }
    return try run(inOrder(side, count: count), side, connection, read)
  }

  /// How to find rows: along the index of the order, unless a filter would have to look at too
  /// many of them.
  private var path: Relations.Path {
    if case .indexed = order, filter.all.isEmpty { .free } else { .scan }
  }

  /// The conditions that are left when the rows come from the holders.
  private var own: [String] { holders == nil ? filter.all : filter.rest }

  /// The expression by which the rows are sorted.
  private var sorted: String { key ?? "\(row).id" }

  private var listed: String {
    columns.map { "\(row).\($0) AS \($0)" }.joined(separator: ", ")
  }

  /// One query to each arm.
  private func selects(
    _ columns: String, _ path: Relations.Path, _ conditions: [String], joined: Bool = true
  ) -> [String] {
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    return arms(holders == nil ? path : .free).map { arm in
      guard joined, let holders else { return "SELECT \(columns) FROM \(arm) AS \(row)\(filter)" }
      // CROSS JOIN, for the order in which SQLite is to take them.
      return """
        SELECT \(columns) FROM \(holders.relation) AS g
        CROSS JOIN \(arm) AS \(row) ON \(row).id = g.\(holders.column)\(filter)
        """
    }
  }

  /// The first rows of the list on one side of a place.
  private func inOrder(_ side: PageDirection, count: Int) -> Statement {
    var arguments = arguments
    guard order.isInRow else {
      let all = selects("\(listed), \(sorted) AS k", path, own)
      let place = self.conditions(side, key: "\(row).k", &arguments)
      // The limit keeps SQLite from merging the queries and computing the key twice.
      return (
        """
        SELECT * FROM (\(all.joined(separator: " UNION ALL ")) LIMIT -1) AS \(row)
        \(place.isEmpty ? "" : "WHERE " + place.joined(separator: " AND "))
        \(order(side, "\(row).")) LIMIT \(count)
        """, arguments
      )
    }
    let place = self.conditions(side, key: key, &arguments)
    let all = selects("\(listed), \(sorted) AS k", path, own + place)
    return (
      "\(all.joined(separator: " UNION ALL ")) \(order(side, "")) LIMIT \(count)", arguments
    )
  }

  /// The first rows of the list on one side of a place, by the numbers that a relation gives.
  ///
  /// Only the rows that are shown are looked up. Nil if they do not fill the page: at the end of the
  /// numbers, or where a number is there and its row is not.
  private func byNumber<T>(
    _ numbers: String, _ none: String, _ side: PageDirection, count: Int,
    _ connection: any DatabaseSession,
    _ read: (borrowing Row) -> T
  ) throws -> [T]? {
    let isFalling = side.isBackward != isDescending
    let isAtNone = side.place.map { $0.value == .integer(0) } ?? !isFalling
    var found: [T] = []
    if isAtNone {
      var arguments = arguments
      var place: [String] = []
      if let id = side.place?.key {
        let sign = (isFalling ? "<" : ">") + (side.includesPlace ? "=" : "")
        place = ["\(row).id \(sign) \(arguments.bind(id.value))"]
      }
      let all = selects("\(listed), 0 AS k", .free, [none] + place).joined(separator: " UNION ALL ")
      let first = "\(all) ORDER BY id\(isFalling ? " DESC" : "") LIMIT \(count)"
      found = try run((first, arguments), side, connection, read)
      if isFalling || found.count == count { return found }
    }
    var side = side
    if isAtNone { side.place = nil }
    let first = mostOrFewest(numbers, side, count: count - found.count)
    found += try run(first, side, connection, read)
    return found.count == count ? found : nil
  }

  /// The rows that belong to the first numbers on one side of a place.
  private func mostOrFewest(_ numbers: String, _ side: PageDirection, count: Int) -> Statement {
    var arguments = arguments
    let place = conditions(side, key: "g.n", id: "g.id", &arguments)
    let filter = place.isEmpty ? "" : "WHERE " + place.joined(separator: " AND ")
    let direction = side.isBackward != isDescending ? " DESC" : ""
    let all = arms(.free).map { arm in
      "SELECT \(listed), first.n AS k FROM first CROSS JOIN \(arm) AS \(row) ON \(row).id = first.id"
    }
    return (
      """
      WITH first AS MATERIALIZED (SELECT g.id, g.n FROM \(numbers) AS g \(filter)
        ORDER BY g.n\(direction), g.id\(direction) LIMIT \(count))
      \(all.joined(separator: " UNION ALL "))
      """, arguments
    )
  }

  /// Those of the rows next to a place that belong to the list.
  private func amongNearby(_ side: PageDirection, count: Int) -> Statement {
    var arguments = arguments
    let place = conditions(side, key: key, &arguments)
    let near = selects("\(listed), \(sorted) AS k", .free, place, joined: false)
    return (
      """
      SELECT * FROM (\(near.joined(separator: " UNION ALL ")) \(order(side, ""))
        LIMIT \(nearby)) AS \(row)
      WHERE \(filter.condition) \(order(side, "\(row).")) LIMIT \(count)
      """, arguments
    )
  }

  /// Whether the rows of interest are so few that looking at all of them costs no more than
  /// looking at those nearby.
  private func hasFewHolders(_ connection: any DatabaseSession) throws -> Bool {
    guard let holders else { return false }
    // The company or user that they hold is the first argument of the filter.
    let count = try connection.count(
      "SELECT count(*) FROM (SELECT 1 FROM \(holders.relation) LIMIT \(nearby))",
      Array(arguments.values.prefix(1)))
    return count < nearby
  }

  /// Whether there are more rows on one side of a place than those nearby.
  private func hasMoreThanNearby(_ side: PageDirection, _ connection: any DatabaseSession) throws
    -> Bool
  {
    var arguments = Bindings()
    let place = conditions(side, key: key, &arguments)
    let all = selects("1", .free, place, joined: false).joined(separator: " UNION ALL ")
    let count = try connection.count(
      "SELECT count(*) FROM (\(all) LIMIT \(nearby))", arguments.values)
    return count == nearby
  }

  /// The place of the row with this id; nil if the list has no such row.
  private func place(of id: Key, _ connection: any DatabaseSession) throws -> Cursor? {
    var arguments = arguments
    let conditions = own + ["\(row).id = \(arguments.bind(id.value))"]
    let found = selects("\(row).id AS id, \(sorted) AS k", .free, conditions)
    return try connection.first(
      """
      SELECT p.id, \(Cursor.SortValue.columns("p.k", engine))
      FROM (\(found.joined(separator: " UNION ALL "))) AS p
      """, arguments.values
    ) { Cursor($0, at: 0) }
  }

  /// Whether the list has a row on one side of a place.
  private func anyRow(_ side: PageDirection, _ connection: any DatabaseSession) throws -> Bool {
    var arguments = arguments
    let place = self.conditions(side, key: key, &arguments)
    let conditions = own + place
    let any = selects("1", path, conditions).map { "EXISTS (\($0))" }
    return try connection.count(
      "SELECT \(any.joined(separator: " OR "))", arguments.values) != 0
  }

  /// Runs a query for rows and adds the details to each.
  private func run<T>(
    _ statement: Statement, _ side: PageDirection, _ connection: any DatabaseSession,
    _ read: (borrowing Row) -> T
  ) throws -> [T] {
    let sql = """
      SELECT \(details.joined(separator: ", ")), p.id, \(Cursor.SortValue.columns("p.k", engine))
      FROM (\(statement.sql)) AS p \(order(side, "p."))
      """
    return try connection.rows(sql, statement.arguments.values, read)
  }
}
