import Database
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

@Suite struct RecordReportTests {
  let desk: Desk
  let directory: String

  init() throws {
    desk = try Desk(users: 6, companies: 3)
    directory = desk.folder.file("report")
    try desk.grant([1, 2, 3], [1, 2])
    try desk.revoke([2], [2])
    try desk.grant([6], [1])
    try desk.other.execute(
      """
      UPDATE hrm_users SET is_active = 0 WHERE id = 3;
      UPDATE hrm_users SET full_name = '=1+1', email = 'a,"b"@x' WHERE id = 1;
      UPDATE company_access_change SET at = '2026-02-0' || id || ' 00:00:00.000'
      """)
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
    let coverage = try lines("coverage.csv")
    #expect(coverage.count == 7 && coverage[1].hasSuffix(",2,66.7"))
    #expect(coverage[5].hasSuffix(",0,0.0"))
    #expect(
      try lines("users-without-access.csv").dropFirst().map { $0.prefix(7) } == [
        "4,user4", "5,user5",
      ])
    #expect(try lines("inactive-with-access.csv").dropFirst() == ["3,user3,,,,false,2"])
    let changes = try lines("changes.csv")
    #expect(changes.count == 3 && changes[1].hasPrefix("3,2026-02-03T00:00:00.000Z,"))
    #expect(changes[2].hasSuffix(",grant,,1,0,"))
    #expect(try verify() == [])
  }

  @Test func thePageStandsAloneAndHidesNothing() throws {
    try desk.other.execute(
      "UPDATE hrm_company SET name = '<script>&' || char(8238) WHERE code = 'C1'")
    try report()
    let page = String(decoding: try readFile("\(directory)/summary.html"), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(page.contains("&lt;script&gt;&amp;&lt;U+202E&gt;"))
    #expect(!page.contains("<script") && !page.contains("http") && !page.contains("\u{202E}"))
    #expect(page.contains("<b>33.3&thinsp;%</b>") && page.contains("size: A4"))
    #expect(page.components(of: "<svg ") == 3 && page.components(of: "</svg>") == 3)
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
    try desk.other.execute("DROP TABLE company_access_entity")
    #expect(throws: AccessError.self) { try report() }
    #expect(!desk.folder.names.contains("report"))
  }

  @Test func grantsOfNobodyAreCounted() throws {
    try desk.other.setForeignKeys(false)
    try desk.other.execute(
      """
      DROP TRIGGER company_access_user_gone;
      DELETE FROM hrm_users WHERE id = 1
      """)
    let summary = try report()
    #expect(summary.figures.unknownUsers == 1 && summary.figures.coverage.users == 5)
    #expect(summary.figures.coverage.grants == 4 && summary.figures.coverage.orphans == 2)
    #expect(
      summary.figures.usersWithAccess + summary.figures.usersWithoutAccess
        == summary.figures.coverage.users)
    #expect(summary.asOf.notices == [.incomplete(missing: ["trigger company_access_user_gone"])])
    #expect(try lines("access.csv").last?.hasPrefix("1,,,,,,") == true)
    #expect(try verify() == [])
  }

  @Test func anEmptyDatabaseHasAReportToo() throws {
    let path = desk.folder.file("empty.db")
    try AccessStore.create(path)
    let now = Timestamp.now
    try AccessStore.open(path).report(
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
