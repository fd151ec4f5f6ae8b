internal import CCurses
internal import TerminalUI

/// How this terminal shows the roles.
struct Palette {
  struct Look: Equatable {
    var attributes: attr_t
    var pair: Int16
  }

  private var looks: [Role: Look] = [:]

  /// Colours that are readable on a light and on a dark background.
  ///
  /// None is yellow, cyan or blue, and where bold would make one too bright it is left out.
  private static let colors: [(role: Role, color: Int32, attributes: attr_t)] = [
    (.good, COLOR_GREEN, 0),
    (.warning, COLOR_MAGENTA, 0),
    (.danger, COLOR_RED, ccurses_bold()),
  ]

  private static let attributes: [Role: attr_t] = [
    .normal: 0,
    .title: ccurses_bold(),
    .heading: ccurses_underline(),
    .faint: ccurses_dim(),
    .key: ccurses_bold(),
    .good: 0,
    .warning: ccurses_bold(),
    .danger: ccurses_bold(),
  ]

  /// - Parameter hasColors: whether to define colours; curses must have been started.
  init(hasColors: Bool) {
    for (role, attributes) in Self.attributes {
      looks[role] = Look(attributes: attributes, pair: 0)
    }
    guard hasColors, ccurses_has_colors() != 0 else { return }
    for (index, entry) in Self.colors.enumerated() {
      let pair = Int16(index + 1)
      guard init_pair(pair, Int16(entry.color), -1) == OK else { continue }
      looks[entry.role] = Look(attributes: entry.attributes, pair: pair)
    }
  }

  func look(_ style: Style) -> Look {
    var look = looks[style.role] ?? Look(attributes: 0, pair: 0)
    if style.isSelected { look.attributes |= ccurses_reverse() }
    return look
  }
}
