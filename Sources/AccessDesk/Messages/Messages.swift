internal import CompanyAccess
internal import CursesTerminal
internal import Glibc
internal import TerminalUI

/// What the desk says, apart from the words of errors, which `AccessError` has itself.
enum Messages {
  static let nothingToUndo = "Nothing to undo: this desk has changed nothing that still stands."
  static let cancelled = "Cancelled: nothing was changed."
  static let backToNow = "Back to now."
  static let isPast = "this is the past; t comes back to now"
  static let noThread = "no thread can be started"

  // MARK: - The title and the footer

  static let program: DisplayText = "company-access"
  static let readWrite = "read-write"
  static let readOnly = "read-only"
  static let notAdopted = "not adopted"
  static let recordIncomplete = "record incomplete"
  static let toTheRows = "To the rows"
  static let help: DisplayText = "Help"

  /// The other program that keeps the database from being written, and since when.
  static func held(by holder: LockHolder, since time: String) -> String {
    "held by \(holder.program.map { "\($0) " } ?? "")\(holder.process) since \(time)"
  }

  // MARK: - Questions

  static let nothingTicked = "Nothing is ticked: Space ticks the row under the cursor."
  static let countedAgain =
    "The table was changed meanwhile: this was counted again. Look at it once more."

  static let confirmsHere = "Look at the question once more: y confirms it here."
  static let confirmLater =
    "That y came before the confirmation could be read: read it, then press y again."
  static let confirmAlone = "That y came together with other keys: press y again, alone."
  static let nowConfirm = "Enter does not confirm: press y, or Esc to go back."
  static let isBeingCounted = "This is being counted; press y when it is there."

  /// Why a key does nothing on a screen.
  static func noMeaning(_ key: Key) -> String {
    let name = Actions.name(key)
    if key == .escape, let leave = Actions.action(.exit) {
      let keys = leave.keys.map(Actions.name).joined(separator: " or ")
      return "\(name) does not leave the desk here; \(keys) does."
    }
    let meaning = Actions.outsideMenu.first { $0.keys.contains(key) }
    let label = meaning.map { " (\($0.label))" } ?? ""
    return "\(name)\(label) does nothing here; ? lists the keys that work."
  }

  /// To whom a grant was given, if that was an earlier holder of an id; nil for any other.
  static func formerHolders(_ standing: GrantInfo) -> String? {
    guard !standing.formerHolders.isEmpty else { return nil }
    let kinds = standing.formerHolders.map { $0 == .user ? "user" : "company" }
    return "granted to an earlier \(kinds.joined(separator: " and ")) of this id"
  }

  static func gone(_ name: String) -> String { "\(name) is not there any more." }

  static func leavingLosesWork(_ key: Key) -> String {
    "What you ticked or typed is not carried out yet; \(Actions.name(key)) again drops it."
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
    coverage.percent ?? "n/a"
  }

  // MARK: - Names

  /// A user as a decision names one: username, full name and id.
  static func name(_ user: User) -> String { Entity(user).longName }

  /// The same for a heading: a narrow window cuts the full name, and not the id, which decides.
  static func heading(_ user: User) -> String { EntityWords.user.heading(Entity(user)) }

  /// A company as a decision names one: name and code, or the id where there is no code.
  static func name(_ company: Company) -> String { Entity(company).longName }

  static func status(isActive: Bool) -> String { isActive ? "active" : "inactive" }

  // MARK: - What was done

