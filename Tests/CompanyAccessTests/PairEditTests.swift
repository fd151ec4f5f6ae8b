import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Edits of pairs, as the grid makes them: one change of what each pair becomes.
@Suite(.onEachEngine) struct PairEditTests {
  /// Some edits by chance, and what they make of the pairs of some users and companies.
  private struct Sample {
    var edits: [PairEdit] = []
    var pairs: Set<[Int]>

    init(
      _ numbers: inout TestSupport.SeededNumbers, _ pairs: Set<[Int]>, users: Int, companies: Int,
      user: (Int) -> UserID, company: (Int) -> CompanyID, permits: (Int, Int) -> Bool
    ) {
      self.pairs = pairs
      let (everyone, everything) = (Array(1...users), Array(1...companies))
      for _ in 0..<Int.random(in: 1...5, using: &numbers) {
        let grants = Bool.random(using: &numbers)
        var some = everyone.shuffled(using: &numbers).prefix(Int.random(in: 1...3, using: &numbers))
        var others = everything.shuffled(using: &numbers)
          .prefix(Int.random(in: 1...3, using: &numbers))
        var whom = UserSelection.these(some.map(user))
        var what = CompanySelection.these(others.map(company))
        switch Int.random(in: 0..<3, using: &numbers) {
        case 0:
          whom = .matching(UserQuery(), except: some.map(user))
          some = everyone.filter { !some.contains($0) }[...]
        case 1:
          what = .matching(CompanyQuery(), except: others.map(company))
          others = everything.filter { !others.contains($0) }[...]
        default:
          // A pair that is named must be permitted.
          if grants { others = others.filter { other in some.allSatisfy { permits($0, other) } } }
          what = .these(others.map(company))
        }
        edits.append(PairEdit(users: whom, companies: what, grants: grants))
        for one in some {
          for other in others {
            if !grants { self.pairs.remove([one, other]) }
            if grants, permits(one, other) { self.pairs.insert([one, other]) }
          }
        }
      }
    }
  }

  @Test(
    "edits do what a model does, on the tables of every mapping",
    arguments: MappingFixture.Kind.allCases)
  func editsOfMappings(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    var numbers = TestSupport.SeededNumbers(Sweep.seed)
    for round in 0..<12 {
      let before = Set(try desk.pairs())
      let rows = try desk.rows()
      let sample = Sample(
        &numbers, before, users: 12, companies: 6, user: desk.user, company: desk.company
      ) { kind != .guarding || ($0 - $1).isMultiple(of: 2) == false }
      let plan = try desk.store.plan(.edits(sample.edits))
      let added = sample.pairs.subtracting(before).count
      let removed = before.subtracting(sample.pairs).count
      #expect(plan.added == added && plan.removed == removed, "round \(round), seed \(Sweep.seed)")
      #expect(plan.pairs.count == added + removed)
      let tally = try desk.store.tally(sample.edits)
      #expect(tally.added == added && tally.removed == removed)
      let left = Set(before.map { $0[0] }).subtracting(sample.pairs.map { $0[0] })
      #expect(tally.usersLeftWithNone == left.count && plan.usersLeftWithNone.count == left.count)
      #expect(plan.after.grants == sample.pairs.count)
      let change = try desk.store.apply(plan).change
      #expect(Set(try desk.pairs()) == sample.pairs, "round \(round), seed \(Sweep.seed)")
      if round.isMultiple(of: 3), let change {
        try desk.apply(.undo(change))
        #expect(try desk.rows() == rows)
      }
    }
  }

  @Test(
    "edits do what a model does, on access tables of applications", arguments: ApplicationTable.all)
  func editsOfApplicationTables(_ table: ApplicationTable) throws {
    let desk = try ApplicationDesk(table)
    var numbers = TestSupport.SeededNumbers(Sweep.seed)
    for round in 0..<6 {
      let sample = Sample(
        &numbers, try desk.pairs(), users: ApplicationTable.people,
        companies: ApplicationTable.firms, user: desk.user, company: desk.company
      ) { _, _ in true }
      try desk.apply(.edits(sample.edits))
      try desk.check(sample.pairs, "round \(round), seed \(Sweep.seed)")
    }
  }

