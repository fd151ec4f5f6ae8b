import Database
import DatabasePostgres
import TestSupport
import Testing

@testable import CompanyAccess

/// What the library does in the same way on both engines.
@Suite struct EngineStoreTests {
  @Test("A new database is empty, and its record has begun", arguments: TestEngine.available)
  func empty(engine: TestEngine) throws {
    let desk = try EngineStore(engine)
    #expect(try desk.store.status.missing == [])
    let changes = try desk.store.changes(ChangeQuery(), limit: 10)
    #expect(changes.last?.action == .recordBegan && changes.last?.actor == desk.store.actor)
    // Of a file, a change of another program ends with its millisecond.
    #expect(changes.first?.origin == .external && changes.count >= 2)
    let coverage = try desk.store.coverage()
    #expect(coverage.users == 3 && coverage.companies == 3 && coverage.grants == 0)
  }

  @Test("Users and companies are found by name, code and id", arguments: TestEngine.available)
  func names(engine: TestEngine) throws {
    let desk = try EngineStore(engine)
    #expect(try desk.store.user(named: "anna").id == UserID(2))
    #expect(try desk.store.user(named: "3").username == "bert")
    #expect(try desk.store.user(named: "id:1").fullName == "Zoé Ámbar")
    #expect(try desk.store.company(named: "B").name == "beta")
    #expect(try desk.store.company(named: "Alpha").id == desk.company(2))
    #expect(
      try desk.store.company(named: "0190A000-0000-7000-8000-000000000003").name == "gamma")
    let error = #expect(throws: AccessError.self) { try desk.store.user(named: "ann") }
    guard case .noUserNamed("ann", let similar)? = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(similar.map(\.username) == ["anna"])
    #expect(throws: AccessError.self) { try desk.store.user(named: "0190a000") }
    #expect(throws: AccessError.self) { try desk.store.company(named: "7") }
  }

  @Test("Lists are in the order of the bytes, in pages", arguments: TestEngine.available)
  func lists(engine: TestEngine) throws {
    let desk = try EngineStore(engine)
    _ = try desk.grant([1, 2], [1])
    _ = try desk.grant([1], [2])
    let store = desk.store
    func users(_ query: UserQuery) throws -> [String] {
      let first = try store.users(query, limit: 2)
      guard let end = first.end, first.hasLater else { return first.rows.map(\.user.username) }
      let second = try store.users(query, .after(end), limit: 2)
      #expect(!second.hasLater && second.hasEarlier)
      return (first.rows + second.rows).map(\.user.username)
    }
    #expect(try users(UserQuery()) == ["Zoe", "anna", "bert"])
    for (sort, names) in [
      (.id, ["Zoe", "anna", "bert"]), (.name, ["bert", "anna", "Zoe"]),
      (.status, ["Zoe", "anna", "bert"]), (.role, ["bert", "anna", "Zoe"]),
      (.companies, ["bert", "anna", "Zoe"]),
    ] as [(UserSort, [String])] {
      var query = UserQuery()
      query.sort = sort
      #expect(try users(query) == names, "\(sort)")
      query.descending = true
      #expect(try Set(users(query)) == Set(names), "\(sort)")
    }
    let companies = try store.companies(CompanyQuery(), limit: 9)
    #expect(companies.rows.map(\.company.name) == ["Alpha", "beta", "gamma"])
    #expect(companies.rows.map(\.users) == [1, 2, 0])
    var held = CompanyQuery()
    (held.user, held.relation) = (UserID(1), .holding)
    #expect(try store.companies(held, limit: 9).rows.map(\.company.name) == ["Alpha", "beta"])
    #expect(try store.companies(held, limit: 9).rows.allSatisfy { $0.standing?.change != nil })
    held.relation = .lacking
    #expect(try store.companies(held, limit: 9).rows.map(\.company.name) == ["gamma"])
    held.relation = .marked
    held.sort = .granted
    #expect(try store.companies(held, limit: 9).rows.map(\.company.name).first == "gamma")
  }

  @Test(
    "Words are found without regard to case and accents",
    arguments: TestEngine.available,
    [("zoe", 1), ("AMBAR", 1), ("lee an", 1), ("clerk", 1), ("inactive", 1), ("e", 3), ("q", 0)])
  func search(engine: TestEngine, found: (word: String, count: Int)) throws {
    let desk = try EngineStore(engine)
    var query = UserQuery()
    query.search = found.word
    #expect(try desk.store.users(query, limit: 9).rows.count == found.count)
    #expect(try desk.store.count(query) == found.count)
  }

  @Test("Grants come and go, and every moment is as it was", arguments: TestEngine.available)
  func moments(engine: TestEngine) throws {
    let desk = try EngineStore(engine)
    let granted = try #require(
      try desk.apply(
        .grant(.these([UserID(1), UserID(2)]), .these([desk.company(1), desk.company(2)])),
        ChangeReason("new office", ticket: "T-1")
      ).change)
    #expect(try desk.pairs() == ["1 1", "1 2", "2 1", "2 2"])
    try desk.insert(3, 3)
    let external = try #require(try desk.store.newestChange())
    let result = try desk.revoke([1, 3], [1, 3])
    #expect(result.removed == 2)
    let revoked = try #require(result.change)
    #expect(try desk.pairs() == ["1 2", "2 1", "2 2"])
    #expect(try desk.pairs(.after(granted)) == ["1 1", "1 2", "2 1", "2 2"])
    #expect(try desk.pairs(.after(external)) == ["1 1", "1 2", "2 1", "2 2", "3 3"])
    #expect(try desk.pairs(.after(revoked)) == desk.pairs())
    #expect(try desk.store.mayEnter(UserID(1), desk.company(1), at: .after(external)))
    #expect(try !desk.store.mayEnter(UserID(1), desk.company(1)))
    let changes = try desk.store.changes(ChangeQuery(), limit: 3)
    #expect(changes.map(\.origin) == [.library, .external, .library])
    #expect(changes.map { [$0.added, $0.removed] } == [[0, 2], [1, 0], [4, 0]])
    #expect(changes.last?.reason == "new office" && changes.last?.ticket == "T-1")
    #expect(changes[1].subject?.pairs.map { "\($0.user) \($0.company)" } == ["bert gamma"])
    let page = try desk.store.users(UserQuery(), limit: 9, at: .after(granted))
    #expect(page.rows.map(\.companies) == [2, 2, 0])
    let statistics = try desk.store.statistics(at: .after(external))
    #expect(statistics.coverage.grants == 5 && statistics.usersWithAccess == 3)
    #expect(try desk.store.statistics().largest.first?.company.name == "Alpha")
    #expect(throws: AccessError.noSuchChange(ChangeID(9_999))) {
      try desk.store.users(UserQuery(), limit: 1, at: .after(ChangeID(9_999)))
    }
  }

  @Test("The life of a pair is told", arguments: TestEngine.available)
  func life(engine: TestEngine) throws {
    let desk = try EngineStore(engine)
    _ = try desk.grant([2], [1])
    _ = try desk.revoke([2], [1])
    _ = try desk.grant([2], [1])
    let life = try desk.store.life(of: UserID(2), desk.company(1))
    #expect(life.username == "anna" && life.companyName == "beta" && life.hasAccess)
    #expect(life.episodes.map { $0.to == nil } == [false, true] && life.notes == [])
    let changes = try desk.store.changes(ChangeQuery(), limit: 3)
    #expect(life.episodes.map(\.grantedBy?.id) == [changes[2].id, changes[0].id])
    let moment = try desk.store.moment(at: changes[2].at)
    #expect(moment.change?.id == changes[2].id || changes[2].at == changes[1].at)
  }

  @Test("A plan of an older state is made again", arguments: TestEngine.available)
  func outdated(engine: TestEngine) throws {
    let desk = try EngineStore(engine)
    let intent = Intent.bulkGrant(.matching(UserQuery(), except: []), .these([desk.company(1)]))
    let plan = try desk.store.plan(intent)
    try desk.insert(1, 1)
    let error = #expect(throws: AccessError.self) { try desk.store.apply(plan) }
    guard case .planChanged(let newer)? = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(newer.added == 2)
    #expect(try desk.pairs() == ["1 1"])
    #expect(try desk.store.apply(newer, dryRun: true).added == 2)
    #expect(try desk.pairs() == ["1 1"])
    #expect(try desk.store.apply(newer).added == 2)
    #expect(try desk.pairs() == ["1 1", "2 1", "3 1"])
  }

  @Test("Changes are undone, and taken back to a moment", arguments: TestEngine.available)
  func undo(engine: TestEngine) throws {
    let desk = try EngineStore(engine)
    let first = try #require(try desk.grant([1, 2], [1, 2]).change)
    let second = try #require(try desk.revoke([1], [1, 2]).change)
    #expect(try desk.pairs() == ["2 1", "2 2"])
    let undone = try desk.apply(.undo(second, overwrite: false))
    #expect(undone.added == 2 && undone.removed == 0 && undone.leftAlone == 0)
    #expect(try desk.pairs() == ["1 1", "1 2", "2 1", "2 2"])
    // An undo can be undone itself, and then the one before.
    _ = try desk.apply(.undo(try #require(undone.change), overwrite: false))
    #expect(try desk.pairs() == ["2 1", "2 2"])
    _ = try desk.revoke([2], [2])
    let partly = try desk.store.plan(.undo(first, overwrite: false))
    #expect(partly.removed == 1 && partly.leftAlone == 3)
    #expect(partly.pairs.count == 4)
    let back = try desk.apply(.undoTo(first))
    #expect(back.added == 3)
    #expect(try desk.pairs() == ["1 1", "1 2", "2 1", "2 2"])
    #expect(try desk.store.changes(ChangeQuery(), limit: 1).first?.action == .undoTo)
    #expect(try desk.store.status.missing == [])
  }
}

/// A database is carried from one engine to the other by `export all` and `import`.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct EngineTransferTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func document(_ store: AccessStore, _ name: String) throws -> String {
    try store.export(.all, as: .json, to: folder.file(name))
    return String(decoding: try folder.read(name), as: UTF8.self)
  }

  /// Takes a document into a new database of another engine, and says what its own document is.
  private func carry(_ name: String, to location: String, as copy: String) throws -> String {
    try AccessStore.create(location)
    let store = try AccessStore.open(location)
    let dry = try store.restore(ImportFile(folder.file(name)), reason: nil, dryRun: true)
    let done = try store.restore(ImportFile(folder.file(name)), reason: "moved", dryRun: false)
    #expect(done.users == 3 && done.companies == 3 && done.grants == 3)
    #expect(dry.grants == done.grants)
    let change = try #require(try done.change.flatMap { try store.change($0) })
    #expect(change.action == .importFile && change.added == 3)
    #expect(try store.entities(of: change.id).map(\.event) == Array(repeating: .made, count: 6))
    #expect(try store.status.missing == [])
    // The engine goes on with keys of its own.
    let added = EntityEdit(.add(.user), values: ["username": "next"])
    try store.apply(store.plan(.entity(added)), dryRun: true)
    return try document(store, copy)
  }

  @Test("A database goes from one engine to the other and back", arguments: TestEngine.allCases)
  func thereAndBack(engine: TestEngine) throws {
    let desk = try EngineStore(engine)
    _ = try desk.grant([1, 2], [1])
    _ = try desk.grant([3], [3])
    for table in ["hrm_users", "hrm_company", "hrm_user_company_access"] {
      let time = "'2026-01-02 03:04:05.678'"
      try desk.other.execute("UPDATE \(table) SET created_at = \(time), modified_at = \(time)")
    }
    let original = try document(desk.store, "original.json")
    let database = try PostgresDatabase()
    let file = folder.file("copy.db")
    let (first, second) =
      engine == .sqlite ? (database.text(), file) : (file, database.text())
    #expect(try carry("original.json", to: first, as: "there.json") == original)
    #expect(try carry("there.json", to: second, as: "back.json") == original)
  }

  @Test("Arrays may come in any order, and a row that refers to none is refused with its line")
  func anyOrder() throws {
    let role = "\"roles\":[{\"id\":1,\"name\":\"Clerk\"}]"
    func users(_ role: Int) -> String {
      "\"users\":[\n{\"id\":7,\"username\":\"ann\",\"role_id\":\(role),\"active\":true,"
        + "\"created_at\":\"2026-01-01T00:00:00.000Z\",\"modified_at\":\"2026-01-01T00:00:00.000Z\"}]"
    }
    let mark = "\"company_access_export\":1"
    let good = try folder.write("good.json", "{\(mark),\(users(1)),\(role)}")
    let bad = try folder.write("bad.json", "{\(mark),\(users(2)),\(role)}")
    let database = try PostgresDatabase()
    try AccessStore.create(database.text())
    let store = try AccessStore.open(database.text())
    let error = #expect(throws: ImportError.self) {
      try store.restore(ImportFile(bad), reason: nil, dryRun: false)
    }
    #expect(error?.problems.first?.line == 2)
    #expect(try store.coverage().users == 0)
    #expect(try store.restore(ImportFile(good), reason: nil, dryRun: false).users == 1)
    #expect(try store.user(named: "ann").role == "Clerk")
  }
}

