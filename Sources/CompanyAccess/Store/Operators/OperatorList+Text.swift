internal import Formats

/// The operators as the record keeps them: a JSON array, with one object for each.
///
/// `{"login": "anna", "role": "hr_admin", "organization": "5"}`; instead of `organization` there may be
/// `companies`, an array of keys, of which bytes are `{"bytes": "00FF"}`; with neither it is everything.
extension OperatorList: RecordedValue {
  static let settingPrefix = "operators:"
  static let initial = OperatorList()

  /// An operator whose login no account can have.
  private static let unreadable = Operator(login: "", role: .customer)

  /// The operators that a setting says.
  ///
  /// A text that cannot be read, as of a newer version, lets no login in.
  init(stored: String) {
    self = (try? OperatorList.read(stored)) ?? OperatorList([OperatorList.unreadable])
  }

  var stored: String {
    "[" + all.map(\.stored).joined(separator: ",") + "]"
  }

  private struct Unreadable: Error {}

  private static func read(_ text: String) throws -> OperatorList {
    var reader = try JSONReader(InputBytes(Array(text.utf8)))
    guard try reader.next() == .beginArray else { throw Unreadable() }
    var operators: [Operator] = []
    while let token = try reader.next(), token != .endArray {
      guard token == .beginObject else { throw Unreadable() }
      operators.append(try read(&reader))
    }
    return OperatorList(operators)
  }

  private static func read(_ reader: inout JSONReader) throws -> Operator {
    var (login, role): (String?, OperatorRole?)
    var scope = OperatorScope.everything
    while let token = try reader.next(), token != .endObject {
      guard case .key(let name) = token, let value = try reader.next() else { throw Unreadable() }
      switch (name, value) {
      case ("login", .string(let text)): login = text
      case ("role", .string(let text)): role = OperatorRole(rawValue: text)
      case ("organization", .string(let text)): scope = .organization(text)
      case ("companies", .beginArray): scope = .companies(try keys(&reader).map(CompanyID.init))
      default: throw Unreadable()
      }
    }
    guard let login, let role else { throw Unreadable() }
    return Operator(login: login, role: role, scope: scope)
  }

  private static func keys(_ reader: inout JSONReader) throws -> [Key] {
    var keys: [Key] = []
    while let token = try reader.next(), token != .endArray {
      switch token {
      case .integer(let number): keys.append(.integer(number))
      case .string(let text): keys.append(.text(text))
      case .beginObject:
        guard try reader.next() == .key("bytes"), case .string(let hex)? = try reader.next(),
          let bytes = KeyText.bytes(hex), try reader.next() == .endObject
        else { throw Unreadable() }
        keys.append(.bytes(bytes))
      default: throw Unreadable()
      }
    }
    return keys
  }
}

extension Operator {
  fileprivate var stored: String {
    let members = [
      "\"login\":\(KeyValuesSQL.quote(login))", "\"role\":\"\(role.rawValue)\"", scope.stored,
    ]
    return "{" + members.compactMap(\.self).joined(separator: ",") + "}"
  }
}

extension OperatorScope {
  fileprivate var stored: String? {
    switch self {
    case .everything: return nil
    case .organization(let name): return "\"organization\":\(KeyValuesSQL.quote(name))"
    case .companies(let ids):
      let keys = ids.map { id in
        switch id.key {
        case .integer(let number): String(number)
        case .text(let text): KeyValuesSQL.quote(text)
        case .bytes(let bytes): "{\"bytes\":\"\(Key.hex(bytes))\"}"
        }
      }
      return "\"companies\":[\(keys.joined(separator: ","))]"
    }
  }
}
