internal import Database
internal import Formats

/// The document that `export all` writes and an empty database takes in: every row of the
/// application's tables, with ids and times.
enum WholeExport {
  /// The first key of the document; its value is the version of the form.
  static let mark = "company_access_export"
  static let version: Int64 = 1

  /// One array of the document.
  struct Part {
    /// The key of the array.
    let name: String
    let table: SQLName
    let columns: [Column]
    /// The columns by which the rows are ordered.
    let order: String
    /// Whether rows that are there already are replaced; else there must be none.
    var mayExist = false
  }

  struct Column {
    /// The key in the document.
    let key: String
    /// The column of the table.
    let name: SQLName
    var kind = Kind.plain
  }

  enum Kind {
    case plain
    /// A UUID: dashed in the document, 32 digits in the tables that `init` makes.
    case uuid
    case time
    case flag
  }

  /// The arrays for the tables that `init` makes, parents first.
  static func partsOfInit(_ mapping: SchemaMapping) -> [Part] {
    let times = [
      Column(key: "created_at", name: "created_at", kind: .time),
      Column(key: "modified_at", name: "modified_at", kind: .time),
    ]
    let users = mapping.users
    let companies = mapping.companies
    return [
      Part(
        name: "roles", table: "hrm_role",
        columns: [Column(key: "id", name: "id"), Column(key: "name", name: "name")],
        order: "id", mayExist: true),
      Part(
        name: "users", table: users.table,
        columns: [
          Column(key: "id", name: users.key), Column(key: "username", name: users.username),
          Column(key: "full_name", name: "full_name"), Column(key: "email", name: "email"),
          Column(key: "password_hash", name: "password_hash"),
          Column(key: "role_id", name: "role_id"),
          Column(key: "active", name: "is_active", kind: .flag),
        ] + times, order: users.key.description),
      Part(
        name: "companies", table: companies.table,
        columns: [
          Column(key: "id", name: companies.key, kind: .uuid),
          Column(key: "name", name: companies.name), Column(key: "code", name: "code"),
          Column(key: "active", name: "is_active", kind: .flag),
        ] + times, order: companies.key.description),
      Part(
        name: "employees", table: "hrm_employee",
        columns: [
          Column(key: "id", name: "id", kind: .uuid),
          Column(key: "user_id", name: "user_id"),
          Column(key: "company_id", name: "company_id", kind: .uuid),
          Column(key: "full_name", name: "full_name"),
        ] + times, order: "id"),
      Part(
        name: "grants", table: mapping.access.table,
        columns: [
          Column(key: "id", name: "id", kind: .uuid), Column(key: "user_id", name: "user_id"),
          Column(key: "company_id", name: "company_id", kind: .uuid),
        ] + times, order: "user_id, company_id"),
    ]
  }

  /// A stored value as the document has it.
  static func written(_ value: DocumentValue, _ kind: Kind) -> Cell {
    switch value {
    case .null: .null
    case .integer(let number) where kind == .flag: .flag(number != 0, word: "")
    case .integer(let number): .integer(number)
    // SQLite writes and reads a number with the fewest digits that mean it.
    case .real(let number): .text("\(number)")
    case .bytes(let bytes): .text(Key.hex(bytes))
    case .text(let text) where kind == .uuid: .text(Key.text(text).description)
    case .text(let text) where kind == .time: .text(writtenTime(text))
    case .text(let text): .text(text)
    }
  }

  /// A time as the document has it: one in another form than ours stays as it is.
  private static func writtenTime(_ text: String) -> String {
    if let time = serverTime(text) { return time }
    let written = Timestamp(stored: text).rfc3339
    return plainTime(written) == text ? written : text
  }

  /// The same of a time as PostgreSQL writes it: with as many digits of the second as there are, but
  /// three at least; nil for any other text.
  private static func serverTime(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 22, bytes[10] == 0x20, bytes.suffix(3).elementsEqual("+00".utf8) else {
      return nil
    }
    let fraction = bytes[19...].dropLast(3).dropFirst()
    let zeros = String(repeating: "0", count: max(0, 3 - fraction.count))
    return String(decoding: bytes[..<10], as: UTF8.self) + "T"
      + String(decoding: bytes[11..<19], as: UTF8.self) + "."
      + String(decoding: fraction, as: UTF8.self) + zeros + "Z"
  }

  /// A value of the document as it is stored.
  static func stored(_ value: DocumentValue, _ kind: Kind) -> DocumentValue {
    guard case .text(let text) = value else { return value }
    switch kind {
    case .uuid: return .text(plainUUID(text) ?? text)
    case .time: return .text(plainTime(text) ?? text)
    case .plain, .flag: return value
    }
  }

  /// The 32 digits of a dashed UUID; nil for any other text.
  private static func plainUUID(_ text: String) -> String? {
    guard text.utf8.count == 36 else { return nil }
    let plain = text.replacing("-", with: "")
    return Key.text(plain).description == text ? plain : nil
  }

  /// The stored form of a time that `Timestamp.rfc3339` wrote; nil for any other text.
  private static func plainTime(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count == 24, bytes[10] == 0x54, bytes[23] == 0x5A else { return nil }
    return String(decoding: bytes[..<10] + [0x20] + bytes[11..<23], as: UTF8.self)
  }
}

/// A value of a row in the document.
enum DocumentValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case real(Double)
  case bytes([UInt8])
}
