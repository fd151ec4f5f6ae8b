internal import Database
internal import Formats

/// A value of a row with the bytes of a text that is not well-formed.
struct StoredValue: Hashable, Sendable {
  var value: Value
  /// Whether the bytes of `value` are those of a text.
  var isRawText = false

  init(_ value: Value, rawText: Bool = false) {
    self.value = value
    isRawText = rawText
  }

  /// The value in a column, byte by byte.
  init(_ row: borrowing Row, _ column: Int) {
    let value = row.value(column)
    if case .text(let text) = value, !row.bytes(column).elementsEqual(text.utf8) {
      self.init(.blob(row.bytes(column)), rawText: true)
    } else {
      self.init(value)
    }
  }

  /// Whether a column that holds the value equals a constant, whose type the column may have changed.
  func isSame(as constant: Value) -> Bool {
    value == constant || value != .null && words == StoredValue(constant).words
  }

  /// A parameter that stands for the value in a statement, where it goes into a column or is compared
  /// with one.
  ///
  /// A server is told a number as text, of which it makes what the column holds: a truth, for one.
  func sql(_ arguments: inout Bindings, _ engine: SQLEngine) -> String {
    if engine == .postgres {
      guard case .blob = value else { return arguments.bind(.optional(words)) }
      return arguments.bind(value)
    }
    let parameter = arguments.bind(value)
    return isRawText ? "CAST(\(parameter) AS TEXT)" : parameter
  }

  /// The value as people read it; nil for NULL.
  var words: String? {
    switch value {
    case .null: nil
    case .integer(let number): String(number)
    case .real(let number): "\(number)"
    case .text(let text): text
    case .blob(let bytes):
      isRawText ? String(decoding: bytes, as: UTF8.self) : Key.bytes(bytes).description
    }
  }
}

/// The columns of a row, in order.
struct RowValues: Hashable, Sendable {
  var columns: [(name: String, value: StoredValue)] = []

  subscript(name: String) -> StoredValue? {
    get { columns.first { $0.name == name }?.value }
    set {
      let place = columns.firstIndex { $0.name == name }
      switch (place, newValue) {
      case (let place?, let value?): columns[place].value = value
      case (let place?, nil): columns.remove(at: place)
      case (nil, let value?): columns.append((name, value))
      case (nil, nil): break
      }
    }
  }

  /// The columns of a row of a statement.
  init(_ row: borrowing Row, names: [String], from first: Int = 0) {
    for (offset, name) in names.enumerated() {
      columns.append((name, StoredValue(row, first + offset)))
    }
  }

  init(_ columns: [(name: String, value: StoredValue)] = []) { self.columns = columns }

  static func == (one: RowValues, other: RowValues) -> Bool {
    one.columns.elementsEqual(other.columns) { $0.name == $1.name && $0.value == $1.value }
  }

  func hash(into hasher: inout Hasher) {
    for column in columns {
      hasher.combine(column.name)
      hasher.combine(column.value)
    }
  }
}

/// A row, and rows of other tables that belong to it.
struct RowSnapshot: Hashable, Sendable {
  var columns = RowValues()
  var tables: [DependentRow] = []

  /// Rows of another table.
  struct DependentRow: Hashable, Sendable {
    var table: String
    var rows: [RowValues]
  }

  var isEmpty: Bool { columns.columns.isEmpty && tables.isEmpty }

  /// The rows of a table; none if nothing is known of it.
  func rows(of table: String) -> [RowValues] {
    tables.first { $0.table == table }?.rows ?? []
  }
}

/// How the record keeps rows: JSON with a member for each column.
///
/// Numbers, texts and NULL are themselves; bytes are `{"blob":"<hex>"}`, and a text that is not
/// well-formed UTF-8 is `{"text":"<hex>"}`, so that everything can be put back as it was. Rows of
/// other tables that belong to the row are an array of such objects, under the name of the table.
extension RowSnapshot {
  var json: String {
    let related = tables.map { related in
      KeyValuesSQL.quote(related.table) + ":["
        + related.rows.map { "{\(RowSnapshot.members($0))}" }.joined(separator: ",") + "]"
    }
    let members = columns.columns.isEmpty ? [] : [RowSnapshot.members(columns)]
    return "{" + (members + related).joined(separator: ",") + "}"
  }

  private static func members(_ row: RowValues) -> String {
    row.columns.map { KeyValuesSQL.quote($0.name) + ":" + text($0.value) }.joined(separator: ",")
  }

  private static func text(_ stored: StoredValue) -> String {
    switch stored.value {
    case .null: "null"
    case .integer(let number): String(number)
    // JSON has no infinity; a number that is too large is read as it.
    case .real(let number): number.isInfinite ? (number > 0 ? "9e999" : "-9e999") : "\(number)"
    case .text(let text): KeyValuesSQL.quote(text)
    case .blob(let bytes):
      "{\"\(stored.isRawText ? "text" : "blob")\":\"\(Key.hex(bytes))\"}"
    }
  }

  // MARK: - Reading

  /// What a text of the record says; nil if it is none.
  init?(json: String?) {
    guard let json, var reader = try? JSONReader(InputBytes(Array(json.utf8))),
      case .beginObject? = try? reader.next()
    else { return nil }
    do {
      while case .key(let name)? = try reader.next() {
        guard let token = try reader.next() else { return nil }
        if token == .beginArray {
          tables.append(DependentRow(table: name, rows: try RowSnapshot.rows(&reader)))
        } else {
          columns.columns.append((name, try RowSnapshot.value(token, &reader)))
        }
      }
    } catch {
      return nil
    }
  }

  private static func rows(_ reader: inout JSONReader) throws -> [RowValues] {
    var rows: [RowValues] = []
    while case .beginObject? = try reader.next() {
      var row = RowValues()
      while case .key(let name)? = try reader.next() {
        guard let token = try reader.next() else { break }
        row.columns.append((name, try value(token, &reader)))
      }
      rows.append(row)
    }
    return rows
  }

  private static func value(
    _ token: JSONReader.Token, _ reader: inout JSONReader
  ) throws -> StoredValue {
    switch token {
    case .string(let text): return StoredValue(.text(text))
    case .integer(let number): return StoredValue(.integer(number))
    case .number(let text): return StoredValue(.real(Double(text) ?? 0))
    case .boolean(let isTrue): return StoredValue(.integer(isTrue ? 1 : 0))
    case .beginObject:
      guard case .key(let kind)? = try reader.next(), case .string(let hex)? = try reader.next()
      else { break }
      _ = try reader.next()
      return StoredValue(.blob(bytes(hex)), rawText: kind == "text")
    default: break
    }
    return StoredValue(.null)
  }

  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = Array(hex.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
    }
  }
}
