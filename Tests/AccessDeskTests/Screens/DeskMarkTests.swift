import AccessDesk
import CompanyAccess
import TerminalUI
import TestSupport
import Testing

@Suite struct DeskMarkTests {
  @Test("Left and Right sort by the column beside, and the order is kept for the run")
  func order() throws {
    var desk = try DeskDriver()
    desk.type("1")
    #expect(desk.text.contains("Username ▲"))
    desk.press(.right)
    #expect(desk.text.contains("Full name ▲"))
    desk.press(.left, .left)
    #expect(desk.text.contains("Id ▲") && !desk.text.contains("Username ▲"), "\(desk.text)")
    desk.press(.right, .right)
    desk.press(.escape)
    desk.type("1")
    #expect(desk.text.contains("Full name ▲"))
    desk.press(.escape)
    desk.type("2")
    #expect(desk.text.contains("Name ▲"))
  }

  @Test("Space ticks rows, and g shows what is ticked in the grid")
  func ticksInLists() throws {
    var desk = try DeskDriver()
    desk.type("1 ")
    desk.press(.down)
    desk.type(" ")
    #expect(desk.lines[1].contains("2 ticked") && desk.text.contains("[x]"))
    desk.type("g")
    #expect(desk.kind == .grid && desk.text.contains("user 1 of 2,"), "\(desk.text)")
    desk.press(.escape)
    desk.press(.escape)
    #expect(desk.kind == .users && !desk.text.contains("[x]"))
  }

  @Test("several users are picked with Tab for option 4, and get companies in the grid")
  func severalUsers() throws {
    var desk = try DeskDriver()
    let grants = try desk.store.coverage().grants
    var keys = 0
    for key in [Key.character("4"), .tab, .down, .tab, .tab, .enter] {
      desk.press(key)
      keys += 1
    }
    #expect(desk.kind == .grid && desk.text.contains("of 3, company"), "\(desk.text)")
    for key in [Key.character("v"), .down, .down, .right, .character(" "), .enter, .character("y")]
    {
      desk.press(key)
      keys += 1
    }
    #expect(desk.message.hasPrefix("Granted") && keys <= 14)
    #expect(try desk.store.coverage().grants > grants)
    desk = try DeskDriver()
    desk.type("3")
    desk.press(.tab)
    #expect(desk.message == "Only one can be picked here.")
  }

  @Test("a bar of the histogram opens the users that it counts")
  func histogram() throws {
    var desk = try DeskDriver(columns: 119, rows: 40)
    desk.type("7")
    let bars = desk.lines.filter { $0.contains(" companies ") && $0.contains(" > ") }
    #expect(bars.count > 3, "\(desk.text)")
    let line = try #require(
      desk.lines.firstIndex { $0.contains(" 3-4 companies ") })
    for _ in 0..<line - 3 { desk.press(.down) }
    let words = desk.lines[line].split(separator: " ").map(String.init)
    let count = try #require(words.firstIndex(of: "companies").map { words[$0 + 1] })
    desk.press(.enter)
    #expect(desk.kind == .users && desk.lines[1].contains("only with "), "\(desk.text)")
    #expect(desk.lines[1].contains("1 of \(count)"), "\(desk.lines[1]) \(count)")
    desk.press(.escape)
    desk.press(.home)
    let first = try #require(desk.lines.firstIndex { $0.contains("  0 companies") })
    for _ in 0..<first - 3 { desk.press(.down) }
    desk.press(.enter)
    #expect(desk.lines[1].contains("only with 0 companies   1 of 5"), "\(desk.lines[1])")
  }
}
