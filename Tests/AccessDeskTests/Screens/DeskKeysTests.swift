import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

/// What keys do at once: scrolling, filters, the cursor after an addition, keys without a meaning.
@Suite struct DeskKeysTests {
  /// Pages without a cursor scroll at the first key, in every size, and back.
  @Test(arguments: [(80, 24), (60, 15), (200, 50)])
  func confirmationsScrollAtTheFirstKey(columns: Int, rows: Int) throws {
    var desk = try DeskDriver(columns: columns, rows: rows)
    desk.type("6")
    let top = desk.text
    for key in [Key.down, .pageDown, .end] {
      let before = desk.text
      desk.press(key)
      #expect(desk.text != before, "\(key)")
    }
    #expect(desk.text.contains("the end; Up goes back"))
    for key in [Key.pageUp, .up] {
      let before = desk.text
      desk.press(key)
      #expect(desk.text != before, "\(key)")
    }
    desk.press(.home)
    #expect(desk.text == top)
  }

  @Test func theFileToAdoptScrollsAtTheFirstKey() throws {
    var desk = try DeskDriver(adopting: .crm)
    desk.resize(columns: 60, rows: 15)
    let before = desk.text
    desk.press(.down)
    #expect(desk.text != before)
  }

  // MARK: The filter of the log

  @Test func theLogIsFilteredAsTyped() throws {
    var desk = try DeskDriver()
    desk.type("l/by:tomek")
    #expect(desk.lines.dropFirst(5).prefix(3).allSatisfy { $0.contains("tomek@hq") })
    #expect(!desk.text.contains("maria@hq   "))
    #expect(desk.lines.last?.contains("Enter To the rows") == true)
    desk.press(.down, .down)
    #expect(!desk.text.contains("maria@hq   "))
  }

  /// What can't be applied never stands over rows that do not answer to it.
  @Test func aFilterThatCannotBeAppliedShowsNoRows() throws {
    var desk = try DeskDriver()
    desk.type("l/reason:HR")
    for keys in [[], [Key.enter], [.down], [.up]] {
      for key in keys { desk.press(key) }
      #expect(desk.text.contains("Filter: reason:HR"))
      #expect(desk.text.contains("'reason:HR' is no filter of the log"))
      #expect(!desk.text.contains("  2026-"))
    }
    desk.press(.escape)
    #expect(!desk.text.contains("Filter:") && desk.text.contains("maria@hq"))
  }

  // MARK: What was just added

  @Test(arguments: [("1", "zed", "> "), ("2", "Zed Ltd", "> ")])
  func whatWasAddedGetsTheCursor(menu: String, name: String, mark: String) throws {
    var desk = try DeskDriver()
    desk.type(menu + "ff/no such name")
    desk.press(.enter)
    desk.type("a" + name)
    desk.press(.enter)
    desk.type("y")
    #expect(desk.message.hasPrefix("Added "))
    let row = desk.lines.first { $0.hasPrefix(">") }
    #expect(row?.contains(name) == true, "\(desk.text)")
    // The next key is about it, and one key gives it companies, or users.
    desk.type("+")
    #expect(desk.lines[1].contains(menu == "1" ? "Add companies to zed" : "Add users to Zed Ltd"))
  }

  // MARK: Keys without a meaning

  @Test func escapeOnTheMenuDoesNotLeave() throws {
    var desk = try DeskDriver()
    desk.type("1")
    desk.press(.escape, .escape, .escape)
    #expect(desk.exitStatus == nil && desk.kind == .menu)
    #expect(desk.message == "Esc does not leave the desk here; 8 or q does.")
    desk.type("q")
    #expect(desk.exitStatus == 0)
  }

  @Test func keysThatDoNothingSaySo() throws {
    var desk = try DeskDriver()
    desk.type("1w")
    #expect(desk.message == "w (Why) does nothing here; ? lists the keys that work.")
    desk.type("n")
    #expect(desk.message == "n does nothing here; ? lists the keys that work.")
    desk.press(.control("x"))
    #expect(desk.message == "Ctrl-X does nothing here; ? lists the keys that work.")
  }

  @Test(arguments: ["1", "2"]) func keysAboutARowSayThatThereIsNone(menu: String) throws {
    var desk = try DeskDriver(sample: false)
    desk.type(menu)
    for key in ["\r", "e", "x", "D", "+", "-"] {
      key == "\r" ? desk.press(.enter) : desk.type(key)
      #expect(desk.message == "There is no row for this key.", "\(key)")
    }
    #expect(desk.lines.last?.hasPrefix(" a New  / Filter") == true)
  }

  @Test func footersUseTheRoomThereIs() throws {
    var desk = try DeskDriver(columns: 200, rows: 24)
    desk.type("1")
    for hint in ["x Deactivate", "D Delete", "S Reverse", "t Time", "= Same as"] {
      #expect(desk.lines.last?.contains(hint) == true, "\(hint)")
    }
    desk = try ScreenTour.desk(on: .companiesOfUser)
    for hint in ["w Why", "Esc Back", "? Help"] {
      #expect(desk.lines.last?.contains(hint) == true, "\(hint)")
    }
    desk = try DeskDriver(columns: 60, rows: 15)
    #expect(desk.lines.last?.contains("d Doctor") == true)
  }

  @Test func tabTicksWhileAFilterIsTyped() throws {
    var desk = try ScreenTour.desk(on: .tickToGrant)
    desk.type("/East")
    desk.press(.tab)
    #expect(desk.text.contains("[x]") && desk.lines[1].contains("1 ticked"))
  }

  @Test func examplesAreMarkedAsSuch() throws {
    var desk = try DeskDriver()
    desk.type("t")
    #expect(desk.text.contains("As of: e.g. 2026-03-31"))
    desk.press(.enter)
    #expect(desk.message == "Type a time first, e.g. 2026-03-31; Esc goes back.")
    desk.press(.escape)
    desk.type("l/")
    #expect(desk.text.contains("Filter: e.g. user:ann"))
  }
}
