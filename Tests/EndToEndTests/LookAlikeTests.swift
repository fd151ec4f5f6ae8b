import TestSupport
import Testing

/// Names that people would take for one another, where one of them decides.
@Suite struct LookAlikeTests {
  private static let when = "'2026-01-01 00:00:00.000'"

  /// A company and a user with a Cyrillic letter in the place of a Latin one.
  private static func database() throws -> DeskDatabase {
    let database = try DeskDatabase()
    try database.sql(
      """
      INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at)
      VALUES (printf('%032x', 9), 'NY' || char(0x421) || ' Office', 'TWIN', 1, \(when), \(when));
      INSERT INTO hrm_users (id, username, full_name, is_active, created_at, modified_at)
      VALUES (900, 'h_b' || char(0x430) || 'ker', 'Harriet Baker', 1, \(when), \(when))
      """)
    return database
  }

  @Test func theReviewNamesBoth() throws {
    let database = try Self.database()
    let desk = try database.open()
    try desk.pick("900", by: "4", then: "Add companies to")
    try desk.tick("TWIN")
    desk.key(.enter)
    try desk.wait(texts: "? y / Esc", "is easily taken for h_baker, id 32")
    let words = desk.text().split { " \n".contains($0) }.joined(separator: " ")
    #expect(words.contains("is easily taken for NYC Office"))
    try desk.leave(asksFirst: true)
    #expect(try database.changes() == [])
    #expect(try database.addedByOthers() == ["h_b\u{430}ker", "NY\u{421} Office"])
  }

  @Test func theCommandNamesBoth() throws {
    let database = try Self.database()
    let result = try runProgram(
      builtProduct("company-access"), ["--db", database.path, "grant", "h_baker", "NYC"])
    #expect(result.status == 0)
    #expect(
      result.stderr.contains("user h_baker, id 32, is easily taken for h_b\u{430}ker, id 900"))
    #expect(result.stderr.contains("company NYC Office, id "))
  }

  /// A name means the one that is written so, letter by letter; where two are, none.
  @Test func anAmbiguousNamePicksNone() throws {
    let database = try Self.database()
    try database.sql(
      """
      INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at)
      VALUES (printf('%032x', 10), 'TWIN', 'NYC Office', 1, \(Self.when), \(Self.when));
      INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at)
      VALUES (printf('%032x', 11), 'Twin Towers', 'nyc', 1, \(Self.when), \(Self.when))
      """)
    for name in ["NYC\u{200B}", "NY\u{421} office", "Nyc", "NYC ", " NYC"] {
      let result = try runProgram(
        builtProduct("company-access"), ["--db", database.path, "grant", "h_baker", name])
      #expect(result.status == 67, "\(name): \(result.stderr)")
    }
    #expect(try database.companies(of: "h_baker") == [])
  }
}
