/// What an operator may do, from the most to the least.
///
/// The order is that of the applications this was made for. An operator acts upon users whose role ranks
/// below the own one.
public enum OperatorRole: String, Hashable, Sendable, CaseIterable {
  case systemAdmin = "system_admin"
  case hrAdmin = "hr_admin"
  case hrManager = "hr_manager"
  case auditor
  case employee
  case customer

  /// How high it stands; a greater number is higher.
  ///
  /// An auditor, who changes nothing, stands beside an employee.
  public var rank: Int {
    switch self {
    case .systemAdmin: 5
    case .hrAdmin: 4
    case .hrManager: 3
    case .auditor, .employee: 2
    case .customer: 1
    }
  }

  /// What the role permits.
  public var permissions: Set<Permission> {
    switch self {
    case .systemAdmin: Set(Permission.allCases)
    case .hrAdmin: [.read, .grant, .users, .operators]
    case .hrManager: [.read, .grant]
    case .auditor, .employee: [.read]
    case .customer: []
    }
  }

  /// Whether the role permits no change at all.
  public var onlyReads: Bool { permissions.isSubset(of: [.read]) }

  /// Something that a role permits, within the scope of its operator.
  public enum Permission: String, Hashable, Sendable, CaseIterable {
    /// To see users, companies, grants and the log.
    case read
    /// To grant and revoke.
    case grant
    /// To add, edit, deactivate and delete users.
    case users
    /// To add, edit, deactivate and delete companies.
    case companies
    /// To say who is an operator, of lower roles and within the own scope.
    case operators
    /// To set the policy and to look after the database: only with a scope of everything.
    case maintain
  }

  /// Whether an operator of this role may act upon a user whose role ranks as another one.
  ///
  /// - Parameter other: The rank of the user's role; nil where it is not known, which only a system
  ///   administrator acts upon: what the application lets such a user do is not known.
  /// - Returns: Whether the role ranks below; a system administrator may act upon every user.
  public func mayActUpon(_ other: OperatorRole?) -> Bool {
    self == .systemAdmin || other.map { $0.rank < rank } ?? false
  }
}

/// Which part of a database an operator sees and changes.
public enum OperatorScope: Hashable, Sendable {
  /// All of it.
  case everything
  /// An organization: the users and companies with this value in the column that no grant may cross.
  case organization(String)
  /// Some companies, with the users whose home company is among them or who have, or had, access to one.
  case companies([CompanyID])
}

/// A person who may use a database through this program.
public struct Operator: Hashable, Sendable {
  /// The login name on the machine: of who signed in, also behind sudo.
  public let login: String
  /// What the operator may do.
  public var role: OperatorRole
  /// Where.
  public var scope: OperatorScope

  /// An operator.
  ///
  /// - Parameters:
  ///   - login: The login name on the machine.
  ///   - role: What the operator may do.
  ///   - scope: Where.
  public init(login: String, role: OperatorRole, scope: OperatorScope = .everything) {
    self.login = login
    self.role = role
    self.scope = scope
  }

  /// Whether the operator may do everything everywhere.
  public var isUnrestricted: Bool { role == .systemAdmin && scope == .everything }
}

/// The operators of a database; while there are none, every login that can write the file may do everything.
public struct OperatorList: Hashable, Sendable {
  /// All of them, in the order of their logins.
  public private(set) var all: [Operator]

  /// Some operators; of several with one login the last one counts.
  public init(_ operators: [Operator] = []) {
    let byLogin = Dictionary(operators.map { ($0.login, $0) }) { $1 }
    all = byLogin.values.sorted { $0.login.utf8.lexicographicallyPrecedes($1.login.utf8) }
  }

  /// Whether there are none.
  public var isEmpty: Bool { all.isEmpty }

  /// The operator with a login; nil if there is none.
  public subscript(login: String) -> Operator? { all.first { $0.login == login } }

  /// The list after an edit.
  public func edited(_ edit: OperatorEdit) -> OperatorList {
    switch edit {
    case .set(let one): OperatorList(all + [one])
    case .remove(let login): OperatorList(all.filter { $0.login != login })
    }
  }
}

/// What becomes of one operator.
public enum OperatorEdit: Hashable, Sendable {
  /// There is this operator, in place of one with the same login.
  case set(Operator)
  /// There is none with this login.
  case remove(login: String)

  /// Whose login it is about.
  public var login: String {
    switch self {
    case .set(let one): one.login
    case .remove(let login): login
    }
  }
}

/// What a change makes of the operators.
public typealias OperatorsChange = ValueChange<OperatorList>

/// Why an operator may not do something.
public enum OperatorRefusal: Hashable, Sendable {
  /// The login is none of the operators'.
  case noOperator(login: String)
  /// The role does not permit it.
  case role(OperatorRole, OperatorRole.Permission)
  /// It concerns more than the operator's scope.
  case outsideScope
  /// It is done with the whole database only, and the operator sees a part of it.
  case needsEverything
  /// The role of this user, and of so many more, does not rank below the operator's.
  case rank(username: String, role: String?, more: Int)
  /// An operator of this login is not the acting one's to change: the role or the scope is not below.
  case operatorAbove(login: String)
  /// Who may do what was changed since the database was opened.
  case changedMeanwhile
}

/// Why there cannot be such operators.
public enum OperatorProblem: Hashable, Sendable {
  /// No operator would be a system administrator of everything, who must come first and go last.
  case noAdministrator
  /// A text is no login name.
  case badLogin(String)
  /// There is no operator with this login, but these.
  case noOperator(String, others: [String])
  /// There is an operator with this login.
  case isThere(String)
  /// The database knows no organizations.
  case noOrganizations
  /// No company is of this organization.
  case noOrganization(String)
}
