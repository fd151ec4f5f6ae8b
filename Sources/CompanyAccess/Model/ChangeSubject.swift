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
    /// `.granted` or `.revoked`.
    public let outcome: PairOutcome
  }

  /// The users and companies, if there are at most `named`; else none.
  public let entities: [Entity]
  /// How many there are of each kind and event.
  public let counts: [Count]
  /// The pairs, if there are at most `named`; else none.
  public let pairs: [Pair]

  /// How many users, companies and pairs are named at most.
  public static let named = 3
}
