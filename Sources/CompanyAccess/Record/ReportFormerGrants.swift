internal import Database

/// The grants of a report whose user or company was gone at its end, or had left the id to another one.
struct ReportFormerGrants {
  private let connection: any DatabaseSession
  private let relations: Relations

  init(_ writer: ReportWriter) {
    connection = writer.reader.connection
    relations = writer.relations
  }

  func write(to folder: inout ReportFolder, _ content: inout ReportContent) throws {
    let file = try folder.create(ReportWriter.former)
    try file.header([
      "user_id", "user", "company_id", "company", "change", "of", "deleted_by_change",
    ])
    if relations.isOnRecord {
      try connection.forEach(relations.endedHolders) { row in
        let kind = row.bool(5) ? "user" : "company"
        try file.row([
          row.userID(0).description, row.optionalText(1), row.companyID(2).description,
          row.optionalText(3), row.changeID(4)?.description,
          row.bool(6) ? "earlier \(kind)" : "missing \(kind)", row.changeID(7)?.description,
        ])
      }
    }
    content.figures.formerGrants = file.rows
    try folder.finish(file, ReportWriter.former, hasRows: true)
  }
}

extension Relations {
  /// A query for the grants of the moment whose user or company had ended by then: the keys with the last
  /// names, the change that began the grant, whether it is about the user, whether the id has another
  /// holder, and the change that ended the life.
  ///
  /// It begins with the lifetimes that have ended, which an index has.
  var endedHolders: String {
    let last = last.map(String.init) ?? String(Int64.max)
    let sources: [(table: SQLName, condition: String)] = [
      (RecordTable.currentGrant, "coalesce(rg.began_change, 0) <= \(last)"),
      (
        RecordTable.endedGrant,
        "rg.ended_change > \(last) AND coalesce(rg.began_change, 0) <= \(last)"
      ),
    ]
    let queries = EntityKind.allCases.flatMap { kind in
      let (one, other) = kind == .user ? ("lu", "lk") : ("lk", "lu")
      let (ended, second) = (recorded(kind), recorded(kind == .user ? .company : .user))
      let holders = kind == .user ? users() : companies()
      return sources.map { source in
        """
        SELECT lu.key, \(mapping.text("lu.name")), lk.key, \(mapping.text("lk.name")), rg.began_change, \(kind == .user ? 1 : 0),
          \(isThere("\(one).key", holders)), \(one).ended_change
        FROM \(ended.lifetimes) AS \(one) CROSS JOIN \(source.table) AS rg
        CROSS JOIN \(second.lifetimes) AS \(other)
        WHERE \(one).ended_change IS NOT NULL AND \(one).ended_change <= \(last)
          AND rg.\(ended.lifetimeOfGrant) = \(one).lifetime
          AND \(other).lifetime = rg.\(second.lifetimeOfGrant) AND \(source.condition)
          AND \(isFormer(kind))
        """
      }
    }
    return queries.joined(separator: " UNION ALL ") + " ORDER BY 6 DESC, 2, 1, 4, 3, 5"
  }
}
