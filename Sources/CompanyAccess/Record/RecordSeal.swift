internal import Database

/// A change and the hash of the record up to it.
///
/// Kept outside the database it proves later that nothing on the record up to the change was altered.
public struct RecordSeal: Hashable, Sendable, CustomStringConvertible {
  /// The last change that it covers.
  public let change: ChangeID
  /// The SHA-256, as 64 hex digits in lower case.
  public let hex: String

  /// A seal with these facts.
  public init(change: ChangeID, hex: String) {
    self.change = change
    self.hex = hex
  }

  /// Reads a seal as `description` writes it.
  ///
  /// - Parameter text: The number of the change, a colon, and 64 hex digits; any other text is no
  ///   seal.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int64(parts[0]), number > 0,
      parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), parts[1].utf8.count == 64,
      parts[1].utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
    else { return nil }
    self.init(change: ChangeID(number), hex: parts[1].lowercased())
  }

  /// The number of the change, a colon, and the hash.
  public var description: String { "\(change):\(hex)" }
}

/// What a look at the whole record has found.
public struct RecordVerification: Hashable, Sendable {
  /// The change behind which it began: the limit to which the record was pruned; nil if it was not.
  public let start: ChangeID?
  /// The newest change, with the hash as it is now; nil if the record is empty.
  public let newest: RecordSeal?
  /// The seals that were given, each with the one of the same change as it is now.
  public let seals: [SealComparison]
  /// What is wrong on the record apart from its seals; at most 100 findings.
  public let findings: [RecordFinding]

  /// Whether every seal fits and nothing is wrong.
  public var isTrue: Bool { findings.isEmpty && seals.allSatisfy(\.fits) }
}

/// A seal that was kept, and the seal of the same change as it is now.
public struct SealComparison: Hashable, Sendable {
  /// The seal that was kept.
  public let kept: RecordSeal
  /// The seal of the change now.
  public let found: RecordSeal

  /// Whether nothing up to the change was altered since the seal was made.
  public var fits: Bool { kept == found }
}

extension AccessStore {
  /// Seals the record: writes a change, after which nothing joins the change before, and says the
  /// hash of the record up to it.
  ///
  /// The hash is not stored: it proves something only where the database cannot be written from.
  ///
  /// - Parameters:
  ///   - reason: Why, for the record.
  ///   - dryRun: Whether everything is done as for real and taken back instead of being committed.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: The seal; nil for a dry run.
  /// - Throws: `.readOnly`, `.recordIncomplete`, `.recordDamaged`, `.cancelled`, or what the database
  ///   answers; `.partlyDone` where the change stays and its hash could not be computed.
  @discardableResult
  public func seal(
    reason: ChangeReason = nil, dryRun: Bool = false, work: Work? = nil
  ) throws(AccessError) -> RecordSeal? {
    if let readOnlyReason { throw .readOnly(readOnlyReason) }
    try requireMaintenance()
    let mapping = mapping
    let header = ChangeHeader(
      actor: actor, origin: origin, action: .seal, reason: reason, added: 0, removed: 0,
      undoes: nil)
    let change = try using(work) { connection in
      try connection.again {
        try connection.inTransaction(commits: !dryRun) {
          try AccessStore.checkRecord(connection, mapping)
          try AccessStore.checkSealable(connection)
          let change = try header.begin(on: connection)
          try ChangeHeader.end(on: connection)
          return change
        }
      }
    }
    if dryRun { return nil }
    do {
      return try readSorting(work) { connection in
        var chain = try SealChain(connection, mapping, work: work)
        try chain.run(through: change.number)
        return RecordSeal(change: ChangeID(chain.change), hex: chain.hex)
      }
    } catch {
      throw .partlyDone(change: change, cause: error)
    }
  }

  /// Reads one state of the record with sorts that may be large.
  private func readSorting<T: Sendable>(
    _ work: Work?, _ body: @Sendable (any DatabaseSession) throws -> T
  ) throws(AccessError) -> T {
    try using(work) { connection in
      try connection.withSortsInFiles { try connection.reading { try body(connection) } }
    }
  }

  /// Makes sure that the next change can be sealed: all before are finished, and its number is kept by
  /// every reader.
  static func checkSealable(_ connection: any DatabaseSession) throws {
    let newest = try connection.first("SELECT max(id) FROM \(RecordTable.change)") {
      $0.integer(0)
    }
    if let newest, newest >= SealChain.greatest {
      throw AccessError.recordDamaged([.numberTooLarge(ChangeID(newest))])
    }
    if case .integer(let change) = try SchemaSetting.value(NullCompanyFiller.change, connection) {
      throw AccessError.recordDamaged([.unfinished(ChangeID(change))])
    }
  }

