import Testing

@testable import CompanyAccess

@Suite struct SQLTokensTests {
  @Test(arguments: [
    ("INSERT INTO t VALUES (1)", ["t"]),
    ("insert or ignore into \"T\" select 1", ["t"]),
    ("INSERT INTO 't' VALUES (1)", ["t"]),
    ("REPLACE INTO [t] VALUES (1)", ["t"]),
    ("UPDATE `t` SET a = 1; UPDATE OR FAIL u SET a = 1", ["t", "u"]),
    ("DELETE FROM t; DELETE/* from u */FROM\nv -- DELETE FROM w", ["t", "v"]),
    ("SELECT a FROM t WHERE b = 'DELETE FROM u'", []),
    ("INSERT INTO a SELECT 1 WHERE 1 ON CONFLICT DO UPDATE SET x = 1", ["a", "set"]),
    ("CREATE TRIGGER x AFTER UPDATE OF t ON u BEGIN SELECT 1; END", ["of"]),
    ("CREATE TRIGGER x AFTER DELETE ON t BEGIN DELETE FROM \"a\"\"b\"; END", ["a\"b"]),
  ]) func findsTheTablesThatAreWritten(sql: String, tables: [String]) {
    #expect(SQLTokens(sql).writtenTables == Set(tables))
  }

  @Test func tellsNamesFromKeywords() {
    let tokens = SQLTokens("CREATE VIEW v AS SELECT \"check\" FROM Hrm_Users -- check")
    #expect(tokens.mention("hrm_users") && tokens.mention("CHECK") && !tokens.hasWord("check"))
    #expect(!tokens.mention("hrm_user"))
    #expect(SQLTokens("CREATE TABLE t (a CHECK (a > 0))").hasWord("check"))
    #expect(SQLTokens("'open").tokens.count == 1)
    #expect(SQLTokens("").tokens.isEmpty)
  }
}
