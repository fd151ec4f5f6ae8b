internal import CompanyAccess
internal import Formats

/// Operators in words.
enum OperatorMessages {
  static let none = "there are no operators: every login that can write the file may do everything"
  static let removingLast = "removing the last operator, so that every login may do everything,"
  static func shutsOut(_ login: String) -> String {
    "making another login the first operator, which shuts \(login) out,"
  }
  static let rolesNote =
    "within the scope, and upon users whose role ranks below; what needs the whole database needs a "
    + "scope of everything"

  /// What the title says of a part of the database; nil where it is all.
  static func part(_ scope: OperatorScope) -> String? {
    switch scope {
    case .everything: nil
    case .organization(let name): "your organization \(name)"
    case .companies: "your companies"
    }
  }

  /// What a role permits, in a sentence.
  static func permissions(_ role: OperatorRole) -> String {
    let all = OperatorRole.Permission.allCases.filter(role.permissions.contains).map(\.words)
    return all.isEmpty ? "may do nothing" : "may " + all.joined(separator: "; ")
  }

  /// Who is at work, and what that person may do.
  static func whoAmI(_ actor: String, _ acting: Operator?, companies: Cell) -> String {
    guard let acting else { return "\(actor); \(none)" }
    let scope = if case .text(let names) = companies { names } else { scope(acting.scope) }
    return "\(actor), \(acting.role.rawValue) of \(scope); \(permissions(acting.role))"
  }

  /// An operator as a line tells one: `anna, hr_admin of the organization 5`.
  static func words(_ one: Operator) -> String {
    "\(one.login), \(one.role.rawValue) of \(scope(one.scope))"
  }

  /// A scope, as it follows "of"; companies by their ids.
  static func scope(_ scope: OperatorScope) -> String {
    switch scope {
    case .everything: "everything"
    case .organization(let name): "the organization \(name)"
    case .companies(let ids):
      (ids.count == 1 ? "the company " : "the companies ")
        + ids.map(\.description).joined(separator: ", ")
    }
  }

  /// The options of a command that name a scope.
  static func options(_ scope: OperatorScope) -> [String] {
    switch scope {
    case .everything: ["--everything"]
    case .organization(let name): ["--scope", name]
    case .companies(let ids): ids.flatMap { ["--company", "id:\($0)"] }
    }
  }

  /// What becomes of the operators: a line for each who comes, goes or changes.
  static func lines(_ change: OperatorsChange) -> [String] {
    let logins = (change.before.all + change.after.all).map(\.login)
    var said: Set<String> = []
    return logins.filter { said.insert($0).inserted }.compactMap { login in
      switch (change.before[login], change.after[login]) {
      case (nil, let one?): "add the operator \(words(one))"
      case (let one?, nil): "remove the operator \(words(one))"
      case (let before?, let after?) where before != after:
        "edit the operator \(words(before)): becomes \(after.role.rawValue) of \(scope(after.scope))"
      default: nil
      }
    }
  }

  /// The same in few words: `anna added`, `2 operators changed`.
  static func phrase(_ change: OperatorsChange) -> String {
    let logins = Set((change.before.all + change.after.all).map(\.login)).filter {
      change.before[$0] != change.after[$0]
    }
    guard let login = logins.first, logins.count == 1 else { return "\(logins.count) changed" }
    switch (change.before[login], change.after[login]) {
    case (nil, let one?): return "added \(words(one))"
    case (let one?, nil): return "removed \(words(one))"
    default: return change.after[login].map { "\(words($0))" } ?? login
    }
  }
}
