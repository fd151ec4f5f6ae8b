extension Change {
  /// The change to which an undo of everything after it went back; nil for any other change.
  package var wentBackTo: ChangeID? { action == .undoTo ? undoes : nil }
}
