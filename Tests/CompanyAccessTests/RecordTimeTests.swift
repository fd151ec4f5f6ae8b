import Testing

@testable import CompanyAccess

@Suite struct RecordTimeTests {
  /// 2026-11-20 09:30:15.250 UTC, which is 10:30 in Berlin.
  static let now = Timestamp(stored: "2026-11-20 09:30:15.250")

  /// The clock of Berlin in 2026, and that of Sao Paulo in 2018, where midnight was left out.
  static let berlin = LocalClock { $0 >= 1_774_746_000 && $0 < 1_792_890_000 ? 7_200 : 3_600 }
  static let saoPaulo = LocalClock { $0 >= 1_541_300_400 ? -7_200 : -10_800 }

  func parse(
    _ text: String, _ edge: TimeText.Edge = .start, _ clock: LocalClock = RecordTimeTests.berlin
  ) throws(TimeTextError) -> String {
    try TimeText.parse(text, edge, now: RecordTimeTests.now, clock: clock).text
  }

  @Test(arguments: [
    ("now", "2026-11-20 09:30:15.250"), ("Today", "2026-11-19 23:00:00.000"),
    ("yesterday", "2026-11-18 23:00:00.000"), ("-3d", "2026-11-17 09:30:15.250"),
    ("-2h", "2026-11-20 07:30:15.250"), ("-15m", "2026-11-20 09:15:15.250"),
    ("-1w", "2026-11-13 09:30:15.250"), ("-30s", "2026-11-20 09:29:45.250"),
    ("2026-03-31", "2026-03-30 22:00:00.000"), ("2026-01-31 09:00", "2026-01-31 08:00:00.000"),
    ("2026-07-31T09:00:30", "2026-07-31 07:00:30.000"),
    ("2026-07-31 09:00:30.5", "2026-07-31 07:00:30.500"),
    ("2026-07-31 09:00:30.123456", "2026-07-31 07:00:30.123"),
    ("2026-03-31T09:00:00Z", "2026-03-31 09:00:00.000"),
    ("2026-03-31t09:00:00.000z", "2026-03-31 09:00:00.000"),
    ("2026-03-31T09:00:00+02:00", "2026-03-31 07:00:00.000"),
    ("2026-03-31 09:00-05:30", "2026-03-31 14:30:00.000"),
    ("2024-02-29", "2024-02-28 23:00:00.000"), ("1969-12-31", "1969-12-30 23:00:00.000"),
  ])
  func readsWhatPeopleWrite(text: String, time: String) throws {
    #expect(try parse(text) == time)
  }

  @Test("A table says the zone of its times once, with summer and winter where they differ")
  func theZoneIsSaid() {
    let now = Self.now.millisecondsSince1970.map { $0 / 1_000 } ?? 0
    #expect(LocalClock { _ in 0 }.zones(until: now) == "UTC")
    #expect(Self.berlin.zones(until: now) == "UTC+1/+2")
    #expect(LocalClock { _ in 20_700 }.zones(until: now) == "UTC+5:45")
    let london = LocalClock { Self.berlin.offset($0) - 3_600 }
    #expect(london.zones(until: now) == "UTC+0/+1")
    #expect(Self.berlin.zone(at: now) == "UTC+1" && Self.berlin.zone(at: 1_780_000_000) == "UTC+2")
    #expect(LocalClock { _ in -12_600 }.zone(at: now) == "UTC-3:30")
  }

  @Test func aWholeDayIsItsStartOrItsEnd() throws {
    #expect(try parse("2026-03-31", .end) == "2026-03-31 21:59:59.999")
    #expect(try parse("yesterday", .end) == "2026-11-19 22:59:59.999")
    // Of today only what has passed.
    #expect(try parse("today", .end) == RecordTimeTests.now.text)
    #expect(try parse("2026-11-20", .end) == RecordTimeTests.now.text)
    // A day of 23 hours, and one of 25.
    #expect(try parse("2026-03-29") == "2026-03-28 23:00:00.000")
    #expect(try parse("2026-03-29", .end) == "2026-03-29 21:59:59.999")
    #expect(try parse("2026-10-25", .end) == "2026-10-25 22:59:59.999")
  }

  @Test func aDayWithoutMidnightBeginsAfterIt() throws {
    #expect(try parse("2018-11-04", .start, RecordTimeTests.saoPaulo) == "2018-11-04 03:00:00.000")
    #expect(try parse("2018-11-03", .end, RecordTimeTests.saoPaulo) == "2018-11-04 02:59:59.999")
  }

  @Test func refusesTimesThatWereSkippedOrCameTwice() {
    #expect(throws: TimeTextError.skipped("2026-03-29 02:30")) { try parse("2026-03-29 02:30") }
    #expect(
      throws: TimeTextError.ambiguous(
        "2026-10-25 02:30",
        readings: ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"])
    ) { try parse("2026-10-25 02:30") }
    #expect(throws: Never.self) { try parse("2026-10-25T02:30:00+02:00") }
  }

  @Test(arguments: [
    ("03/04/2026", ["2026-04-03", "2026-03-04"]), ("12.11.2026", ["2026-11-12", "2026-12-11"]),
    ("31/12/2026", ["2026-12-31"]), ("05-05-2026", ["2026-05-05"]),
    ("01/02/03", ["2003-02-01", "2003-01-02", "2001-02-03"]),
    ("3/4/2026 09:00", ["2026-04-03", "2026-03-04"]),
  ])
  func refusesDaysInAnotherOrder(text: String, readings: [String]) {
    #expect(throws: TimeTextError.ambiguous(text, readings: readings)) { try parse(text) }
  }

  @Test(arguments: ["2026-11-21", "tomorrow 1", "2026-11-20 10:31", "2026-11-20T09:30:16Z"])
  func refusesWhatIsToCome(text: String) {
    let expected = text.hasPrefix("t") ? TimeTextError.unreadable(text) : .future(text)
    #expect(throws: expected) { try parse(text, .end) }
    #expect(throws: expected) { try parse(text, .start) }
  }

  @Test(arguments: [
    "2026-02-30", "2026-13-01", "2025-02-29", "2026-01-01 24:00", "2026-01-01 10:60", "0000-01-01",
    "2026-01-01T10:00:60Z", "2026-01-01T10:00+24:00", "45/45/2026",
  ])
  func refusesWhatDoesNotExist(text: String) {
    #expect(throws: TimeTextError.doesNotExist(text)) { try parse(text) }
  }

  @Test(arguments: [
    "", " ", "-", "-3", "-d", "3d", "+3d", "--3d", "-3y", "2026", "2026-3-1", "20260331",
    "2026/03/31",
    "2026-03-31T", "2026-03-31T09", "2026-03-31 09:0", "2026-03-31 09:00:00.", "2026-03-31x09:00",
    "2026-03-31 09:00 Z", "2026-03-31T09:00:00+02", "2026-03-31T09:00:00+0200", "-99999999999d",
    "-1000000w", "\u{662}\u{660}26-01-01", "2026-01-01\u{0}", "1/2", "1/2/3/4", "99999999999/1/1",
  ])
  func refusesEverythingElse(text: String) {
    #expect(throws: TimeTextError.unreadable(text)) { try parse(text) }
  }

  @Test func theLocalClockIsThatOfTheSystem() throws {
    let time = try TimeText.parse("2026-01-15 12:00", .start, now: RecordTimeTests.now)
    #expect(time.localMinute == "2026-01-15 12:00")
  }
}
