internal import Database
internal import Glibc

/// What restoring a backup did.
public struct Restoration: Hashable, Sendable {
  /// The change that says so on the restored record.
  public let change: ChangeID
  /// The copy of what was there before; nil if nothing was.
  public let kept: Backup?
  /// How many changes came after the backup, or are on the record of that copy alone; nil if it cannot
  /// be read.
  public let onlyInKept: Int?
  /// Why the record of the file before did not go on; nil if it did.
  public let gap: RecordGap?
}

extension AccessStore {
  /// Makes a database what a backup holds, while other programs have it open.
  ///
  /// The backup is checked first, and the present state is kept beside the file. Then the pages are
  /// written into the file, in one transaction: other programs see the one state or the other, and
  /// go on. They cannot write while the present state is being kept. The file stays in its journal
  /// mode and keeps its page size. The record goes on with one change, which names the copy, has what
  /// came and went, and can be undone. Where the present file has no record that can go on, the backup's
  /// holds, with a change that says why and has a higher number than any before, so that no number means
  /// two things.
  ///
  /// - Parameters:
  ///   - plan: What `planRestore` said.
  ///   - origin: What the record shall give as the origin.
  ///   - reason: Why, for the record.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What was done.
  /// - Throws: `.damaged` if the backup is, `.notRestorable`, `.busy`, `.cannotCreate`,
  ///   `.diskFull`, `.diskError` or `.cancelled`. In every case the database is as it was.
  @discardableResult
  public static func restore(
    _ plan: RestorePlan, origin: Origin = .library, reason: ChangeReason = nil,
    busyTimeout: Int = 5_000, work: Work = Work()
  ) throws(AccessError) -> Restoration {
    do {
      return try RestoreWriter(
        plan: plan, origin: origin, reason: reason, busyTimeout: busyTimeout, work: work
      ).write()
    } catch {
      throw AccessError(any: error, path: plan.path)
    }
  }

  /// Does all of a restoration but the writing of the database: the backup is copied beside it and
  /// checked, the database is locked as for writing, and then both are let go.
  ///
  /// - Parameters:
  ///   - plan: What `planRestore` said.
  ///   - reason: Why, for the record; the policy may require a ticket.
  ///   - busyTimeout: How long to wait for other programs, in milliseconds.
  ///   - work: Hears of the progress, and can cancel.
  /// - Throws: `.damaged` if the backup is, `.notRestorable`, `.busy`, `.cannotCreate`,
  ///   `.diskFull`, `.diskError` or `.cancelled`.
  public static func rehearseRestore(
    _ plan: RestorePlan, reason: ChangeReason = nil, busyTimeout: Int = 5_000, work: Work = Work()
  ) throws(AccessError) {
    do {
      try RestoreWriter(
        plan: plan, origin: .library, reason: reason, busyTimeout: busyTimeout, work: work
      ).rehearse()
    } catch {
      throw AccessError(any: error, path: plan.path)
    }
  }
}

/// Carries out one restoration.
private struct RestoreWriter {
  let plan: RestorePlan
  let origin: Origin
  let reason: ChangeReason
  let busyTimeout: Int
  let work: Work

  private static let pagesAtOnce: Int32 = 2_000
  /// How often another program may be faster.
  private static let attempts = 20

  func write() throws -> Restoration {
    try checkPolicy()
    return try withCopy { staged, copy in
      let base = try copy.count("SELECT max(id) FROM company_access_change")
      guard let keptAs = plan.keptAs else { return try place(staged, copy, base) }
      let live = try opened()
      try setPageSize(of: copy, to: live)
      for _ in 0..<Self.attempts {
        if let done = try replace(live, by: copy, base, keeping: keptAs) { return done }
      }
      throw AccessError.busy(path: plan.path)
    }
  }

  func rehearse() throws {
    try checkPolicy()
    try withCopy { _, copy in
      guard plan.keptAs != nil else { return }
      try setPageSize(of: copy, to: try opened())
    }
  }

  /// Makes sure that there is a ticket if the policy requires one for anything: a restoration may grant,
  /// revoke and change all users and companies.
  ///
  /// It is the policy of the present file; where that cannot be read, that of the backup.
  private func checkPolicy() throws {
    let paths = (plan.keptAs == nil ? [] : [plan.path]) + [plan.source]
    let policy = paths.lazy.compactMap { path in
      try? RecordedSetting<Policy>(Connection(path: path, mode: .readOnly)).value()
    }.first
    let missing = policy?.actions(of: [.grant, .revoke, .add, .edit, .delete], without: reason)
    if let missing, !missing.isEmpty { throw AccessError.ticketRequired(missing) }
  }

