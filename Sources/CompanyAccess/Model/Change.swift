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
  case undo
  case importFile = "import"
  case sync
  case backfill
  /// Users or companies added, edited or deleted.
  case edit
  /// Written by another program.
  case external
  case recordBegan = "record began"
  /// Grants that ended long ago were written to a file and removed.
  case prune
  /// The kept name of a deleted user was removed.
  case forget
  /// Triggers that were missing are back.
  case recordResumed = "record resumed"
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
  /// Why, in the words of whoever made it.
  public let reason: String?
  /// How many pairs it granted.
  public let added: Int
  /// How many pairs it ended.
  public let removed: Int
  /// The change that it undoes, for an undo.
  public let undoes: ChangeID?

  /// A change with these facts.
  public init(
    id: ChangeID, at: Timestamp, actor: String, origin: Origin, action: ChangeAction,
    reason: String?, added: Int, removed: Int, undoes: ChangeID?
  ) {
    self.id = id
    self.at = at
    self.actor = actor
    self.origin = origin
    self.action = action
    self.reason = reason
    self.added = added
    self.removed = removed
    self.undoes = undoes
  }
}
