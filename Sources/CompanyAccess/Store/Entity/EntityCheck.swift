internal import Database

/// Reads what was typed into the fields, and says what is wrong with it.
struct EntityCheck {
  /// What the fields come to.
  struct Outcome {
    var notes: [FieldNote] = []
    /// What goes into the columns of the row.
    var columns = RowValues()
    /// The company to which a user is to belong, where another table says so; NULL for none.
    var home: StoredValue?

    var problems: [FieldNote] { notes.filter(\.isProblem) }
  }

  let entity: EntityFields
  /// Whom it is about; nil for one who is added.
  let id: Key?
  /// What the fields hold now; what stays as it is is not looked at.
  let now: [String: String]

  private var table: EntityTable { entity.table }
  private var connection: any DatabaseSession { table.connection }

  /// Checks what was typed into some fields; an added row needs all that are required.
  func check(_ values: [String: String], _ fields: [EntityField]) throws -> Outcome {
    var outcome = Outcome()
    for field in fields {
      guard let typed = values[field.id] ?? (id == nil ? "" : nil) else { continue }
      let text = EntityCheck.trimmed(typed)
      let isSame = [typed, text].contains { $0.utf8.elementsEqual((now[field.id] ?? "").utf8) }
      if id != nil, isSame { continue }
      if let fault = form(text, of: field) {
        outcome.notes.append(note(fault, field))
        continue
      }
      let (stored, more) = try meaning(text, of: field)
      outcome.notes += more.map { note($0, field) }
      if field.id == EntityFields.home, table.homeColumn == nil {
        outcome.home = stored
      } else if id != nil || stored.value != .null {
        outcome.columns[field.column.text] = stored
      }
    }
    return outcome
  }

  private func note(_ finding: FieldNote.Finding, _ field: EntityField) -> FieldNote {
    FieldNote(field: field.id, label: field.label, finding: finding)
  }

  /// Without blanks at its ends.
  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  // MARK: - The text alone

  /// Why a text cannot stand in a field, from the text alone; nil if it can.
  private func form(_ text: String, of field: EntityField) -> FieldNote.Finding? {
    if text.isEmpty { return field.isRequired ? .empty : nil }
    let count = text.unicodeScalars.count
    if let limit = field.maximumLength, count > limit { return .tooLong(count, limit: limit) }
    if count > EntityCheck.longest { return .tooLong(count, limit: EntityCheck.longest) }
    if let fault = NameGate.fault(text) { return fault }
    return field.kind == .email && !EntityCheck.isAddress(text) ? .notAnAddress : nil
  }

  /// For columns of which the database does not say how much they hold.
  private static let longest = 1_000

  /// Whether a text can be an address: something, one `@`, and a host.
  static func isAddress(_ text: String) -> Bool {
    let parts = text.unicodeScalars.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty,
      !text.unicodeScalars.contains(where: { $0.properties.isWhitespace })
    else { return false }
    return parts[1].split(separator: ".", omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty }
  }

  // MARK: - What it means here

  private func meaning(
    _ text: String, of field: EntityField
  ) throws -> (StoredValue, [FieldNote.Finding]) {
    guard !text.isEmpty else { return (StoredValue(.null), []) }
    switch field.kind {
    case .role: return try role(text, field)
    case .company: return try company(text)
    case .text, .email:
      if let lookup = table.lookup(of: field) { return try lookedUp(text, lookup) }
      let taken = TakenNames(table: table, except: id)
      let isName = ["username", "name", "code", "email"].contains(field.id)
      if isName || field.isUnique, let finding = try taken.finding(text, in: field.column) {
        return (StoredValue(.text(text)), [finding])
      }
      var findings = isName ? [] : try missing(text, field)
      if let other = try taken.callsAnother(text, field) { findings.append(other) }
      if let remark = NameGate.remark(text) { findings.append(remark) }
      return (StoredValue(.text(text)), findings)
    }
  }

