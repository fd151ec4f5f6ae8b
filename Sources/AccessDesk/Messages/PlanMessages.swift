internal import CompanyAccess
internal import TerminalUI

/// A plan in words, for the confirmation.
struct PlanMessages {
  let plan: Plan

  init(_ plan: Plan) { self.plan = plan }

  var lines: [String] {
    var lines = EntityMessages.lines(plan).map {
      $0.label.isEmpty ? $0.value : "\($0.label): \($0.value)"
    }
    if let policy = plan.policy { lines.append("policy: \(policy.after)") }
    if let operators = plan.operators { lines += OperatorMessages.lines(operators) }
    if plan.leavesNoAdministrator { lines.append(EntityMessages.administratorWarning(plan)) }
    if plan.added > 0 { lines.append("\(Messages.pairs(plan.added)) would be granted") }
    if plan.removed > 0 { lines.append("\(Messages.pairs(plan.removed)) would be revoked") }
    if let users = plan.selectedUsers, let companies = plan.selectedCompanies {
      lines.append("users: \(number(users)), companies: \(number(companies))")
    }
    lines.append("grants: \(number(plan.before.grants)) now, \(number(plan.after.grants)) then")
    if plan.usersLeftWithNone.count > 0 {
      lines.append(
        "users left with none: "
          + list(plan.usersLeftWithNone.count, plan.usersLeftWithNone.first.map(\.username)))
    }
    if plan.companiesLeftWithNone.count > 0 {
      lines.append(
        "companies left with none: "
          + list(plan.companiesLeftWithNone.count, plan.companiesLeftWithNone.first.map(\.name)))
    }
    for notice in plan.notices {
      switch notice {
      case .inactiveUsers(let count): lines.append("inactive users among them: \(number(count))")
      case .inactiveCompanies(let count):
        lines.append("inactive companies among them: \(number(count))")
      case .acrossScope, .beyondRank: lines.append(ConfirmationMessages.words(notice))
      default:
        if !PlanMessages.isLeftAlone(notice), let words = EntityMessages.notice(notice) {
          lines.append(words)
        }
      }
    }
    return lines + leftAlone
  }

  /// Which pairs are left alone, and why; what holds for several pairs is said once.
  var leftAlone: [String] {
    var said: Set<String> = []
    let entities = plan.entitiesLeftAlone > PlanMessages.namedApart ? entitiesLeftAlone : nil
    return plan.notices.filter(PlanMessages.isLeftAlone)
      .map { notice in
        switch notice {
        case .entityLeftAlone, .moreEntitiesLeftAlone:
          entities ?? ConfirmationMessages.words(notice)
        default: ConfirmationMessages.words(notice)
        }
      }
      .filter { said.insert($0).inserted }
  }

  /// How many users and companies that are left alone are named in lines of their own.
  private static let namedApart = 3

  /// How many users and companies are left alone, the first by name, and why the first of them is.
  private var entitiesLeftAlone: String? {
    var names: [String] = []
    var why: EntityObstacle?
    for case .entityLeftAlone(let id, let name, let obstacle) in plan.notices {
      why = why ?? obstacle
      names.append("\(id.kind.rawValue) \(name ?? EntityMessages.id(id))")
    }
    let count = plan.entitiesLeftAlone
    guard let why else { return nil }
    let shown = names.prefix(PlanMessages.namedApart)
    return """
      left alone: \(number(count)) users and companies (\(shown.joined(separator: ", ")) and \
      \(number(count - shown.count)) more); the first \(why)
      """
  }

  /// Whether a notice says what is left alone, and why.
  private static func isLeftAlone(_ notice: PlanNotice) -> Bool {
    switch notice {
    case .changedSince, .userGone, .companyGone, .userReplaced, .divided, .moreLeftAlone,
      .entityLeftAlone, .moreEntitiesLeftAlone, .policyChangedSince, .operatorsChangedSince:
      true
    default: false
    }
  }

  /// What is worth a second look but keeps nothing from being done.
  var remarks: [String] {
    plan.notices.compactMap { PlanMessages.isLeftAlone($0) ? nil : EntityMessages.notice($0) }
  }

  /// What was done, or would be, in a sentence.
  func summary(_ result: ChangeResult, dryRun: Bool) -> String {
    let verb = { (done: String, planned: String) in dryRun ? "would " + planned : done }
    var parts: [String] = []
    if let words = EntityMessages.phrase(plan, done: !dryRun) {
      parts.append(dryRun ? "would \(words)" : words)
    }
    let pairs = { (count: Int) in Messages.pairs(count) }
    if result.added > 0 { parts.append("\(verb("granted", "grant")) \(pairs(result.added))") }
    if result.removed > 0 { parts.append("\(verb("revoked", "revoke")) \(pairs(result.removed))") }
    if let policy = plan.policy {
      parts.append("\(verb("set", "set")) the policy: \(policy.after)")
    }
    if let operators = plan.operators {
      parts.append(
        "\(verb("changed", "change")) the operators: \(OperatorMessages.phrase(operators))")
    }
    if parts.isEmpty { parts.append("nothing to change") }
    if result.unchanged > 0 { parts.append("\(pairs(result.unchanged)) as they were") }
    if result.leftAlone > 0 { parts.append("\(pairs(result.leftAlone)) left alone") }
    let end = dryRun ? "; nothing was done" : result.change.map { "; change \($0)" } ?? ""
    return parts.joined(separator: ", ") + end
  }

  private func list(_ count: Int, _ names: [String]) -> String {
    let shown = names.prefix(5)
    let more = count - shown.count
    return "\(number(count)) (\(shown.joined(separator: ", "))"
      + (more > 0 ? " and \(number(more)) more)" : ")")
  }

  private func number(_ count: Int) -> String { Digits.grouped(count) }
}
