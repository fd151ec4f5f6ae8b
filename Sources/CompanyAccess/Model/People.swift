/// A user, who may be given access to companies.
public struct User: Identifiable, Hashable, Sendable {
  /// The key of the user's row.
  public let id: UserID
  /// The name the user signs in with; unique.
  public let username: String
  /// The user's own name, if known.
  public let fullName: String?
  /// The user's e-mail address, if known.
  public let email: String?
  /// The name of the user's role, if the user has one.
  public let role: String?
  /// False for a user who was deactivated.
  ///
  /// Grants of such users still count.
  public let isActive: Bool

  /// A user with these facts.
  public init(
    id: UserID, username: String, fullName: String?, email: String?, role: String?,
    isActive: Bool
  ) {
    self.id = id
    self.username = username
    self.fullName = fullName
    self.email = email
    self.role = role
    self.isActive = isActive
  }
}

/// A company that users may enter.
public struct Company: Identifiable, Hashable, Sendable {
  /// The key of the company's row.
  public let id: CompanyID
  /// The name of the company; unique.
  public let name: String
  /// A short code, if the company has one; unique.
  public let code: String?
  /// False for a company that was deactivated.
  ///
  /// Its grants still count.
  public let isActive: Bool

  /// A company with these facts.
  public init(id: CompanyID, name: String, code: String?, isActive: Bool) {
    self.id = id
    self.name = name
    self.code = code
    self.isActive = isActive
  }
}

/// Since when and by which change a pair holds.
public struct GrantInfo: Hashable, Sendable {
  /// When it began: the time of its change, or, where the change is not known, that of its row.
  public let grantedAt: Timestamp
  /// The change that granted it; nil for a grant that was there before the record began.
  public let change: ChangeID?
  /// Of what the id had another holder when the grant was made: of the user, of the company, or of
  /// both; of nothing, as a rule.
  public let formerHolders: [EntityKind]

  /// A grant that stands since `grantedAt`, made by `change`, perhaps for an earlier user or company
  /// of the id.
  public init(grantedAt: Timestamp, change: ChangeID?, formerHolders: [EntityKind] = []) {
    self.grantedAt = grantedAt
    self.change = change
    self.formerHolders = formerHolders
  }
}

/// A user as a row of a list.
public struct UserSummary: Identifiable, Hashable, Sendable {
  /// The user.
  public let user: User
  /// How many companies the user may enter, inactive ones included.
  public let companies: Int
  /// The grant for the company that the query names; nil without a company, or without a grant.
  public let standing: GrantInfo?

  /// The id of the user.
  public var id: UserID { user.id }

  /// A row of a list of users.
  public init(user: User, companies: Int, standing: GrantInfo? = nil) {
    self.user = user
    self.companies = companies
    self.standing = standing
  }
}

/// A company as a row of a list.
public struct CompanySummary: Identifiable, Hashable, Sendable {
  /// The company.
  public let company: Company
  /// How many users may enter the company, inactive ones included.
  public let users: Int
  /// The grant for the user whom the query names; nil without a user, or without a grant.
  public let standing: GrantInfo?

  /// The id of the company.
  public var id: CompanyID { company.id }

  /// A row of a list of companies.
  public init(company: Company, users: Int, standing: GrantInfo? = nil) {
    self.company = company
    self.users = users
    self.standing = standing
  }
}

/// A grant: a user may enter a company.
public struct Grant: Hashable, Sendable {
  /// Who may enter.
  public let user: UserID
  /// What may be entered.
  public let company: CompanyID
  /// Since when, and by which change.
  public let info: GrantInfo

  /// A grant with these facts.
  public init(user: UserID, company: CompanyID, info: GrantInfo) {
    self.user = user
    self.company = company
    self.info = info
  }
}
