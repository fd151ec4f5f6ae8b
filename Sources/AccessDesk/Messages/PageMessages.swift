internal import CompanyAccess
internal import TerminalUI

/// What the page of a user or company says.
enum PageMessages {
  static let noTarget = "Enter works on the lines with a grant or a change."
  static let rule = "By role and home company"
  static let asTheRule = "Exactly what they give is granted."
  static let missing = "Would be granted"
  static let beyond = "Granted beyond that"
  static let moved = "Left over from before"
  static let changes = "Last changes"

  static func heading(_ entity: Entity) -> String {
    "\(Messages.capitalized(entity.words.one)) \(entity.words.heading(entity))"
  }

  static func access(_ entity: Entity) -> String {
    entity.kind == .user
      ? "May enter \(Messages.companies(entity.grants))"
      : "\(Messages.users(entity.grants)) may enter it"
  }

  static func noAccess(_ entity: Entity) -> String {
    entity.kind == .user ? "May enter no company" : "No user may enter it"
  }

  static func more(_ count: Int) -> String { "and \(Digits.grouped(count)) more" }

  /// By whom and why something was granted.
  static func author(_ change: Change) -> String {
    let words = reason(change)
    return "\(change.id) \(ChangeMessages.author(change))" + (words.isEmpty ? "" : ": \(words)")
  }

  /// Ticket and reason of a change.
  static func reason(_ change: Change) -> String {
    [change.ticket, change.reason].compactMap(\.self).joined(separator: ": ")
  }
}
