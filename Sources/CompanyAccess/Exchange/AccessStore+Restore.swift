internal import Database
internal import Formats

/// What a whole export has brought into an empty database.
public struct RestoredRows: Hashable, Sendable {
  /// The change on the record; nil if nothing was written.
  public let change: ChangeID?
  /// How many users there are now.
  public let users: Int
  /// How many companies there are now.
  public let companies: Int
  /// How many grants there are now.
  public let grants: Int
}

extension AccessStore {
  /// Takes in a whole export, which only an empty database does.
  ///
  /// Ids and times of the rows are those of the export; on the record they all begin with one
  /// change of now, which the triggers see to.
  ///
  /// - Parameters:
  ///   - file: The document.
  ///   - reason: Why, for the record.
  ///   - dryRun: Whether everything is checked and then taken back.
  ///   - work: Hears of the progress, and can cancel.
  /// - Returns: What came in.
  /// - Throws: `ImportError` with what is wrong in the file, `.notEmpty`, or what is wrong with the
  ///   database; nothing has been written then.
  package func restore(
    _ file: ImportFile, reason: ChangeReason, dryRun: Bool, work: Work? = nil
  ) throws -> RestoredRows {
    if let readOnlyReason { throw AccessError.readOnly(readOnlyReason) }
    try requireMaintenance()
    let mapping = mapping
    let (actor, origin) = (actor, origin)
    let result: Result<RestoredRows, ImportError> = try using(work) { connection in
      do {
        return .success(
          try connection.inTransaction(commits: !dryRun) {
            var restorer = Restorer(connection: connection, mapping: mapping, work: work)
            return try InputError.translated {
              try restorer.run(file.bytes, actor, origin, reason)
            }
          })
      } catch let error as ImportError {
        return .failure(error)
      }
    }
    return try result.get()
  }
}

/// Writes the rows of a whole export.
private struct Restorer {
  let connection: any DatabaseSession
  let mapping: SchemaMapping
  let work: Work?
  private var count = 0
  private var names: DocumentNames

  init(connection: any DatabaseSession, mapping: SchemaMapping, work: Work?) {
    self.connection = connection
    self.mapping = mapping
    self.work = work
    names = DocumentNames(mapping)
  }

  mutating func run(
    _ bytes: InputBytes, _ actor: String, _ origin: Origin, _ reason: ChangeReason
  ) throws -> RestoredRows {
    try AccessStore.checkRecord(connection, mapping)
    let parts = try WholeExport.parts(mapping, connection)
    for table in [mapping.users.table, mapping.companies.table, mapping.access.table]
    where try connection.count("SELECT EXISTS (SELECT 1 FROM \(table))") != 0 {
      throw AccessError.notEmpty(table: table.text)
    }
    let isFile = connection is Connection
    // The arrays may come in any order, and a server looks at most foreign keys at once.
    if isFile { try connection.execute("PRAGMA defer_foreign_keys = ON") }
    let header = ChangeHeader(
      actor: actor, origin: origin, action: .importFile, reason: reason, added: 0, removed: 0,
      undoes: nil, actions: [.grant, .add])
    let change = try header.begin(on: connection)
    let isInOrder = try isFile || hasParentsFirst(bytes, parts)
    for parts in isInOrder ? [parts] : parts.map({ [$0] }) { try read(bytes, parts) }
    try names.check()
    if !isFile { for part in parts { try setNextKey(of: part) } }
    let rows = try finish(change)
    try ChangeHeader.end(on: connection)
    return rows
  }

  private mutating func read(_ bytes: InputBytes, _ parts: [WholeExport.Part]) throws {
    var reader = try JSONReader(bytes)
    guard try reader.next() == .beginObject else {
      throw ImportError(line: reader.line, .unexpectedJSON("an object is expected"))
    }
    var found = SchemaMapping.hrm.name
    while case .key(let name) = try reader.next() {
      guard let value = try reader.next() else { break }
      if name == WholeExport.mark, value != .integer(WholeExport.version) {
        throw ImportError(
          line: reader.line, .unexpectedJSON("it is of a later version of this program"))
      }
      if case (WholeExport.mappingKey, .string(let name)) = (name, value) { found = name }
      if value == .beginArray { try checkMapping(found) }
      guard let part = parts.first(where: { $0.name == name }) else {
        try reader.skip(value)
        continue
      }
      guard value == .beginArray else {
        throw ImportError(line: reader.line, .unexpectedJSON("\(name) is no array"))
      }
      while case .beginObject = try reader.next() { try readRow(&reader, part) }
    }
    // What follows the document must be nothing.
    _ = try reader.next()
  }

  /// Whether the arrays of a document come in the order of the parts.
  private func hasParentsFirst(
    _ bytes: InputBytes, _ parts: [WholeExport.Part]
  ) throws -> Bool {
    var reader = try JSONReader(bytes)
    guard try reader.next() == .beginObject else { return true }
    var last = -1
    while case .key(let name) = try reader.next(), let value = try reader.next() {
      if let place = parts.firstIndex(where: { $0.name == name }) {
        if place < last { return false }
        last = place
      }
      try reader.skip(value)
    }
    return true
  }

