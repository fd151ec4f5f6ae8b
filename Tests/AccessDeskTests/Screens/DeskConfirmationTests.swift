import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

/// A `y` confirms only what a person can have read, and only as a key of its own.
@Suite struct DeskConfirmationTests {
  private static let keys = Sweep.number("COMPANY_ACCESS_BURST", sample: 500, full: 10_000)
  private static let y = Event.key(.character("y"))

  /// What a program, or a paste into a terminal that does not mark it, sends in one burst.
  @Test(arguments: Confirmations.allCases)
  func aBurstWithYInItWritesNothing(at confirmation: Confirmations) throws {
    var desk = try confirmation.desk()
    let before = try state(desk)
    var numbers = SeededNumbers(Sweep.seed)
    var sent = 0
    while sent < Self.keys {
      let events = (0..<Int.random(in: 1...40, using: &numbers)).map { _ in Self.event(&numbers) }
      desk.burst(events)
      sent += events.count
      if Int.random(in: 0..<4, using: &numbers) == 0 { desk.sendNoise() }
      // The desk is not always fast enough to read a burst in one go.
      desk.pass(.milliseconds(Int.random(in: 0..<30, using: &numbers)))
    }
    desk.burst([Self.y])
    desk.pass(.seconds(1))
    #expect(try state(desk) == before, "seed \(Sweep.seed)")
    Sweep.figure("keys of a burst at \(confirmation)", swept: sent, good: sent)
  }

  private static func event(_ numbers: inout SeededNumbers) -> Event {
    let others = Array(" \u{E9}Y70123rgokjf?".unicodeScalars)
    switch Int.random(in: 0..<10, using: &numbers) {
    case 0..<6: return y
    case 6..<9:
      return .key(.character(others[Int.random(in: 0..<others.count, using: &numbers)]))
    default:
      let keys: [Key] = [.enter, .down, .up, .end, .tab, .escape]
      return .key(keys.randomElement(using: &numbers) ?? .down)
    }
  }

  @Test(arguments: Confirmations.allCases)
  func aPasteWritesNothing(at confirmation: Confirmations) throws {
    var desk = try confirmation.desk()
    let before = try state(desk)
    desk.paste(String(repeating: "y\n", count: 5_000))
    desk.pass(.seconds(1))
    #expect(try state(desk) == before)
  }

  @Test(arguments: Confirmations.allCases)
  func theYOfAPersonCounts(at confirmation: Confirmations) throws {
    var desk = try confirmation.desk()
    let before = try state(desk)
    desk.type("y")
    #expect(try state(desk) != before, "\(desk.text)")
    #expect(desk.kind != .confirmation && desk.kind != .adopt)
  }

