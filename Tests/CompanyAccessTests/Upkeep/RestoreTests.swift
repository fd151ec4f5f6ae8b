import Database
import Formats
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

/// A backup that becomes the database again.
@Suite struct RestoreTests {
  let folder: TemporaryFolder
  let path: String
  let backup: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("hrm.db")
    backup = folder.file("monday.db")
    try AccessStore.create(path, sample: true)
  }

  /// All rows and definitions apart from the record, which goes on.
  func rows(_ path: String) throws -> String {
    try runSqlite3(path, ".dump").split(separator: "\n")
      .filter { !$0.hasPrefix("INSERT INTO company_access_") }.sorted().joined(separator: "\n")
  }

  /// The whole record.
  func record(_ path: String) throws -> [String] {
    try runSqlite3(path, ".dump").split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("INSERT INTO company_access_") }
  }

  func newest(_ path: String) throws -> Change {
    try #require(try AccessStore.open(path, access: .readOnly).changes(limit: 1).first)
  }

  /// Keeps a copy, and then takes something away from the file.
  func loseSomething() throws {
    try AccessStore.backup(path, to: backup)
    let store = try AccessStore.open(path)
    let user = try store.user(named: "john_smith")
    try store.apply(store.plan(.revoke(.these([user.id]), .matching(CompanyQuery(), except: []))))
  }

  func restore() throws -> Restoration {
    try AccessStore.restore(
      AccessStore.planRestore(of: path, from: backup, busyTimeout: 60_000), origin: .command,
      reason: "a mistake", busyTimeout: 60_000)
  }

  @Test("The file is what the backup was, and its record goes on with one more change")
  func theRecordGoesOn() throws {
    try loseSomething()
    let lost = try rows(path)
    let last = try newest(path)
    #expect(try rows(backup) != lost)
    let plan = try AccessStore.planRestore(of: path, from: backup)
    #expect(plan.onlyInPresent == 1 && plan.gap == nil)
    #expect(try plan.newest == newest(backup))
    #expect(try rows(path) == lost)
    let done = try AccessStore.restore(plan, origin: .command, reason: "a mistake")
    #expect(try rows(path) == rows(backup))
    let change = try newest(path)
    let kept = try #require(done.kept)
    #expect(change.id == done.change && change.action == .restore && change.origin == .command)
    #expect(
      change.reason
        == "a mistake; restored from \(backup); the file as it was before is \(kept.path)")
    // No number means two things, and an open desk notices that its plan is not of this table.
    #expect(change.id.number == last.id.number + 1)
    #expect(done.onlyInKept == 1 && kept.damage == nil && kept.path == plan.keptAs)
    #expect(try rows(kept.path) == lost)
    #expect(folder.names.count == 3 && folder.names.contains("hrm.db"))
    #expect(done.gap == nil && change.added > 0 && change.removed == 0)
    // Nothing of the record before is lost.
    let all = Set(try record(path))
    for row in try record(kept.path) where row.contains("_change ") || row.contains("_ended_grant ")
    {
      #expect(all.contains(row))
    }
    let store = try AccessStore.open(path)
    let user = try store.user(named: "john_smith").id
    var query = CompanyQuery()
    query.user = user
    #expect(try store.count(query, at: .after(last.id)) == 0)
    #expect(try store.count(query) == change.added)
    // Whoever looks back beyond it is told.
    let note = RestorationNote(change: change.id, keepsRecord: true)
    #expect(change.restoration == note && last.restoration == nil)
    #expect(try store.moment(after: last.id).notices == [.restored(note)])
    #expect(try store.moment(after: change.id).notices == [])
    let company = try store.company(named: "NYC").id
    #expect(try store.life(of: user, company).notes == [.restored(note)])
    #expect(try store.life(of: user, company, at: .after(last.id)).notes == [])
    let report = folder.file("report")
    try store.report(from: last.at, to: .now, into: report, toolVersion: "0")
    let manifest = String(decoding: try readFile("\(report)/manifest.json"), as: UTF8.self)
    #expect(manifest.contains("\"notices\": [\"change \(change.id) restored the database from"))
    for name in try #require(PathName.names(in: report)) { unlink("\(report)/\(name)") }
    rmdir(report)
    // And the ways back.
    let again = try AccessStore.planRestore(of: path, from: kept.path)
    #expect(again.onlyInPresent == 1 && again.gap == nil)
    #expect(again.keptAs != plan.keptAs || again.keptAs == nil)
    try store.apply(store.plan(.undo(change.id)))
    #expect(try rows(path) == lost)
  }

  @Test("A restoration and its undo bring users, companies and all their columns back")
  func peopleComeBack() throws {
    try runSqlite3(path, "UPDATE hrm_users SET password_hash = 'secret' WHERE username = 'j_doe'")
    try AccessStore.backup(path, to: backup)
    let store = try AccessStore.open(path)
    let leaver = try store.user(named: "j_doe").id
    try store.apply(store.plan(.entity(EntityEdit(.delete(.user(leaver))))))
    try store.apply(
      store.plan(
        .entity(
          EntityEdit(
            .add(.user), values: ["username": "newcomer", "home": "HQ"], changesGrants: true))))
    let renamed = try store.company(named: "LA").id
    try store.apply(
      store.plan(.entity(EntityEdit(.edit(.company(renamed)), values: ["name": "Los Angeles"]))))
    let last = try newest(path).id
    let lost = try rows(path)
    let done = try restore()
    #expect(try rows(path) == rows(backup) && done.gap == nil)
    #expect(try store.user(leaver)?.user.username == "j_doe")
    #expect(try store.user(leaver, at: .after(last)) == nil)
    #expect(try store.company(renamed, at: .after(last))?.company.name == "Los Angeles")
    #expect(
      try Set(store.entities(of: done.change).map { "\($0.event) \($0.name ?? "?")" }).count == 3)
    let plan = try store.plan(.undo(done.change))
    #expect(plan.leftAlone == 0 && plan.entitiesLeftAlone == 0)
    try store.apply(plan)
    let modified = try runSqlite3(path, "SELECT modified_at FROM hrm_company WHERE code = 'LA'")
    let kept = try #require(done.kept)
    let before = try runSqlite3(
      kept.path, "SELECT modified_at FROM hrm_company WHERE code = 'LA'")
    #expect(try rows(path).replacing(modified, with: before) == lost)
    // Who came back with it is the one who was there before.
    let life = try runSqlite3(
      path, "SELECT count(*) FROM company_access_user_lifetime WHERE continues IS NOT NULL")
    #expect(Int(life) ?? 0 >= 1)
  }

  @Test("Of a database that was made by itself the backup's record holds, and the change says so")
  func anotherDatabase() throws {
    try AccessStore.create(backup)
    let plan = try AccessStore.planRestore(of: path, from: backup)
    #expect(plan.gap == .otherDatabase)
    let last = try newest(path).id
    let done = try AccessStore.restore(plan)
    #expect(done.gap == .otherDatabase && done.change.number == last.number + 1)
    #expect(try rows(path) == rows(backup))
    #expect(
      try newest(path).reason?.hasSuffix("is in that file alone, because it is of another database")
        == true)
    let store = try AccessStore.open(path)
    #expect(try store.changes(limit: 9).count == 2)
    #expect(
      try store.moment(after: ChangeID(1)).notices
        == [.restored(RestorationNote(change: done.change, keepsRecord: false))])
  }

  /// Another program has the file open, and a statement of it in its cache.
  @Test(arguments: ["delete", "wal", "truncate"], ["delete", "wal"])
  func otherProgramsSeeTheRowsAndGoOn(journal: String, ofBackup: String) throws {
    try loseSomething()
    try runSqlite3(backup, "PRAGMA journal_mode = \(ofBackup)")
    let shell = try ForeignShell(path)
    try shell.ask("PRAGMA journal_mode = \(journal); PRAGMA foreign_keys = ON;")
    let grants = "SELECT count(*) FROM hrm_user_company_access;"
    let before = try shell.ask(grants)
    let done = try restore()
    let count = try shell.ask(grants)
    #expect(try count == runSqlite3(backup, grants) && count != before)
    let answer = try shell.ask(
      "DELETE FROM hrm_user_company_access WHERE user_id = 1; SELECT changes(); \(grants)")
    let figures = answer.split(separator: "\n").compactMap { Int($0) }
    #expect(figures.count == 2 && figures.reduce(0, +) == Int(count), "\(answer)")
    let log = try AccessStore.open(path).changes(limit: 2)
    #expect(log.map(\.action) == [.external, .restore] && log[1].id == done.change)
    #expect(try shell.ask("PRAGMA integrity_check;") == "ok")
    let mode = journal == "wal" ? "wal" : "delete"
    #expect(try runSqlite3(path, "PRAGMA journal_mode") == mode)
  }

  /// Whatever is written before the file is replaced must be in the copy that is kept.
  @Test(arguments: ["delete", "wal"])
  func nothingIsLostWhileOthersWrite(journal: String) throws {
    try runSqlite3(
      path,
      "PRAGMA journal_mode = \(journal); CREATE TABLE tick (n INTEGER PRIMARY KEY); INSERT INTO tick VALUES (0)"
    )
    try AccessStore.backup(path, to: backup)
    let writer = try ForeignShell(path)
    let notes = folder.file("notes.db")
    try writer.ask("ATTACH '\(notes)' AS notes; CREATE TABLE notes.seen (n INTEGER);")
    writer.repeatForever(
      """
      INSERT INTO tick SELECT max(n) + 1 FROM tick; INSERT INTO seen SELECT max(n) FROM tick;
      """, resting: true)
    let live = try Connection(path: path, mode: .readWrite)
    live.busyTimeout = 60_000
    try waitForFiveTicks(live)
    // The other program counts on from what it finds, which after the restoration is 0.
    let done = try restore()
    let kept = try Connection(path: try #require(done.kept).path, mode: .readOnly)
    let last = try kept.count("SELECT max(n) FROM tick")
    #expect(try last >= 5 && kept.count("SELECT count(*) FROM tick") == last + 1)
    try waitForFiveTicks(live)
    // The last that was written before it began to count anew is in the copy.
    let noted = try Connection(path: notes, mode: .readOnly).rows(
      "SELECT n FROM seen ORDER BY rowid"
    ) { $0.int(0) }
    let anew = try #require(zip(noted, noted.dropFirst()).first { $0 > $1 })
    #expect(last >= anew.0, "\(anew.0) was lost")
    // In one look, because the other program goes on.
    #expect(try live.count("SELECT count(*) - 1 = max(n) FROM tick") == 1)
    #expect(try live.rows("PRAGMA integrity_check") { $0.text(0) } == ["ok"])
    #expect(
      try live.count("SELECT count(*) FROM company_access_change WHERE action = 'restore'") == 1)
  }

  /// Waits for the other program; if it has stopped, that is an error and not a wait without end.
  private func waitForFiveTicks(_ live: Connection) throws {
    let deadline = monotonicSeconds() + 60
    while try live.count("SELECT max(n) FROM tick") < 5 {
      try #require(monotonicSeconds() < deadline, "the other program has stopped")
      // A reader that never rests would keep the writer from the file.
      poll(nil, 0, 2)
    }
  }

  @Test func thePageSizeStays() throws {
    try AccessStore.backup(path, to: backup)
    try runSqlite3(path, "PRAGMA page_size = 8192; VACUUM; PRAGMA journal_mode = wal")
    let shell = try ForeignShell(path)
    try shell.ask("SELECT count(*) FROM hrm_users;")
    _ = try restore()
    #expect(try shell.ask("PRAGMA page_size; PRAGMA integrity_check;") == "8192\nok")
    #expect(try rows(path) == rows(backup))
  }

  @Test func aReaderThatStaysHoldsItOff() throws {
    try loseSomething()
    let before = try rows(path)
    let shell = try ForeignShell(path)
    try shell.ask("BEGIN; SELECT count(*) FROM hrm_users;")
    let plan = try AccessStore.planRestore(of: path, from: backup)
    let error = #expect(throws: AccessError.self) {
      try AccessStore.restore(plan, busyTimeout: 0)
    }
    #expect(error?.description.hasPrefix("another program holds \(path)") == true)
    #expect(folder.names.filter { !$0.hasPrefix("hrm.db-") } == ["hrm.db", "monday.db"])
    try shell.ask("COMMIT;")
    #expect(try rows(path) == before)
  }

  @Test(arguments: [WorkPhase.copying, .checking, .writing])
  func cancellingLeavesNoTrace(phase: WorkPhase) throws {
    try loseSomething()
    let before = try rows(path)
    let plan = try AccessStore.planRestore(of: path, from: backup)
    #expect(throws: AccessError.cancelled) {
      try AccessStore.restore(plan, work: workCancelled(at: phase))
    }
    #expect(try rows(path) == before)
    #expect(folder.names == ["hrm.db", "monday.db"])
  }

  // MARK: - What is refused

  func refusal(of source: String) throws -> AccessError {
    let before = try rows(path)
    let names = folder.names
    let error = #expect(throws: AccessError.self) {
      try AccessStore.restore(AccessStore.planRestore(of: path, from: source))
    }
    #expect(try rows(path) == before)
    #expect(folder.names == names)
    return try #require(error)
  }

  @Test func whatIsNoBackupIsRefused() throws {
    try AccessStore.create(backup)
    #expect(try refusal(of: path) == .notRestorable(path: path, .itself))
    symlink(path, folder.file("link.db"))
    let link = folder.file("link.db")
    #expect(try refusal(of: link) == .notRestorable(path: link, .itself))
    #expect(try refusal(of: folder.file("none")) == .noSuchFile(path: folder.file("none")))
    try runSqlite3(backup, "DROP TABLE company_access_ended_grant")
    #expect(
      try refusal(of: backup)
        == .noTables(path: backup, missing: ["company_access_ended_grant"], mapping: "hrm"))
  }

  @Test func anotherVersionIsRefused() throws {
    try AccessStore.backup(path, to: backup)
    try runSqlite3(
      backup, "UPDATE company_access_setting SET value = 0 WHERE key = 'schema_version'")
    #expect(
      try refusal(of: backup)
        == .notRestorable(path: backup, .otherVersion(found: 0, needed: SchemaStatus.newest)))
  }

  @Test func aDamagedBackupIsRefused() throws {
    try AccessStore.backup(path, to: backup)
    var bytes = try folder.read("monday.db")
    try overwritePage(of: "ix_hrm_user_company_access_company", as: path, in: &bytes)
    try folder.write("monday.db", bytes)
    guard case .damaged(backup, _) = try refusal(of: backup) else {
      Issue.record("not told as damage")
      return
    }
  }

  @Test func aFileThatMayNotBeWrittenIsRefused() throws {
    try AccessStore.backup(path, to: backup)
    chmod(path, 0o444)
    #expect(try refusal(of: backup) == .readOnly(.modeBits))
  }

  // MARK: - A present file that is no good

  @Test func aDamagedFileIsKeptAsItIsAndRestored() throws {
    try AccessStore.backup(path, to: backup)
    var bytes = try folder.read("hrm.db")
    for name in ["company_access_change", "hrm_users"] {
      try overwritePage(of: name, as: backup, in: &bytes)
    }
    try folder.write("hrm.db", bytes)
    let plan = try AccessStore.planRestore(of: path, from: backup)
    #expect(plan.onlyInPresent == nil && plan.gap == .unreadable)
    let done = try AccessStore.restore(plan)
    #expect(done.onlyInKept == nil && done.kept?.damage != nil && done.gap == .unreadable)
    #expect(try newest(path).reason?.hasSuffix("because it cannot be read") == true)
    #expect(try rows(path) == rows(backup))
    #expect(try readFile(try #require(done.kept).path).count == bytes.count)
  }

  @Test func aFileBeyondRepairIsToBeMovedAway() throws {
    try AccessStore.backup(path, to: backup)
    let bytes = try folder.read("hrm.db")
    try folder.write("hrm.db", Array(bytes.prefix(5 * pageSize(of: bytes))))
    let plan = try AccessStore.planRestore(of: path, from: backup)
    let error = #expect(throws: AccessError.self) { try AccessStore.restore(plan) }
    guard case .notRestorable(path, .beyondRepair) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(folder.names == ["hrm.db", "monday.db"])
    unlink(path)
    let made = try AccessStore.restore(AccessStore.planRestore(of: path, from: backup))
    #expect(made.kept == nil)
    #expect(try rows(path) == rows(backup))
    #expect(try newest(path).reason == "restored from \(backup); there was no file")
    #expect(folder.names == ["hrm.db", "monday.db"])
  }
}
