import AccessDesk
import TerminalUI
import TestSupport
import Testing

/// How to come to each screen of the desk by keys, from the menu.
enum ScreenTour {
  static func desk(on kind: ScreenKind) throws -> DeskDriver {
    var desk =
      switch kind {
      case .adopt: try DeskDriver(adopting: .crm)
      case .suggest: try DeskDriver(unknown: DeskAdoptTests.members)
      case .file: try DeskDriver(files: "reports")
      default: try DeskDriver()
      }
    go(to: kind, on: &desk)
    try #require(desk.kind == kind)
    return desk
  }

  static func go(to kind: ScreenKind, on desk: inout DeskDriver) {
    guard let way = ways[kind] else { preconditionFailure("no way to \(kind)") }
    way(&desk)
  }

  /// The keys that lead to each screen.
  static let ways: [ScreenKind: @Sendable (inout DeskDriver) -> Void] = [
    .menu: { _ in },
    .adopt: { _ in },
    .suggest: { _ in },
    .users: { $0.type("1") },
    .companies: { $0.type("2") },
    .pickUser: { $0.type("3") },
    .pickCompany: { $0.type("c") },
    .companiesOfUser: { pick("3", "john_smith", &$0) },
    .usersOfCompany: { pick("c", "NYC Office", &$0) },
    .tickToGrant: { pick("4", "john_smith", &$0) },
    .tickToRevoke: { pick("5", "john_smith", &$0) },
    .grid: { $0.type("g") },
    .form: { $0.type("1e") },
    .choice: {
      $0.type("1e")
      for _ in 0..<3 { $0.press(.tab) }
      $0.press(.function(2))
    },
    .confirmation: { tickFirst(two: "4", of: "john_smith", &$0) },
    .statistics: { $0.type("7") },
    .log: { $0.type("l") },
    .change: {
      $0.type("l")
      $0.press(.enter)
    },
    .why: {
      pick("3", "john_smith", &$0)
      $0.type("w")
    },
    .userPage: { $0.type("1i") },
    .companyPage: { $0.type("2i") },
    .time: { $0.type("t") },
    .doctor: { $0.type("d") },
    .file: {
      $0.type("1")
      $0.press(.control("s"))
    },
    .help: { $0.type("?") },
  ]

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
