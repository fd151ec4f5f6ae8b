internal import CompanyAccess

/// The part of the grid that has been read: which of its cells are granted.
struct GridCells: Sendable {
  /// The users and companies of a part.
  struct Part: Hashable, Sendable {
    var users: [UserID] = []
    var companies: [CompanyID] = []

    func holds(_ other: Part) -> Bool {
      Set(users).isSuperset(of: other.users) && Set(companies).isSuperset(of: other.companies)
    }
  }

  private(set) var part = Part()
  private var rows: [UserID: Int] = [:]
  private var columns: [CompanyID: Int] = [:]
  private var granted: Set<Int> = []
  private var barred: Set<Int> = []
  /// For each region, which of the rows and which of the columns belong to it.
  private var regions: [(rows: Set<Int>, columns: Set<Int>)] = []

  init() {}

  init(_ part: Part, _ window: GrantWindow) {
    self.part = part
    rows = Dictionary(zip(part.users, part.users.indices)) { first, _ in first }
    columns = Dictionary(zip(part.companies, part.companies.indices)) { first, _ in first }
    granted = Set(window.granted.compactMap(number))
    barred = Set(window.barred.compactMap(number))
    regions = zip(window.users, window.companies).map { users, companies in
      (Set(users.compactMap { rows[$0] }), Set(companies.compactMap { columns[$0] }))
    }
  }

  private func number(_ pair: GrantPair) -> Int? {
    guard let row = rows[pair.user], let column = columns[pair.company] else { return nil }
    return row * part.companies.count + column
  }

  /// How many regions it knows of.
  var regionCount: Int { regions.count }

  /// The place of a user among its rows.
  func row(_ user: UserID) -> Int? { rows[user] }

  /// The place of a company among its columns.
  func column(_ company: CompanyID) -> Int? { columns[company] }

  func isGranted(_ row: Int, _ column: Int) -> Bool {
    granted.contains(row * part.companies.count + column)
  }

  func isBarred(_ row: Int, _ column: Int) -> Bool {
    barred.contains(row * part.companies.count + column)
  }

  /// Whether a cell belongs to the region with a number.
  func covers(_ region: Int, _ row: Int, _ column: Int) -> Bool {
    regions.indices.contains(region) && regions[region].rows.contains(row)
      && regions[region].columns.contains(column)
  }
}

/// What a cell of the grid shows.
enum GridCell: Hashable, Sendable {
  /// It has not been read yet.
  case unknown
  case none, granted
  /// Staged to be granted, or to be revoked.
  case added, removed
  /// It may not be granted.
  case barred
  /// It was staged, and another program has done the same since.
  case changed
}
