import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Grants of users and companies that another program has deleted with foreign keys off, after their
/// ids were used again.
@Suite(.onEachEngine) struct FormerHolderTests {
  /// The undo of a deletion brings the same user back, and no other one.
  @Test func oneWhoComesBackByAnUndoIsTheSame() throws {
    let desk = try Desk()
    try desk.grant([1, 2], [1])
    try desk.other.setForeignKeys(false)
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 1")
    let deleted = try #require(try desk.changes().last?.id)
    try desk.other.execute(
      "INSERT INTO hrm_users (id, username, is_active, created_at, modified_at) VALUES (1, 'eve', TRUE, '2026-01-01', '2026-01-01')"
    )
    #expect(try desk.store.formerGrants() == 1)
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 1")
    // As the undo of a deletion writes it.
    try desk.other.execute(
      """
      INSERT INTO hrm_users (id, username, is_active, created_at, modified_at)
        VALUES (1, 'user1', TRUE, '2026-01-01', '2026-01-01');
      UPDATE company_access_user_lifetime SET continues = (
        SELECT lifetime FROM company_access_user_lifetime WHERE ended_change = \(deleted))
      WHERE key = 1 AND ended_change IS NULL
      """)
    #expect(try desk.store.formerGrants() == 0)
    #expect(try desk.store.formerHolders(of: UserID(1), Desk.company(1)) == [])
  }

  @Test("One change takes away the grants of earlier holders and of missing users and companies")
  func allOfThemGoAtOnce() throws {
    guard TestEngine.isForFiles() else { return }
    let desk = try Desk()
    try desk.grant([1, 2, 3], [1, 2])
    try desk.other.setForeignKeys(false)
    try desk.other.execute("DELETE FROM hrm_users WHERE id IN (1, 3)")
    try desk.other.execute("DELETE FROM hrm_company WHERE code = 'C2'")
    try Desk.addUser(3, "eve", to: desk.other)
    let findings = try AccessStore.examine(desk.store.path).findings
    for id in ["orphan-user", "orphan-company", "former-holder"] {
      #expect(findings.first { $0.id == id }?.remedy?.hasSuffix("revoke --former") == true, "\(id)")
    }
    let plan = try desk.plan(.revokeFormer)
    #expect(plan.removed == 5 && plan.before.orphans == 4 && plan.after.orphans == 0)
    #expect(plan.after.grants == 1 && plan.before.grants == 2)
    #expect(
      plan.pairs.map { "\($0.user.username) \($0.company.name)" } == [
        "eve Company 1", "eve Company 2", "user1 Company 1", "user1 Company 2", "user2 Company 2",
      ])
    let change = try #require(try desk.store.apply(plan).change)
    #expect(try desk.pairs() == ["2-1"])
    #expect(try desk.store.change(change)?.removed == 5)
    let left = try AccessStore.examine(desk.store.path).findings.map(\.id)
    #expect(!left.contains { $0.hasPrefix("orphan") || $0 == "former-holder" })
    #expect(try Reconciliation(mapping: .hrm).counts(desk.other).isEmpty)
  }

  @Test func anOrphanIsNoFormerHolder() throws {
    guard TestEngine.isForFiles() else { return }
    let desk = try Desk()
    try desk.grant([1], [1])
    try desk.other.setForeignKeys(false)
    try desk.other.execute("DELETE FROM hrm_users WHERE id = 1")
    #expect(try desk.store.formerGrants() == 0)
    #expect(try desk.store.formerHolders(of: UserID(1), Desk.company(1)) == [])
    #expect(try AccessStore.examine(desk.store.path).findings.map(\.id).contains("orphan-user"))
  }
}

/// The same in the files of each mapping, with foreign keys off as SQLite has them.
@Suite struct FormerHolderFileTests {
  /// Deletes the row and makes it again, as another program without foreign keys does.
  ///
  /// - Returns: The change with which the record has the deletion.
  @discardableResult
  private func reuse(
    _ table: SQLName, _ key: SQLName, _ id: Value, _ other: Connection
  ) throws -> ChangeID {
    try other.setForeignKeys(false)
    try other.execute("CREATE TEMP TABLE kept AS SELECT * FROM \(table) WHERE \(key) = ?", [id])
    try other.execute("DELETE FROM \(table) WHERE \(key) = ?", [id])
    let deleted = try other.count("SELECT max(id) FROM company_access_change")
    try other.execute("INSERT INTO \(table) SELECT * FROM kept")
    try other.execute("DROP TABLE temp.kept")
    return ChangeID(Int64(deleted))
  }

