import Database
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import CompanyAccess

/// Files of applications that are in use, taken over and given back.
@Suite(.serialized) struct AdoptionTests {
  /// An application that goes on working with its own statements, on a thread of its own, until it is
  /// told to stop.
  private final class Worker: Sendable {
    private let fixture: MappingFixture
    private let isStopping = Atomic<Bool>(false)
    private let hasEnded = Atomic<Bool>(false)
    private let done = Atomic<Int>(0)
    private let failure = Mutex<(any Error)?>(nil)

    /// How many rounds it has done.
    var count: Int { done.load(ordering: .acquiring) }
    /// What SQLite has answered that it did not expect.
    var error: (any Error)? { failure.withLock { $0 } }

    init(_ fixture: MappingFixture) {
      self.fixture = fixture
      var thread = pthread_t()
      let argument = Unmanaged.passRetained(self).toOpaque()
      pthread_create(
        &thread, nil,
        { argument in
          guard let argument else { return nil }
          Unmanaged<Worker>.fromOpaque(argument).takeRetainedValue().run()
          return nil
        }, argument)
      pthread_detach(thread)
    }

    func wait(for rounds: Int) {
      while count < rounds, !hasEnded.load(ordering: .acquiring) { sched_yield() }
    }

    func stop() {
      isStopping.store(true, ordering: .releasing)
      while !hasEnded.load(ordering: .acquiring) { sched_yield() }
    }

    private func run() {
      do { try work() } catch { failure.withLock { $0 = error } }
      hasEnded.store(true, ordering: .releasing)
    }

    /// Adds, renames, moves and deletes users, and deletes a company now and then.
    private func work() throws {
      let application = try fixture.application()
      application.connection.busyTimeout = 60_000
      var next = fixture.users + 1
      while !isStopping.load(ordering: .acquiring) {
        try application.addUser(next, home: 1)
        answer()
        try application.rename(next - 1, to: "Name \(next)")
        answer()
        try application.move(next - 10, to: 1 + (next - 10 + 1) % 2)
        answer()
        // One who was there before: however long the adoption takes, it has grants to lose.
        try application.deleteUser(next - fixture.users + 100)
        answer()
        if next % 10 == 0 {
          try application.addCompany(1_000 + next)
          try application.deleteCompany(1_000 + next)
        }
        next += 1
        done.add(1, ordering: .releasing)
      }
    }

    /// What an application does between its transactions: something else.
    private func answer() {
      var words = 0
      for number in 0..<2_000 { words += String(number).utf8.count }
      precondition(words > 0)
    }
  }

  private static func schema(_ connection: Connection) throws -> [String] {
    try connection.rows(
      "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY rowid"
    ) { $0.text(0) }
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func anApplicationGoesOnWhileItsFileIsAdopted(kind: MappingFixture.Kind) throws {
    let folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(kind, in: folder, users: 5_000, companies: 20)
    let mapping = try kind.description.map { try folder.write("mapping.json", $0) }
    let other = try fixture.application().file
    let before = try Self.schema(other)
    let worker = Worker(fixture)
    worker.wait(for: 1)
    let started = worker.count
    let done = try AccessStore.adopt(fixture.path, mappingFile: mapping, busyTimeout: 60_000)
    let during = worker.count - started
    let adopted = worker.count
    worker.wait(for: adopted + 30)
    worker.stop()
    if let error = worker.error { throw error }
    #expect(during > 0)
    #expect(done.upgrade.before == 0 && done.differences == [] && done.backfill.added > 2_500)
    #expect(done.backfill.leftAlone == 0 && done.summary.leftOutCount > 400)

    let store = try AccessStore.open(fixture.path)
    #expect(try store.status.missing == [])
    // Users who were deleted since have left their grants and names on the record.
    #expect(try other.count("SELECT count(*) FROM company_access_ended_grant") > 5)
    #expect(
      try other.count(
        "SELECT count(*) FROM company_access_user_lifetime WHERE ended_change IS NOT NULL") >= 20)
    #expect(try other.count("SELECT count(*) FROM pragma_foreign_key_check") == 0)
    if kind == .guarding {
      #expect(
        try other.count(
          """
          SELECT count(*) FROM user_company_access AS a JOIN employees AS e
            ON e.employee_id = a.user_id
          JOIN clients AS c ON c.client_id = a.company_id WHERE e.org_id <> c.org_id
          """) == 0)
    }
    let copy = try #require(done.upgrade.backup)
    #expect(try Self.schema(try MappingApplication.connect(copy, .readOnly)) == before)
    // A second run finds nothing to add, and grants what those who came meanwhile should have.
    let again = try AccessStore.adopt(fixture.path)
    #expect(again.upgrade.steps.isEmpty && again.upgrade.backup == nil)
    #expect(try AccessStore.adopt(fixture.path).backfill.change == nil)

