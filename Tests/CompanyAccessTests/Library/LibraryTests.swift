import CompanyAccess
import TestSupport
import Testing

struct LibraryTests {
  private static let example: String = {
    let source = (try? text("Tests/CompanyAccessTests/Library/AuditReport.swift")) ?? ""
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let inside = lines.drop { $0 != "  // example" }.dropFirst()
      .prefix { $0 != "  // end of example" }
    return inside.map { String($0.dropFirst(2)) }.joined(separator: "\n")
  }()

  private static func text(_ path: String) throws -> String {
    let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    return String(decoding: try readFile("/\(folder)/\(path)"), as: UTF8.self)
  }

  /// The code that people read is the code that runs here.
  @Test(arguments: [
    "Examples/AuditReport/Sources/AuditReport/main.swift",
    "Sources/CompanyAccess/CompanyAccess.docc/UsingTheLibrary.md",
  ])
  func theDocumentedExampleIsTheTestedOne(path: String) throws {
    #expect(Self.example.split(separator: "\n").count > 10)
    let text = try Self.text(path)
    #expect(text.contains(Self.example), "\(path) has other code than AuditReport.swift")
  }

  @Test func theExampleWorks() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("x.db")
    try AccessStore.create(path)
    try runSqlite3(
      path,
      """
      INSERT INTO hrm_role VALUES (1, 'Auditor');
      INSERT INTO hrm_users (id, username, role_id, created_at, modified_at)
        VALUES (1, 'ann', 1, '', ''), (2, 'bob', 1, '', ''), (3, 'carl', NULL, '', '');
      INSERT INTO hrm_company (id, name, code, created_at, modified_at)
        VALUES ('01', 'Acme', 'ACM', '', ''), ('02', 'Bolt', 'BLT', '', '');
      """)
    let lines = try auditReport(path, to: folder.file("report.csv"))
    #expect(
      lines == [
        "ann may enter 0", "bob may enter 0", "granted 4, ann: true", "3 grants, 1 with none",
      ])
    let report = String(decoding: try folder.read("report.csv"), as: UTF8.self)
    let pairs = report.split(separator: "\r\n").map { $0.split(separator: ",").prefix(2) }
    #expect(
      pairs.map { $0.joined(separator: " ") } == [
        "user company", "ann Bolt", "bob Acme", "bob Bolt",
      ])
    #expect(throws: AccessError.exists(path: folder.file("report.csv"), canBeReplaced: true)) {
      try AccessStore.open(path).export(.all, as: .json, to: folder.file("report.csv"))
    }
  }

  @Test func oneStoreServesSeveralTasks() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("x.db")
    try AccessStore.generate(path, TestData(users: 20, companies: 10, grants: 0))
    let store = try AccessStore.open(path)
    let companies = try store.companies(CompanyQuery(), limit: 10).rows.map(\.id)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for company in companies {
        group.addTask {
          var plan = try store.plan(.grant(.matching(UserQuery(), except: []), .these([company])))
          while true {
            do {
              try store.apply(plan)
              return
            } catch AccessError.planChanged(let newer) {
              plan = newer
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.coverage().grants == 200)
  }
}
