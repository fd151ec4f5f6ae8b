import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Files go out of and into the tables of every application.
struct MappingExchangeTests {
  @Test(arguments: MappingFixture.Kind.allCases)
  func whatIsExportedCanBeImported(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2, 4], [1, 3])
    let file = desk.folder.file("grants.csv")
    try desk.store.export(.grants, as: .csv, to: file)
    let before = try desk.pairs()
    try desk.revoke([2, 4], [1])
    try desk.grant([6], [5])
    #expect(try desk.store.diff(file: file) { _ in } == DiffCounts(granted: 2, revoked: 1))
    var options = StagedPairs.Options()
    options.isSync = true
    let staged = try desk.store.stage(file, options: options)
    let result = try desk.apply(.staged(staged))
    #expect(result.added == 2 && result.removed == 1)
    #expect(try desk.pairs() == before)
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func idsInAFileMayHaveAnyForm(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let file = try desk.folder.write(
      "ids.csv",
      """
      user_id,company_id
      \(desk.user(2)),\(desk.company(3))
      \(desk.user(4)),\(desk.company(3).description.replacing("-", with: ""))

      """)
    try desk.apply(.staged(desk.store.stage(file)))
    #expect(try desk.pairs() == [[2, 3], [4, 3]])
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func listsAreExported(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2], [1, 3])
    for (subject, text) in [
      (ExportSubject.users, kind.username(2)), (.companies, "Company 3"),
    ] {
      for format in ExportFormat.allCases {
        let file = desk.folder.file("\(subject).\(format)")
        try desk.store.export(subject, as: format, to: file)
        #expect(String(decoding: try readFile(file), as: UTF8.self).contains(text))
      }
    }
  }

  /// Everything with ids and times comes back into an empty database of the same application.
  @Test(arguments: MappingFixture.Kind.allCases)
  func everythingGoesIntoAnEmptyDatabase(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2, 4], [1, 3])
    let file = desk.folder.file("all.json")
    try desk.store.export(.all, as: .json, to: file)
    let empty = try MappingDesk(kind, users: 0, companies: 0)
    let rows = try empty.store.restore(ImportFile(file), reason: nil, dryRun: false)
    #expect(rows.users == 12 && rows.companies == 6 && rows.grants == 4)
    #expect(try empty.rows() == desk.rows())
    let again = desk.folder.file("again.json")
    try empty.store.export(.all, as: .json, to: again)
    #expect(try readFile(again) == readFile(file))
    #expect(try empty.other.count("SELECT count(*) FROM pragma_foreign_key_check") == 0)
    #expect(throws: AccessError.self) {
      try empty.store.restore(ImportFile(file), reason: nil, dryRun: false)
    }
  }

  @Test func everythingOfAnotherApplicationIsRefused() throws {
    let desk = try MappingDesk(.crm)
    let file = desk.folder.file("all.json")
    try desk.store.export(.all, as: .json, to: file)
    for kind in [MappingFixture.Kind.hrm, .workcards] {
      let empty = try MappingDesk(kind, users: 0, companies: 0)
      let error = #expect(throws: ImportError.self) {
        try empty.store.restore(ImportFile(file), reason: nil, dryRun: false)
      }
      #expect(
        error?.description ?? ""
          == "line 1: it is of the mapping crm, and this database of the mapping \(kind)")
    }
  }

  /// What the application wants to know of a user or a company beyond a name, nobody can make up.
  @Test(arguments: MappingFixture.Kind.allCases)
  func onlyWhatANameIsEnoughForIsCreated(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let companies = try desk.folder.write(
      "companies.csv", "user,company\n\(kind.username(2)),New one\n")
    let users = try desk.folder.write("users.csv", "user,company\nnew,Company 1\n")
    var options = StagedPairs.Options()
    options.createsMissing = true
    func wrong(_ file: String) throws -> String? {
      do {
        try desk.apply(.staged(desk.store.stage(file, options: options)))
        return nil
      } catch let error as ImportError {
        return error.description
      }
    }
    let unknown = "line 2: 'new' cannot be created: the database has to know its "
    switch kind {
    case .hrm, .crm: #expect(try wrong(users) == nil)
    case .guarding:
      #expect(try wrong(users) == unknown + "org_id, first_name, last_name, role")
    case .workcards: #expect(try wrong(users) == unknown + "business_id, full_name, role")
    case .custom: #expect(try wrong(users) == unknown + "staff id")
    }
    if kind == .guarding {
      #expect(
        try wrong(companies)
          == "line 2: 'New one' cannot be created: the database has to know its org_id")
    } else {
      #expect(try wrong(companies) == nil)
      let company = try desk.store.company(named: "New one")
      #expect(try desk.store.mayEnter(desk.user(2), company.id))
      #expect(KeyStorage.Form(of: company.id) == desk.store.mapping.companies.keys.form)
    }
  }

  @Test func companiesOfOneNameAreNotMistaken() throws {
    let desk = try MappingDesk(.guarding)
    try desk.other.execute("UPDATE clients SET client_name = 'Harbour' WHERE client_id IN (1, 3)")
    let file = try desk.folder.write(
      "pairs.csv", "user,company\n\(desk.kind.username(2)),Harbour\n")
    let words = """
      line 2: several companies are called 'Harbour'; the column company_id tells which: \
      Harbour (id 1), Harbour (id 3)
      """
    #expect(throws: ImportError.self) { try desk.store.stage(file) }
    do {
      _ = try desk.store.stage(file)
    } catch {
      #expect("\(error)" == words)
    }
    do {
      _ = try desk.store.diff(file: file) { _ in }
    } catch {
      #expect("\(error)" == words)
    }
    #expect(throws: AccessError.self) { try desk.store.company(named: "Harbour") }
    #expect(try desk.store.company(named: "id:3").id == desk.company(3))
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func aReportIsWrittenAndVerified(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    try desk.grant([2, 4], [1, 3])
    try desk.application.deleteUser(4)
    let folder = desk.folder.file("report")
    _ = try desk.store.report(
      from: Timestamp(stored: "2026-01-01 00:00:00.000"), to: .now, into: folder,
      toolVersion: "1")
    let access = String(decoding: try readFile(folder + "/access.csv"), as: UTF8.self)
    #expect(access.split(separator: "\r\n").count == 3)
    #expect(access.contains(kind.username(2)) && access.contains("Company 3"))
    let coverage = String(decoding: try readFile(folder + "/coverage.csv"), as: UTF8.self)
    #expect(coverage.contains(kind == .guarding ? ",2,3,66.7" : ",2,6,33.3"))
    #expect(try AccessStore.verifyReport(folder) == [])
  }

  @Test(arguments: MappingFixture.Kind.allCases)
  func statesAreCompared(_ kind: MappingFixture.Kind) throws {
    let desk = try MappingDesk(kind)
    let first = try #require(try desk.grant([2, 4], [1, 3]).change)
    try desk.revoke([4], [3])
    try desk.grant([6], [5])
    var rows: [DiffRow] = []
    _ = try desk.store.diff(from: .after(first), to: .now) { rows.append($0) }
    #expect(rows.map(\.username) == [kind.username(4), kind.username(6)])
    #expect(rows.map(\.companyKey) == ["Company 3", "Company 5"])
    rows = []
    _ = try desk.store.diff(users: desk.user(4), desk.user(2)) { rows.append($0) }
    #expect(rows.map(\.companyName) == ["Company 3"])
    rows = []
    _ = try desk.store.diff(companies: desk.company(1), desk.company(5)) { rows.append($0) }
    #expect(rows.count == 3)
  }
}

extension KeyStorage.Form {
  fileprivate init(of id: CompanyID) {
    self =
      switch id.key {
      case .integer: .integer
      case .bytes: .bytes
      case .text(let text): text.contains("-") ? .dashed : .digits
      }
  }
}
