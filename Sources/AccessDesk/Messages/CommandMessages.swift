internal import CompanyAccess
internal import TerminalUI

/// What commands say to people on standard error, apart from the words of errors and of plans.
enum CommandMessages {
  static func note(_ text: some CustomStringConvertible) -> String { "note: \(text)" }

  static let nothingDone = "nothing was done"
  static func change(_ change: ChangeID) -> String { "change \(change)" }

  /// The end of a sentence about a write: its change, or that it was only tried.
  private static func end(_ change: ChangeID?) -> String {
    "; " + (change.map { "change \($0)" } ?? nothingDone)
  }

  // MARK: - Lists

  /// `no users`.
  static func none(_ things: String) -> String { "no \(things)" }

  static func more(_ pairs: Int) -> String { "\(Messages.pairs(pairs)) more" }

  static func asOf(_ time: Timestamp, after change: ChangeID?) -> String {
    let place = change.map { "after change \($0)" } ?? "before the first change"
    return "as of \(time.localMinuteAndZone), \(place)"
  }

  static let presentAttributes =
    "roles, states and names as they are now, where no edit is on record"

  static func differences(_ counts: DiffCounts) -> String {
    let parts = [(counts.granted, "grant"), (counts.revoked, "revoke")]
      .filter { $0.0 > 0 }.map { "\(Messages.pairs($0.0)) to \($0.1)" }
    return parts.isEmpty ? "no differences" : parts.joined(separator: ", ")
  }

  // MARK: - Grants of a user in a company

  static func neverHadAccess(_ user: String, _ company: String) -> String {
    "\(user) never had access to \(company) that is on record"
  }

  static func neverHadAccess(_ user: String) -> String {
    "\(user) never had access to any company that is on record"
  }

  /// How many companies a user has, and ever had.
  static func companiesHeld(_ user: String, _ standing: Int, of all: Int) -> String {
    "\(user) has \(Messages.companies(standing)), and had \(Messages.companies(all)) in all"
  }

  /// All times of a user in a company, in one line.
  static func held(_ life: GrantTimeline, last: Timestamp?) -> String {
    let times = Digits.counted(life.episodes.count, "time")
    let state =
      life.hasAccess
      ? "has access" : last.map { "ended \($0.localMinuteAndZone)" } ?? "has no access"
    let held = Digits.duration(seconds: life.secondsHeld)
    return "granted \(times), held \(held) in all; \(state)"
  }

