import TestSupport
import Testing

/// Another program that keeps the database to itself for long.
@Suite struct DeskHeldTests {
  private static let seconds = Sweep.number("COMPANY_ACCESS_HOLD_SECONDS", sample: 1, full: 60)

  /// The desk says who it is and since when, goes on taking keys, and can be left.
  @Test(arguments: ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
  func saysWhoHoldsTheDatabase(begin: String) throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    desk.type("6")
    try desk.wait(text: "Grant 333 pairs? y / Esc")
    let other = try ForeignShell(database.path)
    try other.ask(begin + ";")
    try desk.wait("who holds it") {
      desk.title.contains("held by sqlite3 ") && desk.title.contains(" since ")
    }
    try desk.confirm()
    try desk.wait(message: "Another program holds \(database.path): sqlite3 (process ")
    let end = monotonicSeconds() + Double(Self.seconds)
    var keys = 0
    repeat {
      desk.type("?")
      try desk.wait(heading: "Help: confirmation")
      try desk.back(to: "Confirm: bulk add")
      keys += 2
    } while monotonicSeconds() < end
    try other.ask("ROLLBACK;")
    try desk.wait("the title as before") { desk.title.hasSuffix("read-write") }
    try desk.confirm()
    try desk.wait(message: "Granted 333 pairs.")
    try desk.leave()
    try database.expectSound()
    Sweep.figure("seconds of a held lock, alive", swept: Self.seconds, good: Self.seconds)
  }

  /// Where nothing can be read, the desk can still be left at once.
  @Test func canBeLeftWhileItIsHeld() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    let other = try ForeignShell(database.path)
    try other.ask("BEGIN EXCLUSIVE;")
    desk.type("1")
    try desk.wait(heading: "Users")
    try desk.backToMenu()
    desk.type("q")
    try desk.expectEnd(0)
  }

  /// What could not be read appears by itself when the other program is done.
  @Test func readsAgainAfterwards() throws {
    let database = try DeskDatabase()
    let desk = try database.open()
    let other = try ForeignShell(database.path)
    try other.ask("BEGIN EXCLUSIVE;")
    desk.type("1")
    try desk.wait(message: "Another program holds \(database.path): sqlite3 (process ")
    try other.ask("ROLLBACK;")
    try desk.wait(heading: "1 of 42")
    try desk.leave()
  }
}
