import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Users and companies of every application: made, renamed, deactivated, deleted and brought back.
@Suite struct EntityMappingTests {
  private typealias Kind = MappingFixture.Kind

  /// What a new user needs in each application.
  private static func newUser(_ kind: MappingFixture.Kind) -> [String: String] {
    switch kind {
    case .hrm:
      ["username": "lin", "full_name": "Lin Wei", "role": "HR Manager", "home": "Company 3"]
    case .guarding:
      [
        "username": "777", "first_name": "Lin", "last_name": "Wei", "role": "guard", "org_id": "1",
        "home": "Company 3",
      ]
    case .workcards:
      ["username": "lin@x.example", "full_name": "Lin Wei", "role": "clerk", "home": "Company 3"]
    case .crm:
      ["username": "lin@x.example", "full_name": "Lin Wei", "role": "agent", "home": "Company 3"]
    case .custom:
      [
        "username": "lin", "given name": "Lin", "family name": "Wei", "role": "Clerk",
        "home": "Company 3", "staff id": "E-777",
      ]
    }
  }

  private static func newCompany(_ kind: MappingFixture.Kind) -> [String: String] {
    kind == .guarding ? ["name": "Nova", "org_id": "1"] : ["name": "Nova"]
  }

  private func edit(
    _ desk: MappingDesk, _ action: EntityEdit.Action, _ values: [String: String] = [:],
    grants: Bool = false
  ) throws -> ChangeID {
    let result = try desk.apply(
      .entity(EntityEdit(action, values: values, changesGrants: grants)))
    return try #require(result.change)
  }

  /// Every row of the application's own tables, and the five columns of the grants.
  private func everything(_ desk: MappingDesk) throws -> [String] {
    let tables = try desk.other.rows(
      """
      SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'company_access%'
        AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%user_company_access' AND name NOT LIKE 'may%'
      """
    ) { $0.text(0) }
    let rows = try tables.flatMap { table in
      let columns = try desk.other.rows("SELECT name FROM pragma_table_info(?)", [.text(table)]) {
        "quote(\"\($0.text(0))\")"
      }
      return try desk.other.rows(
        "SELECT \(columns.joined(separator: " || ',' || ")) FROM \"\(table)\" ORDER BY 1"
      ) { "\(table): " + $0.text(0) }
    }
    return rows + (try desk.rows().map { "\($0)" })
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func aUserComesAndGoes(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let values = Self.newUser(kind)
    _ = try edit(desk, .add(.user), values, grants: true)
    let name = try #require(values["username"])
    let user = try desk.store.user(named: name)
    #expect(user.fullName == "Lin Wei" && user.isActive)
    #expect(try desk.store.mayEnter(user.id, desk.company(3)))
    #expect(try desk.store.form(.user, of: .user(user.id)).values["home"] == "Company 3")
    let id = EntityID.user(user.id)
    let renamed = try edit(desk, .edit(id), ["username": "0" + name])
    #expect(try desk.store.user(named: "0" + name).id == user.id)
    _ = try edit(desk, .deactivate(id))
    #expect(try desk.store.user(user.id)?.user.isActive == false)
    #expect(try desk.store.user(user.id)?.companies == 1)
    // The application goes on with its own statements.
    try desk.application.rename(1, to: "Somebody")
    let before = try everything(desk)
    let deletion = try edit(desk, .delete(id))
    #expect(try desk.store.user(user.id) == nil)
    try desk.application.addUser(40)
    try desk.application.deleteUser(40)
    try desk.apply(.undo(deletion))
    #expect(try everything(desk) == before)
    #expect(try desk.store.user(user.id, at: .after(renamed))?.user.isActive == true)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func aCompanyComesAndGoes(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.apply(.bulkGrant(.all, .all))
    _ = try edit(desk, .add(.company), Self.newCompany(kind), grants: true)
    let company = try desk.store.company(named: "Nova")
    let id = EntityID.company(company.id)
    try desk.apply(.grant(desk.users([2, 4]), .these([company.id])))
    _ = try edit(desk, .edit(id), ["name": "Nova Ltd"])
    if kind == .crm {
      #expect(throws: AccessError.cannotDeactivate(.company)) { try edit(desk, .deactivate(id)) }
    } else {
      _ = try edit(desk, .deactivate(id))
      #expect(try desk.store.company(company.id)?.company.isActive == false)
      _ = try edit(desk, .activate(id))
    }
    try desk.application.move(6, to: 3)
    let before = try everything(desk)
    let deletion = try edit(desk, .delete(id))
    #expect(try desk.store.company(company.id) == nil)
    try desk.application.addCompany(40)
    try desk.application.deleteCompany(40)
    try desk.apply(.undo(deletion))
    #expect(try everything(desk) == before)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func whereOthersBelongNothingIsDeleted(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.application.move(4, to: 3)
    let before = try everything(desk)
    do {
      let deletion = try edit(desk, .delete(.company(desk.company(3))))
      // Where another table says who belongs where, its rows are kept by the record.
      #expect(kind == .hrm || kind == .custom)
      try desk.apply(.undo(deletion))
    } catch AccessError.cannotDelete(let name, let references, _) {
      #expect(name == "Company 3" && !references.isEmpty)
      #expect(kind != .hrm)
    }
    #expect(try everything(desk) == before)
  }

  @Test func whatIsNeededIsAskedForByName() throws {
    let desk = try MappingDesk(.guarding)
    #expect(
      try desk.store.form(.user).fields.filter(\.isRequired).map(\.id) == [
        "username", "first_name", "last_name", "role", "org_id",
      ])
    var values = Self.newUser(.guarding)
    values["org_id"] = nil
    #expect(
      throws: AccessError.invalid([
        FieldNote(field: "org_id", label: "org_id", finding: .empty)
      ])
    ) { try edit(desk, .add(.user), values) }
    values["org_id"] = "9"
    #expect(
      throws: AccessError.invalid([
        FieldNote(
          field: "org_id", label: "org_id",
          finding: .notFound(table: "organizations", choices: ["1", "2"]))
      ])
    ) { try edit(desk, .add(.user), values) }
    let custom = try MappingDesk(.custom)
    #expect(try custom.store.form(.user).fields.map(\.id).contains("staff id"))
  }
}
