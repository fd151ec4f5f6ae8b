import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// A seal says whether anything up to its change was altered, and nothing else changes it.
@Suite(.onEachEngine) struct RecordSealTests {
  let desk: Desk

  init() throws { desk = try Desk() }

  /// Rows in every table of the record, with a value in every column.
  private func past() throws {
    try desk.apply(
      .grant(.users([1, 2, 3]), .companies([1, 2])),
      reason: ChangeReason("go live", ticket: "HR-1", decidedAt: Timestamp(stored: "2026-01-01")))
    try desk.apply(
      .entity(EntityEdit(.edit(.user(UserID(1))), values: ["email": "u@x", "full_name": "U One"])))
    try desk.apply(.entity(EntityEdit(.edit(.company(Desk.company(2))), values: ["code": "D2"])))
    let deletion = try desk.apply(.entity(EntityEdit(.delete(.user(UserID(2))))))
    try desk.apply(.entity(EntityEdit(.delete(.company(Desk.company(3))))))
    // Both come back as an undo would bring them.
    try Desk.addUser(2, to: desk.other)
    try desk.other.execute(
      "INSERT INTO hrm_company VALUES (?, 'Company 3', 'C3', TRUE, '2026-01-01', '2026-01-01')",
      [.text(Desk.company(3).stored)])
    for kind in ["user", "company"] {
      let table = "company_access_\(kind)_lifetime"
      try desk.other.execute(
        """
        UPDATE \(table) SET continues = (SELECT o.lifetime FROM \(table) AS o
            WHERE o.key = \(table).key AND o.ended_change IS NOT NULL)
        WHERE ended_change IS NULL
        """)
    }
    try desk.other.execute(
      """
      UPDATE company_access_change SET undoes = \(try #require(deletion.change))
      WHERE id = (SELECT max(id) FROM company_access_change)
      """)
    try desk.other.execute("INSERT INTO hrm_role VALUES (3, 'R')")
    try desk.other.execute("UPDATE hrm_users SET role_id = 3 WHERE id = 1")
    try desk.apply(.entity(EntityEdit(.edit(.user(UserID(1))), values: ["email": "v@x"])))
    try desk.apply(.entity(EntityEdit(.edit(.company(Desk.company(2))), values: ["code": "E2"])))
    try desk.revoke([1], [1])
    try desk.other.execute("UPDATE company_access_ended_grant SET \"row\" = '{}' WHERE entry > 2")
  }

  private func hex(_ change: ChangeID? = nil) throws -> String {
    let newest = try #require(try desk.store.verifyRecord().newest)
    return newest.hex
  }

  private func verify(_ seal: RecordSeal) throws -> Bool {
    let found = try desk.store.verifyRecord([seal])
    return try #require(found.seals.first).fits
  }

  private func sealed() throws -> RecordSeal { try #require(try desk.store.seal()) }

  @Test("a user who comes back to a grant that was there first leaves the seal before it true")
  func backToAnEarlierGrant() throws {
    let deleted = try #require(
      try desk.apply(.entity(EntityEdit(.delete(.user(UserID(2)))))).change)
    try desk.other.setForeignKeys(false)
    try desk.insert("early", 2, 1)
    let seal = try sealed()
    try desk.apply(.undo(deleted))
    let facts = try desk.other.rows(
      """
      SELECT began_change <= ?, continues IS NOT NULL FROM company_access_user_lifetime
      WHERE key = 2 AND ended_change IS NULL AND present
      """, [.integer(seal.change.number)]
    ) { ($0.bool(0), $0.bool(1)) }
    #expect(facts.count == 1 && facts.allSatisfy { $0 == (true, true) })
    #expect(try verify(seal))
    // What it continues is sealed by the change that brought it back.
    let later = try sealed()
    try desk.other.execute(
      "UPDATE company_access_user_lifetime SET continues = 1 WHERE key = 2 AND ended_change IS NULL"
    )
    #expect(try verify(seal) && !verify(later))
  }

