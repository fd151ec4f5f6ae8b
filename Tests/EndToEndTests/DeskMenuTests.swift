import TestSupport
import Testing

/// Each of the eight entries of the menu, by keys, as far as it only looks.
@Suite struct DeskMenuTests {
  @Test func menu() throws {
    let database = try DeskDatabase()
    let before = try database.folder.read("hrm.db")
    let desk = try database.open()
    #expect(desk.title.hasPrefix(" company-access  hrm.db "))
    #expect(desk.title.hasSuffix("read-write"))
    #expect(desk.heading == " 42 users   12 companies   171 grants   coverage 33.9 %")
    let entries = [
      "1  View all users", "2  View all companies", "3  View companies for a user",
      "4  Add company to user", "5  Remove company from user", "6  Bulk add",
      "7  Summary statistics", "8  Exit",
    ]
    for (index, entry) in entries.enumerated() {
      #expect(desk.row(3 + index).hasPrefix(index == 0 ? " > " + entry : "   " + entry))
    }
    #expect(desk.altScreen)
    for key in [TerminalProgram.Key.down, .up, .end, .home] { desk.key(key) }
    desk.type("jk")
    desk.key(.down)
    try desk.wait(marked: "2 View all companies")
    desk.key(.enter)
    try desk.wait(heading: "Companies   1 of 12")
    try desk.backToMenu()
    try desk.leave()
    #expect(try database.folder.read("hrm.db") == before)
    #expect(database.folder.names == ["hrm.db"])
  }

  @Test(arguments: ["8", "q"]) func leaves(key: String) throws {
    let desk = try DeskDatabase().open()
    desk.send(key)
    try desk.expectEnd(0)
  }

  @Test func escapeOnTheMenuSaysWhatLeaves() throws {
    let desk = try DeskDatabase().open()
    desk.send("\u{1B}")
    try desk.wait(message: "Esc does not leave the desk here; 8 or q does.")
    desk.type("1")
    try desk.wait(heading: "Users   1 of 42")
    try desk.leave()
  }

  @Test func users() throws {
    let desk = try DeskDatabase().open()
    desk.type("1")
    try desk.wait(
      texts: "Users   1 of 42", "Id  Username",
      "admin              Ada Marchetti    Super Admin   active             11")
    #expect(desk.marked == "39 a_nowak Anna Nowak Employee active 1")
    desk.key(.end)
    try desk.wait(heading: "42 of 42")
    try desk.wait(marked: "8 z_wisniewska")
    desk.key(.home)
    try desk.wait(heading: " 1 of 42")
    desk.key(.pageDown)
    try desk.wait(heading: " 18 of 42")
    desk.type("s")
    try desk.wait(texts: "Full name \u{25B2}")
    desk.type("S")
    try desk.wait(texts: "Full name \u{25BC}")
    desk.type("f")
    try desk.wait(heading: "only with access")
    desk.type("f")
    try desk.wait(heading: "only without access")
    try desk.wait("five users without a company") {
      desk.heading.hasSuffix(" of 5") && desk.body.filter { $0.hasSuffix(" 0") }.count == 5
    }
    try desk.backToMenu()
    try desk.leave()
  }

  @Test func filterOverAllColumns() throws {
    let desk = try DeskDatabase().open()
    desk.type("1")
    try desk.wait(heading: "1 of 42")
    // One word is found in the role, the other in the username.
    desk.type("/tenant OKA")
    try desk.wait(heading: "1 of 1")
    try desk.wait("the cursor in the filter") { desk.cursor == (20, 3) }
    desk.key(.control("u"))
    desk.type("\u{15B}niew")
    try desk.wait(marked: "8 z_wisniewska Zofia Wi\u{15B}niews")
    desk.key(.enter)
    try desk.waitForKeys()
    desk.key(.enter)
    try desk.wait(heading: "Companies of z_wisniewska, id 8 (Zofia Wi\u{15B}niewska)   1 of 7")
    try desk.back(to: "Users   1 of 1")
    try desk.back(to: "of 42")
    try desk.wait("the same row") { desk.marked.contains("z_wisniewska") }
    desk.type("/no such user")
    try desk.wait(texts: "Nothing matches \"no such user\".", "Esc clears the filter.")
    try desk.back(to: "of 42")
    try desk.backToMenu()
    try desk.leave()
  }

