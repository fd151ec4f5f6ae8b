import Database
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct RecordReportTests {
  let desk: Desk
  let directory: String

  init() throws {
    desk = try Desk(users: 6, companies: 3)
    directory = desk.folder.file("report")
    try desk.editUnseen(
      """
      UPDATE hrm_users SET is_active = FALSE WHERE id = 3;
      UPDATE hrm_users SET full_name = '=1+1', email = 'a,"b"@x' WHERE id = 1
      """)
    try desk.grant([1, 2, 3], [1, 2])
    try desk.revoke([2], [2])
    try desk.grant([6], [1])
    try desk.other.execute(
      "UPDATE company_access_change SET at = \(desk.time("'2026-02-0' || id || ' 00:00:00.000'"))")
    // After the period.
    try desk.grant([5], [3])
  }

  @discardableResult
  func report(
    from: String = "2026-02-03", to: String = "2026-02-05", into path: String? = nil
  ) throws -> ReportSummary {
    try desk.store.report(
      from: Timestamp(stored: from + " 00:00:00.000"),
      to: Timestamp(stored: to + " 00:00:00.000"), into: path ?? directory, toolVersion: "1.2.3",
      now: Timestamp(stored: "2026-03-01 00:00:00.000"))
  }

  func lines(_ name: String) throws -> [String] {
    let text = String(decoding: try readFile("\(directory)/\(name)"), as: UTF8.self)
    #expect(text.hasSuffix("\r\n"))
    return text.split(separator: "\r\n").map(String.init)
  }

  func verify() throws -> [ReportDifference] { try AccessStore.verifyReport(directory) }

  @Test func writesTablesThatReconcile() throws {
    let summary = try report()
    #expect(summary.asOf.moment == .after(ChangeID(4)))
    #expect(summary.figures.coverage == Coverage(users: 6, companies: 3, grants: 6, permitted: 18))
    #expect(summary.figures.usersWithAccess == 4 && summary.figures.usersWithoutAccess == 2)
    #expect(summary.figures.inactiveUsersWithAccess == 1)
    #expect(summary.figures.changes == 2 && summary.figures.granted == 1)
    #expect(summary.figures.revoked == 1)
    let access = try lines("access.csv")
    #expect(access.count == 7)
    #expect(
      access[1] == "1,user1,'=1+1,\"a,\"\"b\"\"@x\",,true,00000000-0000-0000-0000-000000000001,"
        + "Company 1,C1,true,2026-02-02T00:00:00.000Z,\(desk.store.actor),2")
    #expect(summary.figures.openingGrants == 6 && summary.figures.closingGrants == 6)
    #expect(summary.figures.isBalanced && summary.figures.inactiveUsers == 1)
    let coverage = try lines("coverage.csv")
    #expect(coverage.count == 7 && coverage[1].hasSuffix(",2,3,66.7"))
    #expect(coverage[5].hasSuffix(",0,3,0.0"))
    #expect(
      try lines("companies.csv").dropFirst().map { $0.split(separator: "-").last } == [
        "000000000001,Company 1,C1,true,4", "000000000002,Company 2,C2,true,2",
        "000000000003,Company 3,C3,true,0",
      ])
    let movements = try lines("movements.csv").dropFirst()
    #expect(
      movements.map { $0.split(separator: ",")[...4].joined(separator: " ") } == [
        "3 2026-02-03T00:00:00.000Z ended 2 user2", "4 2026-02-04T00:00:00.000Z granted 6 user6",
      ])
    #expect(
      try lines("users-without-access.csv").dropFirst().map { $0.prefix(7) } == [
        "4,user4", "5,user5",
      ])
    #expect(try lines("inactive-with-access.csv").dropFirst() == ["3,user3,,,,false,2"])
    let changes = try lines("changes.csv")
    #expect(changes.count == 3 && changes[1].hasPrefix("3,2026-02-03T00:00:00.000Z,"))
    #expect(
      changes[2].contains(",grant,,,,1,0,,") && changes[2].suffix(64).allSatisfy(\.isHexDigit))
    #expect(try verify() == [])
  }

  @Test func thePageStandsAloneAndHidesNothing() throws {
    try desk.editUnseen("UPDATE hrm_company SET name = '<script>&\u{202E}' WHERE code = 'C1'")
    try report()
    let page = String(decoding: try readFile("\(directory)/summary.html"), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(page.contains("&lt;script&gt;&amp;&lt;U+202E&gt;"))
    #expect(!page.contains("<script") && !page.contains("http") && !page.contains("\u{202E}"))
    #expect(page.contains("<b>33.3&thinsp;%</b>") && page.contains("size: A4"))
    #expect(page.components(of: "<svg ") == 5 && page.components(of: "</svg>") == 5)
    #expect(page.contains("company-access 1.2.3") && page.contains("user4, </bdi>") == false)
    #expect(page.contains("<bdi>user4</bdi>, <bdi>user5</bdi>."))
  }

  @Test func oneFlippedBitIsFound() throws {
    let summary = try report()
    for name in summary.files.map(\.name) + ["manifest.json"] {
      let path = "\(directory)/\(name)"
      let bytes = try readFile(path)
      for place in [0, bytes.count / 2, bytes.count - 1] {
        var changed = bytes
        changed[place] ^= 1
        try write(changed, path)
        let found = try verify()
        #expect(found.contains(name == "manifest.json" ? .manifestChanged : .content(name)))
      }
      try write(bytes, path)
    }
    #expect(try verify() == [])
  }

  func write(_ bytes: [UInt8], _ path: String) throws {
    try desk.folder.write("report/\(path.split(separator: "/").last ?? "")", bytes)
  }

  @Test func namesEveryDifference() throws {
    #expect(throws: AccessError.noSuchFile(path: directory)) { try verify() }
    try report()
    let access = try readFile("\(directory)/access.csv")
    try write(access + Array("x,,,,,,,,,,,,\r\n".utf8), "access.csv")
    try write([], "extra.txt")
    #expect(
      try verify() == [
        .size("access.csv", expected: access.count, found: access.count + 15),
        .content("access.csv"), .rows("access.csv", expected: 6, found: 7),
        .unexpected("extra.txt"), .figure("grants", expected: 6, found: 7),
      ])
    unlink("\(directory)/access.csv")
    #expect(try verify() == [.missing("access.csv"), .unexpected("extra.txt")])
    unlink("\(directory)/manifest.json")
    #expect(try verify() == [.noManifest])
  }

  @Test func refusesAFolderThatHoldsSomething() throws {
    try report()
    #expect(throws: AccessError.folderNotEmpty(path: directory)) { try report() }
    #expect(try verify() == [])
    let file = try desk.folder.write("file", "")
    #expect(throws: AccessError.self) { try report(into: file) }
    let from = Timestamp(stored: "2026-02-06 00:00:00.000")
    let to = Timestamp(stored: "2026-02-05 00:00:00.000")
    #expect(throws: AccessError.emptyPeriod(from: from, to: to)) {
      try report(from: "2026-02-06", into: desk.folder.file("other"))
    }
  }

  @Test func whatFailsLeavesNothing() throws {
    try desk.other.execute("DROP TABLE company_access_former_user")
    #expect(throws: AccessError.self) { try report() }
    #expect(!desk.folder.names.contains("report"))
  }

  @Test func grantsOfNobodyAreCounted() throws {
    try desk.other.setForeignKeys(false)
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 1")
    let summary = try report(to: "2099-01-01")
    let figures = summary.figures
    #expect(figures.unknownUsers == 1 && figures.coverage.users == 5)
    #expect(figures.coverage.grants == 5 && figures.coverage.orphans == 2)
    #expect(figures.usersWithAccess + figures.usersWithoutAccess == figures.coverage.users)
    #expect(figures.openingUsers == 6 && figures.usersDeleted == 1 && figures.isBalanced)
    #expect(figures.openingGrants == 6 && figures.closingGrants == 7)
    #expect(try lines("access.csv").last?.hasPrefix("1,,,,,,") == true)
    #expect(try verify() == [])
  }

  @Test("What happens after the period leaves every table of the report as it is")
  func thePastStaysAsItWas() throws {
    try report()
    let names = try report(into: desk.folder.file("again")).files.map(\.name)
      .filter { $0.hasSuffix(".csv") }
    #expect(names.count == 10)
    try desk.other.execute(
      """
      UPDATE hrm_users SET is_active = FALSE, username = 'other' WHERE id = 1;
      UPDATE hrm_company SET name = 'Elsewhere', code = 'E', is_active = FALSE WHERE code = 'C1';
      DELETE FROM hrm_users WHERE id = 2;
      INSERT INTO hrm_users (id, username, is_active, created_at, modified_at)
        VALUES (77, 'newhire', TRUE, '2026-02-03 00:00:00.000', '2026-02-03')
      """)
    try desk.apply(.bulkGrant(.all, .all))
    try report(into: desk.folder.file("later"))
    for name in names {
      #expect(try readFile("\(directory)/\(name)") == desk.folder.read("later/\(name)"), "\(name)")
    }
    // And the month in which it happened has it.
    let summary = try report(from: "2026-02-06", to: "2099-01-01", into: desk.folder.file("now"))
    #expect(summary.figures.usersAdded == 1 && summary.figures.usersDeleted == 1)
    #expect(summary.figures.coverage.users == 6 && summary.figures.isBalanced)
    #expect(try AccessStore.verifyReport(desk.folder.file("now")) == [])
  }

  @Test("A pair that came and went within the period is in its movements")
  func nothingThatHappenedIsLost() throws {
    try desk.grant([4], [3])
    try desk.revoke([4], [3])
    let summary = try report(to: "2099-01-01")
    #expect(summary.figures.granted == 3 && summary.figures.revoked == 2)
    #expect(try lines("movements.csv").count { $0.contains(",4,user4,") } == 2)
  }

  @Test("Rows that are missing on the record are found by the counts of their changes")
  func whatDoesNotAddUpIsSaid() throws {
    try desk.other.execute("DELETE FROM company_access_ended_grant WHERE ended_change = 3")
    let summary = try report()
    #expect(summary.figures.unbalancedChanges == 1 && !summary.figures.isBalanced)
    let manifest = String(decoding: try readFile("\(directory)/manifest.json"), as: UTF8.self)
    #expect(
      manifest.contains(
        "the record does not add up: change 3 says it granted 0 and ended 1, and the record has "
          + "0 and 0"))
  }

  @Test("Opening plus begun less ended is closing, for any period")
  func everyPeriodIsBalanced() throws {
    for step in 1...30 {
      switch step % 6 {
      case 0: try desk.apply(.undo(try #require(try desk.store.newestChange())))
      case 1: try Desk.addUser(100 + step, to: desk.other)
      case 2: try desk.grant([Int64(step % 5 + 1)], [step % 3 + 1])
      case 3: try desk.other.execute("DELETE FROM hrm_users WHERE id = \(98 + step)")
      case 4:
        try desk.other.execute("DELETE FROM hrm_user_company_access WHERE user_id = \(step % 6)")
      default: try desk.apply(.bulkGrant(.all, .companies([step % 3 + 1])))
      }
    }
    let hours =
      desk.engine == .sqlite
      ? "strftime('%Y-%m-%d %H:%M:%f', '2026-02-01', '+' || id || ' hours')"
      : "CAST('2026-02-01' AS timestamptz) + id * CAST('1 hour' AS interval)"
    try desk.other.execute("UPDATE company_access_change SET at = \(hours)")
    let end = try #require(try desk.store.newestChange()).number
    for (index, period) in [(1, end), (2, 9), (5, 5), (7, 20), (12, end), (end, end)].enumerated() {
      let (first, last) = period
      func hour(_ number: Int64) -> Timestamp {
        Timestamp(millisecondsSince1970: 1_769_904_000_000 + number * 3_600_000)
      }
      let folder = desk.folder.file("period\(index)")
      let summary = try desk.store.report(
        from: hour(first), to: hour(last), into: folder, toolVersion: "1")
      #expect(summary.figures.isBalanced, "\(period): \(summary.figures)")
      #expect(try AccessStore.verifyReport(folder) == [])
    }
  }

  @Test func anEmptyDatabaseHasAReportToo() throws {
    let now = Timestamp.now
    let empty = try Desk(users: 0, companies: 0)
    try empty.store.report(
      from: Timestamp(stored: "2026-01-01 00:00:00.000"), to: now, into: directory,
      toolVersion: "1")
    #expect(try verify() == [])
    let page = String(decoding: try readFile("\(directory)/summary.html"), as: UTF8.self)
    #expect(page.contains("n/a, because no pair is permitted"))
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