  /// What became of a pair since a change; nil if nothing did.
  static func fate(_ pair: ChangedPair) -> String? {
    var parts: [String] = []
    if let change = pair.endedBy { parts.append("ended by change \(change)") }
    if pair.stands, pair.outcome == .revoked || pair.endedBy != nil { parts.append("holds again") }
    if pair.isUserGone { parts.append("user gone") }
    if pair.isCompanyGone { parts.append("company gone") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// What happened to a pair.
  static func outcome(_ outcome: PairOutcome) -> String {
    switch outcome {
    case .granted: "granted"
    case .already: "already had"
    case .revoked: "revoked"
    case .absent: "had none"
    case .skipped: "left alone"
    }
  }

  static func formerGrants(_ count: Int) -> String {
    note(
      "\(Messages.grants(count)) \(count == 1 ? "was" : "were") given to an earlier user or "
        + "company of the same id; \"doctor\" names \(count == 1 ? "it" : "them")")
  }

  // MARK: - What has to be confirmed

  static let typeYes = "Type yes to go on: "

  static func type(_ texts: [String]) -> String {
    "Type \(texts.joined(separator: " or ")) to go on: "
  }

  static let typeNoAdministrator = "Type '\(EntityMessages.noAdministrator)' to go on: "

  static let this = "this"
  static let bulkGrant = "granting many companies to many users"
  static let backfill = "granting what the application knows"
  static let sync = "revoking grants"
  static let pruning = "pruning the record"
  static let fillingCompanies = "filling in companies"

  static func adopting(_ path: String) -> String { "adopting \(path)" }
  static func deleting(_ entity: String) -> String { "deleting \(entity)" }
  static func restoring(_ path: String) -> String { "restoring \(path)" }
  static func forgetting(_ user: String) -> String { "forgetting \(user)" }
  static func revokingAll(_ user: String) -> String { "revoking all companies of \(user)" }

  /// A write of many pairs.
  static func many(_ plan: Plan) -> String {
    let verb =
      switch plan.intent {
      case .undo(let change, _): "undoing change \(change), "
      case .undoTo(let change): "undoing everything after change \(change), "
      default: plan.removed > 0 ? "revoking " : "granting "
      }
    return verb + Messages.pairs(plan.changedPairs)
  }

  // MARK: - What was done

  static func made(_ path: String) -> String { "made \(path)" }

  static let nothingToUndo = "there is nothing to undo"

  /// Columns that a new user or company needs here and that have no option.
  static func needed(_ columns: [String]) -> String {
    "needed here: " + columns.map { "--set '\($0)=VALUE'" }.joined(separator: " ")
  }

  static func copied(_ backup: Backup) -> String {
    "\(backup.path) holds \(Digits.counted(backup.tables, "table")) with "
      + "\(Digits.counted(backup.rows, "row")), \(Digits.grouped(backup.bytes)) bytes, and is sound"
  }

  static func orphans(_ count: Int) -> String {
    note(
      "\(Digits.counted(count, "row")) in it refer to nothing, as in the original; "
        + "'company-access doctor' says where")
  }

  // MARK: - Import

  static func ignoredColumns(_ names: [String]) -> String {
    "ignored columns: \(names.joined(separator: ", "))"
  }

  /// The counts of a file that was imported, as far as they are not zero.
  static func imported(_ pairs: StagedPairs) -> String? {
    let counts = [
      ("repeated lines", pairs.duplicates), ("new users", pairs.newUsers),
      ("new companies", pairs.newCompanies),
    ]
    let parts = counts.filter { $0.1 > 0 }.map { "\($0.0): \(Digits.grouped($0.1))" }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  static let wholeExport = "a whole export"

  static func restored(
    users: Int, companies: Int, grants: Int, change: ChangeID?
  ) -> String {
    "\(change == nil ? "would take in" : "took in") \(users) users, \(companies) companies, "
      + "\(grants) grants\(end(change))"
  }

  // MARK: - The record

  static func forgotten(_ kind: EntityKind) -> [String] {
    ["the record would know the \(kind.rawValue) by the id alone"]
  }

  static func forgot(_ user: String, rows: Int, change: ChangeID?) -> String {
    if change != nil { return "forgot \(user)\(end(change))" }
    return rows > 0 ? "would forget \(user)\(end(nil))" : "nothing is left to forget"
  }

  static func wouldPrune(_ grants: Int, _ entities: Int, to path: String) -> String {
    "\(pruned(grants, entities)) would go to \(path)"
  }

  static func prune(
    _ grants: Int, _ entities: Int, before: Timestamp, to path: String, change: ChangeID?
  ) -> String {
    if change != nil { return "\(pruned(grants, entities)) went to \(path)\(end(change))" }
    return grants + entities == 0
      ? "nothing on the record ended before \(before.localMinuteAndZone)"
      : "\(pruned(grants, entities)) would go\(end(nil))"
  }

  private static func pruned(_ grants: Int, _ entities: Int) -> String {
    "\(Digits.grouped(grants)) ended grants and "
      + "\(Digits.grouped(entities)) facts about users and companies"
  }

  // MARK: - Seals

  static let seal = "the number of a change, a colon and 64 hex digits"
  static let wouldSeal = "would seal the record; nothing was done"

  static func sealed(_ seal: RecordSeal) -> String {
    "sealed by change \(seal.change); keep this line outside the database"
  }

  static func verifiedFrom(_ start: ChangeID) -> String {
    "the record was pruned to change \(start); verification begins there"
  }

  static func fit(of seal: SealComparison) -> String {
    seal.fits ? "fits" : "does not fit: it is \(seal.found.hex) now"
  }

  static func verified(_ found: RecordVerification) -> String {
    if !found.isTrue { return "the record is not as it was written" }
    return found.seals.isEmpty
      ? "nothing is wrong on the record; only a seal proves more"
      : "nothing up to the sealed changes was altered"
  }

  // MARK: - Reports

  static func reported(to folder: String, manifest sha256: String) -> String {
    "wrote the report to \(folder); keep this outside the folder: report verify --sha256 \(sha256)"
  }

  static func verified(
    _ folder: String, isSame: Bool, bySHA256: Bool, byDatabase: Bool, next: String?
  ) -> String {
    guard isSame else { return "\(folder) is not as it was written" }
    let proofs = [
      bySHA256 ? "the manifest has this SHA-256" : nil,
      byDatabase ? "the database gives the same" : nil, next.map { "\($0) continues it" },
    ].compactMap(\.self)
    guard !proofs.isEmpty else {
      return "every file of \(folder) agrees with the manifest; only --sha256, --db or --next show "
        + "that the manifest is the one that was written"
    }
    let start = bySHA256 ? "\(folder) is the report that was written: " : ""
    return "\(start)every file\(bySHA256 ? "" : " of \(folder)") agrees with the manifest, and "
      + proofs.joined(separator: ", and ")
  }

  static let sha256 = "64 hex digits"

  // MARK: - The terminal

  static let marks =
    "marks such as ^[ and <U+202E> stand for characters that steer a terminal or are not seen; "
    + "a file or a pipe gets the characters"

  static let interrupted = "cancelled, and nothing was done"

  static let nothingImported = "nothing was imported"
  static let nothingTested = "nothing was tested"
  static let nothingApplied = "nothing was applied"

  // MARK: - Expectations

  static func tested(_ counts: ExpectationCounts) -> String {
    let all = Digits.counted(counts.expectations, "expectation")
    return counts.failed == 0
      ? "\(all), and all hold" : "\(all), of which \(Digits.grouped(counts.failed)) do not hold"
  }

  // MARK: - Snapshots

  static func saved(_ name: String, _ snapshot: Snapshot?) -> String {
    snapshot.map { "the snapshot \($0.name) is the state after change \($0.change)" }
      ?? "the snapshot \(name) would be saved"
  }

  static func dropped(snapshot name: String, dryRun: Bool) -> String {
    dryRun
      ? "the snapshot \(name) would be removed"
      : "removed the snapshot \(name); the state is as before"
  }

  // MARK: - Leavers

  static let nothingConcluded = "the file cannot be trusted, and nothing was concluded from it"

  static func compared(_ findings: [LeaverFinding], _ counts: LeaverCounts) -> String {
    "\(Digits.counted(counts.lines, "line")): \(Digits.grouped(counts.employed)) employed users, "
      + "\(Digits.grouped(counts.notHere)) employed who are no users, "
      + "\(Digits.grouped(counts.left)) left, \(Digits.grouped(counts.differs)) who differ; "
      + Digits.counted(findings.count, "finding")
  }

  static func expectationsWritten(_ count: Int, _ path: String) -> String {
    "wrote \(Digits.counted(count, "expectation")) to "
      + (path == OutputPath.standardOutput ? "standard output" : path)
  }

  static func phase(_ phase: WorkPhase) -> String {
    switch phase {
    case .planning: "counting"
    case .writing: "writing"
    case .indexing: "indexing"
    case .copying: "copying"
    case .checking: "checking"
    case .finishing: "finishing"
    }
  }
}
