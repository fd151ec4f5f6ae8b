import Database
import TestSupport
import Testing

/// What other programs do to the database while the desk shows it.
@Suite struct DeskForeignTests {
  private static let now = "'2026-10-01 08:00:00.000'"

  @Test func changesAppearWithoutAKey() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try addGrant(database, to: "h_baker", of: "NYC")
    try desk.wait(heading: "172 grants   coverage 34.1 %")
    desk.type("1")
    try desk.wait(heading: "1 of 42")
    try desk.moveDown(to: "a_oconnor")
    try database.sql(
      """
      INSERT INTO hrm_users (username, full_name, is_active, created_at, modified_at)
      VALUES ('aaa_first', 'New Here', 1, \(Self.now), \(Self.now))
      """)
    try desk.wait(heading: "3 of 43")
    try desk.wait(texts: "aaa_first", "New Here")
    // The cursor stays with its row.
    try desk.wait(marked: "18 a_oconnor")
    try desk.backToMenu()
    try desk.pick("h_baker", by: "3", then: "Companies of h_baker")
    try desk.wait(marked: "NYC NYC Office active")
    #expect(desk.marked.hasSuffix(" 39"))
    try addGrant(database, to: "h_baker", of: "LA")
    try desk.wait(texts: "2 of 2", "  LA          LA Office")
    try database.sql(
      """
      UPDATE hrm_users SET username = 'harriet' WHERE username = 'h_baker';
      DELETE FROM hrm_user_company_access WHERE \(RecordQueries.began(with: 39))
      """)
    try desk.wait(heading: "Companies of harriet, id 32 (Harriet Baker)   1 of 1")
    try desk.wait(marked: "LA LA Office")
    try desk.leave()
    #expect(
      try database.changes()
        == ["external|external||1|0", "external|external||1|0", "external|external||0|1"])
    #expect(try database.addedByOthers() == ["aaa_first"])
  }

  @Test func figuresAndLogFollow() throws {
    let database = try DeskDatabase()
    let desk = try database.open(columns: 120)
    desk.type("7")
    try desk.wait(texts: "  without access                       5  >")
    try addGrant(database, to: "h_baker", of: "NYC")
    try desk.wait(
      texts: "  without access                       4  >", "172  of 504 possible", "34.1 %")
    try desk.backToMenu()
    desk.type("l")
    try desk.wait(heading: "Log of changes")
    try desk.wait("the external change") {
      desk.marked.hasPrefix("39 ") && desk.marked.contains("the application: h_baker +NYC +1")
    }
    try addGrant(database, to: "h_baker", of: "LA")
    try desk.wait(marked: "40 ")
    try database.sql("UPDATE hrm_users SET username = 'harriet' WHERE username = 'h_baker'")
    try desk.wait("the renaming") {
      desk.marked.hasPrefix("41 ") && desk.marked.contains("the application edited user harriet")
    }
    try desk.leave()
  }

  private func addGrant(_ database: DeskDatabase, to user: String, of company: String) throws {
    try database.sql(
      """
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      SELECT lower(hex(randomblob(16))), u.id, c.id, \(Self.now), \(Self.now)
      FROM hrm_users u, hrm_company c WHERE username = '\(user)' AND code = '\(company)'
      """)
  }

  // MARK: While something is ticked or asked

  @Test func tickedCompanyIsDeleted() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try desk.pick("h_baker", by: "4", then: "Add companies to h_baker")
    try desk.tick("LA Office", "NYC Office")
    try deleteCompany("NYC", database)
    try desk.wait(heading: "of 11")
    desk.key(.enter)
    try desk.wait(message: "There is no company with the id")
    try desk.confirm()
    try desk.wait("the answer to y") { !desk.message.contains("There is no company") }
    #expect(desk.heading.contains("Confirm"))
    #expect(try database.companies(of: "h_baker") == [])
    #expect(try database.changes() == ["external|external||0|15"])
    try desk.leave(asksFirst: true)
    try database.expectSound()
  }

  /// The grants of what was deleted are history, with its name.
  @Test func companyUnderReviewIsDeleted() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try DeskTour.confirmation.go(desk)
    try deleteCompany("NYR", database)
    try desk.wait(message: "There is no company with the id")
    try desk.wait(text: "This can't be done now; Esc goes back.")
    #expect(try database.companies(of: "h_baker") == [])
    #expect(
      try database.sql(
        """
        SELECT count(DISTINCT h.user_id), k.name FROM \(RecordQueries.ended) h
        JOIN company_access_company_lifetime k ON k.lifetime = h.company_lifetime
        WHERE h.ended_change = 39 AND k.ended_change = 39
        """) == "15|NY Region")
    try desk.leave(asksFirst: true)
    try database.expectSound()
  }

  private func deleteCompany(_ code: String, _ database: DeskDatabase) throws {
    try database.sql(
      """
      PRAGMA foreign_keys = ON;
      DELETE FROM hrm_employee WHERE company_id = (SELECT id FROM hrm_company WHERE code = '\(code)');
      DELETE FROM hrm_company WHERE code = '\(code)'
      """)
  }

  @Test func userIsDeleted() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try desk.pick("john_smith", by: "4", then: "Add companies to john_smith")
    try desk.tick("East Region")
    try database.sql(
      "PRAGMA foreign_keys = ON; DELETE FROM hrm_users WHERE username = 'john_smith'")
    try desk.wait(message: "john_smith, id 2 (John Smith) is not there any more.")
    // Back in the picker, where the user is not.
    try desk.wait(texts: "step 1: to which user?", "Nothing matches \"john_smith\".")
    #expect(try database.changes() == ["external|external||0|3"])
    #expect(
      try database.sql(
        "SELECT key, name FROM company_access_user_lifetime WHERE ended_change = 39")
        == "2|john_smith")
    try desk.leave()
    try database.expectSound()
  }

  /// The question is put again when what it says is no longer so.
  @Test func tableMovesUnderAQuestion() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    desk.type("6")
    try desk.wait(text: "Grant 333 pairs? y / Esc")
    try database.sql("DELETE FROM hrm_user_company_access WHERE user_id = 1")
    try desk.wait(text: "Grant 344 pairs? y / Esc")
    try desk.wait(
      message: "The table was changed meanwhile: this was counted again. Look at it once more."
    )
    try desk.confirm()
    try desk.wait(message: "Granted 344 pairs. Change 40; u undoes it.")
    // What another program takes away afterwards is left alone by the undo.
    try database.sql(
      "DELETE FROM hrm_user_company_access WHERE user_id = 2 AND \(RecordQueries.began(with: 40))")
    try desk.wait(heading: "495 grants")
    desk.type("u")
    // Only the bulk grant had made somebody an administrator of everything.
    try desk.wait(text: "Revoke 335 pairs? Type no administrator, then press y:")
    #expect(desk.text().contains("Left alone             9"))
    desk.type("no administrator")
    try desk.wait(text: "then press y: no administrator")
    try desk.confirm()
    try desk.wait(message: "Undid change 40: revoked 335 pairs, 9 pairs left alone.")
    try desk.wait(heading: "160 grants")
    try desk.leave()
    try database.expectSound()
  }

  /// A write waits for another program's, and the wait can be cancelled.
  @Test func lockedWhileWriting() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    desk.type("6")
    try desk.wait(text: "Grant 333 pairs? y / Esc")
    let other = try Connection(path: database.path, mode: .readWrite)
    try other.execute("BEGIN IMMEDIATE")
    for key in [TerminalProgram.Key.escape, .control("c")] {
      try desk.confirm()
      try desk.wait(text: "Esc cancels; until the end nothing has happened.")
      desk.key(key)
      try desk.wait(message: "Cancelled: nothing was changed.")
      try desk.wait(text: "Grant 333 pairs? y / Esc")
    }
    try desk.confirm()
    try desk.wait(text: "Esc cancels; until the end nothing has happened.")
    try other.execute("ROLLBACK")
    try desk.wait(message: "Granted 333 pairs.")
    #expect(try database.changes() == ["desk|bulk-grant||333|0"])
    try desk.leave()
    try database.expectSound()
  }
}
