import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Names that look alike and grants that lead nowhere keep nothing from being done, in every mapping.
struct MappingTwinTests {
  /// A database with twins of user 4 and of company 3, and some grants.
  private func deskWithTwins(_ kind: MappingFixture.Kind) throws -> MappingDesk {
    let desk = try MappingDesk(kind, users: 12, companies: 12)
    let (users, companies) = (desk.store.mapping.users, desk.store.mapping.companies)
    try desk.other.execute(
      "UPDATE \(users.table) SET \(users.username) = ?1 WHERE \(users.key) = ?2",
      [.text(kind.username(4).uppercased() + " "), desk.user(11).value])
    try desk.other.execute(
      "UPDATE \(companies.table) SET \(companies.name) = 'COMPANY 3' WHERE \(companies.key) = ?",
      [desk.company(11).value])
    if kind == .crm {
      for table in ["contacts", "deals", "sms_messages", "calls", "emails"] {
        try desk.other.execute("DELETE FROM \(table)")
      }
    }
    // Where users belong is not what is tried here.
    if kind == .guarding { try desk.other.execute("DELETE FROM sites") }
    for number in 1...12 { try desk.application.move(number, to: 1) }
    try desk.grant([2, 4], [1, 3])
    return desk
  }

  private func nameField(_ kind: MappingFixture.Kind) -> String {
    switch kind {
    case .guarding: "last_name"
    case .custom: "family name"
    case .hrm, .workcards, .crm: "full_name"
    }
  }

  @Test(
    "What is done to a user or company whose name looks like another's is done",
    arguments: MappingFixture.Kind.allCases)
  func twinsAreNoObstacle(_ kind: MappingFixture.Kind) throws {
    let desk = try deskWithTwins(kind)
    let (user, company) = (EntityID.user(desk.user(4)), EntityID.company(desk.company(3)))
    var edits = [
      EntityEdit(.edit(user), values: [nameField(kind): "Other"], changesGrants: true),
      EntityEdit(.deactivate(user), changesGrants: true),
      EntityEdit(.activate(user), changesGrants: true),
      EntityEdit(.edit(company), values: ["name": "Company three"], changesGrants: true),
      EntityEdit(.delete(user), changesGrants: true),
      EntityEdit(.delete(company), changesGrants: true),
    ]
    if desk.store.mapping.companies.active != .always {
      edits.insert(EntityEdit(.deactivate(company), changesGrants: true), at: 3)
      edits.insert(EntityEdit(.activate(company), changesGrants: true), at: 4)
    }
    for edit in edits {
      let plan = try desk.store.plan(.entity(edit))
      #expect(try desk.store.apply(plan, dryRun: true).change == nil, "\(edit)")
      #expect(try desk.store.apply(plan).change != nil, "\(edit)")
    }
    #expect(try desk.store.user(desk.user(4)) == nil)
    #expect(try desk.store.company(desk.company(3)) == nil)
    #expect(try desk.pairs().allSatisfy { $0[0] != 4 && $0[1] != 3 })
  }

  @Test(
    "Grants of missing users and companies count apart and stop nothing",
    arguments: MappingFixture.Kind.allCases)
  func orphansCountApart(_ kind: MappingFixture.Kind) throws {
    let desk = try deskWithTwins(kind)
    try desk.grant([6], [1])
    let (users, companies) = (desk.store.mapping.users, desk.store.mapping.companies)
    try desk.other.execute("PRAGMA foreign_keys = OFF")
    try desk.other.execute(
      "DELETE FROM \(users.table) WHERE \(users.key) = ?", [desk.user(4).value])
    try desk.other.execute(
      "DELETE FROM \(companies.table) WHERE \(companies.key) = ?", [desk.company(3).value])
    // 2-1 and 6-1 are left; of 2-3, 4-1 and 4-3 one side is missing.
    try expectFigures(desk, grants: 2, orphans: 3)
    var office = CompanyQuery()
    office.search = "Company 5"
    var without = UserQuery()
    without.access = .none
    for intent in [
      Intent.bulkGrant(.matching(UserQuery(), except: []), .matching(office, except: [])),
      .bulkGrant(.matching(without, except: []), .matching(office, except: [])),
      .bulkGrant(.matching(UserQuery(), except: []), .matching(CompanyQuery(), except: [])),
    ] {
      let plan = try desk.store.plan(intent)
      #expect(plan.before.orphans == 3 && plan.notices.contains(.orphans(3)))
      #expect(plan.unchanged + plan.added <= plan.before.permitted)
      let result = try desk.store.apply(plan)
      #expect(result.added == plan.added)
      try expectFigures(desk, grants: plan.after.grants, orphans: 3)
    }
    // All pairs that may be are granted now.
    let coverage = try desk.store.coverage()
    #expect(coverage.grants == coverage.permitted && coverage.tenthsOfPercent == 1_000)
    // What is revoked goes also where a side is missing.
    let all = try desk.store.plan(
      .revoke(.matching(UserQuery(), except: []), .matching(CompanyQuery(), except: [])))
    #expect(all.after.grants == 0 && all.after.orphans == 0)
    #expect(try desk.store.apply(all).removed == coverage.grants + 3)
    #expect(try desk.rows().isEmpty)
  }

  /// Every figure of the store says the same.
  private func expectFigures(
    _ desk: MappingDesk, grants: Int, orphans: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let statistics = try desk.store.statistics()
    let coverage = statistics.coverage
    #expect(try desk.store.coverage() == coverage, sourceLocation: sourceLocation)
    #expect(
      coverage.grants == grants && coverage.orphans == orphans, sourceLocation: sourceLocation)
    let users = try desk.store.users(UserQuery(), limit: 100).rows
    let companies = try desk.store.companies(CompanyQuery(), limit: 100).rows
    #expect(users.reduce(0) { $0 + $1.companies } == grants, sourceLocation: sourceLocation)
    #expect(companies.reduce(0) { $0 + $1.users } == grants, sourceLocation: sourceLocation)
    var (some, none) = (UserQuery(), UserQuery())
    (some.access, none.access) = (.some, .none)
    #expect(
      try desk.store.count(some) == statistics.usersWithAccess, sourceLocation: sourceLocation)
    #expect(
      try desk.store.count(none) == statistics.usersWithoutAccess, sourceLocation: sourceLocation)
    #expect(
      statistics.histogram.reduce(0) { $0 + $1.users } == coverage.users,
      sourceLocation: sourceLocation)
    #expect(
      statistics.histogram.reduce(0) { $0 + $1.users * $1.companies } == grants,
      sourceLocation: sourceLocation)
    let out = desk.folder.file("report-\(desk.folder.names.count)")
    let from = Timestamp(stored: "2026-01-01 00:00:00.000")
    let report = try desk.store.report(from: from, to: .now, into: out, toolVersion: "0")
    #expect(report.figures.coverage == coverage, sourceLocation: sourceLocation)
    #expect(
      report.figures.usersWithAccess == statistics.usersWithAccess, sourceLocation: sourceLocation)
    #expect(
      report.figures.usersWithoutAccess == statistics.usersWithoutAccess,
      sourceLocation: sourceLocation)
    #expect(
      try AccessStore.verifyReport(out).isEmpty, sourceLocation: sourceLocation)
  }
}
