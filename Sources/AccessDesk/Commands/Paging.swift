internal import CompanyAccess

/// Reads a list from end to end, page by page.
enum Paging {
  static let rows = 2_000

  /// Calls `body` for each row, in order; returns how many there were.
  static func each<Row>(
    limit: Int?, page: (PageAnchor, Int) throws -> Page<Row>, do body: (Row) throws -> Void
  ) throws -> Int {
    var anchor = PageAnchor.first
    var count = 0
    while true {
      let wanted = min(rows, limit.map { $0 - count } ?? rows)
      let page = try page(anchor, wanted)
      for row in page.rows { try body(row) }
      count += page.rows.count
      guard let end = page.end, page.hasLater, count < limit ?? .max else { return count }
      anchor = .after(end)
    }
  }
}