  private func role(
    _ text: String, _ field: EntityField
  ) throws -> (StoredValue, [FieldNote.Finding]) {
    let folded = NameFold.same(text)
    let exact = field.choices.filter { Array($0.utf8) == Array(text.utf8) }
    let found =
      exact.isEmpty
      ? field.choices.filter { NameFold.same($0) == folded } : exact
    // Where no user has a role yet, any may be the first.
    if field.choices.isEmpty, case .column = table.mapping.users.role {
      return (StoredValue(.text(text)), [])
    }
    guard found.count == 1, let stored = try entity.stored(role: found[0]) else {
      return (StoredValue(.null), [.notARole(choices: field.choices)])
    }
    return (stored, [])
  }

  /// The key of the row of another table with a text, of which there must be one.
  private func lookedUp(
    _ text: String, _ lookup: SchemaMapping.Lookup
  ) throws -> (StoredValue, [FieldNote.Finding]) {
    let found = try connection.rows(
      """
      SELECT r.\(lookup.key) FROM \(lookup.table) AS r
      WHERE r.\(lookup.name) = ? COLLATE BINARY ORDER BY 1 LIMIT 20
      """, [.text(text)]
    ) { StoredValue($0, 0) }
    if found.count == 1 { return (found[0], []) }
    guard found.isEmpty else {
      return (
        StoredValue(.null),
        [.severalRows(table: lookup.table.text, keys: found.map { $0.words ?? "" })]
      )
    }
    let choices = try connection.rows(
      """
      SELECT \(table.mapping.text("r.\(lookup.name)")) FROM \(lookup.table) AS r
      WHERE r.\(lookup.name) IS NOT NULL ORDER BY 1 LIMIT 20
      """
    ) { $0.text(0) }
    return (StoredValue(.null), [.notFound(table: lookup.table.text, choices: choices)])
  }

  private func company(_ text: String) throws -> (StoredValue, [FieldNote.Finding]) {
    let names = NameQueries(
      connection: connection, relations: Relations(mapping: table.mapping, moment: .now))
    let found = try names.companies(text)
    guard found.count == 1 else {
      if found.isEmpty {
        let similar = try names.companies(similarTo: text).map(\.words)
        return (StoredValue(.null), [.noCompany(similar: similar)])
      }
      return (StoredValue(.null), [.severalCompanies(found.map(\.words))])
    }
    return (StoredValue(found[0].id.value), [.means(found[0].words)])
  }

  /// Whether a column refers to a row that is not there.
  private func missing(_ text: String, _ field: EntityField) throws -> [FieldNote.Finding] {
    guard let parent = try table.parent(of: field.column) else { return [] }
    let column = table.mapping.text("\(parent.column)")
    let found = try connection.count(
      "SELECT count(*) FROM \(parent.table) WHERE \(column) = ?", [.text(text)])
    if found > 0 { return [] }
    let choices = try connection.rows(
      "SELECT \(column) FROM \(parent.table) ORDER BY 1 LIMIT 20"
    ) { $0.text(0) }
    return [.notFound(table: parent.table.text, choices: choices)]
  }
}

extension AccessStore {
  /// What is to be said about what was typed, before anything is saved.
  ///
  /// - Parameters:
  ///   - edit: What is wanted.
  ///   - work: Cancels the query.
  /// - Returns: Problems, and what is worth a second look, by field.
  /// - Throws: `.noSuchUser` or `.noSuchCompany`, `.cancelled`, or what the database answers.
  public func check(_ edit: EntityEdit, work: Work? = nil) throws(AccessError) -> [FieldNote] {
    let mapping = mapping
    return try read(work: work) { connection in
      let entity = EntityFields(try EntityTable(edit.kind, mapping, connection))
      let form = try entity.form(of: edit.id)
      return try EntityCheck(entity: entity, id: edit.id?.key, now: form.values)
        .check(edit.values, form.fields).notes
    }
  }
}
