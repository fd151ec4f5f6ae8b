internal import Database

/// Hashes the record change by change: h(i) is the hash of h(i-1) and the text of change i.
///
/// It reads along the indexes and holds one block of changes and one row at a time.
struct SealChain {
  private let connection: any DatabaseSession
  private let work: Work?
  private let parts: [SealPart]
  /// For each part the next change that has lines of it; nil where there is none.
  private var pending: [Int64?]
  /// The change after which the chain stands, and its hash.
  private(set) var change: Int64
  private(set) var hex: String
  /// What is wrong, as far as the record itself tells.
  private(set) var findings: [RecordFinding] = []
  /// The greatest number that every reader of JSON keeps.
  static let greatest: Int64 = 1 << 53

  private static let changesAtOnce = 1_000
  private static let mostFindings = 100
  private static let version = "company-access record 1"

  /// Begins at the limit of pruning, whose hash is kept, or else at what was there before the record.
  init(_ connection: any DatabaseSession, _ mapping: SchemaMapping, work: Work?) throws {
    self.connection = connection
    self.work = work
    parts = SealPart.all(mapping)
    pending = []
    if let kept = try RetentionStart(connection) {
      change = kept.change.number
      hex = kept.seal ?? ""
    } else {
      change = 0
      var text = SealText(SealChain.version)
      for part in parts {
        guard let rows = part.beginning else { continue }
        try SealChain.write(part, rows, [], connection, work, to: &text) { _ in }
      }
      hex = text.finish()
    }
    pending = try parts.map { try next($0, from: change + 1) }
  }

  private func next(_ part: SealPart, from change: Int64) throws -> Int64? {
    try part.next.compactMap { sql in
      try connection.first(sql, [.integer(change)]) { $0.optionalInteger(0) } ?? nil
    }.min()
  }

  /// Goes on to a change, which must be on the record.
  ///
  /// - Parameters:
  ///   - last: The change after which to stop.
  ///   - visit: Is told every change with its hash.
  /// - Throws: What the database answers, or `.cancelled`.
  mutating func run(
    through last: Int64, _ visit: (_ change: Int64, _ hex: String) throws -> Void = { _, _ in }
  ) throws {
    let start = change
    while change < last {
      let before = change
      try page(through: last, visit)
      if work?.isCancelled == true { throw AccessError.cancelled }
      work?.report(Int(change - start), of: Int(last - start), .checking)
      if change == before { break }
    }
    for (index, part) in parts.enumerated() {
      guard let next = pending[index], next <= last else { continue }
      note(.unknownChange(ChangeID(next), part.tables))
    }
  }

  private mutating func page(
    through last: Int64, _ visit: (Int64, String) throws -> Void
  ) throws {
    let texts = try connection.rows(
      """
      SELECT \(SealPart.changeColumns),
        (SELECT s.value FROM \(RecordTable.setting) AS s WHERE s.key = '\(PrunedRows.key)' || c.id)
      FROM \(RecordTable.change) AS c WHERE id > ?1 AND id <= ?2 ORDER BY id
      LIMIT \(SealChain.changesAtOnce)
      """, [.integer(change), .integer(last)]
    ) { row in
      var header = SealText.Lines()
      header.write("change", row, 0..<SealPart.changePlain)
      if !row.isNull(SealPart.changePlain) {
        header.write("pruned", row, SealPart.changePlain..<SealPart.changePlain + 1)
      }
      return Header(
        id: row.integer(0), isOurs: row.text(3) != Origin.external.rawValue,
        action: ChangeAction(rawValue: row.text(4)), added: row.int(8), removed: row.int(9),
        lines: header)
    }
    for header in texts {
      try take(header)
      try visit(change, hex)
    }
  }

  /// What a change says of itself.
  private struct Header {
    let id: Int64
    let isOurs: Bool
    let action: ChangeAction?
    let added: Int
    let removed: Int
    let lines: SealText.Lines

    /// Whether its numbers are those of the grants that it began and ended.
    var hasCounts: Bool {
      switch action {
      case .grant, .revoke, .bulkGrant, .grantAndRevoke, .undo, .undoTo, .importFile, .sync,
        .delete:
        isOurs
      default: false
      }
    }
  }

  private mutating func take(_ header: Header) throws {
    var text = SealText(hex)
    text.add(header.lines)
    var counts: [String: Int] = [:]
    for (index, part) in parts.enumerated() {
      while let next = pending[index], next < header.id {
        note(.unknownChange(ChangeID(next), part.tables))
        pending[index] = try self.next(part, from: next + 1)
      }
      guard pending[index] == header.id else { continue }
      var isWrong = false
      counts[part.mark] = try SealChain.write(
        part, part.rows, [.integer(header.id)], connection, work, to: &text
      ) { row in
        if let began = part.began, row.optionalInteger(began) != header.id { isWrong = true }
      }
      if isWrong { note(.gap(ChangeID(header.id), part.tables)) }
      pending[index] = try self.next(part, from: header.id + 1)
    }
    if header.hasCounts {
      let began = counts[SealPart.granted.mark] ?? 0
      let ended = counts[SealPart.revoked.mark] ?? 0
      if began != header.added || ended != header.removed {
        note(
          .count(
            ChangeID(header.id), added: header.added, began: began, removed: header.removed,
            ended: ended))
      }
    }
    if header.id > SealChain.greatest { note(.numberTooLarge(ChangeID(header.id))) }
    change = header.id
    hex = text.finish()
  }

  private mutating func note(_ finding: RecordFinding) {
    if findings.count < SealChain.mostFindings { findings.append(finding) }
  }

  @discardableResult
  private static func write(
    _ part: SealPart, _ rows: String, _ change: [Value], _ connection: any DatabaseSession,
    _ work: Work?, to text: inout SealText, _ look: (borrowing Row) -> Void
  ) throws -> Int {
    var count = 0
    try connection.forEach(rows, change) { row in
      part.write(row, to: &text)
      look(row)
      count += 1
      if count & 0xFFFF == 0 { if work?.isCancelled == true { throw AccessError.cancelled } }
    }
    return count
  }

  // MARK: - What a pruning has left

  /// The hash of all that began up to a change and is still on the record.
  static func standing(
    through change: ChangeID, _ connection: any DatabaseSession, _ mapping: SchemaMapping,
    _ work: Work?
  ) throws -> String {
    var text = SealText("\(version) up to \(change)")
    for part in SealPart.standing(mapping) {
      try write(part, part.rows, [.integer(change.number)], connection, work, to: &text) { _ in }
    }
    return text.finish()
  }
}

extension DatabaseSession {
  /// Runs a body, outside a transaction, whose sorts of a change's grants go to temporary files instead
  /// of memory, as those of a server do by themselves.
  func withSortsInFiles<T>(_ body: () throws -> T) throws -> T {
    guard let file = self as? Connection else { return try body() }
    try file.keepTemporary(inFiles: true)
    defer { try? file.keepTemporary(inFiles: false) }
    return try body()
  }
}
