internal import Database

/// What an examination of a database has found.
public struct Diagnosis: Hashable, Sendable {
  /// How much a finding matters.
  public enum Severity: String, Hashable, Sendable {
    /// Something is wrong and has to be mended.
    case problem
    /// Worth knowing, and as it may be.
    case note
  }

  /// One thing that was found.
  public struct Finding: Identifiable, Hashable, Sendable {
    /// The check that found it, as one word, such as "duplicate-grants".
    public let id: String
    /// How much it matters.
    public let severity: Severity
    /// What it is, as half a sentence.
    public let what: String
    /// How often it is there.
    public let count: Int
    /// Where it is, at most `Diagnosis.examples` places.
    public let examples: [String]
    /// What it means, in whole sentences.
    public let meaning: String
    /// The command that mends it, to be typed into a shell; nil if none does.
    public let remedy: String?
  }

  /// One thing to know about the database, wrong or not.
  public struct Fact: Hashable, Sendable {
    /// What it is about.
    public let name: String
    /// What it is.
    public let value: String
  }

  /// What was found, problems first.
  public let findings: [Finding]
  /// The checks that did not run, each with the reason, as half sentences.
  public let unchecked: [String]
  /// What a check that ran could not look at and why, as half sentences.
  public let limits: [String]
  /// What the database is like.
  public let facts: [Fact]
  /// How many checks were made.
  public let checks: Int
  /// What the record of this database does not tell, or tells only when it is compared with the
  /// tables, as half sentences.
  public let uncovered: [String]

  /// At most how many places of a finding are named.
  public static let examples = 5

  /// Whether every check ran and found nothing that has to be mended.
  public var isInOrder: Bool { problems == 0 && unchecked.isEmpty }

  /// How many findings have to be mended.
  public var problems: Int { findings.count { $0.severity == .problem } }

  /// What the record of a file does not tell, or tells only when it is compared with the tables, as half
  /// sentences.
  public static let notCovered = [
    "who wrote what another program wrote: the record says when, and what",
    "when it was that rows were replaced by REPLACE, or written while the triggers were gone: the next "
      + "comparison finds what became of them",
    "grants that stay when a program deletes with foreign keys off: they are marked until they are revoked",
    "edits of id, created_at and modified_at of a grant by another program",
    "edits of columns of users and companies that the mapping does not name, by another program",
    "edits of the record itself, by anyone who can write the file",
  ]
}

extension AccessStore {
  /// Examines a database for everything that is known to go wrong.
  ///
  /// Nothing is changed. The database need not be one that `open` takes: what can be checked is
  /// checked. Memory stays small however many rows there are.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - access: With `.readOnly` the file is opened without the right to write it; what SQLite does
  ///     not tell then is said to be unchecked.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Hears which of the checks is being made, and can cancel.
  /// - Returns: What was found.
  /// - Throws: `.noSuchFile`, `.notAFile`, `.notADatabase`, `.notPermitted`, `.busy` or `.cancelled`.
  public static func examine(
    _ path: String, access: Access = .automatic, busyTimeout: Int = 5_000, work: Work = Work()
  ) throws(AccessError) -> Diagnosis {
    let mayWrite = try FileCheck.readOnlyReason(path) == nil && access != .readOnly
    try checkOperator(of: path, forMaintenance: false)
    do {
      var doctor = Doctor(
        context: CheckContext(
          path: path, mayOpenToWrite: mayWrite, busyTimeout: busyTimeout, work: work))
      return try doctor.examine()
    } catch {
      throw AccessError(any: error, path: path)
    }
  }
}

/// Makes the checks, one after the other.
struct Doctor {
  let context: CheckContext
  private var findings: [Diagnosis.Finding] = []
  private var unchecked: [String] = []
  private var limits: [String] = []
  private var isDamaged = false

  init(context: CheckContext) { self.context = context }

  mutating func examine() throws -> Diagnosis {
    let checks = DoctorCheck.all
    for (number, check) in checks.enumerated() {
      try AccessError.stop(context.work)
      context.work.report(number, of: checks.count, .checking, always: true)
      try make(check)
    }
    context.work.report(checks.count, of: checks.count, .checking, always: true)
    let order: [Diagnosis.Severity] = [.problem, .note]
    return Diagnosis(
      findings: order.flatMap { severity in findings.filter { $0.severity == severity } },
      unchecked: unchecked, limits: limits, facts: context.facts, checks: checks.count,
      uncovered: Diagnosis.notCovered)
  }

  private mutating func make(_ check: DoctorCheck) throws {
    // What is read through damaged pages would be findings about what is not so.
    if isDamaged, check.stage > .pages {
      if !unchecked.contains(Doctor.notTheRows) { unchecked.append(Doctor.notTheRows) }
      return
    }
    guard check.stage <= context.reached else { return }
    do {
      if check.id == DoctorCheck.rules.id, !context.mayOpenToWrite {
        limits.append("CHECK constraints, because the file may not be written")
      }
      let found = try check.find(context)
      limits += found.limits
      guard found.count > 0 else { return }
      add(check, found)
    } catch let error as DatabaseError {
      try take(error, of: check)
    } catch let error as AccessError {
      guard case .unfitMapping = error else { throw error }
      leaveOut(check, "\(error)")
    }
  }

  private static let notTheRows = "tables and rows, because pages are damaged"

  private mutating func take(_ error: DatabaseError, of check: DoctorCheck) throws {
    if error.category == .notADatabase { throw error }
    if error.isDamage {
      isDamaged = true
      guard !findings.contains(where: { $0.id == DoctorCheck.integrity.id }) else { return }
      add(.integrity, CheckResult(error.message))
    } else if error.category == .readOnly(.unfinishedWrite)
      || error.isLogInTheWay(of: context.path)
    {
      // Told by the check for it; nothing else can be read.
      return
    } else if error.isStatementError {
      leaveOut(check, error.message)
    } else {
      throw error
    }
  }

  /// Remembers that a check did not run.
  private mutating func leaveOut(_ check: DoctorCheck, _ reason: String) {
    unchecked.append("\(check.id) (\(check.what)) did not run: \(reason)")
  }

  private mutating func add(_ check: DoctorCheck, _ found: CheckResult) {
    if check.id == DoctorCheck.integrity.id { isDamaged = true }
    findings.append(
      Diagnosis.Finding(
        id: check.id, severity: check.severity, what: check.what, count: found.count,
        examples: found.examples, meaning: check.meaning,
        remedy: check.remedy.map(context.filled)))
  }
}

extension Diagnosis {
  /// The same with other findings and facts.
  package func with(findings: [Finding], facts: [Fact]) -> Diagnosis {
    Diagnosis(
      findings: findings, unchecked: unchecked, limits: limits, facts: facts, checks: checks,
      uncovered: uncovered)
  }
}

extension Diagnosis.Finding {
  /// The same with another command.
  package func with(remedy: String?) -> Diagnosis.Finding {
    Diagnosis.Finding(
      id: id, severity: severity, what: what, count: count, examples: examples, meaning: meaning,
      remedy: remedy)
  }
}