  /// The record may let a user begin with a change of grants, because their row is as old as that.
  @Test func theUndoOfAChangeOfGrantsTakesNobodyAway() throws {
    var desk = try DeskDriver()
    desk.type("l/t_berg")
    desk.press(.enter)
    desk.type("u")
    #expect(desk.lines[1] == " Confirm: undo change 31")
    #expect(desk.text.contains("Revoke 6 pairs? y / Esc"), "\(desk.text)")
    desk.type("y")
    #expect(
      try runSqlite3(desk.path, "SELECT username FROM hrm_users WHERE username = 't_berg'")
        == "t_berg")
  }

  /// What a write of any kind would change.
  private func state(_ desk: DeskDriver) throws -> String {
    let tables = try runSqlite3(desk.path, "SELECT count(*) FROM sqlite_schema")
    return tables + (try desk.newestChange().map { "\($0)" } ?? "")
  }

  @Test func aConfirmationHasToBeReadBeforeItIsGiven() throws {
    var desk = try DeskDriver()
    let before = try desk.newestChange()
    desk.type("6")
    // It has been on the screen for 30 ms by now.
    desk.pass(.milliseconds(269))
    desk.burst([Self.y])
    desk.pass(.seconds(1))
    #expect(try desk.newestChange() == before)
    #expect(desk.message.contains("read it, then press y again"))
    desk.burst([Self.y])
    #expect(try desk.newestChange() == before)
    desk.pass(.milliseconds(29))
    #expect(try desk.newestChange() == before)
    desk.pass(.milliseconds(1))
    #expect(try desk.newestChange() != before)
  }

  @Test func aKeyRightAfterYTakesItBack() throws {
    var desk = try DeskDriver()
    let before = try desk.newestChange()
    desk.type("6")
    desk.pass(.seconds(1))
    desk.burst([Self.y])
    desk.pass(.milliseconds(29))
    desk.burst([.key(.down)])
    desk.pass(.seconds(1))
    #expect(try desk.newestChange() == before)
    #expect(desk.message.contains("press y again, alone"))
    desk.type("y")
    #expect(try desk.newestChange() != before)
  }

  /// Bytes that are no key belong to the burst like those that are.
  @Test(arguments: [true, false]) func noiseNextToYTakesItBack(isBefore: Bool) throws {
    var desk = try DeskDriver()
    let before = try desk.newestChange()
    desk.type("6")
    desk.pass(.seconds(1))
    if isBefore { desk.sendNoise() }
    desk.burst([Self.y])
    if !isBefore { desk.sendNoise() }
    desk.pass(.seconds(1))
    #expect(try desk.newestChange() == before)
    #expect(desk.message.contains("press y again, alone"))
  }

  /// What was on the screen under help or in a window too small has to be read anew.
  @Test func whatWasHiddenHasToBeReadAgain() throws {
    var desk = try DeskDriver()
    let before = try desk.newestChange()
    desk.type("6?")
    desk.press(.escape)
    desk.burst([Self.y])
    desk.pass(.seconds(1))
    #expect(try desk.newestChange() == before)
    desk.resize(columns: 40, rows: 10)
    desk.resize(columns: 80, rows: 24)
    desk.burst([Self.y])
    desk.pass(.seconds(1))
    #expect(try desk.newestChange() == before)
    desk.type("y")
    #expect(try desk.newestChange() != before)
  }

  /// Other programs that write all the time must not keep a person from ever confirming.
  @Test func foreignChangesThatChangeNothingAskedDoNotStartTheTimeAnew() throws {
    var desk = try ScreenTour.desk(on: .confirmation)
    let before = try desk.newestChange()
    desk.pass(.seconds(1))
    desk.noticeForeignChange()
    desk.burst([Self.y])
    desk.noticeForeignChange()
    desk.pass(.milliseconds(30))
    #expect(try desk.newestChange() != before)
  }

  @Test func aYForThePlanBeforeIsNoneForTheNext() throws {
    var desk = try DeskDriver()
    desk.type("1x")
    desk.holdsAnswers = true
    desk.type("g")
    desk.type("y")
    #expect(desk.message.contains("being counted"))
    desk.answerHeldQuestions()
    #expect(desk.kind == .confirmation && desk.text.contains("revoke "))
    desk.type("y")
    #expect(desk.kind == .users)
  }

  /// The id of a user who was asked about may belong to another name when `y` comes.
  @Test func aRenameBetweenConfirmationAndYShowsItAgain() throws {
    var desk = try ScreenTour.desk(on: .confirmation)
    try runSqlite3(
      desk.path, "UPDATE hrm_users SET username = 'zzz_tmp' WHERE username = 'john_smith'")
    // The rename is a change on the record itself.
    let before = try desk.newestChange()
    desk.type("y")
    #expect(try desk.newestChange() == before)
    #expect(desk.kind == .confirmation && desk.lines[1].contains("add companies to zzz_tmp, id 2"))
    #expect(desk.message.contains("counted again"))
    desk.type("y")
    #expect(desk.message.contains("to zzz_tmp, 3 -> 5"))
  }
}

extension DeskDriver {
  /// The newest change of the database; nil where there is none, or no record yet.
  func newestChange() throws -> ChangeID? {
    isOpen ? try store.newestChange() : nil
  }
}
