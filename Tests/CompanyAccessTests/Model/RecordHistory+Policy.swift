import TestSupport
import Testing

@testable import CompanyAccess

/// What the model of a history knows of policies, and of the names of its states.
struct PolicyModel {
  /// The policy after each change that set one.
  private(set) var made: [(change: Int64, policy: Set<Policy.Action>)] = []

  var now: Set<Policy.Action> { made.last?.policy ?? [] }

  /// The policy after a change.
  func policy(after change: Int64) -> Set<Policy.Action> {
    made.last { $0.change <= change }?.policy ?? []
  }

  /// What an intent that was carried out as a change makes of the policy.
  mutating func take(_ intent: Intent, _ change: Int64) {
    let then: Set<Policy.Action>
    switch intent {
    case .policy(let policy): then = policy.requiresTicket
    case .undoTo(let last): then = policy(after: last.number)
    case .undo(let undone, let overwrites):
      guard let index = made.firstIndex(where: { $0.change == undone.number }) else { return }
      let isLast = index == made.count - 1
      guard overwrites || isLast || made[index].policy == now else { return }
      then = policy(after: undone.number - 1)
    default: return
    }
    if then != now { made.append((change, then)) }
  }
}

extension RecordHistory {
  /// Sets a policy at random.
  func setPolicy() throws {
    let actions = Policy.Action.allCases.filter { _ in dice.happens(0.25) }
    try ours(.policy(Policy(requiresTicket: Set(actions))))
  }

  /// A ticket half of the time.
  func someReason() -> ChangeReason {
    ChangeReason(ticket: dice.happens(0.5) ? "T-\(dice.number(1...99))" : nil)
  }

  /// What a plan does for which the model wants a ticket that a reason has not.
  func missing(_ plan: Plan, _ reason: ChangeReason) -> [Policy.Action] {
    guard reason.ticket == nil else { return [] }
    var actions: Set<Policy.Action> = []
    if plan.added > 0 { actions.insert(.grant) }
    if plan.removed > 0 { actions.insert(.revoke) }
    if plan.policy != nil { actions.insert(.policy) }
    for entity in plan.entities {
      actions.insert(entity.event == .gone ? .delete : entity.event == .edited ? .edit : .add)
    }
    if case .staged(let pairs) = plan.intent, pairs.newUsers + pairs.newCompanies > 0 {
      actions.insert(.add)
    }
    return Policy.Action.allCases.filter(policies.now.intersection(actions).contains)
  }

  /// Whether the model wants a ticket for some actions, too.
  func isMissing(_ actions: [Policy.Action], _ reason: ChangeReason) -> Bool {
    reason.ticket == nil && policies.now.isSuperset(of: actions)
  }

  /// Names the state, or goes back to one that was named, if it is still kept.
  func snapshot() throws {
    let newest = try newest
    if let name = snapshots.keys.sorted().randomElement(using: &dice), dice.happens(0.5) {
      let found = try desk.store.snapshot(named: name)
      #expect(found.change.number == snapshots[name], "seed \(seed), \(name)")
      return try ours(.undoTo(found.change))
    }
    try desk.store.saveSnapshot("state\(newest)", replacing: true)
    snapshots["state\(newest)"] = newest
  }

  /// Compares the policies of all moments that are known with the model.
  func checkPolicies() throws {
    #expect(try desk.store.policy().requiresTicket == policies.now, "seed \(seed)")
    for change in states.keys where !unseen.contains(change) {
      #expect(
        try desk.store.policy(at: .after(ChangeID(change))).requiresTicket
          == policies.policy(after: change), "seed \(seed), moment \(change)")
    }
  }
}
