import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

/// Keys, pastes, clicks and window sizes by chance, through every screen.
@Suite struct RandomKeysTests {
  private static let keys = Sweep.number("COMPANY_ACCESS_KEYS", sample: 1_200, full: 20_000)
  private static let desks = 4

  @Test(arguments: 0..<desks)
  func nothingIsGrantedWithoutItsQuestion(desk: Int) throws {
    var monkey = try Monkey(seed: Sweep.seed &+ UInt64(desk))
    let count = Self.keys / Self.desks
    var bad: [String] = []
    for _ in 0..<count {
      if let problem = try monkey.act() { bad.append(problem) }
    }
    #expect(bad == [], "seed \(Sweep.seed), desk \(desk)")
    // As many as it sat down at, whatever chance did there.
    let least = min(count / Monkey.actsAtADesk, 10)
    #expect(monkey.visited.count >= least, "only \(monkey.visited), seed \(Sweep.seed)")
    Sweep.figure(
      "keys, pastes, clicks, sizes (model)", swept: count, good: count - bad.count,
      note: "\(monkey.confirmed) writes confirmed")
  }
}

/// Somebody at the desk who does not know what keys mean.
private struct Monkey {
  static let actsAtADesk = 50

  private var numbers: SeededNumbers
  private var desk: DeskDriver
  private var newest: ChangeID?
  private var acts = 0
  private var begun = 0
  /// How many writes were asked for by the right key at the right place.
  private(set) var confirmed = 0
  private(set) var visited: Set<ScreenKind> = []

  init(seed: UInt64) throws {
    numbers = SeededNumbers(seed)
    desk = try DeskDriver()
  }

  /// Sits down at a fresh desk, at one screen after the other.
  private mutating func begin() throws {
    // One that offers to adopt a file has no store yet.
    let kinds = ScreenKind.allCases.filter { $0 != .adopt && $0 != .suggest }
    desk = try ScreenTour.desk(on: kinds[(begun + pick(0...1)) % kinds.count])
    begun += 2
    desk.holdsWrites = true
    newest = try desk.store.newestChange()
  }

  /// Does one thing; what is wrong with what came of it, or nil.
  mutating func act() throws -> String? {
    acts += 1
    if desk.exitStatus != nil || acts % Self.actsAtADesk == 1 { try begin() }
    let event = event()
    let kind = desk.kind
    visited.insert(kind)
    let size = desk.model.state.size
    desk.send(event)
    guard try desk.store.newestChange() == newest else { return "\(event) on \(kind) wrote" }
    if desk.heldWrite != nil {
      let isAnswer = event == .key(.character("y")) || event == .key(.enter)
      guard isAnswer, kind == .confirmation, size.columns >= 60, size.rows >= 15 else {
        return "\(event) on \(kind) in \(size) asked for a write"
      }
      try letWriteHappen()
    }
    return drawn()
  }

  private mutating func letWriteHappen() throws {
    if pick(0...3) == 0 { return desk.failHeldWrite(.busy(path: desk.path)) }
    desk.carryOutHeldWrite()
    let found = try desk.store.newestChange()
    if found != newest { confirmed += 1 }
    newest = found
  }

  /// The picture must fill the window; huge ones are looked at now and then.
  private mutating func drawn() -> String? {
    let size = desk.model.state.size
    guard size.columns * size.rows < 10_000 || Int.random(in: 0..<30, using: &numbers) == 0 else {
      return nil
    }
    let frame = desk.model.frame()
    return frame.size == size ? nil : "a frame of \(frame.size) for \(size)"
  }

  private mutating func event() -> Event {
    switch Int.random(in: 0..<100, using: &numbers) {
    case 0..<3: .resize(size())
    case 3..<6: .paste(text())
    case 6..<11: .mouse(action(), position())
    default: .key(key())
    }
  }

  private mutating func size() -> Size {
    switch Int.random(in: 0..<4, using: &numbers) {
    case 0: Size(columns: pick(1...1_024), rows: pick(1...512))
    case 1: Size(columns: pick(1...70), rows: pick(1...20))
    default: Size(columns: 80, rows: 24)
    }
  }

  private mutating func key() -> Key {
    let named: [Key] = [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end,
      .pageUp, .pageDown, .enter, .down, .escape,
    ]
    switch Int.random(in: 0..<10, using: &numbers) {
    case 0..<3: return named[pick(0...named.count - 1)]
    case 3..<8:
      let meant = Array("12345678cdlt?/s *+-=uyrownq0jkhgGgvRC!<>^$ ".unicodeScalars)
      return .character(meant[pick(0...meant.count - 1)])
    case 8: return .control(Unicode.Scalar(UInt8(pick(0x61...0x7A))))
    default: return pick(0...3) == 0 ? .function(pick(0...20)) : .character(scalar())
    }
  }

  private mutating func scalar() -> Unicode.Scalar {
    Unicode.Scalar(UInt32(pick(0x20...0x2FFFF))) ?? "\u{FFFD}"
  }

  private mutating func text() -> String {
    var text = "4\r1\ry"
    for _ in 0..<pick(0...40) { text.unicodeScalars.append(scalar()) }
    return text
  }

  private mutating func action() -> MouseAction {
    [.press, .doublePress, .wheelUp, .wheelDown][pick(0...3)]
  }

  private mutating func position() -> Position {
    Position(column: pick(0...1_100), row: pick(0...600))
  }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &numbers)
  }
}
