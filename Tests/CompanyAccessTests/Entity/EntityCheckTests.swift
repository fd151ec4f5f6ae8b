import Database
import TestSupport
import Testing

@testable import CompanyAccess

@Suite(.onEachEngine) struct EntityCheckTests {
  private func findings(
    _ desk: Desk, _ values: [String: String], of id: EntityID? = nil, _ kind: EntityKind = .user
  ) throws -> [String: FieldNote.Finding] {
    let action = id.map { EntityEdit.Action.edit($0) } ?? .add(kind)
    let notes = try desk.store.check(EntityEdit(action, values: values))
    return Dictionary(notes.map { ($0.field, $0.finding) }) { first, _ in first }
  }

  @Test(
    arguments: [
      ("", FieldNote.Finding.empty), (" \u{200B}\u{3000}", .empty),
      (String(repeating: "x", count: 10_000), .tooLong(10_000, limit: 80)),
      ("a\u{7}b", .controlCharacter(7)), ("a\nb", .controlCharacter(10)),
      ("user1", .taken(by: "user1, id 1")), (" user1 ", .taken(by: "user1, id 1")),
      ("User 1", .same(as: "user1, id 1")), ("us\u{200D}er1", .invisibleCharacter(0x200D)),
      ("user1\u{A0}", .taken(by: "user1, id 1")), ("user\u{A0}1", .unusualBlank(0xA0)),
      ("\u{FF55}ser2", .same(as: "user2, id 2")), ("user\u{2460}", .same(as: "user1, id 1")),
      ("\u{1D42E}ser1", .same(as: "user1, id 1")), ("us\u{E9}r1", .looksLike("user1, id 1")),
      ("us\u{435}r1", .looksLike("user1, id 1")), ("x\u{202E}y", .invisibleCharacter(0x202E)),
      ("\u{443}ser1", .confusableLetter(0x443)), ("us\u{585}r", .confusableLetter(0x585)),
      ("a\u{378}", .undefinedCharacter(0x378)), ("a\u{E000}", .undefinedCharacter(0xE000)),
      ("a\u{FFFF}", .undefinedCharacter(0xFFFF)), ("2", .isID(of: "user2 (id 2)")),
      ("\u{6CE2}", nil as FieldNote.Finding?), ("22", nil),
    ] as [(String, FieldNote.Finding?)])
  func usernames(_ name: String, _ finding: FieldNote.Finding?) throws {
    let desk = try Desk()
    #expect(try findings(desk, ["username": name])["username"] == finding)
  }

