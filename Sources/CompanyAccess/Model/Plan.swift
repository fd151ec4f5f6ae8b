/// Some rows of a list: named ones, or all that a query finds.
public enum Selection<ID: Hashable & Sendable, Query: Hashable & Sendable>: Hashable, Sendable {
  /// Exactly these.
  case these([ID])
  /// All that the query finds when the plan is carried out, without those excepted.
  case matching(Query, except: [ID])
}

/// Some users.
public typealias UserSelection = Selection<UserID, UserQuery>

/// Some companies.
public typealias CompanySelection = Selection<CompanyID, CompanyQuery>

/// A wanted change of grants, users or companies.
///
/// Every write begins as one.
public enum Intent: Hashable, Sendable {
  /// Each of the users may enter each of the companies.
  case grant(UserSelection, CompanySelection)
  /// None of the users may enter any of the companies.
  case revoke(UserSelection, CompanySelection)
  /// As `grant`; on the record as a bulk grant.
  case bulkGrant(UserSelection, CompanySelection)
  /// What each pair of some edits becomes, a later edit counting more than those before.
  case edits([PairEdit])
  /// No grant stands that was given to an earlier user or company of the same id.
  case revokeFormer
  /// The inverse of a change.
  ///
  /// Pairs that were changed since, and those whose user id now belongs to another username, are left
  /// alone, unless it overwrites them.
  case undo(ChangeID, overwrite: Bool = false)
  /// The inverse of everything that came after a change, by any program: users, companies and
  /// grants become what they were then, as one change.
  case undoTo(ChangeID)
  /// Something done to one user or one company, with what hangs on it.
  case entity(EntityEdit)
  /// The pairs of a file that the store has taken in.
  case staged(StagedPairs)
  /// What the application itself knows: users of these roles may enter every active company, and
  /// others their home company; nil for the roles that the mapping names.
  case backfill(roles: [String]? = nil)
  /// Another policy.
  case policy(Policy)
  /// Another operator, or one less.
  case operators(OperatorEdit)
}

/// What happened, or would happen, to one pair.
public enum PairOutcome: String, Hashable, Sendable {
  case granted
  /// It was granted before; nothing changes.
  case already
  case revoked
  /// It was not there; nothing changes.
  case absent
  /// Left alone, for the reason that the plan's notices give.
  case skipped
}

/// A user and a company, with what happened to the grant between them.
public struct PairResult: Hashable, Sendable {
  /// The user.
  public let user: User
  /// The company.
  public let company: Company
  /// What happened, or would happen.
  public let outcome: PairOutcome

  /// A result for a pair.
  public init(user: User, company: Company, outcome: PairOutcome) {
    self.user = user
    self.company = company
    self.outcome = outcome
  }
}

/// A fact that a confirmation must show.
public enum PlanNotice: Hashable, Sendable {
  /// So many inactive users are among those who gain access.
  case inactiveUsers(Int)
  /// So many inactive companies are among those that are granted.
  case inactiveCompanies(Int)
  /// So many of the picked pairs are left out, because a grant may not cross what divides users
  /// and companies: organizations, say.
  case acrossScope(Int)
  /// An undo leaves this pair alone because its user and company are now divided so.
  case divided(UserID, CompanyID, user: String?, company: String?)
  /// An undo leaves this pair alone because a later change touched it.
  case changedSince(UserID, CompanyID, user: String?, company: String?, by: ChangeID?)
  /// An undo leaves this pair alone because its user is gone.
  case userGone(UserID, name: String?)
  /// An undo leaves this pair alone because its company is gone.
  case companyGone(CompanyID, name: String?)
  /// An undo leaves this pair alone because the user id now belongs to another username.
  case userReplaced(UserID, was: String?, now: String)
  /// So many more pairs are left alone than the notices name.
  case moreLeftAlone(Int)
  /// Something that was typed is worth a second look.
  case field(FieldNote)
  /// A user or company of the plan has a name that looks like another's.
  case looksLike(EntityID, name: String, EntityID, otherName: String)
  /// Number of grants that the deactivated user or company keeps.
  case keepsGrants(Int)
  /// So many grants have no user or company any more, and are not among the pairs.
  case orphans(Int)
  /// So many of the grants are not in the file: the role of a user gives every new company.
  case ruleGrants(Int)
  /// The rule gives so many grants that do not come with it.
  case ruleWouldGrant(Int)
  /// The user still may enter the company that was the user's own before.
  case keepsOldCompany(Company)
  /// An undo leaves this user or company as it is.
  case entityLeftAlone(EntityID, name: String?, EntityObstacle)
  /// A user or company comes back without these columns, of which the record knows nothing.
  case restoredInPart(EntityID, name: String?, missing: [String])
  /// So many more users and companies are left as they are than the notices name.
  case moreEntitiesLeftAlone(Int)
  /// An undo leaves the policy as it is, because a later change has set it.
  case policyChangedSince(by: ChangeID)
  /// An undo leaves the operators as they are, because a later change has set them.
  case operatorsChangedSince(by: ChangeID)
  /// So many of the picked users are left out, because their role does not rank below the operator's.
  case beyondRank(Int)
}

