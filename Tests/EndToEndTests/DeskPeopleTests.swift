import TestSupport
import Testing

/// Users and companies by keys, in a real terminal, by two desks at once.
@Suite struct DeskPeopleTests {
  @Test func aUserComesGoesAndComesBack() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    desk.type("1")
    try DeskTour.users.wait(desk)
    desk.type("a")
    try desk.wait(heading: "New user")
    desk.type("lin")
    desk.key(.tab)
    desk.paste("Lin\nWei\n\u{4F5C}\u{54C1}")
    try desk.wait(text: "Lin Wei \u{4F5C}\u{54C1}")
    for text in ["lin@hq.example", "HR Manager", "NYC"] {
      desk.key(.tab)
      desk.type(text)
    }
    try desk.wait(text: "is NYC Office (NYC, id")
    desk.key(.enter)
    try desk.wait(text: "Add user lin, grant NYC Office to lin? y / Esc")
    try desk.confirm()
    try desk.wait(message: "Added user lin, granted NYC Office to lin. Change 39; u undoes it.")
    #expect(try database.companies(of: "lin") == ["NYC Office"])
    let before = try database.sql("SELECT * FROM hrm_users; SELECT * FROM hrm_employee")
    let grants = try database.grants()
    desk.type("/lin@")
    desk.key(.enter)
    try desk.wait(heading: "1 of 1")
    desk.type("D")
    try desk.wait(text: "Type lin, then press y:")
    desk.type("lin")
    try desk.confirm()
    try desk.wait(message: "Deleted user lin, revoked NYC Office from lin. Change 40; u undoes it.")
    #expect(try database.companies(of: "lin") == [])
    desk.type("u")
    try desk.wait(text: "Bring back user lin, grant NYC Office to lin? y / Esc")
    try desk.confirm()
    try desk.wait(
      message: "Undid change 40: brought back user lin, granted NYC Office to lin. Change 41.")
    #expect(try database.sql("SELECT * FROM hrm_users; SELECT * FROM hrm_employee") == before)
    #expect(try database.grants() == grants)
    #expect(
      try database.changes() == ["desk|add||1|0", "desk|delete||0|1", "desk|undo||1|0"])
    desk.key(.escape)
    try desk.wait(heading: "of 43")
    try desk.leave()
    try database.expectSound()
  }

  @Test func twoDesksEditTheSameUser() throws {
    let database = try DeskDatabase()
    let desks = [try database.open(), try database.open(rows: 15, columns: 60)]
    for (index, desk) in desks.enumerated() {
      desk.type("1/h_baker")
      desk.key(.enter)
      try desk.wait(heading: "1 of 1")
      desk.type("e")
      try desk.wait(heading: "Edit user h_baker, id 32")
      desk.key(.tab)
      desk.type(" \(index + 1)")
      try desk.wait(text: "Harriet Baker \(index + 1)")
    }
    desks[0].key(.enter)
    try desks[0].wait(text: "Edit user h_baker? y / Esc")
    try desks[0].confirm()
    try desks[0].wait(message: "Saved user h_baker. Change 39; u undoes it.")
    try desks[1].wait(text: "now in the database: Harriet Baker 1")
    #expect(desks[1].text().contains("Harriet Baker 2"))
    #expect(
      try database.sql("SELECT full_name FROM hrm_users WHERE id = 32") == "Harriet Baker 1")
    desks[1].key(.enter)
    try desks[1].wait(text: "Harriet Baker 1 -> Harriet Baker")
    try desks[1].confirm()
    try desks[1].wait(text: "Saved user h_baker. Change 40; u undoes it.")
    #expect(
      try database.sql("SELECT full_name FROM hrm_users WHERE id = 32") == "Harriet Baker 2")
    for desk in desks {
      desk.key(.escape)
      try desk.wait(heading: "of 42")
      try desk.leave()
    }
    try database.expectSound()
  }
}
