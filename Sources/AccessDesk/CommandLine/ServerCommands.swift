/// The commands that work on a database of a PostgreSQL server as they do on a file.
enum ServerCommands {
  /// The words that call them.
  static let names: Set<String> = Set(
    [
      "check", "users", "companies", "stats", "why", "log", "grant", "revoke", "bulk-grant", "undo",
      "snapshot save", "snapshot list", "snapshot go", "snapshot drop", "policy show", "policy set",
      "adopt", "apply", "import", "export", "diff", "leavers", "backfill", "expect", "report",
      "record seal",
      "record verify", "record prune", "record forget", "doctor", "schema pause",
      "schema upgrade", "schema reconcile", "schema verify",
      "schema status", "schema downgrade",
    ] + ["user", "company"].flatMap(onOne))

  /// The commands about one user or one company.
  private static func onOne(_ word: String) -> [String] {
    ["show", "add", "edit", "deactivate", "activate", "delete"].map { "\(word) \($0)" }
  }
}
