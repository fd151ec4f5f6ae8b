internal import Database

/// Where the users, companies and grants of a moment are found.
///
/// Now they are the rows of the application's tables, which are the truth. A moment is read from the
/// record alone, by one rule: what stands and what has ended, each with `began <= n < ended`, where `n`
/// is the newest change of the moment. So there are two *sources* of each, of which every statement is
/// composed in the same way.
struct Relations: Hashable, Sendable {
  let mapping: SchemaMapping
  /// The newest change of the moment; nil for now.
  let last: Int64?
  /// The time, as SQL, of a moment before the record began, at which only rows that were found
  /// then and had been made before can have been there.
  let time: String?

  /// The sides on which grants are left out whose user, or whose company, is not there; empty where
  /// it is known that all are there, or does not matter.
  var leavesOut: MissingParents = []

  /// The kinds of which an earlier holder of an id may have a grant at the moment, so that the grants
  /// of an id are not those of one lifetime.
  var formerKinds: Set<EntityKind> = [.user, .company]

  /// Whether each row counts as a pair of its own, although the table may hold several of one.
  var takesPairsAsDistinct = false

  /// The parameter to which the newest change is bound; nil to write its number into the SQL.
  private var parameter: String?

  /// Whether the moment is now or after some change.
  var isOnRecord: Bool { time == nil }

  /// The relations of a moment, whose change is not checked.
  init(mapping: SchemaMapping, moment: Moment) {
    self.mapping = mapping
    (last, time) =
      switch moment {
      case .now: (nil, nil)
      case .after(let change): (change.number, nil)
      case .beforeRecord(let time): (0, SQLText.literal(time.text))
      }
  }

  /// The relations of a moment that is on the record, and still kept.
  init(mapping: SchemaMapping, moment: Moment, connection: any DatabaseSession) throws {
    self.init(mapping: mapping, moment: moment)
    guard let last else { return }
    // One statement, because looking at one pair costs hardly more than that.
    let facts = try connection.first(
      "SELECT \(Relations.facts(of: "?1"))", [.integer(last)]
    ) { (isThere: $0.bool(0), isPruned: $0.bool(1)) }
    guard let facts else { return }
    if case .after(let change) = moment, !facts.isThere {
      throw AccessError.noSuchChange(change)
    }
    if facts.isPruned, let kept = try RetentionStart(connection) {
      throw AccessError.notKept(before: kept.time)
    }
  }

  /// Two conditions: whether there is a change, and whether its moment is not kept any more.
  private static func facts(of change: String) -> String {
    """
    EXISTS (SELECT 1 FROM \(RecordTable.change) WHERE id = \(change)),
      EXISTS (SELECT 1 FROM \(RecordTable.setting)
        WHERE key = '\(RetentionStart.changeKey)' AND CAST(value AS INTEGER) > \(change))
    """
  }

  /// A query whether the user ?1 had a grant of the company ?2 after the change ?3, whether there is
  /// that change, and whether its moment is not kept any more.
  ///
  /// It is the same for all moments, so that it is composed and compiled once.
  static func check(_ mapping: SchemaMapping) -> String {
    var relations = Relations(mapping: mapping, moment: .after(ChangeID(0)))
    relations.parameter = "?3"
    return "SELECT \(relations.exists(user: "?1", company: "?2")), \(facts(of: "?3"))"
  }

  /// What the record keeps of users, or of companies.
  func recorded(_ kind: EntityKind) -> RecordedKind { RecordedKind(kind, mapping) }
}

// MARK: Grants on the record

extension Relations {
  /// One of the tables of the record with grants, under the name `rg`.
  struct GrantSource {
    let table: SQLName
    /// Picks the rows of the moment; nil for all.
    let condition: String?
    /// When the row of the grant was made, for a grant `rg` of the user `lu` and the company `lk`.
    let createdAt: String
  }

