internal import Database

/// One kind of lines in the text of a change: what the change began, or what it ended.
///
/// It is made from the changes with which rows began and ended alone, so that a grant or a state that
/// ends later, and moves to another table, changes nothing in the text of the change that began it.
struct SealPart: Sendable {
  /// The first word of its lines.
  let mark: String
  /// The tables, for messages.
  let tables: String
  /// Queries for the first change, from the change ?1 on, that has such lines.
  let next: [String]
  /// A query for the rows of the change ?1, in the order of their keys.
  let rows: String
  /// How many columns of it are written as they are.
  let plain: Int
  /// The attributes in the columns behind them.
  var attributes: [SealedAttribute] = []
  /// Whether two columns with images follow.
  var hasImages = false
  /// The column that has to hold the change itself: with it a state begins.
  var began: Int?
  /// A query for such rows from before the record; nil if there are none.
  var beginning: String?

  /// Writes a row as a line.
  func write(_ row: borrowing Row, to text: inout SealText) {
    text.begin(mark)
    for column in 0..<plain { text.add(row, column) }
    if !attributes.isEmpty { text.add(row, from: plain, attributes) }
    if hasImages {
      text.addImage(row, plain)
      text.addImage(row, plain + 1)
    }
    text.end()
  }

  // MARK: - The parts

  /// All parts of the text of a change, in their order.
  static func all(_ mapping: SchemaMapping) -> [SealPart] {
    mapping.recordedKinds.flatMap { [begun($0), edited($0), ended($0)] }
      + [images, granted, revoked, .setting(Policy.self), .setting(OperatorList.self)]
  }

  private static func first(_ column: String, _ table: SQLName) -> String {
    "SELECT min(\(column)) FROM \(table) WHERE \(column) >= ?1"
  }

  /// The columns of a state: of the row `f`, or, where there is none, of the lifetime `l`.
  private static func state(_ kind: RecordedKind) -> String {
    let attributes = kind.attributes.map { column("\($0.name)", "\($0.name)") }
    return ([column("since_change", "began_change"), present] + attributes).joined(separator: ", ")
  }

  private static func column(_ own: String, _ former: String) -> String {
    "CASE WHEN f.lifetime IS NULL THEN l.\(own) ELSE f.\(former) END"
  }

  /// Whether the row was there in a state.
  private static let present = column("present", "present")

  /// Which lifetime another one continues, in a state.
  ///
  /// A lifetime that began with a grant, before its row was there, is only known to continue another one
  /// when an undo brings the row back; the change that began it must not have another text then.
  private static let continues = "CASE WHEN \(present) THEN l.continues END"

  /// When the row was made, of a state in which it was there: a server keeps it when the row comes, which
  /// may be later.
  private static let createdAt = "CASE WHEN \(present) THEN l.created_at END"

  /// A join with the state `f` of a lifetime that was the next to end, if it has ended.
  private static func state(of lifetime: String, after condition: String, _ kind: RecordedKind)
    -> String
  {
    """
    LEFT JOIN \(kind.former) AS f ON f.lifetime = \(lifetime) AND f.ended_change = (
      SELECT min(n.ended_change) FROM \(kind.former) AS n WHERE n.lifetime = \(lifetime)\(condition))
    """
  }

  /// Lifetimes that began, each with its first state.
  private static func begun(_ kind: RecordedKind) -> SealPart {
    func rows(_ isMeant: String) -> String {
      """
      SELECT l.lifetime, l.key, \(createdAt), \(continues), \(state(kind))
      FROM \(kind.lifetimes) AS l \(state(of: "l.lifetime", after: "", kind))
      WHERE l.began_change \(isMeant) ORDER BY l.lifetime
      """
    }
    return SealPart(
      mark: "\(kind.kind.rawValue) began", tables: "\(kind.lifetimes)",
      next: [first("began_change", kind.lifetimes)], rows: rows("= ?1"), plain: 6,
      attributes: SealedAttribute.all(of: kind), beginning: rows("IS NULL"))
  }

  /// States that ended, each with the one that follows it.
  private static func edited(_ kind: RecordedKind) -> SealPart {
    SealPart(
      mark: "\(kind.kind.rawValue) edited", tables: "\(kind.former)",
      next: [first("ended_change", kind.former)],
      rows: """
        SELECT p.lifetime, CASE WHEN NOT p.present THEN l.continues END, \(state(kind))
        FROM \(kind.former) AS p LEFT JOIN \(kind.lifetimes) AS l ON l.lifetime = p.lifetime
        \(state(of: "p.lifetime", after: " AND n.ended_change > p.ended_change", kind))
        WHERE p.ended_change = ?1 ORDER BY p.lifetime
        """,
      plain: 4, attributes: SealedAttribute.all(of: kind), began: 2)
  }

