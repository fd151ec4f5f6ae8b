import TestSupport

@testable import CompanyAccess

/// Everything that the library is asked for.
struct QueryPlanWorkload {
  /// What is being done: a kind of work, as `ExpectedScan` has it, and behind a bar what exactly.
  @TaskLocal static var name = ""

  let store: AccessStore
  let folder: TemporaryFolder
  let user: User
  let company: Company

  init(_ store: AccessStore, _ folder: TemporaryFolder) throws {
    self.store = store
    self.folder = folder
    (user, company) = try QueryPlanWorkload.$name.withValue(
      "list: by an index | users and companies, first page"
    ) {
      (
        try store.users(UserQuery(), limit: 9).rows[4].user,
        try store.companies(CompanyQuery(), limit: 9).rows[4].company
      )
    }
  }

  func run() throws {
    try write()
    var before = Moment.now
    try at("log") { before = try store.moment(after: ChangeID(9)).moment }
    for moment in [.now, before] {
      try list(moment)
      try ask(moment)
      try readGrid(moment)
    }
    try readRecord(before)
    try exchange(before)
    try at("suggestion") { _ = try AccessStore.suggestMapping(store.path) }
  }

  private func at(
    _ name: String, _ detail: String = "", _ body: () throws -> Void
  ) rethrows {
    let all = detail.isEmpty ? name : "\(name) | \(detail)"
    try QueryPlanWorkload.$name.withValue(all, operation: body)
  }

  /// Adds to what is being done.
  private func exactly(_ detail: String, _ body: () throws -> Void) rethrows {
    try QueryPlanWorkload.$name.withValue("\(QueryPlanWorkload.name), \(detail)", operation: body)
  }

  private func words(_ moment: Moment) -> String { moment == .now ? "now" : "at a change" }

  private func list(_ moment: Moment) throws {
    for (name, query) in userQueries {
      let list = "users by \(query.sort.rawValue)\(words(query)), \(words(moment))"
      try at("list: " + name, list) {
        try turnPages { try store.users(query, $0, limit: 20, at: moment) }
        try exactly("page with one of them") {
          _ = try store.users(query, holding: user.id, limit: 20, at: moment)
        }
      }
      try at("count: " + name, list) { _ = try store.count(query, at: moment) }
    }
    for (name, query) in companyQueries {
      let list = "companies by \(query.sort.rawValue)\(words(query)), \(words(moment))"
      try at("list: " + name, list) {
        try turnPages { try store.companies(query, $0, limit: 20, at: moment) }
        try exactly("page with one of them") {
          _ = try store.companies(query, holding: company.id, limit: 20, at: moment)
        }
      }
      try at("count: " + name, list) { _ = try store.count(query, at: moment) }
    }
  }

  private func ask(_ moment: Moment) throws {
    try at("look-alikes") {
      _ = try store.lookAlikeUsers()
      _ = try store.lookAlikeCompanies()
    }
    try at("one user", words(moment)) { _ = try store.user(user.id, at: moment) }
    try at("one company", words(moment)) { _ = try store.company(company.id, at: moment) }
    try at("names") {
      _ = try store.user(named: user.username, at: moment)
      _ = try store.user(named: "id:1", at: moment)
      _ = try store.company(named: company.name, at: moment)
      _ = try? store.company(named: "nobody", at: moment)
    }
    try at("check", words(moment)) { _ = try store.mayEnter(user.id, company.id, at: moment) }
    try at("coverage", words(moment)) { _ = try store.coverage(at: moment) }
    try at("statistics", words(moment)) { _ = try store.statistics(at: moment) }
    try at("why", words(moment)) { _ = try store.life(of: user.id, company.id, at: moment) }
  }

  private func turnPages<Row>(_ page: (PageAnchor) throws -> Page<Row>) throws {
    var (end, start): (Cursor?, Cursor?)
    try exactly("first page") { end = try page(.first).end }
    try exactly("next page") { if let end { _ = try page(.after(end)) } }
    try exactly("last page") { start = try page(.last).start }
    try exactly("page before") { if let start { _ = try page(.before(start)) } }
    try exactly("page from a row on") { if let start { _ = try page(.from(start)) } }
  }

