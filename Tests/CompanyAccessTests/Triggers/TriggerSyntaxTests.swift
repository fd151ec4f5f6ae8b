import Database
import Testing

@testable import CompanyAccess

/// The text of the triggers, which the application's own SQLite runs.
@Suite struct TriggerSyntaxTests {
  /// Words that SQLite 3.8.2 does not know, or that only this program's connections understand.
  static let newer = [
    // 3.15 row values
    #"\(\s*\w+(\.\w+)?\s*,\s*\w+(\.\w+)?\s*\)\s*(=|<|>|IN\b|IS\b)"#,
    #"(=|<|>|\bIN\b|\bIS\b)\s*\(\s*(OLD|NEW)\.\w+\s*,"#,
    // 3.24 UPSERT, 3.35 RETURNING, 3.39 IS DISTINCT FROM
    #"ON\s+CONFLICT"#, #"\bRETURNING\b"#, #"DISTINCT\s+FROM"#,
    // 3.23 TRUE and FALSE, 3.32 iif, 3.25 window functions, 3.30 FILTER, NULLS FIRST
    #"\bTRUE\b"#, #"\bFALSE\b"#, #"\biif\b"#, #"\bOVER\b"#, #"\bFILTER\b"#, #"\bNULLS\b"#,
    // 3.33 UPDATE FROM, 3.8.3 WITH, 3.35 MATERIALIZED
    #"UPDATE\s[^;]*\bSET\b[^;()]*\sFROM\b"#, #"\bWITH\b"#, #"\bMATERIALIZED\b"#,
    // 3.38 operators and JSON of any version, 3.38 unixepoch, 3.35 functions
    #"->"#, #"json"#, #"unixepoch"#, #"\b(floor|ceil|sqrt|printf|format|concat)\b"#,
    // Functions of this program.
    #"company_access_\w+\s*\(\s*(OLD|NEW|'|\))"#,
    // What breaks where the application has generated columns, or answers conflicts its own way.
    #"UPDATE\s+OF\b"#, #"\bOR\s+(REPLACE|IGNORE|ABORT|FAIL|ROLLBACK)\b"#, #"\bREPLACE\b"#,
    #"NOT\s+INDEXED|INDEXED\s+BY"#,
  ]

  private static let mappings: [SchemaMapping] = SchemaMapping.known

  @Test(
    "No trigger uses what is newer than SQLite 3.8.2, nor OF, conflict clauses, JSON, functions",
    arguments: mappings.map(\.name))
  func syntax(name: String) throws {
    let mapping = try #require(SchemaMapping.known.first { $0.name == name })
    let triggers = Schema(mapping: mapping).triggers
    #expect(triggers.count == 14)
    for trigger in triggers {
      for pattern in TriggerSyntaxTests.newer {
        let words = try Regex(pattern).ignoresCase()
        let found = trigger.sql.firstMatch(of: words).map { String(trigger.sql[$0.range]) }
        #expect(found == nil, "\(trigger.name): \(pattern)")
      }
    }
  }

  @Test(
    "The patterns find what they are for",
    arguments: [
      "WHERE (user_id, company_id) IN (SELECT 1)", "WHERE (a, b) = (SELECT 1, 2)",
      "DO x ON CONFLICT (a) DO NOTHING", "DELETE FROM t RETURNING a", "a IS NOT DISTINCT FROM b",
      "WHERE TRUE", "iif(a, b, c)", "UPDATE t SET a = b.c FROM b", "WITH d AS (SELECT 1)",
      "json_object('a', 1)", "AFTER UPDATE OF a ON t", "INSERT OR REPLACE INTO t",
      "company_access_new_id()", "a IN (OLD.id, NEW.id)", "printf('%d', 1)", "a -> b",
    ])
  func patterns(text: String) throws {
    #expect(
      try TriggerSyntaxTests.newer.contains { pattern in
        try text.firstMatch(of: Regex(pattern).ignoresCase()) != nil
      })
  }

  @Test("Each trigger names its own table of the application and no other one")
  func ownTable() {
    for mapping in TriggerSyntaxTests.mappings {
      let tables = [mapping.users.table, mapping.companies.table, mapping.access.table]
      for trigger in Schema(mapping: mapping).triggers {
        let words = trigger.sql.split { !$0.isLetter && !$0.isNumber && !"_-".contains($0) }
        let named = tables.filter { table in words.contains { $0 == table.text } }
        #expect(named.count == 1, "\(trigger.name) names \(named)")
      }
    }
  }
}
