import CompanyAccess
import Database

/// Users, companies and grants as plain values, and lists of them made the simple way: what the
/// reading functions must agree with.
struct ReadingModel {
  var users: [User] = []
  var companies: [Company] = []
  var grants: [UserID: [CompanyID: GrantInfo]] = [:]

  init() {}

  /// Everything that is in the tables now.
  init(_ connection: Connection) throws {
    users = try connection.rows(
      """
      SELECT u.id, username, full_name, email, name, is_active
      FROM hrm_users AS u LEFT JOIN hrm_role AS r ON r.id = role_id
      """
    ) {
      User(
        id: UserID($0.integer(0)), username: $0.text(1), fullName: $0.optionalText(2),
        email: $0.optionalText(3), role: $0.optionalText(4), isActive: $0.bool(5))
    }
    companies = try connection.rows("SELECT id, name, code, is_active FROM hrm_company") {
      Company(
        id: CompanyID(text: $0.text(0)), name: $0.text(1), code: $0.optionalText(2),
        isActive: $0.bool(3))
    }
    try connection.forEach(
      """
      SELECT a.user_id, a.company_id, coalesce(c.at, a.created_at), g.began_change
      FROM hrm_user_company_access AS a
      LEFT JOIN company_access_user_lifetime AS u ON u.key = a.user_id AND u.ended_change IS NULL
      LEFT JOIN company_access_company_lifetime AS k
        ON k.key = a.company_id AND k.ended_change IS NULL
      LEFT JOIN company_access_current_grant AS g
        ON g.user_lifetime = u.lifetime AND g.company_lifetime = k.lifetime
      LEFT JOIN company_access_change AS c ON c.id = g.began_change
      """
    ) {
      grants[UserID($0.integer(0)), default: [:]][CompanyID(text: $0.text(1))] = GrantInfo(
        grantedAt: Timestamp(stored: $0.text(2)), change: $0.optionalInteger(3).map(ChangeID.init))
    }
  }

  func companies(of user: UserID) -> Int { grants[user]?.count ?? 0 }

  func users(of company: CompanyID) -> Int {
    users.count { grants[$0.id]?[company] != nil }
  }

  func list(_ query: UserQuery) -> [UserSummary] {
    var keyed: [(key: Key, row: UserSummary)] = []
    for user in users {
      let standing = query.company.flatMap { grants[user.id]?[$0] }
      let count = companies(of: user.id)
      guard query.company == nil || query.relation.admits(standing != nil),
        query.role == nil || user.role == query.role, query.activity.admits(user.isActive),
        query.access.admits(count > 0)
      else { continue }
      let place: [Key.Part] =
        switch query.sort {
        case .username: [.text(user.username)]
        case .name: [.text(user.fullName ?? "")]
        case .role: [.text(user.role ?? "")]
        case .companies: [.number(count)]
        case .id: []
        case .status: [.number(user.isActive ? 0 : 1)]
        case .granted where query.company == nil || query.relation == .lacking:
          [.text(user.username)]
        case .granted: [.text(standing?.grantedAt.text ?? "")]
        }
      let row = UserSummary(user: user, companies: count, standing: standing)
      keyed.append((Key(parts: place + [.id("\(user.id)")]), row))
    }
    let sorted = keyed.sorted { $0.key < $1.key }.map(\.row)
    return query.descending ? sorted.reversed() : sorted
  }

  func list(_ query: CompanyQuery) -> [CompanySummary] {
    var keyed: [(key: Key, row: CompanySummary)] = []
    for company in companies {
      let standing = query.user.flatMap { grants[$0]?[company.id] }
      let count = users(of: company.id)
      guard query.user == nil || query.relation.admits(standing != nil),
        query.activity.admits(company.isActive), query.users.admits(count > 0)
      else { continue }
      let place: [Key.Part] =
        switch query.sort {
        case .name: [.text(company.name)]
        case .code: [.text(company.code ?? "")]
        case .users: [.number(count)]
        case .status: [.number(company.isActive ? 0 : 1)]
        case .granted where query.user == nil || query.relation == .lacking:
          [.text(company.name)]
        case .granted: [.text(standing?.grantedAt.text ?? "")]
        }
      let row = CompanySummary(company: company, users: count, standing: standing)
      keyed.append((Key(parts: place + [.text("\(company.id)")]), row))
    }
    let sorted = keyed.sorted { $0.key < $1.key }.map(\.row)
    return query.descending ? sorted.reversed() : sorted
  }

  private struct Key: Comparable {
    enum Part: Comparable {
      case number(Int)
      case text(String)

      static func id(_ text: String) -> Part { Int(text).map(Part.number) ?? .text(text) }

      static func < (one: Part, other: Part) -> Bool {
        switch (one, other) {
        case (.number(let one), .number(let other)): one < other
        case (.text(let one), .text(let other)): one.utf8.lexicographicallyPrecedes(other.utf8)
        case (.number, .text): true
        case (.text, .number): false
        }
      }
    }

    let parts: [Part]

    static func < (one: Key, other: Key) -> Bool {
      one.parts.lexicographicallyPrecedes(other.parts)
    }
  }
}

extension Relation {
  fileprivate func admits(_ isGranted: Bool) -> Bool {
    self == .marked || (self == .holding) == isGranted
  }
}

extension Activity {
  fileprivate func admits(_ isActive: Bool) -> Bool {
    self == .any || (self == .active) == isActive
  }
}

extension Presence {
  fileprivate func admits(_ hasSome: Bool) -> Bool { self == .any || (self == .some) == hasSome }
}
