/// What a change was about: the users and companies that it added, edited or deleted, and its pairs
/// where they are few.
public struct ChangeSubject: Hashable, Sendable {
  /// A user or company of a change.
  public struct Entity: Hashable, Sendable {
    /// Whether it is a user or a company.
    public let kind: EntityKind
    /// What happened to it.
    public let event: ChangedEntity.Event
    /// Its name after the change, or the last one; its id if it has none.
    public let name: String
  }

  /// How many users, or companies, a change added, edited or deleted.
  public struct Count: Hashable, Sendable {
    /// Whether they are users or companies.
    public let kind: EntityKind
    /// What happened to them.
    public let event: ChangedEntity.Event
    /// How many.
    public let number: Int
  }

  /// A pair of a change.
  public struct Pair: Hashable, Sendable {
    /// The username after the change, or the id if there is none.
    public let user: String
    /// The name of the company, or the id if there is none.
    public let company: String
    /// The code of the company, if it has one.
    public let companyCode: String?
    /// `.granted` or `.revoked`.
    public let outcome: PairOutcome
  }

  /// The users and companies, if there are at most `named`; else none.
  public let entities: [Entity]
  /// How many there are of each kind and event.
  public let counts: [Count]
  /// The pairs, if there are at most `named`; else none.
  public let pairs: [Pair]

  /// How many users and companies the pairs are of, if there are at most `counted` pairs.
  public let extent: Extent?

  /// The users and companies of the pairs of a change.
  public struct Extent: Hashable, Sendable {
    /// How many users the pairs are of.
    public let users: Int
    /// How many companies the pairs are of.
    public let companies: Int
    /// The user, if it is one; the id if no name is known.
    public let user: String?
    /// The company, if it is one, by its code, name or id.
    public let company: String?
  }

  /// Of how many pairs at most it is counted of how many users and companies they are.
  public static let counted = 250
  /// How many users, companies and pairs are named at most.
  public static let named = 3
}
