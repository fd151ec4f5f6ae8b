/// One thing that a test expects of the access table.
public struct Expectation: Hashable, Sendable {
  /// The line of the file in which it stands, from 1; of those that a program gives, its own number.
  public let line: Int
  /// What is expected.
  public let claim: Claim

  /// What can be expected.
  public enum Claim: Hashable, Sendable {
    /// Whether a user may enter a company, at a time if one is given.
    case access(user: ExpectedName, company: ExpectedName, isGranted: Bool, at: Timestamp? = nil)
    /// A user may enter these companies and no other.
    case companies(of: ExpectedName, exactly: [ExpectedName])
    /// These users and no others may enter a company.
    case users(of: ExpectedName, exactly: [ExpectedName])
    /// A user may enter so many companies.
    case companyCount(of: ExpectedName, Int)
    /// So many users may enter a company.
    case userCount(of: ExpectedName, Int)
    /// How large a share of the permitted pairs is granted, in thousandths of a per cent.
    case coverage(Comparison, thousandths: Int)
    /// Every user may enter some company.
    case nobodyWithoutAccess
    /// No user may enter both of two companies.
    case isolated(ExpectedName, ExpectedName)
    /// No row of the application's tables belongs to a user and a company which that user may not enter.
    ///
    /// It is about the present alone: the record does not keep such rows.
    case noLeaks
  }

  /// How a figure is compared with the expected one.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case more = ">"
    case less = "<"
    case equal = "="
  }

  /// An expectation.
  ///
  /// - Parameters:
  ///   - claim: What is expected.
  ///   - line: Where it stands, for the result.
  public init(_ claim: Claim, line: Int = 1) {
    self.claim = claim
    self.line = line
  }
}

/// How an expectation names a user or a company.
public struct ExpectedName: Hashable, Sendable {
  /// The id, which decides where it is given.
  public let id: String?
  /// The username, or the code or name of the company; beside an id it has to be that of the id.
  public let called: String?

  /// A user or a company by its name, or by `id:` and its id.
  public init(_ text: String) {
    if let id = NameQueries.forcedID(text) {
      self.init(id: id, called: nil)
    } else {
      self.init(id: nil, called: text)
    }
  }

  init(id: String?, called: String?) {
    self.id = id
    self.called = called
  }
}

/// What became of an expectation.
public struct ExpectationResult: Hashable, Sendable {
  /// What was expected.
  public let expectation: Expectation
  /// What is so instead; nil if it holds.
  public let failure: ExpectationFailure?
}

/// What is so instead of what was expected.
public enum ExpectationFailure: Hashable, Sendable {
  /// Whether the user may enter the company.
  case access(Bool)
  /// Names that are not in the table though expected, and those that are in it though not expected.
  case differs(missing: Affected<String>, unexpected: Affected<String>)
  /// How many there are.
  case count(Int)
  /// The figures of the table.
  case coverage(Coverage)
  /// The users who may enter no company.
  case withoutAccess(Affected<String>)
  /// The users who may enter both companies.
  case shared(Affected<String>)
  /// The tables with rows that belong to a user and a company which that user may not enter.
  case leaks(LeakCounts)
}

/// How many expectations were looked at.
public struct ExpectationCounts: Hashable, Sendable {
  /// All of them.
  public internal(set) var expectations = 0
  /// Those that do not hold.
  public internal(set) var failed = 0
  /// What is to be known about the moments that lines ask for, each once.
  public internal(set) var notices: [MomentNotice] = []
  /// Where leaks were not looked for, if none were expected.
  public internal(set) var notLookedAt: [LeakGap] = []
}
