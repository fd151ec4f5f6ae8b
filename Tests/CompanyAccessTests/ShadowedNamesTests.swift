import Database
import Synchronization
import TestSupport
import Testing

@testable import CompanyAccess

/// Tables and views of a file that are called like what SQLite itself answers.
@Suite struct ShadowedNamesTests {
  /// Every name that a statement can call a table-valued function by, and every scalar function.
  private static func names() throws -> [String] {
    let folder = try TemporaryFolder()
    let connection = try Connection(path: folder.file("names.db"), mode: .create)
    let modules = try connection.rows(
      """
      SELECT name FROM pragma_module_list UNION SELECT 'pragma_' || name FROM pragma_pragma_list
      UNION SELECT name FROM pragma_function_list
      """
    ) { $0.text(0) }
    return Set(modules).filter { name in
      !name.hasPrefix("sqlite_")
        && name.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F }
    }.sorted()
  }

  /// The sample, and a copy with an object of each name.
  private struct Files {
    private let folder: TemporaryFolder
    let plain: String
    let shadowed: String

    init(_ object: (String) -> String) throws {
      folder = try TemporaryFolder()
      plain = folder.file("plain.db")
      shadowed = folder.file("shadowed.db")
      try AccessStore.create(plain, sample: true)
      try folder.write("shadowed.db", folder.read("plain.db"))
      let names = try ShadowedNamesTests.names()
      #expect(names.count > 100 && names.contains("json_each"))
      #expect(names.contains("pragma_table_xinfo"))
      try runSqlite3(shadowed, names.map { object("\"\($0)\"") + ";" }.joined(separator: "\n"))
    }

    /// What every kind of question and of write answers.
    func answers(_ path: String) throws -> [String] {
      var answers: [String] = []
      func add<T>(_ value: T) { answers.append("\(value)") }
      let store = try AccessStore.open(path)
      add(try store.status)
      add(try store.statistics(at: .now))
      add(try store.users(UserQuery(), limit: 100).rows)
      add(try store.companies(CompanyQuery(), limit: 100).rows)
      let before = try store.moment(after: ChangeID(9)).moment
      add(try store.users(UserQuery(), limit: 100, at: before).rows)
      let users = try store.users(UserQuery(), limit: 9).rows.map(\.user.id)
      for intent in [Intent.grant(.these(users), .all), .revoke(.these([users[3]]), .all)] {
        let result = try store.apply(store.plan(intent))
        add(result.added)
        add(result.removed)
        add(try store.plan(.undo(try #require(result.change))).added)
      }
      let diagnosis = try AccessStore.examine(path)
      add(diagnosis.findings.map { $0.with(remedy: nil) })
      add(diagnosis.unchecked)
      add(diagnosis.checks)
      add(try AccessStore.schemaStatus(path).isCurrent)
      try store.export(.grants, as: .csv, at: before, to: path + ".csv", replacing: true)
      answers.append(String(decoding: try readFile(path + ".csv"), as: UTF8.self))
      return answers
    }
  }

  @Test(arguments: [
    "CREATE TABLE # (x)", "CREATE TABLE # (name, type, pk, value, key, hidden, cid)",
    "CREATE VIEW # AS SELECT 'id' AS name, 1 AS value, 'x' AS type, 1 AS pk, 0 AS hidden",
  ])
  func noAnswerIsAnotherOne(statement: String) throws {
    let files = try Files { statement.replacing("#", with: $0) }
    let expected = try files.answers(files.plain)
    let found = try files.answers(files.shadowed)
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) { #expect(found == expected) }
  }

  /// What the library says is what it means, wherever a table of the name may stand.
  @Test func everyStatementSaysWhereTheFunctionIs() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("hrm.db")
    let said = Mutex<Set<String>>([])
    try QueryPlans.$listener.withValue({ statement in said.withLock { _ = $0.insert(statement.sql) }
    }) {
      try AccessStore.generate(path, TestData(users: 40, companies: 12, grants: 100))
      try QueryPlanWorkload(AccessStore.open(path), folder).run()
      _ = try AccessStore.examine(path)
      _ = try AccessStore.schemaStatus(path)
      _ = try AccessStore.verifySchema(path)
      let fixture = try MappingFixture.make(.custom, in: folder)
      _ = try AccessStore.adopt(fixture.path, mappingFile: fixture.descriptionFile(in: folder))
    }
    let calls = said.withLock { Array($0) }.flatMap(Self.functions)
    #expect(calls.count > 20)
    #expect(Set(calls.filter { !$0.hasPrefix("temp.") }) == [])
  }

  /// The calls of table-valued functions in a statement, with what qualifies them.
  private static func functions(_ sql: String) -> [String] {
    sql.split { !($0.isLetter || $0 == "_" || $0 == ".") }.map(String.init).filter {
      $0.hasSuffix("json_each") || $0.hasSuffix("json_tree") || $0.contains("pragma_")
    }
  }

  @Test(arguments: ["pragma_table_info", "Pragma_Index_List", "json_each", "JSON_TREE"])
  func adoptionMakesNoSuchTable(name: String) throws {
    let folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(.custom, in: folder)
    let description = try #require(fixture.kind.description)
    let file = try folder.write(
      "mapping.json", description.replacing("may \\\"enter\\\"", with: name))
    let before = try readFile(fixture.path)
    let problem = MappingProblem("access_table", .hidesFunction(name))
    #expect(
      throws: AccessError.unfitMapping(path: fixture.path, mapping: "custom", [problem])
    ) { try AccessStore.adopt(fixture.path, mappingFile: file) }
    #expect(try readFile(fixture.path) == before)
  }
}
