import Database
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

/// Copies of a database that is in use.
@Suite struct BackupTests {
  let folder: TemporaryFolder
  let path: String
  let target: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("hrm.db")
    target = folder.file("copy.db")
    try AccessStore.create(path, sample: true)
  }

  func dump(_ path: String) throws -> String { try runSqlite3(path, ".dump") }

  @Test func aCopyHoldsWhatTheOriginalHolds() throws {
    let backup = try AccessStore.backup(path, to: target)
    #expect(try dump(target) == dump(path))
    #expect(backup.path == target && backup.orphans == 0)
    #expect(backup.bytes == (try folder.read("copy.db").count))
    let rows = try runSqlite3(path, "SELECT count(*) FROM hrm_user_company_access")
    #expect(backup.rows > Int(rows) ?? .max && backup.tables >= 10)
    var status = stat()
    #expect(stat(target, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(folder.names == ["copy.db", "hrm.db"])
    #expect(try AccessStore.open(target).coverage(at: .now).grants > 0)
  }

  /// SQLite takes its own JSON functions for unsafe in a schema, and does not run the checks.
  @Test func checksThatAreNotTrustedAreNotRun() throws {
    let maker = try Connection(path: path, mode: .readWrite)
    try maker.setTrustedSchema(true)
    try maker.execute(
      """
      CREATE TABLE cards (data TEXT CHECK (json_valid(data) OR fts5_source_id() IS NULL));
      INSERT INTO cards VALUES ('{}'), ('[]')
      """)
    try AccessStore.backup(path, to: target)
    #expect(try dump(target) == dump(path))
  }

  /// How many times in either journal mode: five, or what the environment says.
  static let times = getenv("COMPANY_ACCESS_BACKUPS").flatMap { Int(String(cString: $0)) } ?? 5

  /// Another program writes as fast as it can, two tables in one transaction.
  ///
  /// A copy that mixed two moments would have different numbers in them. The file is copied in more
  /// than one step.
  @Test(arguments: ["delete", "wal"])
  func everyCopyOfABusyFileIsOfOneMoment(journal: String) throws {
    try runSqlite3(
      path,
      """
      PRAGMA journal_mode = \(journal);
      CREATE TABLE large AS SELECT zeroblob(9000000) AS b;
      CREATE TABLE tick (n INTEGER);
      CREATE TABLE tock (n INTEGER, filling TEXT);
      WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 400)
      INSERT INTO tock SELECT 0, hex(randomblob(500)) FROM c;
      """)
    let other = try ForeignShell(path)
    other.repeatForever(
      "BEGIN IMMEDIATE; INSERT INTO tick VALUES (1); UPDATE tock SET n = n + 1; COMMIT;")
    var moments: [Int] = []
    for _ in 0..<Self.times {
      try AccessStore.backup(path, to: target, replacing: true, busyTimeout: 60_000)
      let copy = try Connection(path: target, mode: .readOnly)
      let tick = try copy.count("SELECT count(*) FROM tick")
      let tocks = try copy.rows("SELECT DISTINCT n FROM tock") { $0.int(0) }
      #expect(tocks == [tick])
      #expect(try copy.rows("PRAGMA integrity_check") { $0.text(0) } == ["ok"])
      #expect(try copy.rows("PRAGMA journal_mode") { $0.text(0) } == ["delete"])
      moments.append(tick)
    }
    #expect(moments == moments.sorted() && Set(moments).count > 1)
  }

  @Test func aNameThatIsTakenIsKeptUnlessToldOtherwise() throws {
    try folder.write("copy.db", "mine")
    #expect(throws: AccessError.exists(path: target, canBeReplaced: true)) {
      try AccessStore.backup(path, to: target)
    }
    #expect(try folder.read("copy.db") == Array("mine".utf8))
    try AccessStore.backup(path, to: target, replacing: true)
    #expect(try dump(target) == dump(path))
  }

  @Test(arguments: ["link", "itself", "other name", "folder", "journal", "stray"])
  func aPlaceThatWouldDoHarmIsRefused(_ what: String) throws {
    var place = target
    switch what {
    case "link": symlink(folder.file("elsewhere.db"), target)
    case "itself": place = path
    case "other name": link(path, target)
    case "folder": mkdir(target, 0o700)
    case "journal": place = path + "-journal"
    default: try folder.write("copy.db-wal", "of another")
    }
    let before = folder.names
    let error = #expect(throws: AccessError.self) {
      try AccessStore.backup(path, to: place, replacing: true)
    }
    guard case .refusedOutput(place, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(folder.names == before)
  }

  @Test func cancellingLeavesNoTrace() throws {
    let error = #expect(throws: AccessError.self) {
      try AccessStore.backup(path, to: target, work: workCancelled(at: .copying))
    }
    #expect(error == .cancelled)
    #expect(folder.names == ["hrm.db"])
    let late = #expect(throws: AccessError.self) {
      try AccessStore.backup(path, to: target, work: workCancelled(at: .checking))
    }
    #expect(late == .cancelled)
    #expect(folder.names == ["hrm.db"])
  }

  @Test func aDamagedOriginalGivesNoCopy() throws {
    var bytes = try folder.read("hrm.db")
    try overwritePage(of: "ix_hrm_user_company_access_company", as: path, in: &bytes)
    try folder.write("hrm.db", bytes)
    let error = #expect(throws: AccessError.self) { try AccessStore.backup(path, to: target) }
    guard case .damaged(path, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(folder.names == ["hrm.db"])
  }

  @Test func orphansOfTheOriginalAreInTheCopyAndCounted() throws {
    try runSqlite3(path, "PRAGMA foreign_keys = OFF; DELETE FROM hrm_role WHERE id = 1")
    let backup = try AccessStore.backup(path, to: target)
    let users = try runSqlite3(path, "SELECT count(*) FROM hrm_users WHERE role_id = 1")
    #expect(backup.orphans == Int(users) && users != "0")
  }

  @Test func anyDatabaseCanBeCopied() throws {
    try runSqlite3(path, "DROP TABLE hrm_user_company_access")
    try AccessStore.backup(path, to: target)
    #expect(try dump(target) == dump(path))
    let none = try #require(throws: AccessError.self) {
      try AccessStore.backup(folder.file("none.db"), to: folder.file("x.db"))
    }
    #expect(none == .noSuchFile(path: folder.file("none.db")))
    try folder.write("text.db", String(repeating: "no database ", count: 100))
    #expect(throws: AccessError.notADatabase(path: folder.file("text.db"))) {
      try AccessStore.backup(folder.file("text.db"), to: folder.file("x.db"))
    }
  }
}
