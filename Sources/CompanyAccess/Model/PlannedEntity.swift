/// What would happen, or has happened, to one user or one company itself.
public struct PlannedEntity: Hashable, Sendable {
  /// Whether it is a user or a company.
  public let kind: EntityKind
  /// Which one; nil for one who is not there yet and gets its id when it comes.
  public let id: EntityID?
  /// What people call it, afterwards.
  public let name: String
  /// The code of a company, if it has one.
  public internal(set) var code: String?
  /// What would happen.
  public let event: ChangedEntity.Event
  /// What would be different.
  public let fields: [FieldChange]
}

/// What a field of a user or of a company held and holds.
public struct FieldChange: Hashable, Sendable {
  /// The id of the field, as in `EntityField`, or `active`.
  public let field: String
  /// What it is called.
  public let label: String
  /// What it held, in the words of a list; nil for nothing.
  public let before: String?
  /// What it holds; nil for nothing.
  public let after: String?
}

/// Rows of another table that a change takes along or brings back.
public struct Cascade: Hashable, Sendable {
  /// What happens to them.
  public enum Effect: Hashable, Sendable {
    case deleted
    /// They stay, without their user or company.
    case detached
    case broughtBack
  }

  /// The table.
  public let table: String
  /// How many rows of it.
  public let rows: Int
  /// What happens to them.
  public let effect: Effect
}

/// A table whose rows refer to something, and how many do.
public struct Reference: Hashable, Sendable {
  /// The table.
  public let table: String
  /// How many of its rows.
  public let rows: Int
}
