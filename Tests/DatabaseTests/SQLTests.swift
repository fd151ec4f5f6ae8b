import Database
import Synchronization
import TestSupport
import Testing

@Suite struct SQLTests {
  @Test("The values of all pieces are numbered in the order of the finished text")
  func valuesAreNumbered() {
    let inner: SQLCondition = "b = \(Value.text("x"))"
    let sql: SQLStatement = "SELECT \(Value.integer(1)) FROM t WHERE \(inner) AND c = \(.null)"
    #expect(sql.text == "SELECT ?1 FROM t WHERE b = ?2 AND c = ?3")
    #expect(sql.values == [.integer(1), .text("x"), .null])
  }

  @Test("A name from outside is quoted, and a value is never part of the text")
  func namesAreQuoted() throws {
    let table = SQLName(foreign: "a\"b WHERE c")
    let hostile = "'); DROP TABLE t; --"
    let sql: SQLStatement = "SELECT \(Value.text(hostile)) FROM \(table)"
    #expect(sql.text == "SELECT ?1 FROM \"a\"\"b WHERE c\"")
    let folder = try TemporaryFolder()
    let connection = try Connection(path: folder.file("a.db"), mode: .create)
    try connection.execute("CREATE TABLE \(table) (x)")
    try connection.execute("INSERT INTO \(table) VALUES (\(Value.text(hostile)))")
    #expect(try connection.rows("SELECT x FROM \(table)") { $0.text(0) } == [hostile])
  }

  @Test("Conditions are joined, and none of them lets every row pass")
  func conditionsAreJoined() {
    let conditions: [SQLCondition] = ["a = \(Value.integer(1))", "b"]
    let both: SQLStatement = "SELECT 1 FROM t\(conditions.filter())"
    #expect(both.text == "SELECT 1 FROM t WHERE a = ?1 AND b")
    #expect(both.values == [.integer(1)])
    let none: SQLStatement = "SELECT 1 FROM t\([SQLCondition]().filter())"
    #expect(none.text == "SELECT 1 FROM t")
    #expect([SQLCondition]().all().text == "TRUE")
    #expect(conditions.all().text == "a = ?1 AND b")
  }

  @Test("A list of pieces has its separator between them")
  func listsHaveSeparators() {
    let columns: [SQLExpression] = ["a", "b + \(Value.integer(2))", "\(3)"]
    let sql: SQLStatement = "SELECT \(columns) FROM t ORDER BY \(columns, separator: " DESC, ")"
    #expect(sql.text == "SELECT a, b + ?1, 3 FROM t ORDER BY a DESC, b + ?2 DESC, 3")
    #expect(sql.values == [.integer(2), .integer(2)])
  }

  @Test("A statement is heard with the file and the function that run it")
  func theCallerIsHeard() throws {
    let folder = try TemporaryFolder()
    let connection = try Connection(path: folder.file("a.db"), mode: .create)
    let callers = Mutex<[String]>([])
    try QueryPlans.$listener.withValue({ heard in callers.withLock { $0.append(heard.caller) } }) {
      _ = try connection.count("SELECT \(1)")
    }
    #expect(callers.withLock { $0 } == ["SQLTests.theCallerIsHeard"])
  }
}