  var grantSources: [GrantSource] {
    let current = """
      (SELECT x.created_at FROM \(mapping.access.grants) AS x
        WHERE x.user_id = lu.key AND x.company_id = lk.key)
      """
    let ended = "rg.created_at"
    if let time {
      return [
        GrantSource(
          table: RecordTable.currentGrant,
          condition: "rg.began_change IS NULL AND \(utc(current)) <= \(time)",
          createdAt: current),
        GrantSource(
          table: RecordTable.endedGrant,
          condition:
            "rg.began_change IS NULL AND \(utc("rg.created_at")) <= \(time)",
          createdAt: ended),
      ]
    }
    guard let last = parameter ?? last.map({ "\($0)" }) else {
      return [GrantSource(table: RecordTable.currentGrant, condition: nil, createdAt: current)]
    }
    return [
      GrantSource(
        table: RecordTable.currentGrant, condition: "coalesce(rg.began_change, 0) <= \(last)",
        createdAt: current),
      GrantSource(
        table: RecordTable.endedGrant,
        condition: "rg.ended_change > \(last) AND coalesce(rg.began_change, 0) <= \(last)",
        createdAt: ended),
    ]
  }

  /// `FROM` and `WHERE` of a table with grants `rg`, their users `lu` and their companies `lk`.
  ///
  /// - Parameters:
  ///   - source: The table.
  ///   - user: The key of a user, an expression; nil for all.
  ///   - company: The key of a company, an expression; nil for all.
  ///   - more: Further conditions.
  ///   - grantsOnly: Whether users and companies are left away that no condition is about.
  /// - Returns: The end of a query.
  func from(
    _ source: GrantSource, user: String?, company: String?, _ more: [String] = [],
    grantsOnly: Bool = false
  ) -> String {
    let rg = "\(source.table) AS rg"
    // The condition for a moment before the record looks for the row of the grant by its keys.
    let needsAll = !grantsOnly || !isOnRecord
    let needsUsers = needsAll || user != nil || leavesOut.contains(.users)
    let needsCompanies = needsAll || company != nil || leavesOut.contains(.companies)
    let lu = needsUsers ? ["\(RecordedKind.lifetimes(of: .user)) AS lu"] : []
    let lk = needsCompanies ? ["\(RecordedKind.lifetimes(of: .company)) AS lk"] : []
    // The order in which SQLite is to take them: what is given leads.
    let tables =
      switch (user, company) {
      case (nil, nil): [rg] + lu + lk
      case (_, nil): lu + [rg] + lk
      case (nil, _): lk + [rg] + lu
      default: lu + lk + [rg]
      }
    let joins =
      (needsUsers ? ["lu.lifetime = rg.user_lifetime"] : [])
      + (needsCompanies ? ["lk.lifetime = rg.company_lifetime"] : [])
    let conditions =
      joins
      + [user.map { "lu.key = \($0)" }, company.map { "lk.key = \($0)" }, source.condition]
      .compactMap(\.self) + presence("lu.key", "lk.key") + more
    return """
      FROM \(tables.joined(separator: " CROSS JOIN "))
      WHERE \(conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND "))
      """
  }

  /// When a grant on the record began: the time of its change, or, where none is known, of its row.
  private func beganAt(_ source: GrantSource) -> String {
    """
    coalesce((SELECT h.at FROM \(RecordTable.change) AS h WHERE h.id = rg.began_change),
      \(source.createdAt))
    """
  }

  /// A query for the grants of the record at the moment, for a pair whose keys are expressions.
  ///
  /// - Parameters:
  ///   - columns: Expressions over the grant `rg`, its user `lu` and its company `lk`.
  ///   - user: The key of the user.
  ///   - company: The key of the company.
  ///   - conditions: Further conditions.
  /// - Returns: One query for each table with grants.
  func recordedGrants(
    _ columns: String, user: String, company: String, _ conditions: [String] = []
  ) -> [String] {
    grantSources.map {
      "SELECT \(columns) \(from($0, user: user, company: company, conditions))"
    }
  }
}

