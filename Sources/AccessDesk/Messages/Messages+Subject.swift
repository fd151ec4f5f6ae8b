internal import CompanyAccess
internal import TerminalUI

/// What a change was about, in words.
extension Messages {
  /// What a change did, and to whom: `delete company Acme`, `deleted company Acme, undo of 43`, `added
  /// user lin` for another program.
  static func action(_ change: Change) -> String {
    let word = word(change)
    guard let subject = change.subject else {
      return change.policy.map { "\(word), \($0.after)" }
        ?? change.operators.map { "\(word), \(OperatorMessages.phrase($0))" } ?? word
    }
    // Where a change has pairs they are what it was about.
    let isAboutPairs = change.origin != .external && change.added + change.removed > 0
    let known = isAboutPairs ? "" : firstKnown(subject).map { ", \($0)" } ?? ""
    guard let words = entities(of: change, subject) else { return word + known }
    if change.undoes != nil { return "\(words), \(word)\(known)" }
    switch change.action {
    case .add, .edit, .deactivate, .activate, .delete: return "\(word) \(words)\(known)"
    // Beside it stands that another program did it.
    case .external: return words + known
    default: return "\(word), \(words)\(known)"
    }
  }

  /// What a change was about, for a column of its own: `user ann`, `the application added user lin`,
  /// `john_smith +HQ +LA`; nil where there is nothing to say.
  static func subject(_ change: Change) -> String? {
    guard let subject = change.subject else {
      return change.policy?.after.description ?? change.operators.map(OperatorMessages.phrase)
    }
    let did = entities(of: change, subject).map {
      change.origin == .external ? "the application \($0)" : $0
    }
    let what = pairs(subject.pairs) ?? subject.extent.map { extent($0, change) }
    let parts = [did ?? what, firstKnown(subject)].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// What a change did and to whom, as short as a column of the log needs it: `john_smith +CHI +LA`,
  /// `3 users x HQ`, `the application deleted user lin`, `undo of 43: lin -HQ`.
  static func story(_ change: Change) -> String {
    guard let subject = change.subject else {
      return change.origin == .external ? "the application" : action(change)
    }
    if entities(of: change, subject) != nil {
      return change.origin == .external ? self.subject(change) ?? "" : action(change)
    }
    let what = pairs(subject.pairs, codes: true) ?? subject.extent.map { extent($0, change) }
    guard let what else { return action(change) }
    switch change.action {
    case .grant, .revoke, .grantAndRevoke: return what
    case .external: return "the application: \(what)"
    default: return "\(word(change)): \(what)"
    }
  }

  /// `john_smith +6 companies`, `HQ -3 users`, `3 users x 4 companies`.
  private static func extent(_ extent: ChangeSubject.Extent, _ change: Change) -> String {
    let sign = change.removed == 0 ? "+" : change.added == 0 ? "-" : "x "
    if let user = extent.user {
      return "\(user) \(sign)\(extent.company ?? companies(extent.companies))"
    }
    return "\(users(extent.users)) x \(extent.company ?? companies(extent.companies))"
  }

  /// The action, or what was undone.
  private static func word(_ change: Change) -> String {
    change.wentBackTo.map { "back to \($0)" } ?? change.undoes.map { "undo of \($0)" }
      ?? change.action.rawValue
  }

  /// `first known: user ann`: the users and companies of whom the change does not tell how they came.
  private static func firstKnown(_ subject: ChangeSubject) -> String? {
    let parts = subject.counts.filter { $0.event == .firstKnown }.map { entities($0, subject) }
    return parts.isEmpty
      ? nil : "\(EntityMessages.event(.firstKnown)): \(parts.joined(separator: ", "))"
  }

  /// The users and companies to whom a change did something, behind what that was unless its action
  /// says so.
  private static func entities(of change: Change, _ subject: ChangeSubject) -> String? {
    let counts = subject.counts.filter { $0.event != .firstKnown }
    guard !counts.isEmpty else { return nil }
    let saysAction = [.add, .edit, .deactivate, .activate, .delete].contains(change.action)
    let parts = counts.map { count in
      let words = entities(count, subject)
      return saysAction ? words : "\(verb(count.event, of: change)) \(words)"
    }
    return parts.joined(separator: ", ")
  }

  private static func verb(_ event: ChangedEntity.Event, of change: Change) -> String {
    switch event {
    case .made: change.undoes == nil ? "added" : "brought back"
    case .firstKnown: EntityMessages.event(event)
    case .edited: change.undoes == nil ? "edited" : "changed back"
    case .gone: "deleted"
    }
  }

  /// `user ann`, `users ann, lin`, `40 users`.
  private static func entities(_ count: ChangeSubject.Count, _ subject: ChangeSubject) -> String {
    let names = subject.entities.filter { $0.kind == count.kind && $0.event == count.event }
      .map(\.name)
    let word = count.kind.rawValue
    let many = count.kind == .user ? "users" : "companies"
    switch names.count {
    case 0: return Digits.counted(count.number, word, many)
    case 1: return "\(word) \(names[0])"
    default: return "\(many) \(names.joined(separator: ", "))"
    }
  }

  /// `john_smith +HQ -LA`, or several of these.
  private static func pairs(_ pairs: [ChangeSubject.Pair], codes: Bool = false) -> String? {
    guard !pairs.isEmpty else { return nil }
    var users: [String] = []
    for pair in pairs where !users.contains(pair.user) { users.append(pair.user) }
    let words = users.map { user in
      let companies = pairs.filter { $0.user == user }
        .map {
          ($0.outcome == .granted ? "+" : "-") + (codes ? $0.companyCode ?? $0.company : $0.company)
        }
      return "\(user) \(companies.joined(separator: " "))"
    }
    return words.joined(separator: ", ")
  }

  /// Who else had a name: `another user bob, id 1, deleted by change 4; id:1 means that one`.
  static func namesake(_ other: Namesake) -> String {
    "another \(other); id:\(EntityMessages.id(other.id)) means that one"
  }

  /// Under what name one who was found by an earlier name is known now.
  static func renamed(_ found: Namesake) -> String? {
    found.nameNow.map { "\(found.name) is called \($0) since change \(found.until)" }
  }

  /// Whose a grant was, if it was an earlier holder's of an id; nil for any other.
  static func earlierHolder(_ episode: GrantTimeline.Episode) -> String? {
    let names = [episode.earlierUser, episode.earlierCompany].compactMap(\.self)
    return names.isEmpty ? nil : "of " + names.joined(separator: " and ")
  }
}
