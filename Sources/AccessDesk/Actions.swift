package import TerminalUI

/// What the operator can do.
package enum ActionID: String, Sendable, CaseIterable {
  case viewUsers, viewCompanies, viewCompaniesOfUser, addCompanies, removeCompanies, bulkAdd
  case viewStatistics, exit, viewGrid, viewLog, viewUsersOfCompany, viewDoctor
  case open, pick, pickSeveral, tick, tickAll, toConfirmation, addHere, removeHere, copyFrom,
    usersOfCompany, why, page, time, history, earlier, later, complete
  case addEntity, editEntity, toggleActive, deleteEntity, choose, useSavedValue, toggleGrantChanges,
    equivalent
  case writeFile, replaceFile
  case grid, toggleCell, rectangle, wholeRow, wholeColumn, differences, otherAxis
  case filter, show, sort, reverse, sortLeft, sortRight, mark
  case confirm, reason, overwrite, examineAgain, previousChoice, nextChoice
  case up, down, pageUp, pageDown, first, last
  case left, right, pageLeft, pageRight, firstColumn, lastColumn
  case undo, help, back
}

/// One row of the table of actions.
///
/// The table is the only place that knows keys: dispatch, the footer, the help screen, the
/// numbers of the menu and `docs/keys.md` are all made from it. On which screens an action works is
/// said by each `ScreenKind`.
package struct Action: Sendable {
  /// What it is.
  package let id: ActionID
  /// The keys that start it, the one to show first.
  package let keys: [Key]
  /// Two or three words for the footer and the menu.
  package let label: String
  /// One sentence for the menu, the help screen and the documentation.
  package let help: String
  /// Whether it leads to a write, and so is disabled on a read-only file.
  package let writes: Bool
  /// Its place in the footer, from 1; nil for actions that the footer leaves to the help screen.
  package let footer: Int?

  init(
    _ id: ActionID, _ keys: [Key], _ label: String, _ help: String, writes: Bool = false,
    footer: Int? = nil
  ) {
    self.id = id
    self.keys = keys
    self.label = label
    self.help = help
    self.writes = writes
    self.footer = footer
  }
}