  private func problems(_ desk: MappingDesk) throws -> [Diagnosis.Finding] {
    try AccessStore.examine(desk.fixture.path).findings.filter {
      $0.severity == .problem && $0.id != "null-company"
    }
  }

  @Test(arguments: MappingFixture.Kind.allCases, EntityKind.allCases)
  func theyAreMarkedWhereverGrantsAreShown(
    kind: MappingFixture.Kind, gone: EntityKind
  ) throws {
    let desk = try MappingDesk(kind)
    let (user, company) = (desk.user(4), desk.company(1))
    try desk.grant([2, 4], [1, 3])
    let granted = try #require(try desk.store.changes(limit: 1).first?.id)
    let mapping = desk.store.mapping
    let deleted =
      gone == .user
      ? try reuse(mapping.users.table, mapping.users.key, kind.user(4), desk.other.file)
      : try reuse(mapping.companies.table, mapping.companies.key, kind.company(1), desk.other.file)
    #expect(deleted > granted)

    var users = UserQuery()
    users.company = company
    func marked(_ moment: Moment) throws -> [UserID: [EntityKind]] {
      let rows = try desk.store.users(users, limit: 50, at: moment).rows
      return Dictionary(
        uniqueKeysWithValues: rows.compactMap { row in
          row.standing.map { (row.id, $0.formerHolders) }
        })
    }
    let all = [user, desk.user(2)]
    #expect(
      try marked(.now)
        == Dictionary(
          uniqueKeysWithValues: all.map { ($0, gone == .company || $0 == user ? [gone] : []) }))
    #expect(try marked(.after(granted)).values.allSatisfy(\.isEmpty))
    var companies = CompanyQuery()
    companies.user = user
    let rows = try desk.store.companies(companies, limit: 50).rows
    #expect(rows.count == 2)
    for row in rows {
      let isMarked = gone == .user || row.id == company
      #expect(row.standing?.formerHolders == (isMarked ? [gone] : []))
    }

    let holders = try desk.store.formerHolders(of: user, company)
    let name = gone == .user ? kind.username(4) : kind.companyName(1)
    #expect(holders == [FormerHolder(kind: gone, name: name, deletedBy: deleted)])
    #expect(holders.first?.description.contains("an earlier \(gone.rawValue) of this id") == true)
    #expect(try desk.store.formerHolders(of: user, company, at: .after(granted)) == [])
    #expect(try desk.store.life(of: user, company).notes.contains(.formerHolder(holders[0])))
    #expect(try desk.store.mayEnter(user, company))
    #expect(try desk.store.formerGrants() == 2)
    let finding = try #require(try problems(desk).first)
    #expect(finding.id == "former-holder" && finding.count == 2)
    #expect(finding.remedy?.contains("revoke") == true)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func whatIsGrantedAnewIsTheNewHolders(kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([4], [1])
    let mapping = desk.store.mapping
    try reuse(mapping.users.table, mapping.users.key, kind.user(4), desk.other.file)
    #expect(try desk.store.formerGrants() == 1)
    try desk.revoke([4], [1])
    #expect(try desk.store.formerGrants() == 0)
    try desk.grant([4], [1])
    #expect(try desk.store.formerGrants() == 0 && problems(desk).isEmpty)
    #expect(try desk.store.formerHolders(of: desk.user(4), desk.company(1)) == [])
  }

  /// What was there before the record is older than every deletion on it.
  @Test func grantsOfBeforeTheRecordAreMarkedToo() throws {
    let app = try SchemaFixture(SchemaFixture.accessTable)
    try AccessStore.adopt(app.path)
    let store = try AccessStore.open(app.path)
    #expect(try store.formerGrants() == 0)
    try reuse("hrm_users", "id", .integer(2), app.other)
    #expect(try store.formerGrants() > 0)
  }
}