/// The sample and test data are the same on both engines, with their past.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct EngineDataTests {
  /// What can be said of a database without the forms of its ids.
  private func story(_ store: AccessStore, _ moments: [Int64]) throws -> [String] {
    let changes = try store.changes(ChangeQuery(), limit: 1_000).map { change in
      "\(change.id) \(change.at.text) \(change.actor) \(change.action) \(change.added) "
        + "\(change.removed) \(change.subject?.entities.map(\.name) ?? [])"
    }
    let lists = moments.map { Moment.after(ChangeID($0)) } + [.now]
    let pages = try lists.flatMap { moment in
      try store.users(UserQuery(), limit: 50, at: moment).rows.map {
        "\($0.user.username) \($0.user.role ?? "-") \($0.companies)"
      }
        + store.companies(CompanyQuery(), limit: 50, at: moment).rows.map {
          "\($0.company.name) \($0.users)"
        } + ["\(try store.statistics(at: moment).coverage)"]
    }
    return changes + pages
  }

  private func compare(
    _ moments: [Int64], _ database: PostgresDatabase, _ make: (String) throws -> Void
  ) throws -> AccessStore {
    let folder = try TemporaryFolder()
    try make(folder.file("one.db"))
    try make(database.text())
    let (file, server) = (
      try AccessStore.open(folder.file("one.db")), try AccessStore.open(database.text())
    )
    let (one, other) = (try story(file, moments), try story(server, moments))
    #expect(one == other, "\(Set(one).symmetricDifference(other).sorted().prefix(20))")
    #expect(try server.status.missing == [])
    return server
  }

  @Test("The sample is the same on both engines, with its past, and can be worked with")
  func sample() throws {
    let newest = Int64(SampleChange.all.count + SampleChange.later.count)
    let database = try PostgresDatabase()
    let store = try compare([1, 13, 20, newest - 3], database) {
      try AccessStore.create($0, sample: true)
    }
    let before = try store.coverage()
    let added = try store.apply(
      store.plan(.entity(EntityEdit(.add(.user), values: ["username": "next"]))))
    #expect(added.change == ChangeID(newest + 1))
    // The newest change of the sample deleted a user.
    let back = try store.apply(store.plan(.undo(ChangeID(newest), overwrite: false)))
    #expect(back.entities.map(\.name) == ["v_patel"] && back.added > 0)
    #expect(try store.coverage().users == before.users + 2)
    _ = try store.apply(store.plan(.undoTo(ChangeID(newest))))
    #expect(try store.coverage() == before)
  }

  @Test("Test data are the same on both engines")
  func generated() throws {
    let data = TestData(users: 120, companies: 15, grants: 600, seed: 3)
    let database = try PostgresDatabase()
    _ = try compare([1, 5, 25], database) { try AccessStore.generate($0, data) }
    let error = #expect(throws: AccessError.self) {
      try AccessStore.generate(database.text(), data)
    }
    guard case .hasTables? = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
  }
}

