/// Decides whether a `y` was given by a person who has read the confirmation.
///
/// Keys that were typed ahead, that a program sends, or that are pasted into a terminal without
/// bracketed paste come in a burst, and a person needs a moment to read. So `y` counts only if it is
/// alone, and if what it answers has been on the screen for a while. A value without a clock: every
/// call is told the time.
struct ConfirmationGate: Sendable {
  /// How long nothing else may come before a `y` and after it.
  static let quietTime = Duration.milliseconds(30)
  /// How long a confirmation must have been on the screen.
  static let readingTime = Duration.milliseconds(300)

  /// What a `y` would answer: the layer of a screen, and the number of its question.
  struct Asked: Hashable, Sendable {
    let layer: Int
    let question: Int
  }

  /// Why a `y` does not count.
  enum Refusal: Sendable { case tooEarly, inBurst }

  private var shown: (asked: Asked, since: Duration)?
  /// When something last came from the keyboard or the mouse, or was last being dealt with.
  private var lastInput: Duration?
  /// Whether something has come since the last picture.
  private var hasInput = false
  /// Whether the newest input came at least `quietTime` after the one before.
  private var isAlone = true
  /// A `y` that counts if nothing follows it.
  private var waiting: (asked: Asked, since: Duration)?

  /// When to ask `confirmed`, if nothing comes until then.
  var deadline: Duration? { waiting.map { $0.since + Self.quietTime } }

  /// Takes the news that the picture is on the screen.
  ///
  /// What came while the picture was being made counts as a part of the same burst, because when it
  /// came is not known.
  mutating func painted(_ asked: Asked?, at now: Duration) {
    if shown?.asked != asked { shown = asked.map { ($0, now) } }
    if hasInput { lastInput = now }
    hasInput = false
  }

  /// Takes the news that something came from the keyboard or the mouse.
  ///
  /// - Returns: Whether a waiting `y` does not count because of it.
  mutating func input(at now: Duration) -> Bool {
    isAlone = lastInput.map { now - $0 >= Self.quietTime } ?? true
    lastInput = now
    hasInput = true
    defer { waiting = nil }
    return waiting != nil
  }

  /// Takes a `y`, which is the newest input; why it does not count, or nil if it has to wait for
  /// what follows it.
  mutating func answer(_ asked: Asked, at now: Duration) -> Refusal? {
    guard isAlone else { return .inBurst }
    guard let shown, shown.asked == asked, now - shown.since >= Self.readingTime else {
      return .tooEarly
    }
    waiting = (asked, now)
    return nil
  }

  /// What has been confirmed, if something has; asked once.
  mutating func confirmed(at now: Duration) -> Asked? {
    guard let waiting, now - waiting.since >= Self.quietTime else { return nil }
    self.waiting = nil
    return waiting.asked
  }
}