// MARK: Grants

extension Relations {
  /// `FROM` and `WHERE` of the rows `a` of the access table that count now: one for each grant, or each.
  func fromAccess(
    _ rows: KeyPath<SchemaMapping.Access, String>, user: String? = nil, company: String? = nil
  ) -> String {
    let few = user != nil && mapping.access.findsPairsByUser ? "+" : ""
    let conditions =
      [user.map { "a.user_id = +\($0)" }, company.map { "\(few)a.company_id = +\($0)" }]
      .compactMap(\.self) + presence
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    return "FROM \(mapping.access[keyPath: rows]) AS a\(filter)"
  }

  /// A relation with the columns `user_id` and `company_id`: all grants, or those of a user or a
  /// company, given as expressions.
  ///
  /// - Parameters:
  ///   - user: The key of a user; nil for all.
  ///   - company: The key of a company; nil for all.
  ///   - details: Whether it has the columns `change_id`, the change with which the grant began, and
  ///     `granted_at`, its time, too.
  /// - Returns: The relation.
  func grants(user: String? = nil, company: String? = nil, details: Bool = false) -> String {
    guard last != nil else {
      let more =
        details
        ? """
        , \(began(user: "a.user_id", company: "a.company_id")) AS change_id,
          \(grantedAtOfRow) AS granted_at
        """ : ""
      let rows = fromAccess(\.grants, user: user, company: company)
      return "(SELECT a.user_id, a.company_id\(more) \(rows))"
    }
    let all = grantSources.map { source in
      let more =
        details ? ", rg.began_change AS change_id, \(beganAt(source)) AS granted_at" : ""
      return """
        SELECT lu.key AS user_id, lk.key AS company_id\(more)
        \(from(source, user: user, company: company))
        """
    }
    return "(" + all.joined(separator: " UNION ALL ") + ")"
  }

  /// An expression: the change with which the grant of a pair began that stands now; NULL if it was
  /// there before the record, or if there is none.
  private func began(user: String, company: String) -> String {
    let now = Relations(mapping: mapping, moment: .now)
    return "(\(now.recordedGrants("rg.began_change", user: user, company: company)[0]))"
  }

  /// An expression for a row `a` of the access table: when its grant began.
  private var grantedAtOfRow: String {
    """
    coalesce((SELECT h.at FROM \(RecordTable.change) AS h
      WHERE h.id = \(began(user: "a.user_id", company: "a.company_id"))), a.created_at)
    """
  }

  /// A condition: whether there is such a grant.
  func exists(user: String? = nil, company: String? = nil) -> String {
    guard last != nil else {
      return "EXISTS (SELECT 1 \(fromAccess(\.rows, user: user, company: company)))"
    }
    let all = grantSources.map {
      "EXISTS (SELECT 1 \(from($0, user: user, company: company, grantsOnly: true)))"
    }
    return "(" + all.joined(separator: " OR ") + ")"
  }

  /// An expression: when a grant began; NULL if there is no such grant.
  ///
  /// It is the time of the change that began it. Of a grant that was there before the record, it is the
  /// time of its row.
  func grantedAt(user: String, company: String) -> String {
    guard last != nil else {
      return "(SELECT \(grantedAtOfRow) \(fromAccess(\.grants, user: user, company: company)))"
    }
    return coalesced(
      grantSources.map {
        "(SELECT \(beganAt($0)) \(from($0, user: user, company: company)))"
      })
  }

  /// An expression: the change that began a grant; NULL if there is none.
  func grantedBy(user: String, company: String) -> String {
    guard last != nil else { return began(user: user, company: company) }
    return coalesced(
      recordedGrants("rg.began_change", user: user, company: company).map { "(\($0))" })
  }

  private func coalesced(_ all: [String]) -> String {
    all.count > 1 ? "coalesce(\(all.joined(separator: ", ")))" : all[0]
  }
}
