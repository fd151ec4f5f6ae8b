import Testing

@testable import DatabasePostgres

struct PostgresNotationTests {
  @Test(
    "A statement in the notation of SQLite is said as PostgreSQL says it",
    arguments: [
      ("SELECT ?1, ?2, ?1", "SELECT $1, $2, $1"), ("a = ? AND b = ?", "a = $1 AND b = $2"),
      ("FROM company_access_change AS c", "FROM company_access.change AS c"),
      ("WHERE company_access_change.id = 1", "WHERE company_access.change.id = 1"),
      ("x.company_access_change", "x.company_access_change"),
      ("o.lifetime AS company_access_lifetime", "o.lifetime AS company_access_lifetime"),
      ("temp.company_access_setting", "pg_temp.company_access_setting"),
      ("'company_access_change ?1 IS x'", "'company_access_change ?1 IS x'"),
      ("'it''s' IS \"IS\"", "'it''s' IS NOT DISTINCT FROM \"IS\""),
      ("a COLLATE BINARY", "a COLLATE \"C\""), ("a IS NULL AND b IS NOT NULL", nil),
      ("a IS b", "a IS NOT DISTINCT FROM b"), ("a IS NOT b", "a IS DISTINCT FROM  b"),
      ("a IS DISTINCT FROM b OR c IS NOT TRUE", nil),
      ("FROM a CROSS JOIN b ON b.x = a.x", "FROM a  JOIN b ON b.x = a.x"),
      ("FROM a CROSS JOIN b WHERE b.x = a.x", nil),
      (
        "FROM a CROSS JOIN (SELECT x FROM y ON z) AS b CROSS JOIN c ON c.x = b.x",
        "FROM a CROSS JOIN (SELECT x FROM y ON z) AS b  JOIN c ON c.x = b.x"
      ),
      ("FROM a NOT INDEXED WHERE +a.b = +?1 AND 1 + 2", "FROM a  WHERE a.b = $1 AND 1 + 2"),
      ("(a) + b", nil), ("LIMIT -1", "LIMIT ALL"), ("CAST(a AS INTEGER)", "CAST(a AS bigint)"),
      ("f.present = 0 AND n = 0", "f.present = FALSE AND n = 0"),
      ("instr(a, 'b')", "strpos(a, 'b')"), ("a.rowid IN (1)", "a.ctid IN (1)"),
      ("FROM (SELECT 1) WHERE TRUE", "FROM (SELECT 1) AS unnamed_0 WHERE TRUE"),
      ("FROM (SELECT 1) AS a JOIN (SELECT 2) b", nil),
      (
        "(SELECT * FROM (SELECT 1 FROM (SELECT 2) AS t))",
        "(SELECT * FROM (SELECT 1 FROM (SELECT 2) AS t) AS unnamed_5)"
      ),
    ] as [(String, String?)])
  func exchanged(notation: String, text: String?) {
    #expect(PostgresNotation.text(of: notation) == text ?? notation)
  }
}