    let users = try other.count("SELECT count(*) FROM \(store.mapping.users.table)")
    try AccessStore.downgradeSchema(fixture.path, acceptsLoss: true)
    #expect(try Self.schema(other) == before)
    #expect(try other.count("SELECT count(*) FROM \(store.mapping.users.table)") == users)
    try fixture.application().deleteUser(40)
  }

  /// What the plan promises is what is done.
  @Test(arguments: MappingFixture.Kind.allCases) func thePlanIsWhatIsDone(
    kind: MappingFixture.Kind
  ) throws {
    let folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(kind, in: folder, users: 60, companies: 9)
    let mapping = try kind.description.map { try folder.write("mapping.json", $0) }
    let bytes = try readFile(fixture.path)
    let plan = try AccessStore.adoptionPlan(fixture.path, mappingFile: mapping)
    #expect(try readFile(fixture.path) == bytes)
    #expect(plan.users == 60 && plan.companies == 9 && plan.status.problems.isEmpty)
    let done = try AccessStore.adopt(fixture.path, mappingFile: mapping)
    #expect(done.backfill.added == plan.added && done.summary.roles.map(\.missing).max() ?? 0 > 0)
    #expect(done.upgrade.steps.map(\.object) == plan.status.steps.map(\.object))
    #expect(plan.rows.filter { $0.rows > 0 }.count > 2)
    #expect(try AccessStore.adoptionPlan(fixture.path).isDone)
  }

  @Test func somethingInTheWayStopsItAtOnce() throws {
    let folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(.crm, in: folder)
    try runSqlite3(
      fixture.path,
      """
      CREATE TABLE user_company_access (id CHAR(32) NOT NULL PRIMARY KEY, user_id INTEGER NOT NULL
        REFERENCES users (id) ON DELETE CASCADE, company_id CHAR(32) NOT NULL
        REFERENCES companies (id) ON DELETE CASCADE, created_at, modified_at);
      CREATE TRIGGER gift AFTER INSERT ON users BEGIN
        INSERT INTO user_company_access SELECT hex(randomblob(16)), NEW.id, id, '', ''
        FROM companies; END
      """)
    let bytes = try readFile(fixture.path)
    let plan = try AccessStore.adoptionPlan(fixture.path)
    #expect(
      plan.status.problems == [
        .writingTrigger(name: "gift", on: "users", table: "user_company_access")
      ])
    #expect(plan.backfill == nil)
    #expect(
      throws: AccessError.schemaRefused(path: fixture.path, plan.status.problems)
    ) { try AccessStore.adopt(fixture.path) }
    #expect(try readFile(fixture.path) == bytes)
    #expect(folder.names == ["crm.db"])
  }

  @Test func aDescriptionThatDoesNotFitChangesNothing() throws {
    let folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(.crm, in: folder)
    let bytes = try readFile(fixture.path)
    let text = try #require(MappingFixture.Kind.custom.description)
    let mapping = try folder.write("mapping.json", text)
    let error = #expect(throws: AccessError.self) {
      try AccessStore.adopt(fixture.path, mappingFile: mapping)
    }
    #expect(error?.description.contains("staff members") == true)
    #expect(try readFile(fixture.path) == bytes)
  }
}
