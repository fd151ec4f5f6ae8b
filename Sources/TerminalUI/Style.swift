/// What a cell means; the driver decides how the terminal at hand shows it.
///
/// Meaning is never carried by colour alone: each role also differs in brightness or weight,
/// or stands beside a word that says the same.
package enum Role: String, Hashable, Sendable, CaseIterable {
  case normal
  /// The name of the program and of the screen.
  case title
  /// Column headings and labels.
  case heading
  /// What explains or is of less weight.
  case faint
  /// The key in a key hint, and what was typed.
  case key
  /// Done, granted.
  case good
  /// Worth a second look: inactive, left with none.
  case warning
  /// Refused, removed, failed.
  case danger
}

/// How one cell looks: a role, and whether it is under the focus.
package struct Style: Hashable, Sendable {
  package var role: Role
  /// Shown reversed: the selected row, the focused field.
  package var isSelected: Bool

  package init(_ role: Role = .normal, selected: Bool = false) {
    self.role = role
    isSelected = selected
  }

  package static let normal = Style(.normal)
  package static let title = Style(.title)
  package static let heading = Style(.heading)
  package static let faint = Style(.faint)
  package static let key = Style(.key)
  package static let good = Style(.good)
  package static let warning = Style(.warning)
  package static let danger = Style(.danger)

  /// The same style, reversed when `flag` holds.
  package func selected(_ flag: Bool = true) -> Style { Style(role, selected: flag) }
}