/// A number of users or companies, with the first of them by name.
public struct Affected<Entity: Hashable & Sendable>: Hashable, Sendable {
  /// How many there are.
  public let count: Int
  /// The first of them, at most `Plan.namedEntities`.
  public let first: [Entity]

  /// A number of users or companies.
  public init(count: Int, first: [Entity]) {
    self.count = count
    self.first = first
  }
}

/// What would be done, counted, before anything is.
public struct Plan: Hashable, Sendable {
  /// How many pairs a plan lists one by one; a plan with more has counts only.
  public static let listedPairs = 1_000
  /// How many users or companies a plan names where it counts them.
  public static let namedEntities = 20

  /// What the plan is for.
  public let intent: Intent
  /// Pairs that would be granted.
  public internal(set) var added: Int
  /// Pairs that would be revoked.
  public let removed: Int
  /// Pairs named by the intent that stay as they are.
  public let unchanged: Int
  /// Pairs that an undo has to leave alone.
  public let leftAlone: Int
  /// How many users and companies the selections of the intent pick; nil for an undo.
  public let selectedUsers: Int?
  /// How many companies the intent picks; nil for an undo.
  public let selectedCompanies: Int?
  /// Each pair with what would happen to it, if there are at most `listedPairs`; else empty.
  public internal(set) var pairs: [PairResult]
  /// The figures of the whole table now.
  public let before: Coverage
  /// The figures of the whole table afterwards.
  public internal(set) var after: Coverage
  /// Users who have some access now and would be left with none.
  public internal(set) var usersLeftWithNone: Affected<User>
  /// Companies that some user may enter now and none could afterwards.
  public internal(set) var companiesLeftWithNone: Affected<Company>
  /// For a plan about one user: how many companies that user has now and would have.
  public let companiesOfUser: BeforeAfter?
  /// For a plan about one company: how many users it has now and would have.
  public let usersOfCompany: BeforeAfter?
  /// The user, if all pairs of the plan are of one.
  public internal(set) var user: User?
  /// The company, if all pairs of the plan are of one.
  public internal(set) var company: Company?
  /// For an undo: the change that it undoes.
  public internal(set) var undone: Change?
  /// What the confirmation must show.
  public internal(set) var notices: [PlanNotice]
  /// The newest change when the plan was made; a plan is carried out only on the state it saw.
  public internal(set) var basis: ChangeID?
  /// What would happen to users and companies themselves; the first ones, if they are many.
  public internal(set) var entities: [PlannedEntity] = []
  /// How many users and companies an undo has to leave as they are.
  public internal(set) var entitiesLeftAlone = 0
  /// Rows of other tables that go along or come back.
  public internal(set) var cascades: [Cascade] = []
  /// Whether no user would be left who is active, has a role for all companies, and has every active
  /// company, while one is now.
  ///
  /// Such a plan needs more than a plain yes.
  public internal(set) var leavesNoAdministrator = false
  /// The administrators of now, at most `namedEntities`, if none of them would be one afterwards.
  public internal(set) var lastAdministrators: [User] = []
  /// What should be typed before the plan is carried out, if users or companies are deleted and
  /// grants go with them: the name, or `delete` and their number if they are several; nil if nothing.
  public internal(set) var nameToType: String?
  /// For a backfill: the counts by role.
  public internal(set) var backfill: BackfillSummary?
  /// What becomes of the policy; nil if it stays as it is.
  public internal(set) var policy: PolicyChange?
  /// What becomes of the operators; nil if they stay as they are.
  public internal(set) var operators: OperatorsChange?
  /// What the plan does for which the policy requires a ticket, in order.
  public internal(set) var ticketActions: [Policy.Action] = []

  /// Whether carrying it out would change nothing.
  public var isEmpty: Bool {
    added == 0 && removed == 0 && entities.isEmpty && policy == nil && operators == nil
  }
  /// How many pairs would change.
  public var changedPairs: Int { added + removed }
}

/// A count now and as it would be.
public struct BeforeAfter: Hashable, Sendable {
  /// The count now.
  public let before: Int
  /// The count afterwards.
  public let after: Int

  /// A count now and afterwards.
  public init(before: Int, after: Int) {
    self.before = before
    self.after = after
  }
}

/// What a plan did.
public struct ChangeResult: Hashable, Sendable {
  /// The change on the record; nil when nothing changed, because then there is none.
  public let change: ChangeID?
  /// Pairs that were granted.
  public let added: Int
  /// Pairs that were revoked.
  public let removed: Int
  /// Pairs that were as wanted already.
  public let unchanged: Int
  /// Pairs that had to be left alone.
  public let leftAlone: Int
  /// Each pair, if there are at most `Plan.listedPairs`; else empty.
  public let results: [PairResult]
  /// What happened to users and companies themselves.
  public let entities: [PlannedEntity]
  /// Users and companies that had to be left as they are.
  public let entitiesLeftAlone: Int

  /// The result of a plan.
  public init(
    change: ChangeID?, added: Int, removed: Int, unchanged: Int, leftAlone: Int,
    results: [PairResult], entities: [PlannedEntity] = [], entitiesLeftAlone: Int = 0
  ) {
    self.change = change
    self.added = added
    self.removed = removed
    self.unchanged = unchanged
    self.leftAlone = leftAlone
    self.results = results
    self.entities = entities
    self.entitiesLeftAlone = entitiesLeftAlone
  }
}
