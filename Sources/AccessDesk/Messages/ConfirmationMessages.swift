internal import CompanyAccess
internal import TerminalUI

/// What a confirmation says of a plan.
enum ConfirmationMessages {
  static func title(_ intent: Intent, _ plan: Plan?) -> String {
    switch intent {
    case .grant: "Confirm: " + subject(plan, "add", "to")
    case .revoke: "Confirm: " + subject(plan, "remove", "from")
    case .edits: "Confirm: what is staged" + (plan.map { ", \(extent($0))" } ?? "")
    case .revokeFormer: "Confirm: remove the grants of earlier and missing users and companies"
    case .bulkGrant: "Confirm: bulk add, every company to every user"
    case .undo(let change, let overwrite):
      "Confirm: undo change \(change)" + (plan.flatMap(whose).map { ", \($0)" } ?? "")
        + (overwrite ? ", also where it was changed since" : "")
    case .undoTo(let change): "Confirm: undo everything after change \(change)"
    case .staged: "Confirm: the pairs of a file"
    case .entity(let edit): "Confirm: " + EntityMessages.title(edit, plan)
    case .backfill: "Confirm: what the application knows already"
    case .policy: "Confirm: another policy"
    case .operators: "Confirm: another operator"
    }
  }

  /// `add companies to ann`, or `add users to Head Office`, by what all pairs have in common.
  private static func subject(_ plan: Plan?, _ verb: String, _ word: String) -> String {
    guard let plan else { return "\(verb) access" }
    if let user = plan.user { return "\(verb) companies \(word) \(Messages.heading(user))" }
    guard let company = plan.company else { return "\(verb) access" }
    return "\(verb) users \(word) \(Messages.name(company))"
  }

  /// What single pairs have in common, or how many users and companies they are of.
  private static func extent(_ plan: Plan) -> String {
    if let words = whose(plan) { return words }
    let users = Messages.users(plan.selectedUsers ?? 0)
    return "\(users) x \(Messages.companies(plan.selectedCompanies ?? 0))"
  }

  /// Whose access an undo changes, or which user or company it is about, if it is one.
  private static func whose(_ plan: Plan) -> String? {
    if plan.entities.count == 1 { return EntityMessages.phrase(plan) }
    if let user = plan.user { return "companies of \(Messages.heading(user))" }
    return plan.company.map { "users of \(Messages.name($0))" }
  }

  static let nothingLeftAlone = "Nothing is left alone."
  static let noOtherGrants = "There is nothing of the kind to be done here."
  static let notNow = "Not now."
  static let failed: DisplayText = "This can't be done now; Esc goes back."
  static let wayOut: DisplayText = "Esc cancels; until the end nothing has happened."
  static let end: DisplayText = "the end; Up goes back"
  static let reason: DisplayText = "Reason: "
  static let ticket: DisplayText = "Ticket: "
  static let decided: DisplayText = "Decided on: "
  static let otherFields: DisplayText = "  Tab: reason, ticket, date"
  static let answers: DisplayText = " y / Esc "
  static let working = "Working"
  static let command: DisplayText = "The command that does the same:"
  static let noCommand: DisplayText = "There is no single command that does this."

  static func linesBelow(_ count: Int) -> String { Digits.counted(count, "more line") + ": Down" }

  static func typeNumber(_ number: Int) -> String { "Type the number of pairs first: \(number)." }
  static func typeText(_ texts: [String]) -> String { "Type this first: \(anyOf(texts))" }
  static func typeThenConfirm(_ texts: [String]) -> String {
    "Type \(anyOf(texts)), then press y: "
  }
  private static func anyOf(_ texts: [String]) -> String { texts.joined(separator: " or ") }

  /// Why `y` does nothing while the policy requires a ticket; nil if it does not.
  static func ticketNeeded(_ plan: Plan, _ reason: ChangeReason) -> String? {
    let missing = plan.needsTicket(reason)
    return missing.isEmpty
      ? nil : "The policy requires a ticket to \(Policy.list(missing)): press r and fill it in."
  }

  static func question(_ plan: Plan) -> String {
    var parts = EntityMessages.phrase(plan).map { [$0] } ?? []
    if let policy = plan.policy { parts.append("set the policy: \(policy.after)") }
    if let operators = plan.operators { parts += OperatorMessages.lines(operators) }
    if plan.added > 0 { parts.append("grant " + Messages.pairs(of: plan, .granted, "to")) }
    if plan.removed > 0 { parts.append("revoke " + Messages.pairs(of: plan, .revoked, "from")) }
    let words = parts.joined(separator: ", ")
    return words.prefix(1).uppercased() + words.dropFirst() + "?"
  }

  static func phase(_ phase: WorkPhase) -> String {
    switch phase {
    case .planning: "Counting"
    case .writing: "Writing"
    case .indexing: "Indexing"
    case .copying: "Copying"
    case .checking: "Checking"
    case .finishing: "Finishing"
    }
  }