  /// What a plan did, in one line.
  static func done(_ result: ChangeResult, of plan: Plan) -> Message {
    guard let change = result.change else {
      return Message(.notice, nothingChanged(plan))
    }
    var words =
      switch plan.intent {
      case .undo(let undone, _): "Undid change \(undone): \(takenBack(result, of: plan))"
      case .undoTo(let last): "Back to change \(last): \(takenBack(result, of: plan))"
      case .grant, .bulkGrant, .revoke, .revokeFormer, .edits: capitalized(both(result, of: plan))
      case .staged: "Of the file: \(both(result.added, result.removed))"
      case .entity(let edit): entity(edit, result, of: plan)
      case .backfill: "By the rule: \(both(result.added, result.removed))"
      case .policy(let policy): "The policy: \(policy)"
      case .operators: plan.operators.map { "Operators: \(OperatorMessages.phrase($0))" } ?? "Done"
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
  private static func entity(
    _ edit: EntityEdit, _ result: ChangeResult, of plan: Plan
  ) -> String {
    let words = result.entities.first.map { EntityMessages.done(edit.action, $0) } ?? "Done"
    return result.added + result.removed > 0 ? "\(words), \(both(result, of: plan))" : words
  }

  private static func takenBack(_ result: ChangeResult, of plan: Plan) -> String {
    let pairs = result.added + result.removed > 0 ? both(result, of: plan) : nil
    let parts = [
      EntityMessages.phrase(plan, done: true), pairs, plan.policy.map { "the policy: \($0.after)" },
      plan.operators.map { "operators: \(OperatorMessages.phrase($0))" },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  /// `granted NYC Office to ann`, `revoked 3 pairs`, or both.
  private static func both(_ result: ChangeResult, of plan: Plan) -> String {
    let granted =
      result.added > 0 ? "granted " + pairs(of: plan, .granted, "to", names: 3) : nil
    let revoked =
      result.removed > 0 ? "revoked " + pairs(of: plan, .revoked, "from", names: 3) : nil
    return [granted, revoked].compactMap(\.self).joined(separator: ", ")
  }

  private static func both(_ added: Int, _ removed: Int) -> String {
    switch (added, removed) {
    case (0, _): "\(pairs(removed)) revoked"
    case (_, 0): "\(pairs(added)) granted"
    default: "\(pairs(added)) granted, \(pairs(removed)) revoked"
    }
  }

  /// `2 companies to john_smith`, `NYC Office to 3 users`, or the number of pairs where both users
  /// and companies are several.
  ///
  /// - Parameters:
  ///   - plan: The plan whose pairs these are.
  ///   - outcome: `.granted` or `.revoked`.
  ///   - word: What stands before the user, or users.
  ///   - names: How many users or companies are named, and not only counted.
  /// - Returns: The words.
  static func pairs(
    of plan: Plan, _ outcome: PairOutcome, _ word: String, names: Int = 1
  ) -> String {
    let number = outcome == .granted ? plan.added : plan.removed
    let pairs = plan.pairs.filter { $0.outcome == outcome }
    let isNamed = !pairs.isEmpty && pairs.count <= names
    if let user = plan.user {
      let what = isNamed ? pairs.map(\.company.name).joined(separator: ", ") : companies(number)
      return "\(what) \(word) \(user.username)"
    }
    if let company = plan.company {
      let whom = isNamed ? pairs.map(\.user.username).joined(separator: ", ") : users(number)
      return "\(company.name) \(word) \(whom)"
    }
    return Messages.pairs(number)
  }

  /// Why a plan would change nothing.
  static func nothingChanged(_ plan: Plan) -> String {
    switch plan.intent {
    case .grant, .bulkGrant: "Nothing to do: every one of these pairs is granted already."
    case .revokeFormer: "Nothing to do: every grant is of the present user and company."
    case .revoke: "Nothing to do: none of these pairs is granted."
    case .edits: "Nothing to do: every pair is as it was staged already."
    case .staged: "Nothing to do: everything is as the file has it."
    case .entity(let edit):
      switch edit.action {
      case .activate: "Nothing to do: active already."
      case .deactivate: "Nothing to do: inactive already."
      case .add, .edit, .delete: "Nothing to do: nothing is different."
      }
    case .backfill: "Nothing to do: all users have what the rule gives."
    case .policy: "Nothing to do: that is the policy already."
    case .operators: "Nothing to do: the operator is so already."
    case .undo(_, overwrite: false) where plan.leftAlone > 0:
      "Nothing to undo: all was changed since. o undoes it all the same."
    case .undoTo: "Nothing to undo: everything is as it was then."
    case .undo: "Nothing to undo: nothing of this change is left to be taken back."
    }
  }
}
