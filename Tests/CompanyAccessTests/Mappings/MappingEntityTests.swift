import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Users and companies of every application are added, edited and deleted, and come back.
@Suite(.onEachEngine)
struct MappingEntityTests {
  /// What has to be said of a new user besides the name.
  private func newUser(_ desk: MappingDesk) -> [String: String] {
    let name = desk.kind == .workcards || desk.kind == .crm ? "new@example.com" : "new"
    switch desk.kind {
    case .hrm, .crm: return ["username": name]
    case .guarding:
      return [
        "username": name, "first_name": "Nora", "last_name": "New", "org_id": "1", "role": "guard",
      ]
    case .workcards:
      return ["username": name, "full_name": "Nora New", "home": "C1", "role": "clerk"]
    case .custom: return ["username": name, "staff id": "E-99"]
    }
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func aUserIsAddedAndTakenBack(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let values = newUser(desk)
    let change = try #require(
      try desk.apply(.entity(EntityEdit(.add(.user), values: values))).change)
    let user = try desk.store.user(named: try #require(values["username"]))
    #expect(try desk.store.coverage().users == 13)
    #expect(try desk.store.coverage(at: .after(ChangeID(1))).users == 12)
    if kind == .workcards { #expect(user.id.description.utf8.count == 36) }
    try desk.apply(.grant(.these([user.id]), desk.companies([1])))
    #expect(try desk.store.user(user.id)?.companies == 1)
    try desk.apply(.revoke(.these([user.id]), desk.companies([1])))
    try desk.apply(.undo(change))
    #expect(try desk.store.coverage().users == 12)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func aCompanyIsAdded(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    var values = ["name": "Brand new"]
    if kind == .guarding { values["org_id"] = "1" }
    try desk.apply(.entity(EntityEdit(.add(.company), values: values)))
    let company = try desk.store.company(named: "Brand new")
    try desk.apply(.grant(desk.users([2]), .these([company.id])))
    #expect(try desk.store.mayEnter(desk.user(2), company.id))
    if kind != .guarding { #expect(company.id.description.utf8.count == 36) }
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func aUserIsEditedAndTakenBack(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let field =
      switch kind {
      case .guarding: "last_name"
      case .custom: "family name"
      case .hrm, .workcards, .crm: "full_name"
      }
    let before = try desk.store.user(desk.user(3))?.user
    let change = try #require(
      try desk.apply(
        .entity(EntityEdit(.edit(.user(desk.user(3))), values: [field: "Renamed"]))
      ).change)
    #expect(try desk.store.user(desk.user(3))?.user.fullName?.hasSuffix("Renamed") == true)
    try desk.apply(.undo(change))
    #expect(try desk.store.user(desk.user(3))?.user == before)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func aUserIsDeactivatedAndActivated(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.apply(.entity(EntityEdit(.deactivate(.user(desk.user(4))))))
    #expect(try desk.store.user(desk.user(4))?.user.isActive == false)
    try desk.apply(.entity(EntityEdit(.activate(.user(desk.user(4))))))
    #expect(try desk.store.user(desk.user(4))?.user.isActive == true)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func aDeletedUserComesBackWithGrants(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    if kind == .crm {
      for table in ["contacts", "deals", "sms_messages", "calls", "emails"] {
        try desk.other.execute("DELETE FROM \(table)")
      }
    }
    try desk.grant([2, 4], [1, 3])
    let rows = try desk.rows()
    let user = try desk.store.user(desk.user(4))?.user
    let delete = EntityEdit(.delete(.user(desk.user(4))), changesGrants: true)
    let change = try #require(try desk.apply(.entity(delete)).change)
    #expect(try desk.store.user(desk.user(4)) == nil)
    #expect(try desk.pairs() == [[2, 1], [2, 3]])
    try desk.apply(.undo(change))
    #expect(try desk.store.user(desk.user(4))?.user == user)
    #expect(try desk.rows() == rows)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func aDeletedCompanyComesBack(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind, users: 4, companies: 12)
    // The newest company is nobody's home.
    if kind == .guarding { try desk.other.execute("DELETE FROM sites WHERE client_id = 11") }
    if kind != .workcards { try desk.application.move(2, to: 1) }
    for number in 1...4 { try desk.application.move(number, to: 1) }
    try desk.grant([2], [11])
    let company = try desk.store.company(desk.company(11))?.company
    let delete = EntityEdit(.delete(.company(desk.company(11))), changesGrants: true)
    let change = try #require(try desk.apply(.entity(delete)).change)
    #expect(try desk.store.company(desk.company(11)) == nil)
    try desk.apply(.undo(change))
    #expect(try desk.store.company(desk.company(11))?.company == company)
    #expect(try desk.store.mayEnter(desk.user(2), desk.company(11)))
  }
}
