import Glibc
import TestSupport
import Testing

/// Writes that take long enough to be seen, and are stopped before their end.
@Suite struct DeskCancelTests {
  /// 3,000 users more and 300 companies.
  private static func largeDatabase() throws -> DeskDatabase {
    let database = try DeskDatabase()
    try database.sql(
      """
      BEGIN;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
      INSERT INTO hrm_users (username, is_active, created_at, modified_at)
      SELECT 'user' || i, 1, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000' FROM n;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
      INSERT INTO hrm_company (id, name, is_active, created_at, modified_at)
      SELECT printf('%032x', i), 'Company ' || i, 1, '2026-01-01 00:00:00.000',
        '2026-01-01 00:00:00.000' FROM n;
      COMMIT
      """)
    return database
  }

  /// Begins to add all pairs, until the progress is seen.
  private func beginBulkAdd(_ database: DeskDatabase) throws -> TerminalProgram {
    let desk = try database.open()
    desk.type("6")
    // 3,042 x 312, less the 171 that are there.
    let pairs = "948933"
    try desk.wait(
      texts: "Coverage               < 0.1 % -> 100.0 %", "Type \(pairs), then press y:")
    // The wrong number is not enough, and y is not part of the number.
    desk.type("94893y")
    try desk.wait(message: "Type the number of pairs first: \(pairs).")
    desk.type("3")
    try desk.wait(texts: "Type \(pairs), then press y: \(pairs)")
    try desk.confirm()
    try desk.wait("some progress") {
      let line = desk.row(21)
      return line.contains("Writing  [") && line.contains(" %") && !line.contains("]   0 %")
    }
    #expect(desk.row(20).contains("Esc cancels; until the end nothing has happened."))
    return desk
  }

  @Test(arguments: ["\u{1B}", "\u{3}"]) func cancelledByKey(key: String) throws {
    let database = try Self.largeDatabase()
    let before = try database.grants()
    let desk = try beginBulkAdd(database)
    desk.send(key)
    try desk.wait(message: "Cancelled: nothing was changed.")
    // The question is there again, and the number has to be typed again.
    try desk.wait(texts: "Type 948933, then press y:", "r Reason")
    #expect(try database.grants() == before)
    #expect(try database.changes() == [])
    #expect(try database.addedByOthers().count == 3_300)
    try database.expectSound()
    desk.key(.escape)
    try DeskTour.menu.wait(desk)
    #expect(desk.heading.contains("171 grants"))
    try desk.leave()
  }

  @Test(arguments: [SIGTERM, SIGHUP]) func endedBySignal(number: Int32) throws {
    let database = try Self.largeDatabase()
    let before = try database.grants()
    let desk = try beginBulkAdd(database)
    desk.signal(number)
    try desk.expectEnd(128 + number)
    #expect(try database.grants() == before)
    #expect(try database.changes() == [])
    try database.expectSound()
  }

  /// Whoever opens the file next takes back what a killed program had begun.
  @Test func killed() throws {
    let database = try Self.largeDatabase()
    let desk = try beginBulkAdd(database)
    desk.signal(SIGKILL)
    #expect(try desk.waitExit() == -SIGKILL)
    let next = try database.open()
    #expect(next.heading.contains("171 grants"))
    try next.pick("h_baker", by: "4", then: "Add companies to h_baker")
    try next.filter("LA Office")
    next.type(" ")
    try next.wait(heading: "1 ticked")
    next.key(.enter)
    try next.wait(text: "Grant LA Office to h_baker? y / Esc")
    try next.confirm()
    try next.wait(message: "Granted LA Office to h_baker, 0 -> 1. Change ")
    try next.leave()
    #expect(try database.changes() == ["desk|grant||1|0"])
    try database.expectSound()
  }

  @Test func terminalIsClosed() throws {
    let database = try Self.largeDatabase()
    let before = try database.grants()
    let desk = try beginBulkAdd(database)
    #expect(desk.hangUp() == 128 + SIGHUP)
    #expect(try database.grants() == before)
    try database.expectSound()
  }
}
