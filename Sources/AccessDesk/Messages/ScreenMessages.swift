internal import CompanyAccess
internal import TerminalUI

/// What the help screen and the documentation call the screens.
enum ScreenTitles {
  static let menu = "menu"
  static let users = "list of users"
  static let companies = "list of companies"
  static let companiesOfUser = "companies of a user"
  static let usersOfCompany = "users of a company"
  static let pickUser = "picking a user"
  static let pickCompany = "picking a company"
  static let tickToGrant = "ticking companies or users to add"
  static let tickToRevoke = "ticking companies or users to remove"
  static let grid = "grid of users and companies"
  static let form = "form"
  static let choice = "choosing"
  static let confirmation = "confirmation"
  static let statistics = "statistics"
  static let log = "log of changes"
  static let change = "one change"
  static let why = "the life of a pair"
  static let userPage = "page of a user"
  static let companyPage = "page of a company"
  static let time = "looking back"
  static let doctor = "doctor"
  static let help = "help"
  static let adopt = "adopting a file"
  static let suggest = "suggested mappings"
  static let file = "writing a file"
}

/// What the menu says.
enum MenuMessages {
  static let counting: DisplayText = "counting ..."
  static let notNow = "not possible now"

  /// The figures for the heading, and less of them where there is no room.
  static func headings(_ coverage: Coverage) -> [String] {
    let figures = [
      Messages.users(coverage.users), Messages.companies(coverage.companies),
      Messages.grants(coverage.grants),
    ]
    let percent = "coverage \(Messages.percent(coverage))"
    return [figures + [percent], figures, [figures[2]]].map { $0.joined(separator: "   ") }
  }

  /// How many grants were given to earlier users or companies of an id, or lead nowhere; nil for none.
  static func warning(former: Int, missing: Int) -> String? {
    let parts = [
      former > 0 ? "of earlier holders: \(Digits.grouped(former))" : nil,
      missing > 0 ? "of missing ones: \(Digits.grouped(missing))" : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : "   " + parts.joined(separator: ", ")
  }
}

/// What the help screen says.
enum HelpScreenMessages {
  static func heading(_ subject: String) -> String { "Help: \(subject)" }
  static func notNow(_ reason: String) -> String { "(not now) \(reason)" }
}

/// What is said while a time is typed, and of the time that is shown.
enum TimeMessages {
  static let heading: DisplayText = "Look back: everything as it was at a time"
  static let label: DisplayText = "As of:"
  static let example: DisplayText = "e.g. 2026-03-31"
  static let typeFirst = "Type a time first, e.g. 2026-03-31; Esc goes back."
  static let hints = [
    "A date stands for its end. Also \"2026-03-31 09:00\", -3d, -2h, yesterday.",
    "Times are on the local clock unless they say otherwise.",
    "While the past is shown nothing can be changed; t comes back to now.",
  ]

  static func title(_ moment: ResolvedMoment) -> String { "as of \(moment.at.localMinuteAndZone)" }

  static func isShown(_ moment: ResolvedMoment) -> String {
    let change =
      moment.change.map { "change \($0.id) was the last one" } ?? "nothing was on record yet"
    let notice = moment.notice.map { "; \($0)" } ?? ""
    return "Everything \(title(moment)): \(change)\(notice). t comes back to now."
  }
}

/// What the log of changes says, and its filter.
enum LogMessages {
  static let heading: DisplayText = "Log of changes, newest first"
  static let empty = "Nothing has been changed yet."
  static let otherProgram = "other program"
  /// Words of every kind.
  static let filters =
    "user:ann company:NYC by:maria did:revoke via:desk since:-3d until:2026-03-31"
  static let example = DisplayText("e.g. " + filters)

  static let steps = "There is no change in that direction."
  static let completeFirst = "Tab completes the last word: " + filters

  static func history(_ names: [String]) -> String {
    "History of \(names.joined(separator: " and ")), newest first"
  }
  static func several(_ names: [String]) -> String {
    names.prefix(12).joined(separator: "  ") + (names.count > 12 ? "  ..." : "")
  }
  static func noneBegins(_ text: String) -> String { "Nothing begins with '\(text)'." }
  static func noneOf(_ text: String, _ names: String) -> String {
    "'\(text)' is none of: \(names)"
  }
  static func noFilter(_ word: String) -> String {
    "'\(word)' is no filter of the log; write \(filters)"
  }
}

/// What is said of one change on the record.
enum ChangeMessages {
  static let noName = "?"
  static let noPair = "Enter and w work on the lines with a user and a company."

