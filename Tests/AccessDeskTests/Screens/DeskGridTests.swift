import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

@Suite struct DeskGridTests {
  /// The line of a user.
  private func row(_ name: String, _ desk: DeskDriver) -> String? {
    desk.lines.first {
      $0.dropFirst(2).hasPrefix(name + " ") || $0.dropFirst(2).hasPrefix("(\(name)")
    }
  }

  /// The marks of a user's cells, as they are shown.
  private func marks(_ name: String, _ desk: DeskDriver) -> String {
    String((row(name, desk) ?? "").dropFirst(20).filter { $0 != " " })
  }

  private func grants(_ desk: DeskDriver) throws -> String {
    try runSqlite3(
      desk.path,
      "SELECT id, user_id, company_id, created_at FROM hrm_user_company_access ORDER BY 2, 3")
  }

  @Test("three users get four companies in one change by few keys, and its undo restores the rows")
  func fewKeys() throws {
    var desk = try DeskDriver()
    let before = try grants(desk)
    let newest = try #require(try desk.store.newestChange())
    let keys: [Key] = ["g", "v", .down, .down, .right, .right, .right, " ", .enter, "y"]
    for key in keys { desk.press(key) }
    #expect(desk.kind == .grid && desk.message.hasPrefix("Granted 12 pairs."), "\(desk.message)")
    #expect(try desk.store.newestChange() == ChangeID(newest.number + 1))
    #expect(marks("a_nowak2", desk).hasPrefix("xxxx") && !desk.text.contains("Staged:"))
    desk.type("uy")
    #expect(try grants(desk) == before)
  }

  @Test("what is staged stays through scrolling, filters, orders and refreshing")
  func stagedStays() throws {
    var desk = try DeskDriver()
    desk.type("g ")
    desk.press(.right)
    desk.type(" ")
    #expect(marks("a_nowak", desk).hasPrefix("++"))
    #expect(desk.text.contains("Staged: +2"))
    desk.press(.end, .home)
    #expect(marks("a_nowak", desk).hasPrefix("++"))
    desk.type("/smith")
    desk.press(.enter)
    #expect(row("a_nowak", desk) == nil && desk.text.contains("Staged: +2"))
    desk.press(.escape)
    desk.type("s")
    desk.press(.tab)
    desk.type("sS")
    desk.noticeForeignChange()
    #expect(desk.text.contains("Staged: +2"))
    desk.type("ss")
    desk.press(.tab)
    desk.type("sssss")
    desk.press(.home)
    #expect(marks("a_nowak", desk).filter { $0 == "+" }.count == 2)
    // Esc asks once before it drops what is staged.
    desk.press(.escape)
    #expect(desk.kind == .grid && desk.message.contains("again drops it"))
    desk.press(.escape)
    #expect(desk.kind == .menu)
  }

  @Test("a cell that another program changed meanwhile is marked, and Space takes it out")
  func foreignChange() throws {
    var desk = try DeskDriver()
    desk.type("g ")
    desk.press(.down)
    desk.type(" ")
    try runSqlite3(
      desk.path,
      """
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      SELECT 'x', u.id, c.id, '2026-01-01', '2026-01-01' FROM hrm_users u, hrm_company c
      WHERE u.username = 'a_nowak' AND c.code = 'MTL'
      """)
    desk.noticeForeignChange()
    #expect(marks("a_nowak", desk).hasPrefix("!") && marks("a_nowak2", desk).hasPrefix("+"))
    desk.press(.up)
    #expect(desk.text.contains("Changed meanwhile"))
    #expect(desk.text.contains("Staged: +1"))
    desk.type(" ")
    #expect(marks("a_nowak", desk).hasPrefix("x"))
    desk.press(.enter)
    desk.type("y")
    #expect(desk.message.hasPrefix("Granted Bureau de Montréal to a_nowak2"))
  }

  @Test("R and C stage what matches the filters, the other way round, and then not at all")
  func rowsAndColumns() throws {
    var desk = try DeskDriver()
    desk.type("gR")
    #expect(marks("a_nowak", desk) == "++++++++x+++" && desk.text.contains("Staged: +11"))
    desk.type("R")
    #expect(marks("a_nowak", desk) == "........-..." && desk.text.contains("Staged: -1"))
    #expect(desk.text.contains("left with none: 1 user"))
    desk.type("R")
    #expect(!desk.text.contains("Staged:"))
    desk.press("/", .tab)
    desk.type("office")
    desk.press(.enter)
    desk.type("CR")
    desk.press(.escape)
    #expect(marks("a_nowak", desk).contains("."), "\(desk.text)")
    #expect(marks("a_nowak2", desk).hasPrefix(".+"), "\(desk.text)")
    desk.press(.enter)
    #expect(desk.kind == .confirmation && desk.text.contains("Confirm: what is staged, "))
  }

