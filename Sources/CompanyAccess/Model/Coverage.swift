/// The figures of the whole table.
public struct Coverage: Hashable, Sendable {
  /// All users, inactive ones included.
  public let users: Int
  /// All companies, inactive ones included.
  public let companies: Int
  /// All grants whose user and company are there.
  public let grants: Int
  /// Grants apart from these: their user or company is missing.
  public let orphans: Int
  /// How many pairs could be granted: users times companies.
  public let permitted: Int

  /// The figures of a table.
  public init(users: Int, companies: Int, grants: Int, orphans: Int = 0, permitted: Int) {
    self.users = users
    self.companies = companies
    self.grants = grants
    self.orphans = orphans
    self.permitted = permitted
  }

  /// The figures after some grants have come and gone.
  ///
  /// - Parameters:
  ///   - added: Grants that come.
  ///   - removed: Grants that go.
  ///   - gone: How many of these had no user or company.
  /// - Returns: The figures.
  func changed(added: Int, removed: Int, orphans gone: Int = 0) -> Coverage {
    Coverage(
      users: users, companies: companies, grants: grants + added - (removed - gone),
      orphans: orphans - gone, permitted: permitted)
  }

  /// Grants as a share of the permitted pairs, in tenths of a per cent: rounded half up, but neither to
  /// 0 nor to 100 per cent unless it is just that; nil when no pair is permitted.
  public var tenthsOfPercent: Int? { Percentage.tenths(grants, of: permitted) }

  /// The same as exact as a number can be; nil when no pair is permitted.
  public var exactPercent: Double? {
    permitted > 0 ? Double(grants) * 100 / Double(permitted) : nil
  }

  /// The same in words: `33.9 %`, `> 99.9 %`; nil when no pair is permitted.
  public var percent: String? { Percentage.words(grants, of: permitted) }
}

/// The figures of the statistics screen.
public struct Statistics: Hashable, Sendable {
  /// The figures of the whole table.
  public let coverage: Coverage
  /// Users who may enter at least one company.
  public let usersWithAccess: Int
  /// Companies that at least one user may enter.
  public let companiesWithUsers: Int
  /// Inactive users who still may enter a company.
  public let inactiveUsersWithAccess: Int
  /// How many users have how many companies, by number of companies, without gaps merged.
  public let histogram: [HistogramBar]
  /// The companies with the most users, at most ten, largest first.
  public let largest: [CompanySummary]
  /// Companies that no user may enter: how many, and the first by name.
  public let empty: Affected<Company>

  /// Users who may enter no company.
  public var usersWithoutAccess: Int { coverage.users - usersWithAccess }
  /// Companies that no user may enter.
  public var companiesWithoutUsers: Int { coverage.companies - companiesWithUsers }
}

/// So many users have so many companies.
public struct HistogramBar: Hashable, Sendable {
  /// A number of companies.
  public let companies: Int
  /// How many users have that many.
  public let users: Int

  /// A bar of the histogram.
  public init(companies: Int, users: Int) {
    self.companies = companies
    self.users = users
  }
}
