internal import Database

extension ChangedEntity {
  /// Takes from the record what the attributes were before and after the change, of one that another
  /// program made, edited or deleted.
  mutating func takeAttributes(
    _ lifetime: Int64, _ relations: Relations, _ connection: any DatabaseSession
  ) throws {
    let kind = relations.recorded(id.kind)
    let names = kind.attributes.map(\.column.text)
    let last = "SELECT \(kind.list()) FROM \(kind.lifetimes) WHERE lifetime = ?1"
    func state(_ query: String) throws -> String? {
      try connection.first(query, [.integer(lifetime), .integer(change.number)]) {
        RowSnapshot(columns: RowValues($0, names: names)).json
      }
    }
    let former = "SELECT \(kind.list()) FROM \(kind.former) WHERE lifetime = ?1"
    switch event {
    case .made, .firstKnown: break
    case .edited: before = try state("\(former) AND ended_change = ?2")
    case .gone: before = try state("\(last) AND ended_change = ?2")
    }
    guard event != .gone else { return }
    after =
      try state("\(former) AND ended_change > ?2 AND present ORDER BY ended_change LIMIT 1")
      ?? state("\(last) AND ?2 IS NOT NULL")
  }
}
