internal import Database

/// A moment that was asked for by a time or by a change.
public struct ResolvedMoment: Hashable, Sendable {
  /// The state to look at.
  public let moment: Moment
  /// The last change that belongs to it; nil before the first.
  public let change: Change?
  /// The time that was asked for.
  public let at: Timestamp
  /// What is to be known about answers for this moment; the gravest first.
  public let notices: [MomentNotice]

  /// The gravest notice.
  public var notice: MomentNotice? { notices.first }
}

/// Why answers for a moment may not be the whole truth.
public enum MomentNotice: Hashable, Sendable {
  /// It is before the record began, at this time; nil if the record is empty.
  case beforeRecord(begins: Timestamp?)
  /// These objects are missing, without which what other programs do leaves no trace.
  case incomplete(missing: [String])
  /// Objects were missing for some time before this change, which is later than the moment.
  case gap(before: ChangeID)
  /// The application does not say when its users, or its companies, were added.
  case beginningsUnknown(users: Bool, companies: Bool)
  /// The database was restored from a backup after the moment.
  case restored(RestorationNote)
  /// The clock of this change, which belongs to the moment, showed a later time.
  case clockWentBack(ChangeID)
}

extension MomentNotice: CustomStringConvertible {
  /// What it means for the answer, without a full stop.
  public var description: String {
    switch self {
    case .beforeRecord(let begins?):
      "the record begins on \(begins.localMinuteAndZone): "
        + "of earlier grants only those that still stood then are known"
    case .beforeRecord(nil): "the record is empty: only grants that still stand are known"
    case .incomplete(let missing):
      "the record has gaps without \(missing.joined(separator: ", ")): "
        + "grants that other programs have ended since may be missing here"
    case .gap(let change):
      "the record had a gap before change \(change): "
        + "grants that other programs ended in it are missing here"
    case .beginningsUnknown(let users, let companies):
      (users ? companies ? "users and companies" : "users" : "companies")
        + " do not say when they were added: those who came later are shown too"
    case .restored(let note): note.description
    case .clockWentBack(let change):
      "the clock went back: change \(change) came earlier, though its time is later"
    }
  }
}

extension AccessStore {
  /// The state at a time.
  ///
  /// It is the state after the last change, by the order of changes, whose clock showed that time
  /// or an earlier one. When a clock went back, changes with a later time may be among those
  /// before it: the order in which things happened counts, and a notice names the first of them.
  ///
  /// - Parameter time: When.
  /// - Returns: The moment, with what is to be known about it.
  /// - Throws: `.notKept` if the record of that time has been pruned; what the database answers.
  public func moment(at time: Timestamp) throws(AccessError) -> ResolvedMoment {
    let mapping = mapping
    return try read { connection in
      let change = try ChangeReader(connection, mapping)
        .changes("WHERE x.at <= ? ORDER BY x.id DESC LIMIT 1", [.text(time.text)]).first
      return try ResolvedMoment(change, time, connection, mapping)
    }
  }

  /// The state after a change.
  ///
  /// - Parameter id: The change.
  /// - Returns: The moment, with what is to be known about it.
  /// - Throws: `.noSuchChange`, `.notKept`, what the database answers.
  public func moment(after id: ChangeID) throws(AccessError) -> ResolvedMoment {
    let mapping = mapping
    return try read { connection in
      guard let change = try ChangeReader(connection, mapping).change(id) else {
        throw AccessError.noSuchChange(id)
      }
      return try ResolvedMoment(change, change.at, connection, mapping)
    }
  }
}

extension AccessStore {
  /// The state after a change, as the answer for a time that was asked for; without a change the state
  /// before the first one.
  func moment(after id: ChangeID?, at time: Timestamp) throws(AccessError) -> ResolvedMoment {
    let mapping = mapping
    return try read { connection in
      let change = try id.flatMap { try ChangeReader(connection, mapping).change($0) }
      if let id, change == nil { throw AccessError.noSuchChange(id) }
      return try ResolvedMoment(change, time, connection, mapping)
    }
  }

  /// The change next to another one.
  ///
  /// - Parameters:
  ///   - id: The change; nil for what comes after all.
  ///   - newer: Whether the one that follows is wanted, or the one before.
  /// - Returns: The change; nil if there is none.
  /// - Throws: What the database answers.
  package func neighbor(of id: ChangeID?, newer: Bool) throws(AccessError) -> ChangeID? {
    try read { connection in
      let (function, sign) = newer ? ("min", ">") : ("max", "<")
      return try connection.first(
        "SELECT \(function)(id) FROM \(RecordTable.change) WHERE CAST(?1 AS INTEGER) IS NULL OR id \(sign) ?1",
        [id.map { .integer($0.number) } ?? .null]
      ) { $0.changeID(0) } ?? nil
    }
  }
}

extension MomentNotice {
  /// A condition for a change that put on the record what had happened while nothing watched.
  static let endsGap = """
    action IN ('\(ChangeAction.recordResumed.rawValue)', '\(ChangeAction.found.rawValue)')
    """
}

extension ResolvedMoment {
  fileprivate init(
    _ change: Change?, _ time: Timestamp, _ connection: any DatabaseSession,
    _ mapping: SchemaMapping
  ) throws {
    let moment = change.map { Moment.after($0.id) } ?? .beforeRecord(time)
    let relations = try Relations(mapping: mapping, moment: moment, connection: connection)
    self.moment = moment
    self.change = change
    at = time
    func first(_ condition: String, _ arguments: [Value]) throws -> ChangeID? {
      try connection.first(
        "SELECT min(id) FROM \(RecordTable.change) WHERE \(condition)", arguments
      ) { $0.changeID(0) } ?? nil
    }
    var notices: [MomentNotice] = []
    if change == nil {
      let begins = try connection.first(
        "SELECT at FROM \(RecordTable.change) ORDER BY id LIMIT 1"
      ) { $0.timestamp(0) }
      notices.append(.beforeRecord(begins: begins))
    }
    let findings = try Schema(mapping: mapping).check(connection)
    if !findings.missing.isEmpty { notices.append(.incomplete(missing: findings.missing)) }
    let last: [Value] = [.integer(relations.last ?? 0)]
    if let gap = try first("id > ? AND \(MomentNotice.endsGap)", last) {
      notices.append(.gap(before: gap))
    }
    notices += try RestorationNote.all(where: "x.id > ?", last, connection).map { .restored($0) }
    if let early = try first("id <= ? AND at > ?", last + [.text(time.text)]) {
      notices.append(.clockWentBack(early))
    }
    // Of those who came later, the record has the beginning.
    let (users, companies) = (mapping.users.createdAt == nil, mapping.companies.createdAt == nil)
    if change == nil, users || companies {
      notices.append(.beginningsUnknown(users: users, companies: companies))
    }
    self.notices = notices
  }
}