  @Test func companies() throws {
    let desk = try DeskDatabase().open()
    desk.type("2")
    try desk.wait(texts: "Companies   1 of 12", "\u{391}\u{3B8}\u{3B7}\u{3BD}\u{3CE}\u{3BD}")
    #expect(desk.marked == "MTL Bureau de Montr\u{E9}al active 13")
    try desk.moveDown(to: "Detroit Office")
    #expect(desk.marked == "DET Detroit Office inactive 0")
    desk.type("c")
    try desk.wait(
      texts: "Users of Detroit Office (DET)",
      "No user may enter Detroit Office: no row means no access.")
    try desk.back(to: "Companies   3 of 12")
    try desk.moveDown(to: "East Region")
    desk.key(.enter)
    try desk.wait(heading: "Users of East Region (EAST)   1 of 17")
    try desk.filter("sarah_admin")
    desk.key(.enter)
    try desk.wait(heading: "Companies of sarah_admin")
    try desk.leave()
  }

  @Test(arguments: [
    ("john_smith", "2", "HR Manager", ["Chicago Office", "LA Office", "NYC Office"]),
    ("sarah_admin", "3", "Finance Manager", ["East Region", "NY Region"]),
  ])
  func companiesOfUser(name: String, id: String, role: String, companies: [String]) throws {
    let database = try DeskDatabase()
    let desk = try database.open(columns: 119)
    desk.type("1")
    try desk.wait(heading: "of 42")
    try desk.filter(name)
    #expect(desk.marked.contains(role))
    #expect(desk.marked.hasSuffix("active \(companies.count)"))
    try desk.back(to: "of 42")
    try desk.backToMenu()
    try desk.pick(name, by: "3", then: "Companies of \(name)")
    try desk.wait("the companies") { listed(desk) == companies }
    #expect(desk.heading.hasSuffix("1 of \(companies.count)"))
    #expect(try database.companies(of: name) == companies)
    // Since when, and by which change.
    #expect(desk.body[0].contains("Since") && desk.body[0].contains("Change"))
    #expect(desk.marked.contains("2026-01-12 10:0"))
    try desk.back(to: "1 of 1")
    try desk.back(to: "of 42")
    // The id picks the same user.
    desk.type(id)
    try desk.wait("\(name) under the cursor") {
      desk.body[0].hasSuffix("Filter: \(id)") && desk.marked.hasPrefix("\(id) \(name)")
        && !desk.heading.contains("of 42") && !desk.heading.contains("counting")
    }
    desk.key(.enter)
    try desk.wait(heading: "Companies of \(name)")
    try desk.leave()
  }

  /// The names in a list of companies.
  private func listed(_ desk: TerminalProgram) -> [String] {
    desk.body.dropFirst().filter { !$0.isEmpty }.map { line in
      line.split(separator: " ").drop { $0 == ">" }.dropFirst().prefix(2).joined(separator: " ")
    }
  }

