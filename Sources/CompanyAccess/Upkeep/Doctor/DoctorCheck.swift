internal import Database

/// One thing that can be wrong with a database: how it is found, what it means, what mends it.
struct DoctorCheck: Sendable {
  /// What must be in order before a check can be made.
  enum Stage: Int, Comparable, Sendable {
    /// The file is there.
    case file
    /// SQLite can open it.
    case pages
    /// Its pages are sound.
    case content
    /// Its tables are those of an application that is known.
    case schema
    /// The access table and the tables of the record are there.
    case rows

    static func < (one: Stage, other: Stage) -> Bool { one.rawValue < other.rawValue }
  }

  /// One word for programs.
  let id: String
  let stage: Stage
  let severity: Diagnosis.Severity
  /// What is found, as half a sentence that follows a number.
  let what: String
  /// What it means, in whole sentences.
  let meaning: String
  /// What to type; words in braces stand for the file and its tables.
  let remedy: String?
  let find: @Sendable (CheckContext) throws -> CheckResult
  /// The query that is all of it; nil of a check that looks for itself.
  private(set) var query: (@Sendable (SchemaMapping) -> String?)?

  /// A check that looks for itself.
  init(
    _ id: String, _ stage: Stage, _ what: String, severity: Diagnosis.Severity = .problem,
    meaning: String, remedy: String? = nil,
    _ find: @escaping @Sendable (CheckContext) throws -> CheckResult
  ) {
    self.id = id
    self.stage = stage
    self.severity = severity
    self.what = what
    self.meaning = meaning
    self.remedy = remedy
    self.find = find
  }

  /// A check that asks one query, whose rows are what is wrong.
  ///
  /// The first column says where, in words; the second, if there is one, how often. A mapping in which
  /// nothing can be wrong in this way has no query.
  init(
    _ id: String, _ what: String, severity: Diagnosis.Severity = .problem, meaning: String,
    remedy: String? = nil, rows query: @escaping @Sendable (SchemaMapping) -> String?
  ) {
    self.init(id, .rows, what, severity: severity, meaning: meaning, remedy: remedy) { context in
      guard let mapping = context.mapping, let sql = query(mapping) else { return CheckResult() }
      return try CheckResult(context.opened(), sql)
    }
    self.query = query
  }

  /// Every check, in the order in which they are made: from the file to its rows.
  static let all =
    file + pages + [leftTriggers, application, description] + schema + grants + people + record
    + [leaks, operators]
}

/// How often something was found, and where first.
struct CheckResult: Hashable, Sendable {
  private(set) var count = 0
  private(set) var examples: [String] = []
  /// What could not be looked at and why, as half sentences.
  var limits: [String] = []

  /// Nothing.
  init() {}

  /// Something at one place, or at each of several.
  init(_ places: String...) {
    for place in places { add(place) }
  }

  /// What a query finds.
  init(_ connection: any DatabaseSession, _ sql: String, _ arguments: [Value] = []) throws {
    try connection.forEach(sql, arguments) { row in
      add(row.text(0), times: row.count > 1 ? row.int(1) : 1)
    }
  }

  /// Adds a place; only the first ones are kept, so that memory stays small.
  mutating func add(_ place: String, times: Int = 1) {
    count += times
    if examples.count < Diagnosis.examples { examples.append(place) }
  }

  /// Counts what is at places that are not named.
  mutating func add(rest number: Int) { count += max(0, number) }

  mutating func add(_ other: CheckResult) {
    count += other.count
    examples += other.examples.prefix(Diagnosis.examples - examples.count)
  }
}
