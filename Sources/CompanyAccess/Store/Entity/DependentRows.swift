internal import Database

/// Rows of employees of one user or company that become others.
struct DependentRows {
  var now: [RowValues] = []
  var then: [RowValues] = []
}

extension HomeTable {
  /// What becomes of the rows that several changes touched, each by its key: what it was before the
  /// first of them.
  ///
  /// - Parameter histories: What the changes did.
  /// - Returns: The rows that are others now, each at the user or company whose step writes it.
  /// - Throws: What the database answers.
  func changes(of histories: [EntityUndo.History]) throws -> [EntityID: DependentRows] {
    let events = histories.flatMap(\.events).sorted { $0.place < $1.place }
    var keys: [[StoredValue?]] = []
    var then: [[StoredValue?]: RowValues?] = [:]
    func note(_ row: RowValues, as earlier: RowValues?) {
      if then.updateValue(earlier, forKey: key(row)) == nil { keys.append(key(row)) }
    }
    for event in events {
      for row in event.after?.rows(of: home.table.text) ?? [] { note(row, as: nil) }
      for row in event.left { note(row, as: row) }
      for row in event.before?.rows(of: home.table.text) ?? [] { note(row, as: row) }
    }
    // Who has come and gone in between has no step.
    let owners = Set(
      histories.filter { $0.events.last?.event != .made || $0.events.first?.event != .gone }
        .map(\.id))
    var found: [EntityID: DependentRows] = [:]
    for key in keys {
      let (old, now) = (then[key] ?? nil, try row(key))
      guard old != now,
        let owner = [old, now].compactMap(\.self).flatMap(subjects).first(
          where: owners.contains)
      else { continue }
      if let old { found[owner, default: DependentRows()].then.append(old) }
      if let now { found[owner, default: DependentRows()].now.append(now) }
    }
    return found
  }

  private var keyColumns: [String] {
    let keys = columns.filter { $0.keyPlace > 0 }.map(\.name.text)
    return keys.isEmpty ? columns.map(\.name.text) : keys
  }

  /// What tells a row from others.
  func key(_ row: RowValues) -> [StoredValue?] { keyColumns.map { row[$0] } }

  /// The user and the company of a row.
  private func subjects(_ row: RowValues) -> [EntityID] {
    var subjects: [EntityID] = []
    if let user = row[home.user.text], user.value != .null {
      subjects.append(.user(UserID(Key(user.value))))
    }
    if let company = row[home.company.text], company.value != .null {
      subjects.append(.company(CompanyID(Key(company.value))))
    }
    return subjects
  }
}
