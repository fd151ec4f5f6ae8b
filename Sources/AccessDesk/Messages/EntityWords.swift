internal import CompanyAccess
internal import TerminalUI

/// What lists of users, or of companies, say.
struct EntityWords: Sendable {
  let one: String
  let many: String
  /// What those of the key `f` have or lack.
  let grants: String
  /// The one as a decision names it: user by username, full name and id, company by name and code.
  let fullName: @Sendable (Entity) -> String
  /// The same for a heading: a narrow window cuts the full name, and not the id, which decides.
  let heading: @Sendable (Entity) -> String
  /// Why nothing can be ticked to remove, or to add, by the name of the one.
  let noGrants: @Sendable (String) -> String
  let nothingToAdd: @Sendable (String) -> String
  /// Why a row can't be ticked to be added to the one.
  let hasAlready: @Sendable (String) -> String
  /// The other end of a grant.
  let partners: String

  static let user = EntityWords(
    one: "user", many: "users", grants: "access",
    fullName: { "\($0.name)\(inBrackets($0.fullName)), id \(EntityMessages.id($0.id))" },
    heading: { "\($0.name), id \(EntityMessages.id($0.id))\(inBrackets($0.fullName))" },
    noGrants: { "\($0) may enter no company" },
    nothingToAdd: { "There are no companies that \($0) could be given." },
    hasAlready: { "\($0) has it already" }, partners: "companies")

  static let company = EntityWords(
    one: "company", many: "companies", grants: "users",
    fullName: { "\($0.name) (\($0.code ?? "id \(EntityMessages.id($0.id))"))" },
    heading: { $0.words.fullName($0) },
    noGrants: { "No user may enter \($0)" },
    nothingToAdd: { "There are no users who could be given \($0)." },
    hasAlready: { "may enter \($0) already" }, partners: "users")

  private static func inBrackets(_ name: String?) -> String {
    name.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
  }
}

// MARK: - Lists

extension EntityWords {
  var allOfThem: String { Messages.capitalized(many) }

  /// What a list says that has no rows at all.
  var none: String { "There are no \(many) in this database." }

  /// What a list shows, for the heading; nil when everything is.
  func note(_ query: EntityQuery) -> String? {
    let holding = query.holding.map {
      let number =
        $0.lowerBound == $0.upperBound
        ? Messages.companies($0.lowerBound)
        : "\($0.lowerBound) to \(Messages.companies($0.upperBound))"
      return "only with \(number)"
    }
    let parts = [holding, note(query.preset)].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// What is shown, for the heading; nil when everything is.
  func note(_ preset: ListPreset) -> String? {
    let words = [activity(preset), presence(preset)].compactMap(\.self)
    return words.isEmpty ? nil : "only " + words.joined(separator: " ")
  }

  /// What to say when there are none in a state of the key `f`.
  func empty(_ preset: ListPreset, canWrite: Bool) -> [String] {
    guard note(preset) != nil else {
      let add = "a adds one; the application that they belong to may do so, too."
      return [none] + (canWrite ? [add] : [])
    }
    let words = [activity(preset), one, presence(preset)].compactMap(\.self)
    return ["There is no \(words.joined(separator: " ")).", "f shows other \(many)."]
  }

  private func activity(_ preset: ListPreset) -> String? {
    switch preset.activity {
    case .any: nil
    case .active: "active"
    case .inactive: "inactive"
    }
  }

  private func presence(_ preset: ListPreset) -> String? {
    switch preset.presence {
    case .any: nil
    case .some: "with \(grants)"
    case .none: "without \(grants)"
    }
  }
}

// MARK: - One and what is granted

extension Entity {
  /// As a decision names it.
  var longName: String { words.fullName(self) }
  /// What people write into a field for it.
  var shortName: String { code ?? name }

  /// The heading of what is granted to it.
  var grantsHeading: String { "\(Messages.capitalized(words.partners)) of \(words.heading(self))" }

  /// What a heading notes of it, if anything.
  var note: String? { isActive ? nil : "inactive \(words.one)" }

  func emptyGrants(canWrite: Bool) -> [String] {
    ["\(words.noGrants(name)): no row means no access."]
      + (canWrite ? ["+ adds \(words.partners)."] : [])
  }
}

/// What is said while something is picked or ticked.
enum TickMessages {
  static func pickHeading(_ words: EntityWords, _ purpose: PickPurpose) -> String {
    switch purpose {
    case .view: "Whose \(words.partners)?"
    case .grant: "Add \(words.partners), step 1: to which \(words.one)?"
    case .revoke: "Remove \(words.partners), step 1: from which \(words.one)?"
    case .copy(let other): "Give \(other.name) what which \(words.one) has?"
    case .choice: "Which \(words.one)?"
    }
  }

  static func noMatch(_ words: EntityWords, _ search: String) -> String {
    "No \(words.one) matches \"\(search)\"."
  }

  static func sameOne(_ entity: Entity) -> String {
    "\(entity.name) is given the \(entity.words.partners): pick another \(entity.words.one)."
  }

  static func title(_ purpose: TickPurpose, _ subject: Entity) -> String {
    "ticking \(subject.words.partners) to \(purpose == .grant ? "add" : "remove")"
  }

  static func heading(_ purpose: TickPurpose, _ subject: Entity) -> String {
    let verb = purpose == .grant ? ("Add", "to") : ("Remove", "from")
    return "\(verb.0) \(subject.words.partners) \(verb.1) \(subject.words.heading(subject))"
  }

  static func empty(_ purpose: TickPurpose, _ subject: Entity) -> String {
    purpose == .grant
      ? subject.words.nothingToAdd(subject.name)
      : "\(subject.words.noGrants(subject.name)): there is nothing to remove."
  }

  static func hasAlready(_ row: Entity, _ subject: Entity) -> String {
    "\(row.name): \(subject.words.hasAlready(subject.name))."
  }

  static let oneOnly =
    "This is done to one at a time: Esc unticks. With several ticked, + and - open the grid."
  static let onlyOne = "Only one can be picked here."

  static let filterLock =
    "All that match are ticked; * unticks them, then the filter can be changed."

  static func ticked(_ number: Int, ofAll isOpenEnded: Bool) -> String {
    let words: String =
      switch (isOpenEnded, number) {
      case (false, 0): "none"
      case (false, _): Digits.grouped(number)
      case (true, 0): "all that match"
      case (true, _): "all that match but \(number)"
      }
    return "\(words) ticked"
  }
}
