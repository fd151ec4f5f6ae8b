import Database
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

/// What shows that a report was forged.
@Suite(.onEachEngine) struct ReportProofTests {
  let desk: Desk
  let first: String
  let second: String
  let digest: String

  /// Two reports of periods that meet, the second of which continues the first.
  init() throws {
    desk = try Desk(users: 6, companies: 3)
    (first, second) = (desk.folder.file("first"), desk.folder.file("second"))
    try desk.grant([1, 2, 3], [1, 2])
    try desk.revoke([2], [2])
    try desk.grant([6], [1])
    try desk.apply(.entity(EntityEdit(.delete(.user(UserID(3))))), reason: "left")
    try desk.other.execute(
      "UPDATE company_access_change SET at = \(desk.time("'2026-02-0' || id || ' 00:00:00.000'"))")
    digest = try ReportProofTests.write(desk, "2026-02-02", "2026-02-03", first)
    _ = try ReportProofTests.write(desk, "2026-02-03 00:00:00.001", "2026-02-06", second)
  }

  private static func write(
    _ desk: Desk, _ from: String, _ to: String, _ folder: String
  ) throws -> String {
    var options = ReportOptions()
    (options.title, options.organisation) = ("HRM \"live\"", "Acme & Co")
    func time(_ text: String) -> Timestamp {
      Timestamp(stored: text.utf8.count == 10 ? text + " 00:00:00.000" : text)
    }
    return try desk.store.report(
      from: time(from), to: time(to), into: folder, options: options, toolVersion: "1.2.3",
      now: Timestamp(stored: "2026-03-01 00:00:00.000")
    ).manifestSHA256
  }

  /// Replaces a text in a file of a report, and makes the manifest fit.
  private func forge(_ folder: String, _ name: String, _ old: String, _ new: String) throws {
    let relative = String(folder.split(separator: "/").last ?? "")
    let text = String(decoding: try readFile("\(folder)/\(name)"), as: UTF8.self)
    try #require(text.contains(old))
    let forged = Array(text.replacing(old, with: new).utf8)
    try desk.folder.write("\(relative)/\(name)", forged)
    let before = String(decoding: try readFile("\(folder)/manifest.json"), as: UTF8.self)
    let (hash, size) = (SHA256.hex(Array(text.utf8)), text.utf8.count)
    let found = SHA256.hex(forged)
    let manifest = before.replacing(
      "\"bytes\": \(size), \"sha256\": \"\(hash)",
      with: "\"bytes\": \(forged.count), \"sha256\": \"\(found)")
    let end = try #require(manifest.firstRange(of: ReportManifest.sealStart)).lowerBound
    let body = String(manifest[..<end])
    let sealed =
      body + ReportManifest.sealStart + SHA256.hex(Array(body.utf8)) + ReportManifest.sealEnd
    try desk.folder.write("\(relative)/manifest.json", Array(sealed.utf8))
  }

  private func proves(_ folder: String) throws -> [ReportDifference] {
    try desk.store.verifyReport(folder)
  }

  @Test("a report that is true passes every proof, also when the database went on")
  func trueReports() throws {
    for folder in [first, second] {
      #expect(try AccessStore.verifyReport(folder) == [])
      #expect(try proves(folder) == [])
    }
    #expect(try AccessStore.verifyReport(first, next: second) == [])
    try desk.apply(.bulkGrant(.all, .all))
    try desk.apply(.undo(ChangeID(3)))
    try desk.other.execute(
      "UPDATE hrm_users SET username = 'other', is_active = FALSE WHERE id = 1")
    for folder in [first, second] {
      let found = try proves(folder)
      #expect(found == [])
    }
    #expect(desk.folder.names.count { $0.hasPrefix("company-access-report") } == 0)
  }

  @Test("another granter passes the modest check, and fails every proof")
  func anotherGranter() throws {
    try forge(first, "access.csv", desk.store.actor, "eve@hq")
    #expect(try AccessStore.verifyReport(first) == [])
    guard case .otherManifest? = try AccessStore.verifyReport(first, sha256: digest).first else {
      Issue.record("not found by the SHA-256")
      return
    }
    #expect(try proves(first) == [.notOfDatabase("access.csv", line: 2)])
    #expect(
      try AccessStore.verifyReport(first, next: second).contains(
        .grant(user: "1", company: Desk.company(1).description)))
  }

  @Test("a figure of the page, a reason, and a movement are found in the database")
  func otherFiles() throws {
    try forge(second, "summary.html", "Acme &amp; Co", "Acme &amp; Sons")
    #expect(try proves(second).contains { $0.isOfDatabase("summary.html") })
    try forge(second, "changes.csv", "left", "kept")
    try forge(second, "movements.csv", ",left,", ",kept,")
    let found = try proves(second)
    for name in ["changes.csv", "movements.csv"] {
      #expect(found.contains { $0.isOfDatabase(name) }, "\(name)")
    }
  }

  @Test("a record that was not only continued has another seal")
  func anotherPast() throws {
    let third = desk.folder.file("third")
    try desk.other.execute("UPDATE company_access_change SET actor = 'eve@hq' WHERE id = 2")
    _ = try ReportProofTests.write(desk, "2026-02-01", "2026-02-06", third)
    let found = try AccessStore.verifyReport(first, next: third)
    #expect(found.contains { if case .seal(ChangeID(3), _, _) = $0 { true } else { false } })
    #expect(found.contains(.grant(user: "1", company: Desk.company(1).description)))
    // Reports in the wrong order do not meet.
    #expect(
      try AccessStore.verifyReport(second, next: first).contains {
        if case .apart = $0 { true } else { false }
      })
  }

  @Test("a report of another database, or of a change that is not there, is named")
  func otherDatabases() throws {
    let other = try Desk()
    #expect(try other.store.verifyReport(first).contains(.otherDatabase))
    try desk.other.execute("DELETE FROM company_access_change WHERE id = 5")
    #expect(try proves(second).contains(.unknownChange(ChangeID(5))))
  }

  @Test("the manifest and the page say by what call, where, and who can write")
  func circumstances() throws {
    let claims = try #require(ReportCheck.claims(of: first))
    let how = try #require(claims.circumstances)
    #expect(how.location == desk.store.path && how.actor == desk.store.actor)
    #expect(how.title == "HRM \"live\"" && how.organisation == "Acme & Co")
    if desk.engine == .sqlite {
      #expect(how.access.count == 2 && how.access[0].hasPrefix("the file has the owner "))
    } else {
      #expect(how.access.count == 5)
      #expect(
        how.access[0] == "the table hrm_users has the owner postgres: only superusers may write it")
      #expect(how.access[4] == "everything may be written by the superuser postgres")
    }
    #expect(claims.opening?.change == ChangeID(1) && claims.closing?.change == ChangeID(3))
    #expect(try desk.store.verifyRecord([#require(claims.closing)]).isTrue)
    let page = String(decoding: try readFile("\(first)/summary.html"), as: UTF8.self)
    for text in ["HRM &quot;live&quot;", "Acme &amp; Co", "Prepared by", "counter(pages)"] {
      #expect(page.contains(text), "\(text)")
    }
  }
}

extension ReportDifference {
  /// Whether it says that a file is not what the database gives.
  fileprivate func isOfDatabase(_ name: String) -> Bool {
    if case .notOfDatabase(name, _) = self { true } else { false }
  }
}
