import Database
import DatabasePostgres
import TestSupport
import Testing

@testable import CompanyAccess

/// What the library does in the same way on both engines.
@Suite struct EngineStoreTests {
  @Test("A new database is empty, and its record has begun", arguments: StoreEngine.available)
  func empty(engine: StoreEngine) throws {
    let desk = try EngineStore(engine)
    #expect(try desk.store.status.missing == [])
    let changes = try desk.store.changes(ChangeQuery(), limit: 10)
    #expect(changes.last?.action == .recordBegan && changes.last?.actor == desk.store.actor)
    // Of a file, a change of another program ends with its millisecond.
    #expect(changes.first?.origin == .external && changes.count >= 2)
    let coverage = try desk.store.coverage()
    #expect(coverage.users == 3 && coverage.companies == 3 && coverage.grants == 0)
  }

  @Test("Users and companies are found by name, code and id", arguments: StoreEngine.available)
  func names(engine: StoreEngine) throws {
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

  @Test("Lists are in the order of the bytes, in pages", arguments: StoreEngine.available)
  func lists(engine: StoreEngine) throws {
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
    arguments: StoreEngine.available,
    [("zoe", 1), ("AMBAR", 1), ("lee an", 1), ("clerk", 1), ("inactive", 1), ("e", 3), ("q", 0)])
  func search(engine: StoreEngine, found: (word: String, count: Int)) throws {
    let desk = try EngineStore(engine)
    var query = UserQuery()
    query.search = found.word
    #expect(try desk.store.users(query, limit: 9).rows.count == found.count)
    #expect(try desk.store.count(query) == found.count)
  }

  @Test("Grants come and go, and every moment is as it was", arguments: StoreEngine.available)
  func moments(engine: StoreEngine) throws {
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

  @Test("The life of a pair is told", arguments: StoreEngine.available)
  func life(engine: StoreEngine) throws {
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

  @Test("A plan of an older state is made again", arguments: StoreEngine.available)
  func outdated(engine: StoreEngine) throws {
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

  @Test("Changes are undone, and taken back to a moment", arguments: StoreEngine.available)
  func undo(engine: StoreEngine) throws {
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
    #expect(throws: AccessError.notForServers(what: "init --sample")) {
      try AccessStore.create(location, sample: true)
    }
    try AccessStore.create(location)
    let error = #expect(throws: AccessError.self) { try AccessStore.create(location) }
    guard case .hasTables? = error else { return #expect(Bool(false)) }
    let store = try AccessStore.open(location)
    #expect(throws: AccessError.notForServers(what: "this change")) {
      try store.plan(.backfill(roles: nil))
    }
    #expect(throws: AccessError.notForServers(what: "this")) {
      try store.prunePlan(before: .now)
    }
    #expect(throws: AccessError.readOnly(.asked)) {
      let reader = try AccessStore.open(location, access: .readOnly)
      try reader.apply(try reader.plan(.grant(.these([]), .these([]))))
      try reader.saveSnapshot("x")
    }
  }
}