  @Test func accentsInTwoFormsAreTheSameName() throws {
    let desk = try Desk()
    try Desk.addUser(9, "jos\u{E9}", to: desk.other)
    #expect(
      try findings(desk, ["username": "jose\u{301}"])["username"] == .same(as: "jos\u{E9}, id 9"))
    // One's own name is nobody else's.
    #expect(try findings(desk, ["username": "Jos\u{E9}"], of: user(9)) == [:])
  }

  @Test(
    "full names and codes pass the same gate",
    arguments: ["a\u{1B}b", "a\u{200B}b", "a\u{E000}", "a\u{2028}b"])
  func otherTexts(_ text: String) throws {
    let desk = try Desk()
    let user = try findings(desk, ["username": "x", "full_name": text], .user)
    #expect(
      user["full_name"].map { FieldNote(field: "", label: "", finding: $0).isProblem } == true)
    let company = try findings(desk, ["name": "x", "code": text], .company)
    #expect(company["code"].map { FieldNote(field: "", label: "", finding: $0).isProblem } == true)
  }

  @Test func whatAnotherCompanyIsCalledByIsPointedOut() throws {
    let desk = try Desk()
    let called = FieldNote.Finding.calls("Company 1 (C1, id \(Desk.company(1)))")
    #expect(try findings(desk, ["name": "C1", "code": "NEW"], .company) == ["name": called])
    #expect(try findings(desk, ["name": "New", "code": "Company 1"], .company) == ["code": called])
    // By its own code a company may be called, too.
    #expect(try findings(desk, ["name": "C1"], of: company(1), .company) == [:])
  }

  @Test func whatStaysIsNotLookedAt() throws {
    let desk = try Desk()
    try Desk.addUser(9, "bad\u{200B}name ", to: desk.other)
    #expect(
      try findings(desk, ["username": "bad\u{200B}name ", "full_name": "A"], of: user(9)) == [:])
    try desk.edit(.edit(user(9)), ["full_name": "A"])
    let change = try desk.edit(.delete(user(9))).change
    // What an undo puts back is no new name.
    try desk.apply(.undo(try #require(change)))
    #expect(try desk.store.user(UserID(9))?.user.username == "bad\u{200B}name ")
  }

  @Test func fieldsAreCheckedByWhatTheyAreFor() throws {
    let desk = try Desk()
    try desk.addStaff()
    let found = try findings(
      desk, ["username": "x", "email": "x@", "role": "Boss", "home": "Company"])
    #expect(found["email"] == .notAnAddress)
    #expect(found["role"] == .notARole(choices: ["HR Manager", "Super Admin"]))
    guard case .noCompany(let similar)? = found["home"] else { Issue.record("\(found)"); return }
    #expect(similar.count == 3)
    let good = try findings(
      desk, ["username": "x", "email": "x@y.example", "role": "Super Admin", "home": "C3"])
    #expect(Array(good.keys) == ["home"])
    #expect(
      try findings(desk, ["username": "x", "email": "ANN@HQ.example"])["email"]
        == .same(as: "user1, id 1"))
    #expect(try findings(desk, ["name": "company 2", "code": "c2"], .company).count == 2)
  }

  @Test(arguments: [
    ("a@b", true), ("a@b.c", true), ("@b", false), ("a@", false), ("a b@c", false),
    ("a@b..c", false),
    ("a@b@c", false), ("a", false),
  ])
  func addresses(_ text: String, _ isOne: Bool) {
    #expect(EntityCheck.isAddress(text) == isOne)
  }

  @Test func nothingHalfIsSaved() throws {
    let desk = try Desk()
    try desk.addStaff()
    let before = try desk.everything()
    let newest = try desk.store.newestChange()
    #expect(throws: AccessError.self) {
      try desk.edit(.edit(user(2)), ["username": "fine", "role": "Boss"])
    }
    let fields = ["username", "full_name", "email", "role", "home"]
    #expect(throws: AccessError.noSuchField("shoe", kind: .user, fields: fields)) {
      try desk.edit(.edit(user(2)), ["shoe": "43"])
    }
    #expect(throws: AccessError.noSuchUser(UserID(77))) { try desk.edit(.delete(user(77))) }
    #expect(try desk.everything() == before && desk.store.newestChange() == newest)
  }

  @Test func theSecondOfTwoEditorsIsToldAndNothingIsLost() throws {
    let desk = try Desk()
    try desk.addStaff()
    let mine = try desk.store.form(.user, of: user(2))
    let theirs = try desk.store.form(.user, of: user(2))
    try desk.edit(.edit(user(2)), ["full_name": "First"], basis: mine.row)
    #expect(throws: AccessError.editedMeanwhile(user(2), name: "user2")) {
      try desk.edit(.edit(user(2)), ["full_name": "Second"], basis: theirs.row)
    }
    #expect(try desk.store.user(UserID(2))?.user.fullName == "First")
    // Between the plan and its carrying out, the plan is what is compared.
    let plan = try desk.plan(.entity(EntityEdit(.edit(user(2)), values: ["full_name": "Third"])))
    try desk.other.execute("UPDATE hrm_users SET full_name = 'Fourth' WHERE id = 2")
    #expect(throws: AccessError.self) { try desk.store.apply(plan) }
    #expect(try desk.store.user(UserID(2))?.user.fullName == "Fourth")
  }

  @Test func rulesOfTheDatabaseAreToldInItsWords() throws {
    let desk = try Desk()
    try desk.addStaff()
    try desk.other.execute(
      desk.engine == .sqlite
        ? """
        CREATE TRIGGER no_ann BEFORE UPDATE OF username ON hrm_users WHEN NEW.username = 'ann'
        BEGIN SELECT RAISE(ABORT, 'ann is not welcome'); END
        """
        : """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE 'ann is not welcome'; END $$;
        CREATE TRIGGER no_ann BEFORE UPDATE OF username ON hrm_users FOR EACH ROW
        WHEN (NEW.username = 'ann') EXECUTE FUNCTION refuse()
        """)
    #expect(throws: AccessError.refusedByDatabase(detail: "ann is not welcome")) {
      try desk.edit(.edit(user(2)), ["username": "ann"])
    }
    #expect(try desk.store.user(UserID(2))?.user.username == "user2")
  }
}