  /// Computes the hash of the record again, compares it with seals, and looks for what is wrong.
  ///
  /// - Parameters:
  ///   - seals: Seals that were kept elsewhere.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What was found.
  /// - Throws: `.noSuchChange` and `.notKept` for a seal of a change that is not on the record, or was
  ///   pruned; `.schemaRefused` for a record of a newer version; `.cancelled`.
  public func verifyRecord(
    _ seals: [RecordSeal] = [], work: Work? = nil
  ) throws(AccessError) -> RecordVerification {
    try requireEverything()
    let (mapping, path) = (mapping, path)
    return try readSorting(work) { connection in
      let obstacles = try SchemaSurvey.obstacles(connection, mapping)
      if let newer = obstacles.first(where: { if case .newerVersion = $0 { true } else { false } })
      {
        throw AccessError.schemaRefused(path: path, [newer])
      }
      return try RecordVerifier(connection: connection, mapping: mapping, work: work).run(seals)
    }
  }
}

/// Looks at the whole record.
private struct RecordVerifier {
  let connection: any DatabaseSession
  let mapping: SchemaMapping
  let work: Work?

  func run(_ seals: [RecordSeal]) throws -> RecordVerification {
    let kept = try RetentionStart(connection)
    for seal in seals { try check(seal, kept) }
    var chain = try SealChain(connection, mapping, work: work)
    var found: [Int64: String] = [chain.change: chain.hex]
    let wanted = Set(seals.map(\.change.number))
    let newest = try connection.count("SELECT coalesce(max(id), 0) FROM \(RecordTable.change)")
    try chain.run(through: .max) { change, hex in
      if wanted.contains(change) { found[change] = hex }
    }
    return RecordVerification(
      start: kept?.change,
      newest: newest == 0 ? nil : RecordSeal(change: ChangeID(chain.change), hex: chain.hex),
      seals: seals.map { seal in
        SealComparison(
          kept: seal,
          found: RecordSeal(change: seal.change, hex: found[seal.change.number] ?? ""))
      },
      findings: try pruned(kept) + chain.findings + missing())
  }

  private func check(_ seal: RecordSeal, _ kept: RetentionStart?) throws {
    if let kept, seal.change < kept.change { throw AccessError.notKept(before: kept.time) }
    let isThere = try connection.count(
      "SELECT EXISTS (SELECT 1 FROM \(RecordTable.change) WHERE id = ?)",
      [.integer(seal.change.number)])
    guard isThere != 0 else { throw AccessError.noSuchChange(seal.change) }
  }

  /// Whether what the last pruning left is as it was then.
  private func pruned(_ kept: RetentionStart?) throws -> [RecordFinding] {
    guard let kept else { return [] }
    guard let pruned = try PrunedRows.newest(connection), pruned.through == kept.change,
      kept.seal != nil
    else { return [.pruningUnknown(kept.change)] }
    let now = try SealChain.standing(through: kept.change, connection, mapping, work)
    return now == pruned.standing ? [] : [.alteredSincePruning(kept.change)]
  }

  /// Grants and states of lifetimes that are not on the record.
  private func missing() throws -> [RecordFinding] {
    var findings: [RecordFinding] = []
    func count(_ table: SQLName, _ column: String, _ kind: RecordedKind) throws {
      let rows = try connection.count(
        """
        SELECT count(*) FROM (SELECT DISTINCT \(column) AS l FROM \(table)) AS t
        WHERE NOT EXISTS (SELECT 1 FROM \(kind.lifetimes) AS k WHERE k.lifetime = t.l)
        """)
      if rows > 0 { findings.append(.noLifetime(table: table.text, lifetimes: rows)) }
    }
    for kind in mapping.recordedKinds {
      for table in [RecordTable.currentGrant, RecordTable.endedGrant] {
        try count(table, "\(kind.lifetimeOfGrant)", kind)
      }
      try count(kind.former, "lifetime", kind)
      let several = try connection.count(
        """
        SELECT count(*) FROM (SELECT key FROM \(kind.lifetimes) WHERE ended_change IS NULL
          GROUP BY key HAVING count(*) > 1)
        """)
      if several > 0 {
        findings.append(.severalLifetimes(table: kind.lifetimes.text, keys: several))
      }
    }
    return findings
  }
}