  /// Runs a body with a checked copy of the backup beside the database, which goes again.
  private func withCopy<T>(
    _ body: (_ staged: UnfinishedFile, _ copy: Connection) throws -> T
  ) throws -> T {
    let backup = try Connection(path: plan.source, mode: .readOnly)
    backup.busyTimeout = busyTimeout
    let staged = try staged()
    defer { staged.discard() }
    _ = try BackupWriter(source: backup, work: work).write(into: staged, as: plan.path)
    return try body(staged, try Connection(path: staged.path, mode: .readWrite))
  }

  /// A file beside the database, in which the state that it is to have is made.
  private func staged() throws -> UnfinishedFile {
    let target = plan.target
    if plan.keptAs == nil { try target.destination() }
    UnfinishedFile.removeLeftovers(in: target.folder)
    return try UnfinishedFile(for: target)
  }

  /// Gives the restored file the name at which there is none.
  private func place(
    _ staged: UnfinishedFile, _ copy: Connection, _ base: Int
  ) throws -> Restoration {
    let change = try writeChange(to: copy, base, above: 0, .noFile)
    try AccessError.stop(work)
    try staged.place()
    return Restoration(change: change, kept: nil, onlyInKept: nil, gap: .noFile)
  }

  private func opened() throws -> Connection {
    do {
      let live = try Connection(path: plan.path, mode: .readWrite)
      live.busyTimeout = busyTimeout
      try live.inTransaction { _ = try live.count("PRAGMA schema_version") }
      return live
    } catch let error as DatabaseError where error.isDamage {
      throw AccessError.notRestorable(path: plan.path, .beyondRepair(error.message))
    }
  }

  /// Pages are copied as they are, and a file in WAL mode cannot change their size.
  private func setPageSize(of copy: Connection, to live: Connection) throws {
    let size = try live.count("PRAGMA page_size")
    guard try copy.count("PRAGMA page_size") != size else { return }
    copy.useTemporaryFilesBesideDatabase()
    try copy.execute("PRAGMA temp_store = FILE; PRAGMA page_size = \(size); VACUUM")
  }

  /// Keeps the present state, then writes the other; nil if a program has written in between.
  ///
  /// SQLite copies only into a connection without a transaction, so that the lock which holds off
  /// writers while the present state is kept has to be given up for a moment.
  private func replace(
    _ live: Connection, by copy: Connection, _ base: Int, keeping keptAs: String
  ) throws -> Restoration? {
    live.watch { work.isCancelled }
    defer { live.watch(nil) }
    var present = CurrentState()
    do {
      try live.inTransaction { present = try keep(as: keptAs, copy, base) }
      // What the lock found: it counts commits, also that of nothing.
      guard try write(copy, into: live, live.contentVersion()) else {
        present.remove()
        return nil
      }
      // In WAL mode all of it is in the log, which would stay as large as it is.
      try? live.execute("PRAGMA wal_checkpoint(PASSIVE)")
    } catch {
      guard present.kept != nil else { throw error }
      switch holds(live, present.change) {
      // After its commit SQLite still makes the file shorter: pages beyond the end do no harm.
      case true?: break
      case false?:
        present.remove()
        throw error
      case nil: throw error
      }
    }
    return Restoration(
      change: present.change, kept: present.kept, onlyInKept: present.onlyInKept,
      gap: present.gap)
  }

  /// What is known of the state that is going to be replaced.
  private struct CurrentState {
    var kept: Backup?
    var onlyInKept: Int?
    var gap: RecordGap?
    var change = ChangeID(0)

    /// Takes the copy away again, because nothing was done.
    func remove() { if let kept { unlink(kept.path) } }
  }

  /// Keeps the present state while no program can write, and numbers the change that will follow it.
  private func keep(
    as first: String, _ copy: Connection, _ base: Int
  ) throws -> CurrentState {
    let reader = try Connection(path: plan.path, mode: .readOnly)
    reader.busyTimeout = busyTimeout
    var present = CurrentState()
    let made = try SafetyCopy.make(plan.path, before: "restore", first) {
      (name) throws(AccessError) in try keep(reader, as: name)
    }
    present.kept = made
    let name = made.path
    do {
      let kept = try Connection(path: name, mode: .readOnly)
      let newest = (try? kept.count("SELECT max(id) FROM company_access_change")) ?? 0
      (present.onlyInKept, present.gap) = try comparison(kept)
      if made.damage != nil { present.gap = .unreadable }
      if present.gap == nil {
        present.gap = try continueRecord(of: name, in: copy, above: max(base, newest))
      }
      present.change = ChangeID(Int64(max(base, newest) + 1))
      if let gap = present.gap {
        present.change = try writeChange(to: copy, base, above: newest, gap, kept: name)
      }
      return present
    } catch {
      present.remove()
      throw error
    }
  }

