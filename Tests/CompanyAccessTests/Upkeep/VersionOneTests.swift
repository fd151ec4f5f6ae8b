import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// A file of version 1 with every kind of change, brought over.
///
/// `VersionOne/version-one.sql` is a dump of such a file, and `version-one.txt` what version 1 itself said
/// of it after each of its changes; of user `ext` after change 48 it did not know the full name, which the
/// edit tells. Neither can be made again: no version 1 is left.
@Suite struct VersionOneTests {
  private let folder: TemporaryFolder
  private let path: String

  private static let resources =
    #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/VersionOne/"

  private static func text(_ name: String) throws -> String {
    String(decoding: try readFile(resources + name), as: UTF8.self)
  }

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("one.db")
    try runSqlite3(path, Self.text("version-one.sql"))
  }

  @Test("Everything is as version 1 said, at every change") func everyMomentIsAsBefore() throws {
    let done = try AccessStore.upgradeSchema(path)
    #expect(done.before == 1 && done.change == ChangeID(55) && done.found == 0)
    let store = try AccessStore.open(path)
    let lines = try Self.text("version-one.txt").split(separator: "\n")
    #expect(lines.count == 54 * 4)
    for number in 1...54 {
      let said = lines[(number - 1) * 4..<number * 4].map {
        String($0.drop { $0 == " " })
      }
      let change = try #require(try store.change(ChangeID(Int64(number))))
      #expect("change \(number) \(change.added) \(change.removed)" == said[0])
      let moment = Moment.after(change.id)
      let users = try store.users(UserQuery(), limit: 1_000, at: moment).rows
      let companies = try store.companies(CompanyQuery(), limit: 1_000, at: moment).rows
      #expect(
        Set(users.map { word($0.user.username, $0.companies, $0.user.isActive) })
          == words(said[1]), "\(number)")
      let watched = [
        "lin", "lin.chen", "ext", "ext2", "z_wisniewska", "reused", "t_berg",
      ]
      #expect(
        Set(
          users.filter { watched.contains($0.user.username) }.map {
            [$0.user.username, $0.user.fullName ?? "", $0.user.email ?? "", $0.user.role ?? ""]
              .joined(separator: "|").replacing(" ", with: "_")
          }) == words(said[2]), "\(number)")
      #expect(
        Set(companies.map { word($0.company.name, $0.users, $0.company.isActive) })
          == words(said[3]), "\(number)")
    }
  }

  private func word(_ name: String, _ count: Int, _ isActive: Bool) -> String {
    "\(name)=\(count)\(isActive ? "" : "!")".replacing(" ", with: "_")
  }

  private func words(_ line: String) -> Set<String> {
    Set(line.split(separator: " ").dropFirst().map(String.init))
  }

  @Test("The tables are those that init makes, and nothing differs") func theTablesAreNew() throws {
    try AccessStore.upgradeSchema(path)
    #expect(try AccessStore.verifySchema(path) == [])
    let made = folder.file("made.db")
    try AccessStore.create(made)
    let sql = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
    #expect(try runSqlite3(path, sql) == runSqlite3(made, sql))
    #expect(try AccessStore.upgradeSchema(path).steps == [])
    let found = try AccessStore.examine(path).findings
    #expect(found.filter { $0.severity == .problem }.map(\.id) == ["former-holder"])
  }

  @Test("Who came back by an undo continues the life before, and edits can be undone")
  func livesAreKept() throws {
    try AccessStore.upgradeSchema(path)
    let rows = try runSqlite3(
      path,
      """
      SELECT key, name, began_change, ended_change, continues IS NOT NULL
      FROM company_access_user_lifetime WHERE key IN (42, 43, 90) ORDER BY lifetime
      """)
    #expect(
      rows == """
        42|t_berg||52|0
        42|reused|52||0
        43|lin.chen|32|39|0
        43|lin.chen|40||1
        90|ext||49|0
        90|ext2|49||0
        """)
    let store = try AccessStore.open(path)
    try store.apply(store.plan(.undo(ChangeID(41))))
    let users = try store.users(UserQuery(), limit: 1_000).rows.map(\.user)
    #expect(users.first { $0.username == "lin.chen" }?.fullName == "Lin Chen-Ortiz")
  }

  @Test("Only changes that added somebody say so; of others it is known first with them")
  func beginningsAreToldAsTheyAreKnown() throws {
    try AccessStore.upgradeSchema(path)
    let store = try AccessStore.open(path)
    var made: [String] = []
    var known: [String] = []
    for change in try store.changes(limit: 1_000).reversed() {
      for entity in try store.entities(of: change.id) {
        let words = "\(change.id) \(change.action.rawValue) \(entity.name ?? "?")"
        if entity.event == .made { made.append(words) }
        if entity.event == .firstKnown { known.append(words) }
      }
    }
    #expect(
      made == ["32 add lin", "36 add Nova Ltd", "40 undo lin.chen", "45 undo Nova Trading"])
    #expect(
      known == [
        "7 grant Γραφείο Αθηνών", "8 grant Zürich Treuhand AG", "19 grant h_baker",
        "26 grant a_nowak2", "26 grant k_ivanova", "26 grant t_cakir", "30 grant svc_import",
        "49 external ext2", "52 external reused",
      ])
  }

  @Test("Every other way to open it names the upgrade") func otherCommandsAreRefused() throws {
    let refusal = AccessError.schemaRefused(path: path, [.olderVersion(1)])
    #expect(refusal.description.contains("\"schema upgrade\""))
    #expect(throws: refusal) { try AccessStore.open(path) }
    #expect(throws: refusal) { try AccessStore.adopt(path) }
    #expect(throws: refusal) { try AccessStore.verifySchema(path) }
    #expect(throws: refusal) { try AccessStore.downgradeSchema(path, acceptsLoss: true) }
    #expect(throws: refusal) { try AccessStore.pauseSchema(path) }
    let found = try AccessStore.examine(path).findings
    #expect(found.filter { $0.severity == .problem }.map(\.id) == ["earlier-version"])
  }

  @Test("Cancelled or tried, it leaves the file as it was") func itIsOneTransaction() throws {
    let before = try folder.read("one.db")
    #expect(throws: AccessError.cancelled) {
      try AccessStore.upgradeSchema(path, work: workCancelled(at: .writing))
    }
    #expect(try folder.read("one.db") == before)
    let tried = try AccessStore.upgradeSchema(path, dryRun: true)
    #expect(tried.steps.count > 40 && tried.change == nil)
    #expect(try folder.read("one.db") == before)
  }

  @Test("A table that the application had made gets its own definition back")
  func aFoundTableIsAsItWas() throws {
    let sql = """
      CREATE TABLE hrm_user_company_access (
        id CHAR(32) NOT NULL PRIMARY KEY, -- by the application
        user_id INTEGER NOT NULL REFERENCES hrm_users (id) ON DELETE CASCADE,
        company_id CHAR(32) NOT NULL REFERENCES hrm_company (id) ON DELETE CASCADE,
        created_at DATETIME, modified_at DATETIME
        , note TEXT, UNIQUE (user_id, company_id))
      """
    try runSqlite3(
      path,
      """
      CREATE TABLE kept AS SELECT * FROM hrm_user_company_access;
      DROP TABLE hrm_user_company_access;
      \(sql);
      ALTER TABLE hrm_user_company_access ADD COLUMN change_id INTEGER;
      INSERT INTO hrm_user_company_access
        SELECT id, user_id, company_id, created_at, modified_at, NULL, change_id FROM kept;
      DROP TABLE kept;
      INSERT INTO company_access_setting VALUES ('access_found', '\(sql)');
      """)
    try AccessStore.upgradeSchema(path)
    #expect(try AccessStore.verifySchema(path) == [])
    #expect(
      try runSqlite3(
        path,
        "SELECT sql FROM sqlite_schema WHERE tbl_name = 'hrm_user_company_access' "
          + "AND type <> 'trigger' AND sql IS NOT NULL") == sql)
  }
}