  static func heading(_ id: ChangeID) -> String { "Change \(id)" }
  static func more(_ pairs: Int) -> String { "and \(Messages.pairs(pairs)) more" }

  /// Who made a change.
  static func author(_ change: Change) -> String {
    change.isAnonymous ? "another program" : change.actor
  }

  static func facts(_ change: Change) -> [(label: String, value: String)] {
    let pairs =
      "\(Digits.grouped(change.added)) granted, \(Digits.grouped(change.removed)) ended"
    let way = change.origin == .external ? "" : ", through \(change.origin.rawValue)"
    return [
      ("Did", Messages.action(change) + way),
      ("By", author(change)), ("At", change.at.localMinuteAndZone), ("Pairs", pairs),
    ] + (change.restoration.map { [("Restored", restored($0))] } ?? [])
      + (change.reason.map { [("Reason", $0)] } ?? [])
      + (change.ticket.map { [("Ticket", $0)] } ?? [])
      + (change.decidedAt.map { [("Decided", $0.localMinuteOrDay)] } ?? [])
  }

  private static func restored(_ note: RestorationNote) -> String {
    note.keepsRecord
      ? "what was done after the backup stays on the record"
      : "what was done after the backup is not on this record"
  }

  static func name(_ entity: ChangedEntity) -> String {
    "\(entity.id.kind.rawValue) \(entity.name ?? noName), id \(EntityMessages.id(entity.id))"
  }

  static func user(_ pair: ChangedPair) -> String {
    "\(pair.username ?? noName), id \(pair.user)"
  }

  static func name(_ pair: ChangedPair) -> String {
    let company = pair.companyName ?? noName
    return user(pair) + gone(pair.isUserGone) + ": " + company + gone(pair.isCompanyGone)
  }

  private static func gone(_ isGone: Bool) -> String { isGone ? " (gone)" : "" }

  /// What became of a pair since; empty if it is as the change left it.
  static func since(_ pair: ChangedPair) -> String {
    if let change = pair.endedBy { return "  ended by change \(change)" }
    guard (pair.outcome == .granted) != pair.stands else { return "" }
    return pair.stands ? "  holds again" : "  ended since"
  }
}

/// What is said of the life of a pair.
enum WhyMessages {
  static let granted = "granted"
  static let ended = "ended"
  static let noChange = "Enter works on the lines with a change."

  static func subject(_ user: String, _ company: String) -> String { "\(user) and \(company)" }
  static func heading(_ subject: String) -> String { "Why: \(subject)" }

  static func verdict(_ life: GrantTimeline) -> String {
    guard let last = life.episodes.last else {
      return "Has no access, and never had any that is on record."
    }
    return last.to.map { "Has no access since \($0.localMinuteAndZone)." }
      ?? "Has access since \(last.from.localMinuteAndZone)."
  }

  static func held(_ life: GrantTimeline) -> String {
    let times = Digits.counted(life.episodes.count, "time")
    return "Granted \(times), held \(Digits.duration(seconds: life.secondsHeld)) in all."
  }

  /// By which change something happened.
  static func by(_ change: Change?) -> String {
    guard let change else { return "before the record began" }
    return "change \(change.id), \(Messages.action(change)) by \(ChangeMessages.author(change))"
  }
}

/// What the page of figures says.
enum StatisticsMessages {
  static let heading: DisplayText = "Summary statistics"
  static let noTarget = "Enter works on the lines that end with >."
  static let users = "Users"
  static let withAccess = "  with access"
  static let withoutAccess = "  without access"
  static let inactive = "  inactive, but with access"
  static let companies = "Companies"
  static let withUsers = "  with users"
  static let withoutUsers = "  without users"
  static let grants = "Grants"
  static let orphans = "  of missing ones, apart"
  static let coverage: DisplayText = "Coverage"
  static let histogram: DisplayText = "Users by number of companies"
  static let largest: DisplayText = "Companies with the most users"
  static let empty: DisplayText = "Companies without users"

  static func possible(_ coverage: Coverage) -> String {
    "of \(Digits.grouped(coverage.permitted)) possible"
  }
  static func more(_ count: Int) -> String { "  and \(count) more" }

  static func companies(_ number: DisplayText) -> DisplayText {
    number + (number == "1" ? " company" : " companies")
  }
}