  // MARK: - The body

  /// The lines between the heading and the question.
  ///
  /// Figures come first: in a small window the list of pairs may need scrolling.
  static func lines(
    _ plan: Plan, sameAs model: Entity?, reason: ChangeReason, width: Int
  ) -> [StyledLine] {
    let subjects = about(plan) + (model.map { [("Same as", $0.longName)] } ?? [])
    var lines = (subjects + EntityMessages.lines(plan)).flatMap {
      wrapped($0.label, $0.value, width)
    }
    lines += figures(plan)
    lines += warnings(plan, width)
    if let text = reason.text { lines.append(pair("Reason", text)) }
    let missing = plan.needsTicket(reason)
    if !missing.isEmpty {
      lines += wrapped("Ticket", "required by the policy to \(Policy.list(missing))", width)
    } else if let ticket = reason.ticket {
      lines.append(pair("Ticket", ticket))
    }
    if let decided = reason.decidedAt {
      lines.append(pair("Decided on", decided.localMinuteOrDay))
    }
    if !plan.pairs.isEmpty {
      lines.append(StyledLine())
      lines += plan.pairs.map { line($0, of: plan) }
    }
    return lines
  }

  /// What an undo undoes, and whose access a plan changes if that is one user's, or one company's.
  private static func about(_ plan: Plan) -> [(label: String, value: String)] {
    var lines: [(label: String, value: String)] = []
    if let change = plan.undone {
      let who = ChangeMessages.author(change)
      lines.append(
        ("Undoes", "\(Messages.action(change)) by \(who), \(change.at.localMinuteAndZone)"))
      if let reason = change.reason { lines.append(("Its reason", reason)) }
      if let ticket = change.ticket { lines.append(("Its ticket", ticket)) }
    }
    switch plan.intent {
    // The title names them.
    case .grant, .revoke, .edits, .bulkGrant: return lines
    case .undo, .undoTo, .revokeFormer, .entity, .staged, .backfill, .policy, .operators: break
    }
    let named = plan.entities.compactMap(\.id)
    if let user = plan.user, !named.contains(.user(user.id)), !user.id.description.isEmpty {
      lines.append(("User", Messages.name(user)))
    }
    if let company = plan.company, !named.contains(.company(company.id)),
      !company.id.description.isEmpty
    {
      lines.append(("Company", Messages.name(company)))
    }
    return lines
  }

  private static func figures(_ plan: Plan) -> [StyledLine] {
    var lines: [StyledLine] = []
    if let users = plan.selectedUsers, let companies = plan.selectedCompanies,
      case .bulkGrant = plan.intent
    {
      let all = "\(Messages.users(users)) x \(Messages.companies(companies))"
      let pairs = Digits.grouped(users * companies - leftOut(plan))
      lines.append(
        pair(
          "Grid",
          leftOut(plan) > 0 ? "\(all), \(pairs) pairs permitted" : "\(all) = \(pairs)"))
      lines.append(pair("Granted already", Digits.grouped(plan.unchanged)))
    }
    if plan.added > 0 { lines.append(pair("Would be granted", Digits.grouped(plan.added))) }
    if plan.removed > 0 { lines.append(pair("Would be revoked", Digits.grouped(plan.removed))) }
    if plan.leftAlone > 0 { lines.append(pair("Left alone", Digits.grouped(plan.leftAlone))) }
    if let count = plan.companiesOfUser {
      lines.append(pair("Companies of the user", "\(count.before) -> \(count.after)"))
    }
    if let count = plan.usersOfCompany {
      lines.append(pair("Users of the company", "\(count.before) -> \(count.after)"))
    }
    lines.append(
      pair(
        "Grants in all",
        "\(Digits.grouped(plan.before.grants)) -> \(Digits.grouped(plan.after.grants))"))
    lines.append(
      pair("Coverage", "\(Messages.percent(plan.before)) -> \(Messages.percent(plan.after))"))
    return lines
  }

  /// Pairs of the grid that may not be granted.
  private static func leftOut(_ plan: Plan) -> Int {
    plan.notices.reduce(0) { if case .acrossScope(let count) = $1 { $0 + count } else { $0 } }
  }

  private static func pair(_ label: String, _ value: String) -> StyledLine {
    let gap = String(repeating: " ", count: max(1, 23 - label.utf8.count))
    return StyledLine([(DisplayText(label + gap), .faint), (DisplayText(value), .normal)])
  }

  /// A line for a value that may be longer than the window.
  private static func wrapped(_ label: String, _ value: String, _ width: Int) -> [StyledLine] {
    let label = DisplayText(label).cut(to: 21).padded(to: 23)
    let parts = DisplayText(value).wrapped(to: max(10, width - 23))
    return parts.enumerated().map { index, part in
      StyledLine([(index == 0 ? label : .blanks(23), .faint), (part, .normal)])
    }
  }

