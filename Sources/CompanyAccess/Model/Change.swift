/// Through what a change was made.
public enum Origin: String, Hashable, Sendable, CaseIterable {
  case desk
  case command
  case library
  /// By another program that wrote to the file.
  case external
}

/// What a change did, as one word on the record.
public enum ChangeAction: String, Hashable, Sendable, CaseIterable {
  case grant
  case revoke
  case bulkGrant = "bulk-grant"
  /// Some pairs were granted and others revoked, as in the grid.
  case grantAndRevoke = "grant-revoke"
  case undo
  /// Everything after the change that it names was taken back.
  case undoTo = "undo-to"
  case importFile = "import"
  case sync
  case backfill
  /// A user or a company was added.
  case add
  /// A user or a company was edited.
  case edit
  case deactivate
  case activate
  /// A user or a company was deleted, with its grants.
  case delete
  /// Written by another program.
  case external
  case recordBegan = "record began"
  /// Grants that ended long ago were written to a file and removed.
  case prune
  /// The kept names of a deleted user or company were removed.
  case forget
  /// The record was sealed: nothing more joins the change before.
  case seal
  /// The record of an earlier version of this program was brought over.
  case upgrade
  /// Differences between the record and the tables, of which no change tells, were put on the record.
  case found
  /// The policy was changed.
  case policy
  /// Who may do what was changed.
  case operators
  /// Triggers that were missing are back.
  case recordResumed = "record resumed"
  /// The file became what a backup holds, with the record of that time.
  case restore
}

/// One operation on the record.
public struct Change: Identifiable, Hashable, Sendable {
  /// Its number; order is by number, never by time.
  public let id: ChangeID
  /// When it was made.
  public let at: Timestamp
  /// Who made it, as `name@host`.
  public let actor: String
  /// Through what it was made.
  public let origin: Origin
  /// What it did.
  public let action: ChangeAction
  /// Why, in the words of the actor.
  public let reason: String?
  /// The ticket that asked for it.
  public let ticket: String?
  /// When it was decided: a time, or a day as `YYYY-MM-DD`.
  public let decidedAt: Timestamp?
  /// How many pairs it granted.
  ///
  /// Those of other programs' changes are counted when they are read: what has been pruned since, or
  /// was never recorded, is not among them.
  public let added: Int
  /// How many pairs it ended.
  public let removed: Int
  /// The change that it undoes, for an undo; for one of everything after a change, that one.
  public let undoes: ChangeID?
  /// What it was about; nil where nothing is to be said, or it was not asked for.
  public internal(set) var subject: ChangeSubject?
  /// What it made of the policy; nil if nothing, or it was not asked for.
  public internal(set) var policy: PolicyChange?
  /// What it made of the operators; nil if nothing, or it was not asked for.
  public internal(set) var operators: OperatorsChange?
  /// What it means for the record, for a restoration; nil if it is none, or it was not asked for.
  public internal(set) var restoration: RestorationNote?

  /// A change with these facts.
  public init(
    id: ChangeID, at: Timestamp, actor: String, origin: Origin, action: ChangeAction,
    reason: String?, ticket: String? = nil, decidedAt: Timestamp? = nil, added: Int, removed: Int,
    undoes: ChangeID?, subject: ChangeSubject? = nil
  ) {
    self.id = id
    self.at = at
    self.actor = actor
    self.origin = origin
    self.action = action
    self.reason = reason
    self.ticket = ticket
    self.decidedAt = decidedAt
    self.added = added
    self.removed = removed
    self.undoes = undoes
    self.subject = subject
  }
}

extension Change {
  /// Whether another program made it, and nothing is known of which; a server knows its login.
  package var isAnonymous: Bool { origin == .external && actor == "unknown" }
}