  @Test("! shows only users for whom something is staged")
  func onlyStaged() throws {
    var desk = try DeskDriver()
    desk.type("g!")
    #expect(desk.message == "Nothing is staged.")
    desk.press(.down, .down)
    desk.type(" ")
    desk.press(.end)
    desk.type(" !")
    #expect(desk.text.contains("only what is staged") && desk.text.contains(" of 2, company"))
    #expect(row("a_oconnor", desk) != nil && row("a_nowak", desk) == nil)
    desk.type("!")
    #expect(row("a_nowak", desk) != nil || desk.text.contains(" of 42"))
  }

  @Test("a database that is only read, and the past, show the grid without staging")
  func readOnly() throws {
    var desk = try DeskDriver(readOnly: true)
    desk.type("g ")
    #expect(desk.message.hasPrefix("Not possible here") && marks("admin", desk).contains("x"))
    try Golden.check("grid-read-only", desk)
    desk = try DeskDriver()
    desk.type("g t2026-01-01")
    desk.press(.enter)
    #expect(!desk.text.contains("Staged") && desk.lines[0].contains("as of"))
    desk.type(" ")
    #expect(desk.message.hasPrefix("Not possible here"))
    desk.type("t")
    #expect(marks("a_nowak", desk).hasPrefix("+"))
  }

  @Test("cells that may not be granted are marked, refused, and left out of rows")
  func organizations() throws {
    var desk = try DeskDriver(.guarding)
    desk.type("g")
    #expect(marks("300000001", desk) == "/././." && marks("300000002", desk) == "./././")
    if !desk.text.contains("May not be granted:") { desk.press(.right) }
    desk.type(" ")
    #expect(desk.message.contains("may not cross organizations"))
    desk.type("R")
    #expect(desk.text.contains("Staged: +3"))
    desk.press(.enter)
    desk.type("y")
    #expect(try desk.store.coverage().grants == 3)
  }

  @Test("g in a list shows the same users or companies, and the one whose list it is")
  func fromLists() throws {
    var desk = try DeskDriver()
    desk.type("1/smith")
    desk.press(.enter)
    desk.type("g")
    #expect(desk.kind == .grid && desk.text.contains("Users: smith"))
    #expect(row("john_smith", desk) != nil && row("a_nowak", desk) == nil)
    desk = try ScreenTour.desk(on: .companiesOfUser)
    desk.type("g")
    #expect(desk.text.contains("john_smith, id 2 x ") && desk.text.contains("a selection"))
    desk = try ScreenTour.desk(on: .usersOfCompany)
    desk.type("g")
    #expect(desk.text.contains(" x NYC Office (NYC)"), "\(desk.text)")
  }

  @Test("every state of the grid looks as it was looked at")
  func states() throws {
    var desk = try DeskDriver()
    desk.type("g")
    desk.press(.down, .down, .down)
    desk.type(" ")
    desk.press(.down, .right)
    desk.type("v")
    desk.press(.down, .down, .right, .right)
    try Golden.check("grid-rectangle", desk, sizes: Golden.sizes + [(200, 50)])
    desk.type(" R")
    try Golden.check("grid-staged", desk, sizes: Golden.sizes + [(200, 50)])
    desk.type("/o")
    desk.press(.tab)
    desk.type("office")
    try Golden.check("grid-filtered", desk, sizes: Golden.sizes + [(200, 50)])
    desk.press(.enter)
    desk.type("!")
    try Golden.check("grid-staged-only", desk)
    desk.press(.enter)
    try Golden.check("confirmation-grid", desk)
  }

  @Test("many companies and users are shown a window at a time, to the last")
  func manyCompanies() throws {
    var desk = try DeskDriver()
    try runSqlite3(
      desk.path,
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
      INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at)
      SELECT printf('%032d', i), printf('Firm %04d', i), printf('F%04d', i), 1, '2026-01-01',
        '2026-01-01' FROM n
      """)
    try desk.addUsers(900)
    desk.noticeForeignChange()
    desk.type("g")
    desk.type("$")
    desk.press(.end)
    #expect(desk.text.contains("company 912 of 912"), "\(desk.text)")
    #expect(desk.text.contains("user 942 of 942"))
    try Golden.check("grid-many", desk, sizes: Golden.sizes + [(200, 50)])
    desk.type("^")
    desk.press(.home)
    desk.type(">")
    #expect(desk.text.contains("user 1 of 942, company 2"))
    for _ in 0..<60 { desk.press(.right) }
    desk.type("C ")
    #expect(desk.text.contains("Staged: +941"), "\(desk.text)")
  }
}