/// What can go wrong with a server.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct ServerErrorTests {
  private func open(_ location: String) -> AccessError? {
    do throws(AccessError) { _ = try AccessStore.open(location) } catch { return error }
    return nil
  }

  @Test("No server, no database, no rights and no record are told apart")
  func opening() throws {
    let database = try PostgresDatabase()
    let folder = database.server.folder
    guard case .notAdopted? = open(database.text()) else {
      return #expect(Bool(false), "an empty database has no record")
    }
    try AccessStore.create(database.text())
    #expect(open(database.text()) == nil)
    guard case .serverUnavailable? = open("postgres://postgres@/x?host=/nowhere") else {
      return #expect(Bool(false), "no server")
    }
    guard case .cannotOpen? = open("postgres://postgres@/nothing?host=\(folder)") else {
      return #expect(Bool(false), "no database")
    }
    guard case .serverRefuses? = open(database.text(user: "app")) else {
      return #expect(Bool(false), "no rights")
    }
    let guarded =
      "postgres://\(PostgresServer.guarded.login):wrong@/\(database.name)?host=\(folder)"
    guard case .serverRefuses(let path, let detail)? = open(guarded) else {
      return #expect(Bool(false), "wrong password")
    }
    #expect(!path.contains("wrong") && !detail.contains("wrong"))
    guard case .badLocation? = open("postgres://h:x/y?options=-c") else {
      return #expect(Bool(false), "no location")
    }
  }

  @Test("Only an empty database becomes one of ours, and what needs a file is refused")
  func creating() throws {
    let database = try PostgresDatabase()
    let location = database.text()
    try AccessStore.create(location)
    let error = #expect(throws: AccessError.self) { try AccessStore.create(location) }
    guard case .hasTables? = error else { return #expect(Bool(false)) }
    #expect(throws: AccessError.notForServers(what: "--mapping")) {
      try AccessStore.upgradeSchema(location, mappingFile: "mapping.json")
    }
    #expect(throws: AccessError.readOnly(.asked)) {
      let reader = try AccessStore.open(location, access: .readOnly)
      try reader.apply(try reader.plan(.grant(.these([]), .these([]))))
      try reader.saveSnapshot("x")
    }
  }
}
