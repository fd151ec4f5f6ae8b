internal import CompanyAccess
internal import CursesTerminal
internal import Glibc
internal import TerminalUI

/// What the desk says, apart from the words of errors, which `AccessError` has itself.
enum Words {
  static let nothingToUndo = "Nothing to undo: this desk has changed nothing that still stands."
  static let cancelled = "Cancelled: nothing was changed."
  static let nothingTicked = "Nothing is ticked: Space ticks the row under the cursor."
  static let countedAgain =
    "Somebody changed the table meanwhile: this was counted again. Look at it once more."

  static let confirmsHere = "Look at the question once more: y confirms it here."

  static func gone(_ name: String) -> String { "\(name) is not there any more." }

  static func leavingLosesWork(_ key: String) -> String {
    "What you ticked or typed is not carried out yet; \(key) again drops it."
  }

  static func notPossible(_ reason: String) -> String { "Not possible here: \(reason)." }

  /// Why a database is open for reading only; nil when it can be written.
  static func readOnlyReason(_ status: StoreStatus) -> String? {
    if let reason = status.readOnlyReason { return reason.description }
    guard !status.missing.isEmpty else { return nil }
    return "the record must be mended first, by `company-access schema upgrade`, because it lacks "
      + status.missing.joined(separator: ", ")
  }

  static func problem(_ error: AccessError) -> Message {
    if case .cancelled = error { return Message(.notice, cancelled) }
    return Message(.problem, sentence(error.description))
  }

  /// Why the desk can't be shown; commands work without a terminal.
  static func problem(_ error: TerminalError) -> String {
    switch error {
    case .notATerminal: "the desk needs a terminal, commands do not"
    case .unknownTerminal(""): "the variable TERM is not set; try TERM=xterm-256color"
    case .unknownTerminal(let name):
      "the system knows no terminal called '\(name)'; try TERM=xterm-256color"
    case .tooDumb(let name):
      "a terminal called '\(name)' cannot move its cursor; try TERM=xterm-256color"
    case .refused(let number):
      "the terminal can't be used: \(String(cString: strerror(number)))"
    }
  }

  /// Half a sentence as a whole one.
  static func sentence(_ words: String) -> String { capitalized(words) + "." }

  /// Words with a capital letter at their beginning.
  static func capitalized(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst()
  }

  /// Said once, when the desk opens.
  static func onlyReading(_ reason: String) -> String { "Nothing can be changed here: \(reason)." }

  // MARK: - Counts

  static func users(_ number: Int) -> String { Digits.counted(number, "user") }
  static func companies(_ number: Int) -> String {
    Digits.counted(number, "company", "companies")
  }
  static func grants(_ number: Int) -> String { Digits.counted(number, "grant") }
  static func pairs(_ number: Int) -> String { Digits.counted(number, "pair") }

  static func percent(_ coverage: Coverage) -> String {
    Digits.percent(tenths: coverage.tenthsOfPercent)
  }

  // MARK: - Names

  /// A user as a decision names one: username, full name and id.
  static func name(_ user: User) -> String {
    let full = user.fullName.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
    return "\(user.username)\(full), id \(user.id)"
  }

  /// A company as a decision names one: name and code, or the id where there is no code.
  static func name(_ company: Company) -> String {
    "\(company.name) (\(company.code ?? "id \(company.id)"))"
  }

  static func status(isActive: Bool) -> String { isActive ? "active" : "inactive" }

  // MARK: - What was done

  /// What a change did, and to whom: `delete company Acme`.
  static func action(_ change: Change) -> String {
    let word = change.undoes.map { "undo of \($0)" } ?? change.action.rawValue
    guard let subject = change.subject else { return word }
    switch change.action {
    case .add, .edit, .deactivate, .activate, .delete: return "\(word) \(subject)"
    default: return "\(word), \(subject)"
    }
  }

  /// What a plan did, in one line.
  static func done(_ result: ChangeResult, of plan: Plan) -> Message {
    guard let change = result.change else {
      return Message(.notice, nothingChanged(plan))
    }
    var words =
      switch plan.intent {
      case .undo(let undone, _): "Undid change \(undone): \(takenBack(result, of: plan))"
      case .grant, .bulkGrant: "Granted \(subject(plan, result.added, "to"))"
      case .revoke: "Revoked \(subject(plan, result.removed, "from"))"
      case .staged: "Of the file: \(both(result.added, result.removed))"
      case .entity(let edit): entity(edit, result)
      case .backfill: "By the rule: \(both(result.added, result.removed))"
      }
    if let count = plan.companiesOfUser, plan.entities.isEmpty {
      words += ", \(count.before) -> \(count.after)"
    }
    if result.leftAlone > 0 { words += ", \(pairs(result.leftAlone)) left alone" }
    if result.entitiesLeftAlone > 0 {
      words += ", \(Digits.grouped(result.entitiesLeftAlone)) users or companies left alone"
    }
    let undo = if case .undo = plan.intent { "" } else { "; u undoes it" }
    return Message(.done, words + ". Change \(change)\(undo).")
  }

  /// What was done to a user or company, and to grants with it.
  private static func entity(_ edit: EntityEdit, _ result: ChangeResult) -> String {
    let words = result.entities.first.map { EntityWords.done(edit.action, $0) } ?? "Done"
    return result.added + result.removed > 0
      ? "\(words), \(both(result.added, result.removed))" : words
  }

  private static func takenBack(_ result: ChangeResult, of plan: Plan) -> String {
    guard let words = EntityWords.phrase(plan, done: true) else {
      return both(result.added, result.removed)
    }
    return result.added + result.removed > 0
      ? "\(words), \(both(result.added, result.removed))" : words
  }

  private static func both(_ added: Int, _ removed: Int) -> String {
    switch (added, removed) {
    case (0, _): "\(pairs(removed)) revoked"
    case (_, 0): "\(pairs(added)) granted"
    default: "\(pairs(added)) granted, \(pairs(removed)) revoked"
    }
  }

  /// `2 companies to john_smith`, or only the number of pairs when several users are concerned.
  private static func subject(_ plan: Plan, _ number: Int, _ word: String) -> String {
    let users = Set(plan.pairs.map(\.user))
    guard users.count == 1, let user = users.first else { return pairs(number) }
    return "\(companies(number)) \(word) \(user.username)"
  }

  /// Why a plan would change nothing.
  static func nothingChanged(_ plan: Plan) -> String {
    switch plan.intent {
    case .grant, .bulkGrant: "Nothing to do: every one of these pairs is granted already."
    case .revoke: "Nothing to do: none of these pairs is granted."
    case .staged: "Nothing to do: everything is as the file has it."
    case .entity(let edit):
      switch edit.action {
      case .activate: "Nothing to do: active already."
      case .deactivate: "Nothing to do: inactive already."
      case .add, .edit, .delete: "Nothing to do: nothing is different."
      }
    case .backfill: "Nothing to do: everybody has what the rule gives."
    case .undo(let change, _):
      "Nothing to undo: what change \(change) did has been changed since; o undoes it all the same."
    }
  }
}