  private static func ended(_ kind: RecordedKind) -> SealPart {
    SealPart(
      mark: "\(kind.kind.rawValue) ended", tables: "\(kind.lifetimes)",
      next: [first("ended_change", kind.lifetimes)],
      rows: """
        SELECT lifetime FROM \(kind.lifetimes) WHERE ended_change = ?1 ORDER BY lifetime
        """,
      plain: 1)
  }

  private static let images = SealPart(
    mark: "image", tables: "\(RecordTable.rowImage)",
    next: [first("change", RecordTable.rowImage)],
    rows: """
      SELECT kind, lifetime, before, after FROM \(RecordTable.rowImage)
      WHERE change = ?1 ORDER BY entry
      """,
    plain: 2, hasImages: true)

  /// Grants that began, whether they stand or have ended.
  static let granted = SealPart(
    mark: "granted", tables: "\(RecordTable.currentGrant), \(RecordTable.endedGrant)",
    next: [
      first("began_change", RecordTable.currentGrant),
      first("began_change", RecordTable.endedGrant),
    ],
    rows: grants("= ?1"), plain: 2, beginning: grants("IS NULL"))

  private static func grants(_ isMeant: String) -> String {
    """
    SELECT user_lifetime, company_lifetime FROM \(RecordTable.currentGrant)
    WHERE began_change \(isMeant)
    UNION ALL
    SELECT user_lifetime, company_lifetime FROM \(RecordTable.endedGrant)
    WHERE began_change \(isMeant)
    ORDER BY 1, 2
    """
  }

  static let revoked = SealPart(
    mark: "ended", tables: "\(RecordTable.endedGrant)",
    next: [first("ended_change", RecordTable.endedGrant)],
    rows: """
      SELECT user_lifetime, company_lifetime, began_change, id, created_at, modified_at, "row"
      FROM \(RecordTable.endedGrant) WHERE ended_change = ?1
      ORDER BY user_lifetime, company_lifetime, began_change, entry
      """,
    plain: 7)

  // MARK: - What stood when the record was pruned

  /// What began up to the change ?1 and is still on the record: what a pruning has left.
  static func standing(_ mapping: SchemaMapping) -> [SealPart] {
    [
      SealPart(
        mark: "change", tables: "\(RecordTable.change)", next: [],
        rows: """
          SELECT \(SealPart.changeColumns) FROM \(RecordTable.change) WHERE id <= ?1 ORDER BY id
          """,
        plain: SealPart.changePlain)
    ] + mapping.recordedKinds.map(standing(_:)) + [standingGrants]
  }

  private static func standing(_ kind: RecordedKind) -> SealPart {
    SealPart(
      mark: kind.kind.rawValue, tables: "\(kind.lifetimes)", next: [],
      rows: """
        SELECT l.lifetime, l.key, \(createdAt), \(continues), l.began_change,
          CASE WHEN l.ended_change <= ?1 THEN l.ended_change END, \(state(kind))
        FROM \(kind.lifetimes) AS l
        \(state(of: "l.lifetime", after: " AND n.ended_change > ?1", kind))
        WHERE coalesce(l.began_change, 0) <= ?1 ORDER BY l.lifetime
        """,
      plain: 8, attributes: SealedAttribute.all(of: kind))
  }

  private static let standingGrants = SealPart(
    mark: "grant", tables: "\(RecordTable.currentGrant), \(RecordTable.endedGrant)", next: [],
    rows: """
      SELECT user_lifetime, company_lifetime, began_change FROM \(RecordTable.currentGrant)
      WHERE coalesce(began_change, 0) <= ?1
      UNION ALL
      SELECT user_lifetime, company_lifetime, began_change FROM \(RecordTable.endedGrant)
      WHERE coalesce(began_change, 0) <= ?1 AND ended_change > ?1
      ORDER BY 1, 2, 3
      """,
    plain: 3)

  /// The columns of a change, in the order in which its line has them.
  static let changeColumns =
    "id, at, actor, origin, action, reason, ticket, decided_at, added, removed, undoes"
  static let changePlain = 11
}
