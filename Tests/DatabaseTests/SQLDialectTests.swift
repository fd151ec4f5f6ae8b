import Database
import Testing

@Suite struct SQLDialectTests {
  @Test("Parameters are numbered as each engine counts them, also those of a fragment")
  func parameters() {
    let name: SQLExpression = "u.name"
    let sql: SQLStatement = """
      SELECT \(SQLFragment.joinedTexts(name, separator: ", ")) FROM \(SQLFragment.recordTable("change"))
      WHERE id = \(Value.integer(7)) AND \(SQLFragment.same("a", "\(Value.null)"))
      """
    let sqlite = sql.rendered(in: SQLiteDialect())
    #expect(
      sqlite.text == """
        SELECT group_concat(u.name, ?1) FROM company_access_change
        WHERE id = ?2 AND (a IS ?3)
        """)
    #expect(sqlite.values == [.text(", "), .integer(7), .null] && sql.text == sqlite.text)
    #expect(sql.values == sqlite.values)
    let postgres = sql.rendered(in: PostgresDialect())
    #expect(
      postgres.text == """
        SELECT string_agg(u.name, $1::text) FROM company_access.change
        WHERE id = $2 AND (a IS NOT DISTINCT FROM $3)
        """)
    #expect(postgres.values == sqlite.values)
  }

  @Test("A piece of another kind keeps its fragments")
  func otherKinds() {
    let relation: SQLRelation = "\(SQLFragment.temporary("staged"))"
    let statement: SQLStatement = "SELECT * FROM \(relation)"
    #expect(SQLSource(relation).rendered(in: PostgresDialect()).text == "pg_temp.staged")
    #expect(statement.text == "SELECT * FROM temp.staged")
  }
}
