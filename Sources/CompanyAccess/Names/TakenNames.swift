internal import Database

/// Compares a text for one user or company with what the others have.
struct TakenNames {
  let table: EntityTable
  /// Whom the text is for; nil for one who is added.
  let except: Key?

  private var connection: any DatabaseSession { table.connection }

  /// The function in SQL that says whether a text looks like the one that is compared.
  private static let function = "company_access_look_alike"

  /// Another row that has the same in a column, or what people would take for the same; nil for none.
  func finding(_ text: String, in column: SQLName) throws -> FieldNote.Finding? {
    let folded = Array(NameFold.look(text).utf8)
    let same = NameFold.same(text)
    var worst: FieldNote.Finding?
    try forEachLookAlike(of: folded, in: column) { row in
      let key = Key(row.value(2))
      guard key != except else { return }
      let words = "\(row.text(1)), id \(key)"
      if Array(row.text(0).utf8) == Array(text.utf8) {
        worst = .taken(by: words)
      } else if case .taken? = worst {
        return
      } else if NameFold.same(row.text(0)).utf8.elementsEqual(same.utf8) {
        worst = .same(as: words)
      } else if worst == nil {
        worst = .looksLike(words)
      }
    }
    return worst
  }

  /// Hands over the rows that people would take for one with a folded text: its name in the column, the
  /// label and the key.
  ///
  /// SQLite calls back for each name; a server has no such function, and sends the names.
  private func forEachLookAlike(
    of folded: [UInt8], in column: SQLName, _ body: (borrowing Row) throws -> Void
  ) throws {
    let rows = "l.\(column), l.\(table.label), l.\(table.key) FROM \(table.rows("l"))"
    if let file = connection as? Connection {
      try file.register(test: TakenNames.function) { arguments in
        arguments.bytes(0) { TakenNames.looks($0, like: folded) }
      }
      return try file.forEach(
        "SELECT \(rows) WHERE \(TakenNames.function)(l.\(column)) LIMIT 100", [], body)
    }
    try connection.forEach("SELECT \(rows) WHERE l.\(column) IS NOT NULL") { row in
      var name = row.text(0)
      if name.withUTF8({ TakenNames.looks($0, like: folded) }) { try body(row) }
    }
  }

  /// Whether the bytes of a name fold to these; names of ASCII are compared without being copied.
  private static func looks(_ name: UnsafeBufferPointer<UInt8>, like folded: [UInt8]) -> Bool {
    var place = 0
    for byte in name {
      guard byte < 0x80 else {
        return NameFold.look(String(decoding: name, as: UTF8.self)).utf8.elementsEqual(folded)
      }
      if byte <= 0x20 || byte == 0x7F { continue }
      // Letters of ASCII stay what they are before any other character.
      guard place < folded.count, folded[place] == (byte &- 0x41 < 26 ? byte | 0x20 : byte) else {
        return false
      }
      place += 1
    }
    return place > 0 && place == folded.count
  }

  /// What a name that no row has would mean besides, when it is typed: the id of a user or company,
  /// or the code or name of a company that is called otherwise in this field; nil for nothing.
  func callsAnother(_ text: String, _ field: EntityField) throws -> FieldNote.Finding? {
    let names = NameQueries(
      connection: connection, relations: Relations(mapping: table.mapping, moment: .now))
    switch (table.kind, field.id) {
    case (.user, "username"):
      let others = try names.users(withID: text).filter { $0.id.key != except }
      return others.first.map { .isID(of: $0.words) }
    case (.company, "name"), (.company, "code"):
      let caller = try names.companies(called: text).first { company in
        let other = field.id == "name" ? company.code : company.name
        return company.id.key != except && other == text
      }
      if let caller { return .calls(caller.words) }
      let others = try names.companies(withID: text).filter { $0.id.key != except }
      return others.first.map { .isID(of: $0.words) }
    default: return nil
    }
  }
}