  private func keep(_ reader: Connection, as name: String) throws(AccessError) -> Backup {
    do {
      return try BackupWriter(source: reader, takesDamaged: true, work: work).write(
        to: OutputPath(name, for: .database, existing: .kept, databases: [reader.path]))
    } catch {
      throw AccessError(any: error, path: plan.path)
    }
  }

  /// Whether the file holds what was to be written; nil if it does not say.
  private func holds(_ live: Connection, _ change: ChangeID) -> Bool? {
    live.watch(nil)
    let found = try? live.count(
      "SELECT count(*) FROM company_access_change WHERE id = ?", [.integer(change.number)])
    return found.map { $0 > 0 }
  }

  private func comparison(_ present: Connection) throws -> (count: Int?, gap: RecordGap?) {
    do {
      return try RecordComparison(present, with: plan.source).onlyHere(plan.source)
    } catch let error as DatabaseError where error.isDamage {
      return (nil, .unreadable)
    }
  }

  /// Lets the record of the present file go on in the copy; says why if it cannot.
  private func continueRecord(
    of present: String, in copy: Connection, above newest: Int
  ) throws -> RecordGap? {
    let number = Int64(newest + 1)
    guard let record = try RestoredRecord(copy, present: present, as: number) else {
      return .otherMapping
    }
    defer { try? record.close() }
    try copy.inTransaction {
      try record.write { added, removed in
        try insertChange(to: copy, number, added, removed, nil, kept: present)
      }
    }
    if let damage = try copy.first("PRAGMA quick_check(1)", { $0.text(0) }), damage != "ok" {
      throw AccessError.diskError(path: copy.path, detail: damage)
    }
    return nil
  }

  /// Puts a change on the record of the backup, if that is going to be the file's.
  private func writeChange(
    to copy: Connection, _ base: Int, above newest: Int, _ gap: RecordGap, kept: String? = nil
  ) throws -> ChangeID {
    try copy.inTransaction {
      // One of an attempt before, in which another program was faster.
      try copy.execute("DELETE FROM company_access_change WHERE id > ?", [.count(base)])
      let number = Int64(max(base, newest) + 1)
      try insertChange(to: copy, number, 0, 0, gap, kept: kept)
      return ChangeID(number)
    }
  }

  private func insertChange(
    to copy: Connection, _ number: Int64, _ added: Int, _ removed: Int, _ gap: RecordGap?,
    kept: String?
  ) throws {
    let words = [
      reason.text, "restored from \(plan.source)",
      kept.map { "the file as it was before is \($0)" },
      gap.map { $0 == .noFile ? "\($0)" : "its record is in that file alone, because \($0)" },
    ]
    try copy.execute(
      """
      INSERT INTO company_access_change
        (id, at, actor, origin, action, reason, ticket, decided_at, added, removed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .integer(number), .text(Timestamp.now.text), .text(Actor.current),
        .text(origin.rawValue), .text(ChangeAction.restore.rawValue),
        .text(words.compactMap(\.self).joined(separator: "; ")), .optional(reason.ticket),
        .optional(reason.decidedAt?.text), .count(added), .count(removed),
      ])
    guard gap != nil else { return }
    try copy.execute(
      """
      INSERT INTO \(RecordTable.setting) (key, value) VALUES ('\(SchemaSetting.recordReplaced)', ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value
      """, [.integer(number)])
  }

  /// Writes the copy into the file, if that still is what has been kept; else gives false.
  private func write(
    _ copy: Connection, into live: Connection, _ version: UInt32
  ) throws -> Bool {
    var hasMoved: Bool?
    do {
      try copy.copy(into: live, pages: Self.pagesAtOnce) { remaining, total in
        work.report(total - remaining, of: total, .writing, always: hasMoved == nil)
        if hasMoved == nil { hasMoved = (try? live.contentVersion()) != version }
        return hasMoved == false && !work.isCancelled
      }
      return true
    } catch {
      if error.isInterrupted, hasMoved == true { return false }
      throw error
    }
  }
}
