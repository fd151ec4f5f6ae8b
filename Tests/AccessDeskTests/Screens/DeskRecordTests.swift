import AccessDesk
import Glibc
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

@Suite struct DeskRecordTests {
  /// Another program deletes a user with foreign keys off, and the id is used again.
  @Test func grantsOfAnEarlierHolderAreToldOnOpening() throws {
    var desk = try DeskDriver(
      damage: """
        PRAGMA foreign_keys = OFF; DELETE FROM hrm_users WHERE username = 'sarah_admin';
        INSERT INTO hrm_users (id, username, full_name, is_active, created_at, modified_at)
        VALUES (3, 'nora', 'Nora New', 1, '2026-10-01', '2026-10-01')
        """)
    #expect(desk.lines[1].hasSuffix("171 grants   coverage 33.9 %   of earlier holders: 2"))
    desk.type("3nora")
    desk.press(.enter)
    #expect(desk.text.contains("East Region") && desk.text.contains("earlier user"))
    #expect(try desk.store.formerGrants() == 2)
    try runSqlite3(desk.path, "DELETE FROM hrm_user_company_access WHERE user_id = 3")
    desk.noticeForeignChange()
    desk.press(.escape, .escape, .escape)
    #expect(desk.lines[1].hasSuffix("169 grants   coverage 33.5 %"), "\(desk.text)")
  }

  @Test("Grants of earlier holders and of missing companies are both told, and fit")
  func whatIsWrongFitsIntoTheHeading() throws {
    let desk = try DeskDriver(
      damage: """
        PRAGMA foreign_keys = OFF; DELETE FROM hrm_users WHERE username = 'sarah_admin';
        INSERT INTO hrm_users (id, username, full_name, is_active, created_at, modified_at)
        VALUES (3, 'nora', 'Nora New', 1, '2026-10-01', '2026-10-01');
        DELETE FROM hrm_company WHERE code = 'ZRH'
        """)
    #expect(
      desk.lines[1].contains("grants   of earlier holders: 2, of missing ones: 1")
        && !desk.lines[1].contains("coverage"), "\(desk.lines[1])")
  }

  @Test func lookingBackShowsThePastAndRefusesWrites() throws {
    var desk = try DeskDriver()
    desk.type("t2026-01-31")
    desk.press(.enter)
    #expect(desk.kind == .menu)
    #expect(desk.lines[0].hasSuffix("as of 2026-01-31 23:59 UTC"))
    #expect(desk.message.hasPrefix("Everything as of 2026-01-31 23:59 UTC: change "))
    let grants = try runSqlite3(
      desk.path,
      """
      SELECT (SELECT count(*) FROM company_access_current_grant a JOIN company_access_change c
          ON c.id = a.began_change WHERE c.at < '2026-02-01')
        + (SELECT count(*) FROM company_access_ended_grant h
          JOIN company_access_change g ON g.id = h.began_change
          JOIN company_access_change e ON e.id = h.ended_change
          WHERE g.at < '2026-02-01' AND e.at >= '2026-02-01')
      """
    ).trimmed
    #expect(desk.lines[1].contains(" \(grants) grants "))
    desk.type("6")
    #expect(desk.kind == .menu)
    #expect(desk.message.contains("this is the past"))
    desk.type("t")
    #expect(desk.lines[1].contains(" 171 grants "))
    desk.type("t31.12.2026")
    desk.press(.enter)
    #expect(desk.kind == .time)
    #expect(desk.message.contains("31.12.2026"))
  }

  @Test func theLogIsFilteredAndOpensAChangeAndAPair() throws {
    var desk = try DeskDriver(columns: 120)
    desk.type("l/by:tomek did:revoke")
    desk.press(.enter)
    #expect(desk.text.contains("moved to LA"))
    #expect(!desk.text.contains("maria@hq   "))
    desk.press(.enter)
    #expect(desk.text.contains("Reason      moved to LA"))
    desk.press(.end)
    desk.type("w")
    #expect(desk.text.contains("revoke by tomek@hq: moved to LA"))
    desk.press(.escape, .escape)
    desk.type("/ what")
    #expect(desk.text.contains("Nothing matches \"by:tomek did:revoke what\"."))
    desk.type(" whom:maria")
    #expect(desk.text.contains("'whom:maria' is no filter of the log"))
  }

  @Test func whatWasChangedSinceIsLeftAloneUnlessOverwritten() throws {
    var desk = try DeskDriver()
    ScreenTour.tickFirst(two: "4", of: "john_smith", &desk)
    desk.type("y")
    try runSqlite3(
      desk.path,
      """
      CREATE TEMP TABLE kept AS SELECT id, user_id, company_id, created_at, modified_at
        FROM hrm_user_company_access WHERE \(RecordQueries.began(with: 39)) LIMIT 1;
      DELETE FROM hrm_user_company_access WHERE id IN (SELECT id FROM kept);
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
        SELECT lower(hex(randomblob(16))), user_id, company_id, created_at, modified_at FROM kept
      """)
    desk.noticeForeignChange()
    desk.type("u")
    #expect(desk.text.contains("Left alone             1"))
    #expect(desk.text.contains("! left alone: user john_smith, id 2, company "))
    desk.type("o")
    #expect(desk.text.contains("Would be revoked       2"))
    desk.type("y")
    #expect(desk.message.hasPrefix("Undid change 39: revoked "))
  }

  @Test func aChangeOfLongAgoIsUndoneFromTheLog() throws {
    var desk = try DeskDriver()
    desk.type("l/did:revoke by:tomek")
    desk.press(.enter)
    desk.type("u")
    #expect(desk.text.contains("Confirm: undo change 15, companies of "))
    desk.type("y")
    #expect(desk.kind == .log)
    #expect(desk.message.hasPrefix("Undid change 15"))
  }

  @Test func noKeyChangesAFileThatIsOnlyRead() throws {
    for kind in ScreenKind.allCases where !Self.writing.contains(kind) {
      for action in Actions.actions(on: kind) {
        var desk = try DeskDriver(readOnly: true, files: "reports")
        ScreenTour.go(to: kind, on: &desk)
        try #require(desk.kind == kind)
        let before = try fileState(desk.path)
        for key in action.keys { desk.press(key) }
        desk.type("y")
        #expect(try fileState(desk.path) == before, "\(action.id) on \(kind)")
        #expect(desk.folder.names == ["hrm.db"])
      }
    }
  }

  /// Screens that a file that is only read does not come to.
  private static let writing: Set<ScreenKind> = [
    .tickToGrant, .tickToRevoke, .form, .choice, .confirmation, .adopt, .suggest,
  ]

  private struct FileState: Equatable {
    let bytes: [UInt8]
    let seconds: Int
    let nanoseconds: Int
  }

  private func fileState(_ path: String) throws -> FileState {
    var status = stat()
    try #require(stat(path, &status) == 0)
    return FileState(
      bytes: try readFile(path), seconds: status.st_mtim.tv_sec,
      nanoseconds: status.st_mtim.tv_nsec)
  }
}
