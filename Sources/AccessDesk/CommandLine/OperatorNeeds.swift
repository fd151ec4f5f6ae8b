internal import CompanyAccess

/// What an operator needs for a command beside what its own plans and questions are checked for.
enum OperatorNeeds {
  /// Commands that work within any scope: what they read and write is that of the operator.
  private static let withinScope: Set<String> = Set(
    [
      "check", "users", "companies", "stats", "why", "log", "grant", "revoke", "bulk-grant",
      "apply",
      "undo", "import", "export", "diff", "leavers", "expect", "policy show", "policy set",
      "snapshot list", "snapshot go", "whoami", "completions", "man", "init", "generate",
    ] + ["list", "show", "add", "edit", "remove", "roles"].map { "operator \($0)" }
      + ["user", "company"].flatMap { word in
        ["show", "add", "edit", "deactivate", "activate", "delete"].map { "\(word) \($0)" }
      })

  /// Commands that read the whole database and leave it as it is.
  private static let readingEverything: Set<String> = [
    "doctor", "report", "record verify", "backup", "schema status", "schema verify",
  ]

  /// Makes sure that the operator may call a command; what is in neither list looks after the database.
  ///
  /// - Parameters:
  ///   - name: The words that call it.
  ///   - database: The database; nil if the call names none.
  /// - Throws: `.operatorForbids`.
  static func check(_ name: String, _ database: String?) throws(AccessError) {
    guard !withinScope.contains(name), let database, !ServerLocation.isOne(database) else { return }
    try AccessStore.checkOperator(
      of: database, forMaintenance: !readingEverything.contains(name))
  }
}