  private func words(_ query: UserQuery) -> String {
    (query.company == nil ? "" : ", \(query.relation) a company")
      + (query.search.isEmpty && query.role == nil ? "" : ", filtered")
      + (query.descending ? ", descending" : "")
  }

  private func words(_ query: CompanyQuery) -> String {
    (query.user == nil ? "" : ", \(query.relation) a user")
      + (query.search.isEmpty ? "" : ", filtered") + (query.descending ? ", descending" : "")
  }

  private var userQueries: [(String, UserQuery)] {
    var queries: [(String, UserQuery)] = []
    func add(_ name: String, _ change: (inout UserQuery) -> Void) {
      var query = UserQuery()
      change(&query)
      queries.append((name, query))
    }
    for descending in [false, true] {
      for sort in [UserSort.username, .id] {
        add("by an index") { ($0.sort, $0.descending) = (sort, descending) }
      }
      for sort in [UserSort.name, .role, .status] {
        add("by what has no index") { ($0.sort, $0.descending) = (sort, descending) }
      }
      add("by the number of companies") { ($0.sort, $0.descending) = (.companies, descending) }
    }
    for relation in [Relation.holding, .lacking, .marked] {
      for sort in [UserSort.username, .granted] {
        add("of a company or user") {
          ($0.company, $0.relation, $0.sort) = (company.id, relation, sort)
        }
      }
    }
    for search in ["an", "qqzx", "\u{15B}"] { add("with a filter") { $0.search = search } }
    add("with a filter") { $0.holding = 2...5 }
    add("with a filter") { $0.among = [.these([user.id]), .all] }
    add("with a filter") { ($0.role, $0.access, $0.activity) = ("Employee", .none, .inactive) }
    return queries
  }

  private var companyQueries: [(String, CompanyQuery)] {
    var queries: [(String, CompanyQuery)] = []
    func add(_ name: String, _ change: (inout CompanyQuery) -> Void) {
      var query = CompanyQuery()
      change(&query)
      queries.append((name, query))
    }
    add("by an index") { $0.sort = .name }
    for sort in [CompanySort.code, .status, .users] {
      add("by what has no index") { $0.sort = sort }
    }
    for relation in [Relation.holding, .lacking, .marked] {
      add("of a company or user") {
        ($0.user, $0.relation, $0.sort) = (user.id, relation, .granted)
      }
    }
    add("with a filter") { ($0.search, $0.users, $0.activity) = ("an", .none, .inactive) }
    return queries
  }

  private func write() throws {
    let companies = CompanySelection.these([company.id])
    let others = UserSelection.matching(UserQuery(), except: [user.id])
    for (name, intent) in [
      ("grant", Intent.grant(.these([user.id]), .all)),
      ("revoke", .revoke(.these([user.id]), companies)),
      ("revoke from many", .revoke(others, companies)), ("bulk grant", .bulkGrant(.all, .all)),
      ("edits of pairs", .edits(edits)),
    ] {
      var plan: Plan?
      try at("plan", name) { plan = try store.plan(intent) }
      var change: ChangeID?
      try at("apply", name) { change = try plan.map { try store.apply($0) }?.change }
      guard let change else { continue }
      try at("plan", "undo of \(name)") {
        _ = try store.plan(.undo(change, overwrite: true))
        plan = try store.plan(.undo(change))
      }
      try at("apply", "undo of \(name)") { _ = try plan.map { try store.apply($0) } }
    }
  }

  /// One company for many users, and other ones for a user.
  private var edits: [PairEdit] {
    [
      PairEdit(users: .all, companies: .these([company.id]), grants: false),
      PairEdit(users: .these([user.id]), companies: .all, grants: true),
    ]
  }

  private func readGrid(_ moment: Moment) throws {
    try at("grid", words(moment)) {
      _ = try store.window(
        of: [user.id, UserID(1)], [company.id], picking: edits.map(\.users), edits.map(\.companies),
        at: moment)
    }
    try at("page", words(moment)) {
      _ = try store.created(.user(user.id), at: moment)
      _ = try store.created(.company(company.id), at: moment)
    }
    guard moment == .now else { return }
    try at("grid", "how much edits change") { _ = try store.tally(edits) }
    let everyone = UserSelection.matching(UserQuery(), except: [])
    for grants in [true, false] {
      let column = PairEdit(users: everyone, companies: .these([company.id]), grants: grants)
      try at("plan", "count of a column of the grid") { _ = try store.tally([column]) }
    }
  }

