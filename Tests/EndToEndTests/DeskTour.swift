/// The screens of the desk, and how to come to each of them from the menu and back.
enum DeskTour: CaseIterable {
  case menu, users, companies, pickUser, companiesOfUser, usersOfCompany, tickToGrant
  case tickToRevoke, confirmation, bulkAdd, reason, statistics, log, help

  func go(_ desk: TerminalProgram) throws {
    switch self {
    case .menu: break
    case .users: desk.type("1")
    case .companies: desk.type("2")
    case .pickUser: desk.type("3")
    case .companiesOfUser: try desk.pick("john_smith", by: "3", then: "of 3")
    case .usersOfCompany: try desk.pick("NYC Office", by: "c", then: "of 15")
    case .tickToGrant: try desk.pick("john_smith", by: "4", then: "of 12")
    case .tickToRevoke: try desk.pick("john_smith", by: "5", then: "(John Smith)   none ticked")
    case .confirmation:
      try desk.pick("h_baker", by: "4", then: "of 12")
      try desk.tick("NY Region")
      desk.key(.enter)
    case .bulkAdd: desk.type("6")
    case .reason:
      desk.type("6")
      try desk.wait(text: "y / Esc")
      desk.type("rwhy")
    case .statistics: desk.type("7")
    case .log: desk.type("l")
    case .help: desk.type("?")
    }
    try wait(desk)
  }

  /// Waits for what stands on the screen last.
  func wait(_ desk: TerminalProgram) throws {
    try desk.wait("all of \(self)") {
      desk.heading.contains(end.heading) && desk.text().contains(end.text)
        && desk.footer.hasSuffix(" Help") && isFocused(desk) && hasArrow(desk)
    }
  }

  /// Glyphs of disputed width are painted last; the arrow of the order is one.
  private func hasArrow(_ desk: TerminalProgram) -> Bool {
    switch self {
    case .menu, .confirmation, .bulkAdd, .reason, .statistics, .log, .help: true
    default: desk.text().contains("\u{25B2}")
    }
  }

  /// The cursor, which is put to its place after everything else.
  private func isFocused(_ desk: TerminalProgram) -> Bool {
    switch self {
    case .pickUser: desk.cursor == (10, 3)
    case .reason: desk.cursor == (13, 21)
    case .confirmation, .bulkAdd:
      desk.row(21).hasSuffix("y / Esc") && desk.cursor == (desk.row(21).count + 1, 21)
    default:
      desk.cursor.row == desk.markedRow
        && desk.cell(column: desk.cursor.column, row: desk.cursor.row).text == ">"
    }
  }

  /// Part of the heading and of the last line of the body.
  private var end: (heading: String, text: String) {
    switch self {
    case .menu: ("coverage", "8 Exit")
    case .users: ("1 of 42", "k_ivanova")
    case .companies: ("1 of 12", " ATH ")
    case .pickUser: ("1 of 42", "john_smith")
    case .companiesOfUser: ("1 of 3", "NYC Office")
    case .usersOfCompany: ("1 of 15", "z_wisniewska")
    case .tickToGrant: ("1 of 12", " ATH ")
    case .tickToRevoke: ("none ticked", " NYC ")
    case .confirmation: ("Confirm: add companies to h_baker", "Grant NY Region to h_baker? y / Esc")
    case .bulkAdd: ("Confirm: bulk add", "Grant 333 pairs? y / Esc")
    case .reason: ("Confirm: bulk add", "  Reason: why")
    case .statistics: ("Summary statistics", "11 companies")
    case .log: ("Log of changes", "2026-05-04 11:29")
    case .help: ("Help: menu", "every user, with the number of companies")
    }
  }
}
