/// Part of a wanted change of single pairs: each of some users is granted each of some companies, or
/// loses it.
///
/// Several of them make one change (`Intent.edits`), in which a later one counts more than those before.
public struct PairEdit: Hashable, Sendable {
  /// Whose access it is about.
  public let users: UserSelection
  /// To which companies.
  public let companies: CompanySelection
  /// Whether they are granted; otherwise they are revoked.
  public let grants: Bool

  /// An edit of the pairs of these users and companies.
  public init(users: UserSelection, companies: CompanySelection, grants: Bool) {
    (self.users, self.companies, self.grants) = (users, companies, grants)
  }
}

/// How much some edits would change.
package struct PairEditTally: Hashable, Sendable {
  /// Pairs that would be granted.
  package let added: Int
  /// Pairs that would be revoked.
  package let removed: Int
  /// How many users would be left with nothing.
  package let usersLeftWithNone: Int
}

/// A user and a company by their ids.
package struct GrantPair: Hashable, Sendable {
  package let user: UserID
  package let company: CompanyID

  package init(_ user: UserID, _ company: CompanyID) {
    (self.user, self.company) = (user, company)
  }
}

/// What holds between some users and some companies: a part of the grid of all of them.
package struct GrantWindow: Hashable, Sendable {
  /// The pairs that are granted.
  package let granted: Set<GrantPair>
  /// The pairs that may not be granted, because a grant may not cross what divides them.
  package let barred: Set<GrantPair>
  /// Of each selection that was asked about, those of the users that it picks.
  package let users: [Set<UserID>]
  /// Of each selection that was asked about, those of the companies that it picks.
  package let companies: [Set<CompanyID>]
}

extension PairEditTally {
  /// The figures of the whole table afterwards, for those of now.
  package func after(_ coverage: Coverage) -> Coverage {
    coverage.changed(added: added, removed: removed)
  }
}
