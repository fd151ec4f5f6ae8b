/// The text of `docs/keys.md`, made from the table of actions.
package enum KeysReference {
  package static var text: String {
    var lines = [
      "# Keys", "",
      "Made from the table of actions in `Sources/AccessDesk/Actions.swift`; a test compares it.",
    ]
    for screen in ScreenKind.allCases {
      lines += ["", "## " + capitalized(screen.title), "", "| keys | action | what it does |"]
      lines.append("|---|---|---|")
      for action in Actions.actions(on: screen) {
        let keys = action.keys.map { "`\(Actions.name($0))`" }.joined(separator: " ")
        lines.append("| \(keys) | \(action.label) | \(action.help) |")
      }
    }
    lines += [
      "", "## Where text is typed", "",
      "Printable keys belong to the text, so that `F1` is help there. Left, Right, Home, End,",
      "Backspace, Del, Ctrl-A, Ctrl-E, Ctrl-U, Ctrl-K and Ctrl-W edit it. In a form, Tab, Shift-Tab,",
      "Down and Up go to the next field and to the one before.", "",
      "Ctrl-C stops a write that is under way, and otherwise leaves the desk. Ctrl-Z suspends it.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