/// The table of actions.
package enum Actions {
  /// The entries of the menu, in the order in which it shows them.
  package static let menu: [Action] = [
    Action(.viewUsers, ["1"], "View all users", "every user, with the number of companies"),
    Action(.viewCompanies, ["2"], "View all companies", "every company, with the number of users"),
    Action(
      .viewCompaniesOfUser, ["3"], "View companies for a user", "pick a user, see what, since when"),
    Action(
      .addCompanies, ["4"], "Add company to user", "pick a user, tick companies, confirm, done",
      writes: true),
    Action(
      .removeCompanies, ["5"], "Remove company from user",
      "pick a user, tick what is taken away, confirm", writes: true),
    Action(.bulkAdd, ["6"], "Bulk add", "all companies to all users, for testing", writes: true),
    Action(.viewStatistics, ["7"], "Summary statistics", "totals, coverage, who has none"),
    Action(.exit, ["8", "q"], "Exit", "leave the desk", footer: 6),
    Action(
      .viewGrid, ["g"], "Grid", "users x companies: toggle cells, one change", footer: 7),
    Action(.viewLog, ["l"], "Log of changes", "who granted what and when, newest first", footer: 3),
    Action(
      .viewUsersOfCompany, ["c"], "Users of a company", "pick a company, see who may enter it",
      footer: 8),
    Action(.viewDoctor, ["d"], "Doctor", "what is wrong with the file, what mends it", footer: 2),
  ]

  /// Every action of the desk.
  package static let all = menu + outsideMenu

  /// Those that are no entries of the menu.
  static let outsideMenu: [Action] = [
    Action(.open, [.enter], "Open", "Opens the row under the cursor.", footer: 1),
    Action(.pick, [.enter], "Pick", "Picks the row under the cursor.", footer: 1),
    Action(
      .pickSeveral, [.tab], "Several",
      "Ticks the row under the cursor, to add to or take from several; Enter then opens the grid.",
      footer: 2),
    Action(
      .tick, [" ", .tab], "Tick",
      "Ticks or unticks the row under the cursor; Tab also while a filter is typed.", writes: true,
      footer: 1),
    Action(
      .tickAll, ["*"], "Tick all",
      "Ticks all rows that match the filter, also those that are not on the screen.", writes: true,
      footer: 3),
    Action(
      .toConfirmation, [.enter], "Continue",
      "Goes on to the confirmation of what is ticked or filled in.", writes: true, footer: 2),
    Action(
      .addHere, ["+"], "Add", "Gives this user more companies, or this company to more users.",
      writes: true, footer: 3),
    Action(
      .removeHere, ["-"], "Remove", "Takes companies from this user, or this company from users.",
      writes: true, footer: 4),
    Action(
      .copyFrom, ["="], "Same as", "Gives this user what another user has, after a confirmation.",
      writes: true, footer: 12),
    Action(
      .usersOfCompany, ["c"], "Its users", "Shows the users of the company under the cursor.",
      footer: 9),
    Action(.addEntity, ["a"], "New", "Adds a user, or a company.", writes: true, footer: 2),
    Action(
      .editEntity, ["e"], "Edit", "Changes what is known of the user or company under the cursor.",
      writes: true, footer: 5),
    Action(
      .toggleActive, ["x"], "Deactivate",
      "Deactivates the user or company under the cursor, or activates it again; a confirmation first.",
      writes: true, footer: 14),
    Action(
      .deleteEntity, ["D"], "Delete",
      "Deletes the user or company under the cursor, with its grants; a confirmation first.",
      writes: true, footer: 15),
    Action(
      .choose, [.function(2)], "Choose", "Lists what can be filled into this field.", footer: 3),
    Action(
      .useSavedValue, [.function(4)], "Take theirs",
      "Puts the value that was saved meanwhile into this field.", footer: 4),
    Action(
      .toggleGrantChanges, ["g", .function(4)], "Grants too",
      "Revokes the grants of a deactivated user, or grants what follows from role and company; "
        + "once more, and it does not.",
      writes: true, footer: 4),
    Action(
      .grid, ["g"], "Grid", "Shows these users, or companies, in the grid of users and companies.",
      footer: 9),
    Action(
      .toggleCell, [" "], "Toggle",
      "Stages the cell under the cursor, or the rectangle: + to be granted, - to be revoked.",
      writes: true, footer: 1),
    Action(
      .rectangle, ["v"], "Rectangle",
      "Begins a rectangle at the cell under the cursor; Space stages it as it would that cell, Esc ends it.",
      writes: true, footer: 3),
    Action(
      .wholeRow, ["R"], "Row",
      "Stages the user under the cursor with every company that matches, as Space does one; again: the "
        + "other way, then not at all.", writes: true, footer: 4),
    Action(
      .wholeColumn, ["C"], "Column",
      "Stages the company under the cursor with every user who matches; as R otherwise.",
      writes: true, footer: 5),
    Action(
      .differences, ["!"], "Staged only",
      "Shows only users for whom something is staged; all again.",
      writes: true, footer: 10),
    Action(
      .otherAxis, [.tab], "Users/companies",
      "Turns filter, order and what is shown from users to companies, and back.", footer: 7),
    Action(
      .filter, ["/"], "Filter",
      "Filters as you type: rows that show every word; case and accents do not matter. The log takes "
        + "words such as user:ann, by:maria or since:-3d.",
      footer: 6),
    Action(
      .show, ["f"], "Show", "Changes what is shown: all, those without access, inactive ones.",
      footer: 8),
    Action(.sort, ["s"], "Sort", "Sorts by the next column.", footer: 10),
    Action(.sortLeft, [.left], "Sort left", "Sorts by the column to the left of the present one."),
    Action(.sortRight, [.right], "Sort right", "Sorts by the column to the right."),
    Action(
      .mark, [" "], "Tick",
      "Ticks or unticks the row under the cursor; g shows what is ticked in the grid, and so do + and - "
        + "in lists of all; in the list of one, - takes away what is ticked.", footer: 13),
    Action(.reverse, ["S"], "Reverse", "Sorts the other way round.", footer: 16),
    Action(
      .previousChoice, [.left], "Previous", "Shows the suggestion before this one.", footer: 3),
    Action(.nextChoice, [.right], "Next", "Shows the next suggestion.", footer: 4),
    Action(
      .confirm, ["y"], "Yes, do it", "Carries out what the screen shows.", writes: true, footer: 1),
    Action(
      .reason, ["r", .function(3)], "Reason", "Adds a reason, which the record keeps.",
      writes: true, footer: 2),
    Action(
      .overwrite, ["o", .function(5)], "Overwrite",
      "Undoes also what was changed since, which an undo leaves alone.", writes: true, footer: 3),
    Action(
      .equivalent, ["c", .function(6)], "Command",
      "Shows the command that does the same, to be copied; once more, and it is gone.", footer: 5),
    Action(
      .writeFile, [.control("s")], "Write",
      "Writes what is shown to a file; only with --files, which names the folder for it.",
      footer: 20),
    Action(.replaceFile, ["y"], "Replace", "Replaces the file that is there.", footer: 1),
    Action(.examineAgain, ["r"], "Examine again", "Examines the database once more.", footer: 1),
    Action(.up, [.up, "k"], "Up", "One row up."),
    Action(.down, [.down, "j"], "Down", "One row down."),
    Action(.pageUp, [.pageUp], "Page up", "One page up."),
    Action(.pageDown, [.pageDown], "Page down", "One page down."),
    Action(.first, [.home], "First", "To the first row."),
    Action(.last, [.end], "Last", "To the last row."),
    Action(.left, [.left], "Left", "One column to the left."),
    Action(.right, [.right], "Right", "One column to the right."),
    Action(.pageLeft, ["<"], "Page left", "One page of columns to the left."),
    Action(.pageRight, [">"], "Page right", "One page of columns to the right."),
    Action(.firstColumn, ["^"], "First column", "To the first column."),
    Action(.lastColumn, ["$"], "Last column", "To the last column."),
    Action(
      .undo, ["u"], "Undo",
      "Undoes the newest change of this desk, in the log the one under the cursor; a confirmation first.",
      writes: true, footer: 11),
    Action(
      .why, ["w"], "Why", "Shows the whole life of a pair: granted and ended when, by whom, why.",
      footer: 5),
    Action(
      .time, ["t"], "Time", "Shows everything as it was at a time; once more, and it is now again.",
      footer: 13),
    Action(
      .page, ["i"], "Page",
      "Shows everything about the user or company under the cursor; beside the list where the window "
        + "is wide.", footer: 5),
    Action(
      .history, ["l"], "Its log", "Shows the changes of the user, the company or the pair.",
      footer: 9),
    Action(
      .earlier, ["["], "Change before",
      "Shows everything, or the change, as of the change before.", footer: 18),
    Action(.later, ["]"], "Next change", "The same for the change after.", footer: 19),
    Action(
      .complete, [.tab], "Complete",
      "Completes the last word of the filter: user:, company:, by:, "
        + "did:, via:, and the names behind them.", footer: 8),
    Action(.back, [.escape, "q"], "Back", "One step back.", footer: 7),
    Action(
      .help, ["?", .function(1)], "Help", "Lists what works here; F1 where text is typed.",
      footer: 17),
  ]

  /// The action that a key starts on a screen, if any.
  package static func action(for key: Key, on screen: ScreenKind) -> Action? {
    all.first { screen.actions.contains($0.id) && $0.keys.contains(key) }
  }

  /// What works on a screen, in the order of the table.
  package static func actions(on screen: ScreenKind) -> [Action] {
    all.filter { screen.actions.contains($0.id) }
  }

  /// The action with this id.
  package static func action(_ id: ActionID) -> Action? { all.first { $0.id == id } }

  /// How a key is written in the footer, on the help screen and in the documentation.
  package static func name(_ key: Key) -> String {
    switch key {
    case .character(" "): "Space"
    case .character(let scalar): String(Character(scalar))
    case .control(let scalar): "Ctrl-" + String(Character(scalar)).uppercased()
    case .function(let number): "F\(number)"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    }
  }
}

/// A key that types a letter is written as that letter in the table.
extension Key: ExpressibleByUnicodeScalarLiteral {
  package init(unicodeScalarLiteral scalar: Unicode.Scalar) { self = .character(scalar) }
}
