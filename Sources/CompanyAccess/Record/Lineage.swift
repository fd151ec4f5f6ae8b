internal import Database

/// Which lifetimes of users, or of companies, are of the same one: an undo of a deletion begins
/// another lifetime.
struct Lineage {
  private var first: [Int64: Int64] = [:]
  private var lives: [Int64: [Int64]] = [:]

  init(_ kind: RecordedKind, _ connection: any DatabaseSession) throws {
    // The plus keeps SQLite from reading all lifetimes for their order; the index holds the few.
    let rows = try connection.rows(
      """
      SELECT lifetime, continues FROM \(kind.lifetimes) WHERE continues IS NOT NULL
      ORDER BY +lifetime
      """
    ) { (lifetime: $0.integer(0), continues: $0.integer(1)) }
    for (lifetime, continues) in rows {
      let one = first[continues] ?? continues
      first[lifetime] = one
      lives[one, default: [one]].append(lifetime)
    }
  }

  /// The lifetimes that others continue, each with the last one of the same.
  var continued: [(lifetime: Int64, last: Int64)] {
    lives.values.flatMap { lives in
      lives.dropLast().map { (lifetime: $0, last: lives[lives.count - 1]) }
    }
  }

  /// All lifetimes of the one who had a lifetime, in their order.
  func lives(of lifetime: Int64) -> [Int64] {
    let one = first[lifetime] ?? lifetime
    return lives[one] ?? [one]
  }
}
