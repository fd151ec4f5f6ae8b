internal import TerminalUI

/// Turns the bytes that a terminal sends into events.
///
/// Curses decodes them too, but gives what it does not know as single letters, and the letters of
/// a key that was not meant must not become commands. Here such a sequence is dropped as a whole.
/// A value without a clock: every call is told the time, in milliseconds.
struct InputDecoder {
  /// How long the rest of a key may take that has begun unmistakably, over a slow line.
  static let sequenceDelay = 250
  /// After so long a silence a paste is over, even without its end mark.
  static let pasteDelay = 1000
  static let longestPaste = 65536
  /// More than any sequence that means something.
  static let longestSequence = 64

  private let grammar: InputGrammar
  private let mouse: Bool
  private var pending: [UInt8] = []
  private var pendingSince = 0
  private var paste: PasteCollector?
  /// What has begun is not wanted any more when it is complete.
  private var isDiscarding = false
  private var lastPress: (position: Position, time: Int)?
  /// Whether something came that meant nothing, or is not wanted.
  private var hasDropped = false

  /// When to call `expire`, if nothing comes until then.
  private(set) var deadline: Int?

  /// - Parameters:
  ///   - keys: the sequences that this terminal sends for its keys, all beginning with ESC.
  ///   - escapeDelay: how long an ESC may stay alone before it is the Esc key.
  ///   - mouse: whether mouse reports are wanted.
  init(keys: [[UInt8]: Key] = [:], escapeDelay: Int = 25, mouse: Bool = false) {
    grammar = InputGrammar(keys: keys, escapeDelay: escapeDelay)
    self.mouse = mouse
  }

  /// What the bytes complete.
  mutating func feed(_ bytes: some Sequence<UInt8>, at now: Int) -> [Event] {
    var events: [Event] = []
    for byte in bytes { take(byte, at: now, &events) }
    deadline = nextDeadline(now)
    return events
  }

  /// What is complete because nothing followed it.
  mutating func expire(at now: Int) -> [Event] {
    guard let deadline, now >= deadline else { return [] }
    self.deadline = nil
    defer { isDiscarding = false }
    if let paste = self.paste {
      self.paste = nil
      return isDiscarding ? [] : [.paste(paste.text)]
    }
    // Only ESCs stand for keys as they are; any other beginning means nothing.
    let escapes = holdsEscape && !isDiscarding ? pending.count : 0
    pending = []
    return Array(repeating: .key(.escape), count: escapes)
  }

  /// Drops what has begun, with all that still belongs to it.
  mutating func discard() { isDiscarding = paste != nil || !pending.isEmpty }

  /// Whether there was, since this was last asked, more than the events that were given: something
  /// without a meaning, or the beginning of something.
  mutating func takeOtherInput() -> Bool {
    defer { hasDropped = false }
    return hasDropped || !pending.isEmpty || paste != nil
  }

  /// Whether a paste has begun and not ended.
  var isPasting: Bool { paste != nil }

  /// Whether what has begun may still be the Esc key.
  var holdsEscape: Bool { !pending.isEmpty && pending.allSatisfy { $0 == 0x1B } }

  private func nextDeadline(_ now: Int) -> Int? {
    if paste != nil { return now + Self.pasteDelay }
    if pending.isEmpty { return nil }
    return pendingSince + (holdsEscape ? grammar.escapeDelay : Self.sequenceDelay)
  }

  private mutating func take(_ byte: UInt8, at now: Int, _ events: inout [Event]) {
    if paste != nil {
      guard paste?.add(byte) == true else { return }
      if !isDiscarding, let text = paste?.text {
        events.append(.paste(text))
      } else {
        hasDropped = true
      }
      paste = nil
      isDiscarding = false
      return
    }
    if pending.isEmpty { pendingSince = now }
    pending.append(byte)
    if pending.count > Self.longestSequence {
      // Kept: how it began, and the last two bytes, which may be the mark of its end.
      pending.removeSubrange(3..<pending.count - 2)
      isDiscarding = true
    }
    switch grammar.parse(pending) {
    case .unfinished: break
    case .finished(let meaning): finish(meaning, at: now, &events)
    case .brokenOff(let count):
      let rest = pending.suffix(count)
      finish(nil, at: now, &events)
      for byte in rest { take(byte, at: now, &events) }
    case .escapeFirst:
      let rest = pending.dropFirst()
      finish(.key(.escape), at: now, &events)
      for byte in rest { take(byte, at: now, &events) }
    }
  }

  private mutating func finish(
    _ meaning: InputGrammar.KeyMeaning?, at now: Int, _ events: inout [Event]
  ) {
    pending = []
    let isWanted = !isDiscarding
    isDiscarding = false
    let before = events.count
    defer { if events.count == before, paste == nil { hasDropped = true } }
    guard let meaning else { return }
    switch meaning {
    case .key(let key): if isWanted { events.append(.key(key)) }
    case .mouse(let report): if isWanted && mouse { add(report, at: now, &events) }
    case .pasteBegins:
      paste = PasteCollector(limit: Self.longestPaste)
      isDiscarding = !isWanted
    }
  }

  private mutating func add(
    _ report: InputGrammar.MouseReport, at now: Int, _ events: inout [Event]
  ) {
    switch report.action {
    case .press:
      if let last = lastPress, last.position == report.position, now - last.time <= 400 {
        lastPress = nil
        events.append(.mouse(.doublePress, report.position))
      } else {
        lastPress = (report.position, now)
        events.append(.mouse(.press, report.position))
      }
    case let action: events.append(.mouse(action, report.position))
    }
  }
}

/// Collects the text of a paste until its end mark.
private struct PasteCollector {
  private static let endMark = Array("\u{1B}[201~".utf8)

  private let limit: Int
  private var bytes: [UInt8] = []
  private var matched = 0

  init(limit: Int) { self.limit = limit }

  /// Takes a byte; true when the paste is complete.
  mutating func add(_ byte: UInt8) -> Bool {
    if byte != Self.endMark[matched] {
      for byte in Self.endMark[..<matched] { keep(byte) }
      matched = 0
    }
    if byte == Self.endMark[matched] {
      matched += 1
      return matched == Self.endMark.count
    }
    keep(byte)
    return false
  }

  private mutating func keep(_ byte: UInt8) {
    if bytes.count < limit { bytes.append(byte) }
  }

  /// Text and line ends only: no control character, and nothing that is no UTF-8.
  var text: String {
    var text = String.UnicodeScalarView()
    var parser = UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var previous: Unicode.Scalar = " "
    while true {
      switch parser.parseScalar(from: &rest) {
      case .emptyInput: return String(text)
      case .error: continue
      case .valid(let encoded):
        let scalar = UTF8.decode(encoded)
        defer { previous = scalar }
        // Terminals send the end of a line as CR.
        if scalar == "\n" && previous == "\r" { continue }
        if scalar == "\r" || scalar == "\n" { text.append("\n") }
        if scalar == "\t" || scalar.properties.generalCategory != .control { text.append(scalar) }
      }
    }
  }
}