  @Test(
    "a window says of each pair whether it is granted, now and before",
    arguments: MappingFixture.Kind.allCases)
  func windows(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2, 4], [1, 3])
    let before = try #require(try desk.store.newestChange())
    try desk.revoke([2], [1])
    try desk.grant([6], [1])
    let users = (1...12).map(desk.user)
    let companies = (1...6).map(desk.company)
    for moment in [Moment.now, .after(before)] {
      let window = try desk.store.window(of: users, companies, at: moment)
      for user in users {
        for company in companies {
          let mayEnter = try desk.store.mayEnter(user, company, at: moment)
          #expect(window.granted.contains(GrantPair(user, company)) == mayEnter)
        }
      }
      #expect(window.barred.count == (kind == .guarding && moment == .now ? 36 : 0))
    }
    var active = UserQuery()
    active.activity = .inactive
    let picked = try desk.store.window(
      of: users, companies, picking: [.matching(active, except: []), desk.users([3])],
      [.all, desk.companies([2, 5])])
    let inactive = try desk.store.users(active, limit: 20).rows.map(\.id)
    #expect(picked.users == [Set(inactive), [desk.user(3)]])
    #expect(picked.companies == [Set(companies), [desk.company(2), desk.company(5)]])
  }

  @Test("one change says whether it granted, revoked or did both")
  func actions() throws {
    let desk = try Desk()
    func edit(_ user: Int64, _ company: Int, _ grants: Bool) -> PairEdit {
      PairEdit(users: .users([user]), companies: .companies([company]), grants: grants)
    }
    try desk.apply(.edits([edit(1, 1, true), edit(2, 1, true)]))
    try desk.apply(.edits([edit(1, 1, false)]))
    try desk.apply(.edits([edit(2, 1, false), edit(3, 2, true)]))
    #expect(try desk.changes().map(\.action) == [.grant, .revoke, .grantAndRevoke])
    #expect(try desk.pairs() == ["3-2"])
  }

  @Test("a later edit counts more than one before")
  func order() throws {
    let desk = try Desk()
    let all = PairEdit(users: .users([1]), companies: .all, grants: true)
    let one = PairEdit(users: .users([1]), companies: .companies([2]), grants: false)
    #expect(try desk.plan(.edits([all, one])).added == 2)
    #expect(try desk.plan(.edits([one, all])).added == 3)
    #expect(throws: AccessError.noSuchUser(UserID(99))) {
      try desk.plan(.edits([PairEdit(users: .users([99]), companies: .all, grants: true)]))
    }
  }

  @Test("the last administrator is not lost unasked")
  func administrators() throws {
    let folder = try TemporaryFolder()
    try AccessStore.create(folder.file("s.db"), sample: true)
    let store = try AccessStore.open(folder.file("s.db"))
    let everyone = PairEdit(users: .all, companies: .all, grants: false)
    #expect(try store.plan(.edits([everyone])).leavesNoAdministrator)
    let admin = try store.user(named: "admin").id
    var active = CompanyQuery()
    active.activity = .active
    let back = PairEdit(
      users: .these([admin]), companies: .matching(active, except: []), grants: true)
    #expect(!(try store.plan(.edits([everyone, back])).leavesNoAdministrator))
  }

  @Test("lists of some users or companies only")
  func queriesAmong() throws {
    let desk = try Desk(users: 9, companies: 4)
    try desk.grant([2, 3], [1])
    var query = UserQuery()
    query.among = [.users([1, 7])]
    #expect(try desk.store.users(query, limit: 5).rows.map(\.user.username) == ["user1", "user7"])
    #expect(try desk.store.count(query) == 2)
    var holding = UserQuery()
    holding.company = Desk.company(1)
    query.among = [.users([1]), .matching(holding, except: [UserID(3)])]
    #expect(try desk.store.users(query, limit: 5).rows.map(\.user.username) == ["user1", "user2"])
    query.among = []
    #expect(try desk.store.users(query, limit: 5).rows.isEmpty)
    var companies = CompanyQuery()
    companies.among = [.companies([2])]
    #expect(try desk.store.companies(companies, limit: 5).rows.map(\.company.code) == ["C2"])
  }
}
