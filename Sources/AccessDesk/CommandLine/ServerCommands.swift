/// The commands that work on a database of a PostgreSQL server as they do on a file.
enum ServerCommands {
  /// The words that call them.
  static let names: Set<String> = [
    "check", "users", "companies", "stats", "why", "log", "grant", "revoke", "bulk-grant",
    "undo",
  ]
}
