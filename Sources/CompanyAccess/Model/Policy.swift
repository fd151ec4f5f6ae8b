/// What every change of a database must come with.
public struct Policy: Hashable, Sendable {
  /// What a change does, as far as a policy asks for it.
  ///
  /// An undo, an import or a sync is asked by what it does: one that revokes needs what a revocation needs.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    /// It grants a pair, in whichever way.
    case grant
    /// It revokes a pair.
    case revoke
    /// It adds a user or a company, or brings one back.
    case add
    /// It edits, activates or deactivates a user or a company.
    case edit
    /// It deletes a user or a company.
    case delete
    /// It changes the policy.
    case policy
    /// It changes who may do what.
    case operators
  }

  /// The actions that need a ticket.
  public var requiresTicket: Set<Action>

  /// A policy.
  ///
  /// - Parameter requiresTicket: The actions that need a ticket; none unless told otherwise.
  public init(requiresTicket: Set<Action> = []) { self.requiresTicket = requiresTicket }

  /// The actions that need a ticket, in the order of `Action.allCases`.
  public var ticketActions: [Action] { Action.allCases.filter(requiresTicket.contains) }
}

/// What a change makes of a value of the whole database.
public struct ValueChange<Setting: Hashable & Sendable>: Hashable, Sendable {
  /// The value before.
  public let before: Setting
  /// The value afterwards.
  public let after: Setting
}

/// What a change makes of the policy.
public typealias PolicyChange = ValueChange<Policy>

extension Policy: CustomStringConvertible {
  /// The policy as half a sentence.
  public var description: String {
    requiresTicket.isEmpty
      ? "no ticket is required"
      : "a ticket is required to \(Policy.list(ticketActions))"
  }

  /// Actions as what follows "to": `grant or revoke`.
  package static func list(_ actions: [Action]) -> String {
    let words = actions.map {
      switch $0 {
      case .grant, .revoke: $0.rawValue
      case .add, .edit, .delete: "\($0.rawValue) users and companies"
      case .policy: "change the policy"
      case .operators: "change the operators"
      }
    }
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or \(last)"
  }
}