  private func readRecord(_ before: Moment) throws {
    var query = ChangeQuery()
    (query.user, query.company, query.actor) = (user.id, company.id, "root")
    try at("log") {
      _ = try store.changes(limit: 20)
      _ = try store.changes(query, limit: 20)
      _ = try store.actors()
    }
    try at("log") {
      for change in try store.changes(limit: 3) {
        _ = try store.change(change.id)
        _ = try store.isUndone(change.id)
        _ = try store.entities(of: change.id, limit: 20)
        _ = try store.pairs(of: change.id, limit: 20)
      }
    }
    try at("deleted") {
      _ = try store.deletedUsers(named: "nobody")
      _ = try store.deletedCompanies(named: "nobody")
    }
    try at("diff") {
      _ = try store.diff(from: before, to: .now) { _ in }
      _ = try store.diff(users: user.id, UserID(1)) { _ in }
      _ = try store.diff(companies: company.id, company.id) { _ in }
    }
  }

  private func exchange(_ before: Moment) throws {
    let pairs = folder.file("pairs.csv")
    try at("export") { try export([.now, before], pairs) }
    var options = StagedPairs.Options()
    options.isSync = true
    for options in [StagedPairs.Options(), options] {
      try at("import") {
        let staged = try store.stage(pairs, options: options)
        try store.apply(store.plan(.staged(staged)))
      }
    }
    try at("diff") { _ = try store.diff(file: pairs) { _ in } }
    try at("report") {
      try store.report(
        from: Timestamp(stored: "2025-01-01 00:00:00.000"), to: .now,
        into: folder.file("report"), toolVersion: "1")
    }
    try at("prune") {
      _ = try store.prunePlan(before: Timestamp(stored: "2025-03-01 00:00:00.000"))
    }
    for moment in [.now, before] {
      try at("expect", words(moment)) { try expect(at: moment) }
    }
    try at("snapshot") {
      try store.saveSnapshot("clean")
      _ = try store.snapshots()
      try store.dropSnapshot("clean")
    }
    try at("leavers") { try leavers() }
    try at("policy") {
      try store.apply(store.plan(.policy(Policy(requiresTicket: [.delete]))))
      _ = try store.policy()
      try store.apply(store.plan(.policy(Policy())))
      var late = ChangeQuery()
      late.late = .seconds(1)
      _ = try store.changes(late, limit: 1)
    }
    try at("leaks") {
      for table in try store.leaks().tables {
        let first = try store.leaks(of: table.table, limit: 1)
        _ = try store.leaks(of: table.table, after: first.last, limit: 1)
      }
    }
  }

  private func expect(at moment: Moment) throws {
    let file = folder.file("expected.txt")
    _ = try store.writeExpectations(to: file, at: moment, replacing: true)
    _ = try store.expect(file: file, at: moment) { _ in }
    let (user, company) = (ExpectedName(user.username), ExpectedName(company.name))
    let claims: [Expectation.Claim] = [
      .access(user: user, company: company, isGranted: true),
      .access(user: user, company: company, isGranted: false, at: .now),
      .companies(of: user, exactly: []), .users(of: company, exactly: [user]),
      .companyCount(of: user, -1), .userCount(of: company, -1),
      .coverage(.more, thousandths: 100_000), .nobodyWithoutAccess, .isolated(company, company),
    ]
    _ = try store.expect(claims.map { Expectation($0) }, at: moment)
  }

  private func leavers() throws {
    let people = try folder.write("people.csv", "id,left\n1,\n2,2026-01-31\n")
    var options = LeaverOptions(key: .id)
    options.mostGone = 100
    _ = try store.leavers(file: people, options)
  }

  private func export(_ moments: [Moment], _ pairs: String) throws {
    for moment in moments {
      try store.export(.grants, as: .csv, at: moment, to: pairs, replacing: true)
      try store.export(.users, as: .csv, at: moment, to: folder.file("u.csv"), replacing: true)
      try store.export(
        .companies, as: .csv, at: moment, to: folder.file("c.csv"), replacing: true)
    }
  }
}