  @Test func adminHasAllActiveCompanies() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    try desk.pick("admin", by: "3", then: "Companies of admin, id 1 (Ada Marchetti)   1 of 11")
    let names = try database.companies(of: "admin")
    #expect(names.count == 11)
    #expect(
      try names.joined(separator: "\n")
        == database.sql("SELECT name FROM hrm_company WHERE is_active ORDER BY name"))
    for name in names { try desk.wait(text: name) }
    #expect(!desk.text().contains("Detroit"))
    #expect(!desk.text().contains("inactive"))
    try desk.leave()
  }

  @Test func nobodyIsPickedByAnUnknownName() throws {
    let desk = try DeskDatabase().open()
    for name in ["99999", "nobody at all"] {
      desk.type("4" + name)
      try desk.wait(texts: "Filter: \(name)", "Nothing matches \"\(name)\".")
      desk.key(.enter)
      try desk.wait(message: "No user matches \"\(name)\".")
      try desk.back(to: "of 42")
      try desk.backToMenu()
    }
    try desk.pick("h_baker", by: "3", then: "Companies of h_baker")
    try desk.wait(
      texts: "h_baker may enter no company: no row means no access.", "+ adds companies.")
    try desk.leave()
  }

  @Test func statistics() throws {
    let database = try DeskDatabase()
    let desk = try database.open(rows: 50)
    desk.type("7")
    try desk.wait(
      texts: "Users by number of companies", "Companies with the most users", "Head Office",
      "Companies without users", "Detroit Office")
    let figures = [
      ("Users", "42"), ("with access", "37"), ("without access", "5"),
      ("inactive, but with access", "2"), ("Companies", "12"), ("with users", "11"),
      ("without users", "1"), ("Grants", "171 of 504 possible"), ("Coverage", "33.9 % ["),
    ]
    for (index, figure) in figures.enumerated() {
      let line = desk.body[index].split(separator: " ").drop { $0 == ">" }.joined(separator: " ")
      #expect(line.hasPrefix("\(figure.0) \(figure.1)"))
    }
    try desk.moveDown(to: "without access")
    desk.key(.enter)
    try desk.wait(heading: "Users   only without access   1 of 5")
    let names = try database.sql(
      """
      SELECT username FROM hrm_users WHERE id NOT IN (SELECT user_id FROM hrm_user_company_access)
      """
    ).split(separator: "\n")
    #expect(names.count == 5)
    for name in names { try desk.wait(text: " \(name) ") }
    try desk.back(to: "Summary statistics")
    try desk.wait(marked: "without access")
    try desk.leave()
  }

  @Test func logAndUsersOfACompany() throws {
    let desk = try DeskDatabase().open()
    desk.type("l")
    try desk.wait(heading: "Log of changes")
    try desk.wait(marked: "38 delete user v_patel -1 2026-09-28 09:12 tomek@hq")
    try desk.backToMenu()
    try desk.pick("NYC", by: "c", then: "Users of NYC Office (NYC)   1 of 15")
    try desk.wait(marked: "1 admin")
    try desk.leave()
  }

  @Test func helpOnManyScreens() throws {
    let desk = try DeskDatabase().open()
    desk.type("?")
    try desk.wait(
      texts: "Help: menu", "6        Bulk add                  all companies to all users", "Back")
    try desk.backToMenu()
    for (entry, heading, title) in [
      ("1", "Users   1 of 42", "list of users"), ("7", "Summary statistics", "statistics"),
      ("l", "Log of changes", "log of changes"),
    ] {
      desk.type(entry)
      try desk.wait(heading: heading)
      desk.type("?")
      try desk.wait(text: "Help: \(title)")
      desk.key(.end)
      try desk.wait(texts: "Help: \(title)", "One step back.")
      try desk.back(to: heading)
      try desk.backToMenu()
    }
    // Where text is typed, ? belongs to the text.
    desk.type("3?")
    try desk.wait(texts: "Filter: ?", "F1 Help")
    desk.key(.function(1))
    try desk.wait(heading: "Help: picking a user")
    try desk.back(to: "Whose companies?")
    try desk.back(to: "of 42")
    try desk.backToMenu()
    // Enter does what the line says.
    try DeskTour.help.go(desk)
    try desk.moveDown(to: "View all companies")
    desk.key(.enter)
    try desk.wait(heading: "Companies   1 of 12")
    try desk.leave()
  }
}
