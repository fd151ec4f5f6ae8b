internal import Database

/// What is wrong with rows that belong to users and companies.
extension DoctorCheck {
  /// At most how many rows of a table are looked at, so that an examination does not take long.
  static let leakRows = 1_000_000

  static let leaks = DoctorCheck(
    "leak", .rows, "rows of users in companies that they may not enter", severity: .note,
    meaning: """
      The application keeps them under a user and a company, and no grant lets the user in: they were \
      made before the access ended, or by a program that does not ask. A report has each of them in \
      \(ReportWriter.leaks); "no leaks" in a file for expect tests that there are none.
      """
  ) { context in
    guard let mapping = context.mapping else { return CheckResult() }
    return try leaks(context.opened(), mapping)
  }

  /// Counts them by table, and says what was not looked at.
  static func leaks(_ session: any DatabaseSession, _ mapping: SchemaMapping) throws -> CheckResult
  {
    let counts = try LeakCounts(session, mapping, rows: leakRows)
    var found = CheckResult()
    for table in counts.tables where table.leaks > 0 {
      found.add(table.description, times: table.leaks)
    }
    found.limits = counts.notLookedAt.map(\.description)
    return found
  }
}
