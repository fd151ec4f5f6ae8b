/// How a file of an HR system is compared with the users.
public struct LeaverOptions: Hashable, Sendable {
  /// By what a line of the file and a user are known to be the same person.
  public enum Key: String, Hashable, Sendable, CaseIterable {
    case email
    case username
    case id
  }

  /// The order of the numbers in a date with strokes, such as 3/4/2026.
  public enum DateOrder: String, Hashable, Sendable, CaseIterable {
    case dayFirst = "day-first"
    case monthFirst = "month-first"
  }

  /// By what people are compared.
  public var key: Key
  /// The column that holds it; nil for one of its usual names.
  public var keyColumn: String?
  /// The column with the last day of those who leave; nil for one of its usual names.
  public var leftColumn: String?
  /// Whether the file lists only people who are employed, and has no such column.
  public var listsOnlyEmployed = false
  /// How dates with strokes are read; nil if there are to be none.
  public var dates: DateOrder?
  /// How large a share of the users that count may have gone, in per cent, before the file is not trusted.
  public var mostGone = 50

  /// People are compared by a key.
  public init(key: Key) { self.key = key }
}

/// A person in whom a file of an HR system and the users differ.
public struct LeaverFinding: Hashable, Sendable {
  /// What differs.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The file has someone who is employed, and there is no such user.
    case notHere = "not-here"
    /// A user who is active or has access is not in the file.
    case notInFile = "not-in-file"
    /// Someone who has left is an active user.
    case leftButActive = "left-but-active"
    /// Someone who has left may still enter companies.
    case leftWithAccess = "left-with-access"
    /// The key is the same, but another name or address is not: a new name, or an id that has been
    /// given to another user. Nothing is concluded.
    case differs
    /// A user who is active or has access has no such key, so that nothing can be compared.
    case withoutKey = "without-key"
  }

  /// What differs.
  public let kind: Kind
  /// The line of the file; nil if it has none.
  public let line: Int?
  /// The key, as the file has it, or the user.
  public let key: String?
  /// The user; nil if there is none.
  public let user: User?
  /// How many companies the user may enter.
  public let companies: Int
  /// The last day, such as 2026-03-31; nil if none is known.
  public let leftOn: String?
  /// What the file says otherwise, for `differs`.
  public let other: String?
}

/// How the lines of a file of an HR system and the users were accounted for.
///
/// Each line is in one of `employed`, `notHere`, `left` and `differs`.
public struct LeaverCounts: Hashable, Sendable {
  /// Lines with a person.
  public internal(set) var lines = 0
  /// Lines of people who are employed, and are users.
  public internal(set) var employed = 0
  /// Lines of people who are employed, and are no users.
  public internal(set) var notHere = 0
  /// Lines of people who have left.
  public internal(set) var left = 0
  /// Lines with the key of a user and another name or address.
  public internal(set) var differs = 0
  /// Users, inactive ones included.
  public internal(set) var users = 0
  /// Users who are not in the file, or have no key, and are neither active nor may enter anything.
  public internal(set) var usersOfNoMatter = 0
  /// How many findings there are.
  public internal(set) var findings = 0
}
