extension Intent {
  private static let start = "to change "

  /// What the record gives as the reason: that of the actor, and for an undo of everything after a
  /// change, which that is.
  func recordedReason(_ reason: ChangeReason) -> ChangeReason {
    guard case .undoTo(let change) = self else { return reason }
    var reason = reason
    reason.text = ["\(Intent.start)\(change)", reason.text].compactMap(\.self)
      .joined(separator: "; ")
    return reason
  }

  /// The change to which an undo went back, from its reason on the record; nil if it is none of
  /// everything after a change.
  static func target(ofReason reason: String?) -> ChangeID? {
    guard let reason, reason.hasPrefix(start) else { return nil }
    return Int64(reason.dropFirst(start.count).prefix { $0.isASCII && $0.isNumber }).map(
      ChangeID.init)
  }
}

extension Change {
  /// The change to which an undo of everything after it went back; nil for any other change.
  package var wentBackTo: ChangeID? {
    action == .undo && undoes == nil ? Intent.target(ofReason: reason) : nil
  }
}
