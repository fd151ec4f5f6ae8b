internal import Database

extension AccessStore {
  /// Deleted companies whose name, or id, is the text, the newest first.
  ///
  /// - Parameter text: A name exactly, or an id, which may be a UUID in any of the usual forms.
  /// - Returns: Their ends, as the record has them.
  /// - Throws: What the database answers.
  public func deletedCompanies(named text: String) throws(AccessError) -> [ChangedEntity] {
    let ids = [.text(text)] + KeyText.stored(text)
    let list = ids.map { _ in "?" }.joined(separator: ", ")
    return try read { connection in
      try connection.rows(
        """
        SELECT \(ChangedEntity.columns) FROM company_access_entity AS e
        WHERE e.kind = 'company' AND e.gone = 1
          AND (e.name = ? OR e.id IN (\(list)) OR CAST(e.id AS TEXT) = ?)
        ORDER BY e.change_id DESC, e.rowid DESC LIMIT 100
        """, [.text(text)] + ids + [.text(text)]
      ) { ChangedEntity($0) }
    }
  }
}
