import AccessDesk
import TerminalUI
import TestSupport
import Testing

/// How to come to each screen of the desk by keys, from the menu.
enum ScreenTour {
  static func desk(on kind: ScreenKind) throws -> DeskDriver {
    var desk = kind == .adopt ? try DeskDriver(adopting: .crm) : try DeskDriver()
    go(to: kind, on: &desk)
    try #require(desk.kind == kind)
    return desk
  }

  static func go(to kind: ScreenKind, on desk: inout DeskDriver) {
    switch kind {
    case .menu, .adopt: break
    case .users: desk.type("1")
    case .companies: desk.type("2")
    case .pickUser: desk.type("3")
    case .pickCompany: desk.type("c")
    case .companiesOfUser: pick("3", "john_smith", &desk)
    case .usersOfCompany: pick("c", "NYC Office", &desk)
    case .tickToGrant: pick("4", "john_smith", &desk)
    case .tickToRevoke: pick("5", "john_smith", &desk)
    case .form: desk.type("1e")
    case .choice:
      desk.type("1e")
      for _ in 0..<3 { desk.press(.tab) }
      desk.press(.function(2))
    case .confirmation: tickFirst(two: "4", of: "john_smith", &desk)
    case .statistics: desk.type("7")
    case .log: desk.type("l")
    case .change:
      desk.type("l")
      desk.press(.enter)
    case .why:
      pick("3", "john_smith", &desk)
      desk.type("w")
    case .time: desk.type("t")
    case .doctor: desk.type("d")
    case .help: desk.type("?")
    }
  }

  private static func pick(_ menu: String, _ name: String, _ desk: inout DeskDriver) {
    desk.type(menu)
    desk.type(name)
    desk.press(.enter)
  }

  /// Ticks the first two companies that can be ticked and goes on to the review.
  static func tickFirst(two menu: String, of name: String, _ desk: inout DeskDriver) {
    pick(menu, name, &desk)
    for _ in 0..<12 where ticked(desk) < 2 {
      desk.press(.character(" "))
      if desk.message.contains("already") { desk.press(.down) }
    }
    desk.press(.enter)
  }

  private static func ticked(_ desk: DeskDriver) -> Int {
    desk.text.split(separator: "[x]", omittingEmptySubsequences: false).count - 1
  }
}
