import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// What export says of the record, and what the import of a whole document puts on it.
@Suite(.onEachEngine) struct ExchangeRecordTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  @Test("An exported grant says since which change it holds, also after an undo")
  func exportSaysSinceWhen() throws {
    try desk.grant([1], [1])
    try desk.revoke([1], [1])
    try desk.apply(.undo(ChangeID(3)))
    try desk.other.execute(
      "UPDATE company_access_change SET at = \(desk.time("'2026-03-0' || id || ' 00:00:00.000'"))")
    let path = desk.folder.file("grants.csv")
    try desk.store.export(.grants, as: .csv, to: path)
    let lines = String(decoding: try readFile(path), as: UTF8.self).split(separator: "\r\n")
    #expect(lines[0] == "user,company,granted_at,granted_by,change")
    #expect(lines[1] == "user1,Company 1,2026-03-04T00:00:00.000Z,\(desk.store.actor),4")
    // JSON has the time of the row beside it, and is read back to no change.
    let json = desk.folder.file("grants.json")
    try desk.store.export(.grants, as: .json, to: json)
    let text = String(decoding: try readFile(json), as: UTF8.self)
    let made = try desk.other.rows("SELECT created_at FROM hrm_user_company_access") { $0.text(0) }
    #expect(
      text.contains("\"change\":4,\"row_created_at\":\"\(Timestamp(anyForm: made[0]).rfc3339)\"}"))
    let plan = try desk.plan(.staged(desk.store.stage(json, options: StagedPairs.Options())))
    #expect(plan.isEmpty && plan.unchanged == 1)
    // So do the list and the life.
    let life = try desk.store.life(of: UserID(1), Desk.company(1))
    #expect(life.episodes.last?.from.text == "2026-03-04 00:00:00.000")
    var query = UserQuery()
    query.company = Desk.company(1)
    let standing = try desk.store.users(query, limit: 1).rows[0].standing
    #expect(standing?.grantedAt == life.episodes.last?.from && standing?.change == ChangeID(4))
  }

  @Test("Who is created by an import is added by it, also where an older record was brought over")
  func importAddsWhomItCreates() throws {
    let file = try desk.folder.write("new.csv", "user,company\nnewcomer,Company 1\n")
    var options = StagedPairs.Options()
    options.createsMissing = true
    let change = try #require(
      try desk.apply(.staged(desk.store.stage(file, options: options))).change)
    func events() throws -> [ChangedEntity.Event] {
      try desk.store.entities(of: change).map(\.event)
    }
    #expect(try events() == [.made])
    try desk.other.execute("INSERT INTO company_access_setting VALUES ('upgraded_change', 9)")
    #expect(try events() == [.made])
    // Whoever is older than the import was there before it.
    try desk.other.execute(
      "UPDATE company_access_user_lifetime SET created_at = '2026-01-01T00:00:00Z'")
    #expect(try events() == [.firstKnown])
  }

  @Test("A whole document is on the record as one change")
  func wholeDocumentIsOnTheRecord() throws {
    try desk.grant([1, 2, 3], [1, 2])
    let path = desk.folder.file("all.json")
    try desk.store.export(.all, as: .json, to: path)
    let copy = desk.folder.file("copy.db")
    try AccessStore.create(copy)
    let store = try AccessStore.open(copy)
    let done = try store.restore(ImportFile(path), reason: "moved", dryRun: false)
    #expect(done.change == ChangeID(2) && done.grants == 6 && done.users == 4)
    let change = try #require(try store.change(ChangeID(2)))
    #expect(change.action == .importFile && change.added == 6 && change.removed == 0)
    #expect(change.subject?.counts.map(\.number) == [4, 3])
    #expect(try store.entities(of: ChangeID(2)).map(\.event) == Array(repeating: .made, count: 7))
    let other = try Connection(path: copy, mode: .readOnly)
    #expect(try Reconciliation(mapping: .hrm).counts(other).isEmpty)
    let before = try store.coverage(at: .after(ChangeID(1)))
    #expect(before.users == 0 && before.companies == 0 && before.grants == 0)
    let life = try store.life(of: UserID(1), store.company(named: "Company 1").id)
    #expect(life.episodes.map { $0.grantedBy?.id } == [ChangeID(2)] && life.notes == [])
    // And the export of that is the same document.
    try store.export(.all, as: .json, to: desk.folder.file("again.json"))
    #expect(try desk.folder.read("again.json") == desk.folder.read("all.json"))
  }
}