  private static func warnings(_ plan: Plan, _ width: Int) -> [StyledLine] {
    var lines: [String] =
      plan.leavesNoAdministrator ? [EntityMessages.administratorWarning(plan)] : []
    if plan.usersLeftWithNone.count > 0 {
      let names = plan.usersLeftWithNone.first.map(Messages.name).joined(separator: "; ")
      lines.append(
        "\(Messages.users(plan.usersLeftWithNone.count)) left with no company at all: " + names
          + (plan.usersLeftWithNone.count > plan.usersLeftWithNone.first.count ? "; ..." : ""))
    }
    if plan.companiesLeftWithNone.count > 0 {
      let names = plan.companiesLeftWithNone.first.map(Messages.name).joined(separator: "; ")
      lines.append(
        "\(Messages.companies(plan.companiesLeftWithNone.count)) left that no user may enter: "
          + names)
    }
    lines += plan.notices.map { words($0, of: plan) }
    return lines.flatMap { DisplayText("! " + $0).wrapped(to: width) }
      .map { StyledLine($0, .warning) }
  }

  static func words(_ notice: PlanNotice, of plan: Plan) -> String {
    switch notice {
    case .inactiveUsers(1) where plan.user != nil: "the user is inactive"
    case .inactiveCompanies(1) where plan.company != nil: "the company is inactive"
    case .ruleWouldGrant: words(notice) + "; g adds this"
    default: words(notice)
    }
  }

  static func words(_ notice: PlanNotice) -> String {
    switch notice {
    case .inactiveUsers(1): "one of the users is inactive"
    case .inactiveUsers(let count): "\(Digits.grouped(count)) of the users are inactive"
    case .inactiveCompanies(1): "one of the companies is inactive"
    case .inactiveCompanies(let count):
      "\(Digits.grouped(count)) of the companies are inactive"
    case .acrossScope(let count):
      "\(Messages.pairs(count)) left out: user and company are not of the same organization"
    case .divided(let user, let company, let name, let companyName):
      "left alone: \(pair(user, company, name, companyName)), "
        + "which are not of the same organization"
    case .changedSince(let user, let company, let name, let companyName, let change):
      "left alone: \(pair(user, company, name, companyName)), changed since"
        + (change.map { " by change \($0)" } ?? "")
    case .userGone(let user, let name):
      "left alone: user \(name ?? "?"), id \(user), is gone"
    case .companyGone(let company, let name):
      "left alone: company \(name ?? "?"), id \(company), is gone"
    case .userReplaced(let user, let was, let now):
      "left alone: user id \(user) was \(was ?? "?") and now belongs to \(now)"
    case .moreLeftAlone(let count): "\(Messages.pairs(count)) more left alone"
    case .field, .looksLike, .keepsGrants, .orphans, .ruleGrants, .ruleWouldGrant,
      .keepsOldCompany, .entityLeftAlone, .restoredInPart, .moreEntitiesLeftAlone:
      EntityMessages.notice(notice) ?? ""
    case .policyChangedSince(let change): "left alone: the policy, set since by change \(change)"
    case .operatorsChangedSince(let change):
      "left alone: the operators, changed since by change \(change)"
    case .beyondRank(let count):
      "\(Messages.users(count)) left out, whose role does not rank below yours"
    }
  }

  /// One pair: what happens, the company, and the user unless all lines have the same one.
  private static func line(_ result: PairResult, of plan: Plan) -> StyledLine {
    let (mark, style, note): (DisplayText, Style, String) =
      switch result.outcome {
      case .granted: ("+ ", .good, "")
      case .revoked: ("- ", .danger, "")
      case .already: ("= ", .faint, "  had already")
      case .absent: ("  ", .faint, "  had not")
      case .skipped: ("! ", .warning, "  left alone")
      }
    let company = result.company
    let code = company.code.map { " (\($0))" } ?? ""
    let inactive = company.isActive ? "" : "  inactive"
    // A new company gets its id when it is added.
    let id = company.id.description.isEmpty ? "" : "  id \(company.id)"
    var line = StyledLine(mark, style)
    if plan.user == nil {
      line.append(DisplayText(Messages.name(result.user)))
      if !result.user.isActive { line.append(" inactive", .warning) }
      line.append(": ")
    }
    return line
      + StyledLine([
        (DisplayText(company.name + code + note), .normal),
        (DisplayText(inactive), .warning), (DisplayText(id), .faint),
      ])
  }

  /// A pair by its names, with the id of the user, and the id of the company if it has no name.
  private static func pair(
    _ user: UserID, _ company: CompanyID, _ name: String?, _ companyName: String?
  ) -> String {
    "user \(name.map { "\($0), " } ?? "")id \(user), company \(companyName ?? "id \(company)")"
  }
}