  /// Lets a server that numbers the rows of a table go on after those that came.
  private func setNextKey(of part: WholeExport.Part) throws {
    guard let found = try connection.catalog().table(part.table.text) else { return }
    for column in found.columns where column.isIdentity {
      let name = SQLName(foreign: column.name)
      _ = try connection.count(
        """
        SELECT setval(pg_get_serial_sequence(\(SQLText.literal("\(part.table)")),
          \(SQLText.literal(column.name))), max(t.\(name)))
        FROM \(part.table) AS t HAVING max(t.\(name)) > 0
        """)
    }
  }

  /// A statement that writes a row of a part.
  private func insertion(_ part: WholeExport.Part) -> String {
    let columns = part.columns.map(\.name.description)
    let places = columns.map { _ in "?" }.joined(separator: ", ")
    let list = columns.joined(separator: ", ")
    guard mapping.engine == .postgres else {
      let verb = part.mayExist ? "INSERT OR REPLACE" : "INSERT"
      return "\(verb) INTO \(part.table) (\(list)) VALUES (\(places))"
    }
    let others = columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    let existing = part.mayExist ? " ON CONFLICT (\(part.order)) DO UPDATE SET \(others)" : ""
    return """
      INSERT INTO \(part.table) (\(list)) OVERRIDING SYSTEM VALUE VALUES (\(places))\(existing)
      """
  }

  private func checkMapping(_ found: String) throws {
    guard found != mapping.name else { return }
    let reason = "it is of the mapping \(found), and this database of the mapping \(mapping.name)"
    throw ImportError(line: 1, .unexpectedJSON(reason))
  }

  private mutating func readRow(_ reader: inout JSONReader, _ part: WholeExport.Part) throws {
    let line = reader.line
    var values: [String: DocumentValue] = [:]
    while case .key(let name) = try reader.next() {
      switch try reader.next() {
      case .string(let text): values[name] = .text(text)
      case .integer(let number): values[name] = .integer(number)
      case .boolean(let isTrue): values[name] = .integer(isTrue ? 1 : 0)
      case .number(let text): values[name] = .text(text)
      case .beginObject: values[name] = try bytes(&reader)
      case let token?: try reader.skip(token)
      case nil: return
      }
    }
    for column in part.columns {
      if case .text(let text)? = values[column.key] {
        names.take(text, part.table, column.name, line)
      }
    }
    let arguments = part.columns.map { column in
      let value = Value(WholeExport.stored(values[column.key] ?? .null, column.kind))
      guard mapping.engine == .postgres else { return value }
      // A server makes of a text what the column holds.
      if case .blob = value { return value }
      return Value.optional(StoredValue(value).words)
    }
    do {
      try connection.execute(insertion(part), arguments)
    } catch {
      let isOfColumn = mapping.engine == .postgres && error.category == .statement
      guard error.isConstraint || isOfColumn else { throw error }
      throw ImportError(line: line, .unexpectedJSON("\(part.name): \(error.message)"))
    }
    count += 1
    if count & 1_023 == 0 { work?.report(count, of: 0, .writing) }
  }

  /// The bytes for which an object stands.
  private func bytes(_ reader: inout JSONReader) throws -> DocumentValue {
    var value = DocumentValue.null
    while case .key(let key) = try reader.next() {
      guard let token = try reader.next() else { break }
      if case (WholeExport.bytesKey, .string(let digits)) = (key, token) {
        guard let bytes = KeyText.bytes(digits) else {
          throw ImportError(line: reader.line, .unexpectedJSON("'\(digits)' are no hex digits"))
        }
        value = .bytes(bytes)
      } else {
        try reader.skip(token)
      }
    }
    return value
  }

  /// Looks whether all that came fits together, and says on the record how much it was.
  private func finish(_ change: ChangeID) throws -> RestoredRows {
    if let broken = try (connection as? Connection)?.first(
      "PRAGMA foreign_key_check", [],
      {
        $0.text(0)
      })
    {
      throw ImportError(
        line: 1, .unexpectedJSON("a row of \(broken) refers to one that is not in the document"))
    }
    let grants = try connection.count("SELECT count(*) FROM \(mapping.access.table)")
    try connection.execute(
      "UPDATE \(RecordTable.change) SET added = ? WHERE id = ?",
      [.count(grants), .integer(change.number)])
    return RestoredRows(
      change: change, users: try connection.count("SELECT count(*) FROM \(mapping.users.table)"),
      companies: try connection.count("SELECT count(*) FROM \(mapping.companies.table)"),
      grants: grants)
  }
}

extension Value {
  fileprivate init(_ value: DocumentValue) {
    self =
      switch value {
      case .null: .null
      case .integer(let number): .integer(number)
      case .text(let text): .text(text)
      case .real(let number): .real(number)
      case .bytes(let bytes): .blob(bytes)
      }
  }
}
