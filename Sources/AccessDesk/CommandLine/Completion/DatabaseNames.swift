internal import CompanyAccess

/// The names in a database, for completion: quick, and none if the database cannot be read.
struct DatabaseNames {
  /// At most this many are offered.
  static let limit = 200

  let environment: [String: String]

  /// Names that begin with the prefix, from the database on the line or of the environment.
  func candidates(
    _ kind: ValueKind, _ prefix: String, _ database: String?
  ) -> [Completion.Candidate] {
    guard let path = path(database),
      let store = try? AccessStore.open(path, access: .readOnly, busyTimeout: 0)
    else { return [] }
    let found: [(name: String, note: String)]?
    switch kind {
    case .user: found = try? store.usernames(beginningWith: prefix, limit: DatabaseNames.limit)
    case .company:
      found = try? store.companyNames(beginningWith: prefix, limit: DatabaseNames.limit)
    case .role: found = try? store.roleNames(beginningWith: prefix, limit: DatabaseNames.limit)
    case .actor:
      found = try? store.actors().filter { $0.utf8.starts(with: prefix.utf8) }
        .prefix(DatabaseNames.limit).map { ($0, "") }
    default: found = nil
    }
    return (found ?? []).map { Completion.Candidate(text: $0.name, note: $0.note) }
  }

  /// The shell has not expanded the home folder in a word that it only completes.
  private func path(_ database: String?) -> String? {
    guard let path = database ?? environment["COMPANY_ACCESS_DB"], !path.isEmpty else { return nil }
    guard path.utf8.starts(with: "~/".utf8), let home = environment["HOME"] else { return path }
    return home + String(path.unicodeScalars.dropFirst())
  }
}