  @Test("a seal is a change, and what comes later leaves it true")
  func laterChanges() throws {
    try past()
    let newest = try #require(try desk.store.newestChange())
    let seal = try #require(
      try desk.store.seal(reason: ChangeReason("quarter", ticket: "AU-7")))
    #expect(seal.change == ChangeID(newest.number + 1))
    let change = try #require(try desk.store.change(seal.change))
    #expect(change.action == .seal && change.reason == "quarter" && change.ticket == "AU-7")
    let found = try desk.store.verifyRecord([seal])
    #expect(found.isTrue && found.newest == seal && found.start == nil && found.findings == [])
    #expect(RecordSeal("\(seal)") == seal && RecordSeal("1:zz") == nil && RecordSeal("x") == nil)
    // What stood ends, and rows move to other tables; other programs write.
    try desk.revoke([2, 3], [1, 2])
    try desk.apply(.entity(EntityEdit(.edit(.user(UserID(1))), values: ["username": "first"])))
    try desk.apply(.entity(EntityEdit(.delete(.user(UserID(3))))))
    try desk.other.execute("DELETE FROM hrm_company WHERE id = ?", [.text(Desk.company(3).stored)])
    try Desk.addUser(9, to: desk.other)
    try desk.insert("x", 9, 1)
    #expect(try verify(seal))
    #expect(try desk.store.verifyRecord().findings == [])
    let second = try sealed()
    #expect(second.hex != seal.hex)
    #expect(try desk.store.verifyRecord([seal, second]).isTrue)
  }

  @Test("a seal without a write leaves nothing behind")
  func dryRun() throws {
    let newest = try desk.store.newestChange()
    #expect(try desk.store.seal(dryRun: true) == nil)
    #expect(try desk.store.newestChange() == newest)
  }

  /// Every column that the text of a change names.
  static let columns =
    [
      "id", "at", "actor", "origin", "action", "reason", "ticket", "decided_at", "added", "removed",
      "undoes",
    ].map { "company_access_change.\($0)" }
    + ["user", "company"].flatMap { kind in
      let attributes =
        kind == "user"
        ? ["name", "full_name", "email", "role", "active"] : ["name", "code", "active"]
      return
        ([
          "lifetime", "key", "began_change", "ended_change", "since_change", "present", "continues",
          "created_at",
        ] + attributes).map { "company_access_\(kind)_lifetime.\($0)" }
        + (["lifetime", "began_change", "ended_change", "present"] + attributes).map {
          "company_access_former_\(kind).\($0)"
        }
    }
    + ["user_lifetime", "company_lifetime", "began_change"].flatMap {
      ["company_access_current_grant.\($0)", "company_access_ended_grant.\($0)"]
    }
    + ["ended_change", "id", "created_at", "modified_at", "row"].map {
      "company_access_ended_grant.\($0)"
    } + ["change", "kind", "lifetime", "before", "after"].map { "company_access_row_image.\($0)" }

  /// Another value for a column of a server; nil where it is as that of a file.
  private func valueOnServer(_ column: String) throws -> String? {
    guard desk.engine == .postgres else { return nil }
    let parts = column.dropFirst("company_access_".utf8.count).split(separator: ".").map(
      String.init)
    let type = try desk.other.first(
      """
      SELECT data_type FROM information_schema.columns
      WHERE table_schema = 'company_access' AND table_name = ? AND column_name = ?
      """, parts.map(Value.text)
    ) { $0.text(0) }
    let name = "\"\(parts[1])\""
    return switch type {
    case "bigint":
      parts[1] == "lifetime" && parts[0].hasSuffix("_lifetime") ? "DEFAULT" : "\(name) + 40"
    case "boolean": "NOT \(name)"
    case "uuid": "gen_random_uuid()"
    case "jsonb": "'{\"x\": 1}'"
    case "timestamp with time zone", "timestamp without time zone", "date":
      "\(name) + CAST('1 day' AS interval)"
    default: nil
    }
  }

  /// A row of the past in which a column has a value, and another value for it.
  private func edit(_ column: String) throws -> String {
    let parts = column.split(separator: ".")
    let (table, name) = (parts[0], "\"\(parts[1])\"")
    let numbers = [
      "id", "added", "removed", "undoes", "lifetime", "began_change", "ended_change",
      "since_change",
      "present", "continues", "user_lifetime", "company_lifetime", "change", "role", "active",
    ]
    let isNumber = numbers.contains(String(parts[1])) && column != "company_access_ended_grant.id"
    let value =
      column == "company_access_row_image.kind"
      ? "CASE kind WHEN 'user' THEN 'company' ELSE 'user' END"
      : try valueOnServer(column) ?? (isNumber ? "\(name) + 40" : "\(name) || 'x'")
    let key = ["current_grant", "former_user", "former_company"].contains { table.hasSuffix($0) }
    let place =
      switch (key, table.hasSuffix("current_grant")) {
      case (true, true): "(user_lifetime, company_lifetime)"
      case (true, false): "(lifetime, ended_change)"
      default: "rowid"
      }
    let columns = place.filter { $0 != "(" && $0 != ")" }
    return """
      UPDATE \(table) SET \(name) = \(value) WHERE \(place) IN (
        SELECT \(columns) FROM \(table) WHERE \(name) IS NOT NULL ORDER BY 1 DESC LIMIT 1)
      """
  }

  @Test("one edited value up to the sealed change is found", arguments: columns)
  func editedValue(column: String) throws {
    try past()
    let seal = try sealed()
    #expect(try verify(seal))
    if desk.engine == .sqlite {
      try desk.other.execute("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF")
    }
    try desk.other.execute(edit(column))
    try #require(desk.other.changes == 1, "there is a value to edit")
    do {
      #expect(try !verify(seal))
    } catch AccessError.noSuchChange(seal.change) {
      #expect(column == "company_access_change.id")
    }
  }

  @Test(
    "a row that is deleted from the record is found",
    arguments: [
      "change", "user_lifetime", "company_lifetime", "former_user", "former_company",
      "current_grant", "ended_grant", "row_image",
    ])
  func deletedRow(table: String) throws {
    try past()
    let seal = try sealed()
    let name = "company_access_\(table)"
    let order =
      table == "change"
      ? " WHERE id = 2" : table.hasSuffix("lifetime") ? " ORDER BY lifetime LIMIT 1" : " LIMIT 1"
    switch table {
    case "former_user", "former_company":
      try desk.other.execute(
        """
        DELETE FROM \(name) WHERE (lifetime, ended_change) IN (
          SELECT lifetime, ended_change FROM \(name)\(order))
        """)
    case "current_grant":
      try desk.other.execute(
        """
        DELETE FROM \(name) WHERE (user_lifetime, company_lifetime) IN (
          SELECT user_lifetime, company_lifetime FROM \(name)\(order))
        """)
    default:
      try desk.other.execute(
        "DELETE FROM \(name) WHERE rowid IN (SELECT rowid FROM \(name)\(order))")
    }
    try #require(desk.other.changes == 1)
    #expect(try !verify(seal))
    let findings = try desk.store.verifyRecord().findings
    switch table {
    case "change":
      let tables = "company_access_current_grant, company_access_ended_grant"
      #expect(findings.contains(.unknownChange(ChangeID(2), tables)))
    case "user_lifetime", "company_lifetime", "current_grant", "ended_grant":
      #expect(!findings.isEmpty)
    default: break
    }
  }

  @Test("the order in which rows were written, and the table they stand in, are not in a seal")
  func order() throws {
    try past()
    let seal = try sealed()
    try desk.other.execute(
      desk.engine == .sqlite
        ? "UPDATE company_access_ended_grant SET entry = 1000 - entry"
        : """
        UPDATE company_access_ended_grant SET entry = DEFAULT WHERE entry = (
          SELECT min(entry) FROM company_access_ended_grant)
        """)
    #expect(try verify(seal))
  }

  @Test("forgetting a user leaves seals true, and an edit of the digest is found")
  func forgetting() throws {
    try past()
    try desk.apply(.entity(EntityEdit(.delete(.user(UserID(1))))))
    let seal = try sealed()
    #expect(try desk.store.forget(UserID(1)).rows > 3)
    #expect(try verify(seal))
    try desk.other.execute(
      "UPDATE company_access_former_user SET name = replace(name, 'forgotten:', 'Forgotten:')")
    #expect(try !verify(seal))
  }

  @Test("pruning leaves later seals true, and earlier ones are said not to be kept")
  func pruning() throws {
    try past()
    try desk.spreadClock()
    let early = try sealed()
    // The first seal has the time of today.
    let limit = try #require(try desk.store.changes(limit: 9).dropFirst().first)
    try desk.revoke([3], [2])
    let late = try sealed()
    let now = Timestamp(stored: "2026-01-02 00:00:00.000")
    let chain = try desk.store.verifyRecord([early, late])
    #expect(chain.isTrue)
    let pruned = try desk.store.prune(
      before: now, to: desk.folder.file("a.csv"), reason: "old")
    #expect(pruned.grants > 0 && pruned.entities > 0)
    let after = try desk.store.verifyRecord([early, late])
    #expect(after.isTrue && after.start == limit.id)
    let sealAfter = try sealed()
    #expect(throws: AccessError.notKept(before: now)) {
      try desk.store.verifyRecord([RecordSeal(change: ChangeID(3), hex: early.hex)])
    }
    // What is left of before is altered in vain.
    try desk.other.execute(
      "UPDATE company_access_current_grant SET began_change = 3 WHERE began_change = 2")
    #expect(try desk.store.verifyRecord().findings.contains(.alteredSincePruning(limit.id)))
    #expect(throws: AccessError.recordDamaged([.alteredSincePruning(limit.id)])) {
      try desk.store.prune(before: .now, to: desk.folder.file("b.csv"), reason: "old")
    }
    try desk.other.execute(
      "UPDATE company_access_current_grant SET began_change = 2 WHERE began_change = 3")
    #expect(try desk.store.verifyRecord([late, sealAfter]).isTrue)
    // What the pruning says of itself is in the seal that follows it.
    try desk.other.execute(
      """
      UPDATE company_access_setting SET value = replace(value, 'a.csv', 'b.csv')
      WHERE key LIKE 'pruned.%'
      """)
    #expect(try verify(late))
    #expect(try !verify(sealAfter))
  }

  @Test("a second pruning goes on from the first")
  func secondPruning() throws {
    try past()
    try desk.store.prune(before: .now, to: desk.folder.file("a.csv"), reason: "old")
    let seal = try sealed()
    try desk.revoke([3], [1, 2])
    let last = try sealed()
    try desk.other.execute(
      """
      UPDATE company_access_change SET at = '2026-01-02 00:00:00.000'
      WHERE id IN (\(seal.change), \(seal.change.number + 1))
      """)
    let now = try #require(try desk.store.verifyRecord().newest)
    try desk.store.prune(
      before: Timestamp(stored: "2026-01-03 00:00:00.000"), to: desk.folder.file("b.csv"),
      reason: "old")
    let found = try desk.store.verifyRecord([now])
    #expect(found.start == ChangeID(seal.change.number + 1) && found.isTrue)
    #expect(last.change == now.change)
  }

  @Test("a record of a newer version, a number too large and a seal of no change are named")
  func badInput() throws {
    #expect(throws: AccessError.noSuchChange(ChangeID(99))) {
      try desk.store.verifyRecord([RecordSeal(change: ChangeID(99), hex: "")])
    }
    let large: Int64 = (1 << 53) + 1
    let transaction =
      desk.engine == .sqlite ? ("", "") : ("transaction, ", "pg_current_xact_id(), ")
    try desk.other.execute(
      """
      INSERT INTO company_access_change (id, \(transaction.0)at, actor, origin, action, added, removed)
      VALUES (\(large), \(transaction.1)'2026-01-01 00:00:00.000', 'x', 'command', 'external', 0, 0)
      """)
    #expect(try desk.store.verifyRecord().findings == [.numberTooLarge(ChangeID(large))])
    #expect(throws: AccessError.recordDamaged([.numberTooLarge(ChangeID(large))])) {
      try desk.store.seal()
    }
    try desk.other.execute("DELETE FROM company_access_change WHERE id > 1")
    // Companies are filled in, and versions are upgraded, on files alone.
    guard desk.engine == .sqlite else { return }
    try desk.other.execute(
      "INSERT INTO company_access_setting VALUES ('null_company', 1)")
    #expect(throws: AccessError.recordDamaged([.unfinished(ChangeID(1))])) {
      try desk.store.seal()
    }
    try desk.other.execute(
      "UPDATE company_access_setting SET value = 3 WHERE key = 'schema_version'")
    #expect(throws: AccessError.schemaRefused(path: desk.store.path, [.newerVersion(3)])) {
      try desk.store.verifyRecord()
    }
  }

  @Test("sealing and verifying can be cancelled")
  func cancelled() throws {
    let work = Work()
    work.cancel()
    #expect(throws: AccessError.cancelled) { try desk.store.verifyRecord(work: work) }
  }

  @Test("where the hash cannot be computed after the commit, the error names the change that stays")
  func sealedWithoutHash() throws {
    try desk.other.execute(
      desk.engine == .sqlite
        ? """
        INSERT INTO company_access_change (at, actor, origin, action, added, removed)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        SELECT '2026-01-01 00:00:00.000', 'x', 'external', 'external', 0, 0 FROM n
        """
        : """
        INSERT INTO company_access_change (id, transaction, at, actor, origin, action)
        SELECT i, pg_current_xact_id(), '2026-01-01', 'x', 'command', 'external'
        FROM generate_series(2, 20001) AS i;
        SELECT setval('company_access.change_number', 20001), setval('company_access.last_change', 20001)
        """)
    let before = try desk.store.newestChange()
    let error = #expect(throws: AccessError.self) {
      try desk.store.seal(work: workCancelled(at: .checking))
    }
    let change = try #require(try desk.store.newestChange())
    #expect(change.number == (before?.number ?? 0) + 1)
    #expect(error == .partlyDone(change: change, cause: .cancelled))
    #expect(
      error?.description
        == "change \(change) is done, but what follows was not: cancelled; repeat it to finish")
  }
}
