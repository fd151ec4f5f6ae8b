internal import Database
internal import Formats

extension SchemaMapping {
  /// The name of mappings that come from a file.
  static let customName = "custom"
  private static let customTable = "user_company_access"

  /// A mapping from its description.
  ///
  /// - Parameter json: The bytes of a file as the guide describes it.
  /// - Throws: Everything that is wrong with it; whether the tables and columns are there is only
  ///   known from the database.
  init(json: [UInt8]) throws(MappingError) {
    guard let text = String(validating: json, as: UTF8.self) else {
      throw MappingError(problems: [MappingProblem("", .notJSON(line: 1, reason: "no UTF-8"))])
    }
    var reader = MappingReader(try MappingNode(json))
    let root = reader.root
    let users = SchemaMapping.users(&reader, reader.object(root, "users"))
    let companies = SchemaMapping.companies(&reader, reader.object(root, "companies"))
    let home = reader.optionalObject(root, "home").map { home in
      Home(
        table: reader.name(home, "table"), user: reader.name(home, "user"),
        company: reader.name(home, "company"))
    }
    let scope = reader.optionalObject(root, "scope").map { scope in
      Scope(user: reader.name(scope, "user"), company: reader.name(scope, "company"))
    }
    let access = SchemaMapping.access(&reader, root)
    self.init(
      name: SchemaMapping.customName, users: users, companies: companies, home: home,
      allCompaniesRoles: reader.texts(root, "all_companies_roles"),
      ranks: reader.ranks(root, "ranks"), scope: scope,
      access: access, schemas: reader.names(root, "schema"), source: text)
    var problems = reader.finish()
    if problems.isEmpty { problems = takenNames }
    guard problems.isEmpty else { throw MappingError(problems: problems) }
  }

  private static func users(_ reader: inout MappingReader, _ node: MappingPlace) -> Users {
    let fullName = lookup(&reader, node, "full_name")
    let email = lookup(&reader, node, "email")
    return Users(
      table: reader.name(node, "table"), key: reader.name(node, "key"),
      username: reader.name(node, "username"),
      fullName: fullName.map { [$0.alias] } ?? reader.names(node, "full_name"),
      email: email?.alias ?? reader.optionalName(node, "email"), role: role(&reader, node),
      active: active(&reader, node), createdAt: reader.optionalName(node, "created_at"),
      modifiedAt: reader.optionalName(node, "modified_at"),
      lookups: [fullName, email].compactMap(\.self), only: reader.conditions(node, "only"))
  }

  private static func companies(_ reader: inout MappingReader, _ node: MappingPlace) -> Companies {
    let name = lookup(&reader, node, "name")
    return Companies(
      table: reader.name(node, "table"), key: reader.name(node, "key"),
      name: name?.alias ?? reader.name(node, "name"), code: reader.optionalName(node, "code"),
      active: active(&reader, node), createdAt: reader.optionalName(node, "created_at"),
      modifiedAt: reader.optionalName(node, "modified_at"),
      lookups: [name].compactMap(\.self), only: reader.conditions(node, "only"))
  }

  /// What statements call a text that is looked up, by the member of the description or the field.
  static func alias(of name: String) -> String { "\(aliasPrefix)\(name)" }
  static let aliasPrefix = "company_access_"

  /// A text in another table; nil where the description names a column, or nothing.
  private static func lookup(
    _ reader: inout MappingReader, _ node: MappingPlace, _ name: String
  ) -> Lookup? {
    guard reader.isObject(node, name) else { return nil }
    let place = reader.object(node, name)
    return Lookup(
      alias: SQLName(foreign: alias(of: name)), column: reader.name(place, "column"),
      table: reader.name(place, "table"), key: reader.name(place, "key"),
      name: reader.name(place, "name"))
  }

  private static func role(_ reader: inout MappingReader, _ node: MappingPlace) -> Role {
    guard reader.isObject(node, "role") else {
      return reader.optionalName(node, "role").map { .column($0) } ?? .none
    }
    let role = reader.object(node, "role")
    return .lookup(
      column: reader.name(role, "column"),
      Roles(
        table: reader.name(role, "table"), key: reader.name(role, "key"),
        name: reader.name(role, "name")))
  }

  private static func active(_ reader: inout MappingReader, _ node: MappingPlace) -> Active {
    guard reader.isObject(node, "active") else {
      return reader.optionalName(node, "active").map { .flag($0) } ?? .always
    }
    let active = reader.object(node, "active")
    return .equals(reader.name(active, "column"), reader.constant(active, "equals"))
  }

  /// The access table: its name alone, or where the application's own one keeps what.
  private static func access(_ reader: inout MappingReader, _ root: MappingPlace) -> Access {
    let name = reader.optionalName(root, "access_table")
    guard let node = reader.optionalObject(root, "access") else {
      return Access(table: name ?? SQLName(foreign: customTable))
    }
    if name != nil { reader.problems.append(MappingProblem("access_table", .excluded("access"))) }
    var access = Access(
      table: reader.name(node, "table"), user: reader.name(node, "user"),
      company: reader.name(node, "company"), key: reader.optionalName(node, "key"),
      createdAt: reader.optionalName(node, "created_at"),
      modifiedAt: reader.optionalName(node, "modified_at"))
    access.new = reader.columnValues(node, "new")
    access.only = reader.conditions(node, "only")
    access.live = reader.optionalObject(node, "live").map { live in
      ColumnCondition(column: reader.name(live, "column"), equals: reader.constant(live, "equals"))
    }
    access.end = reader.columnValues(node, "end")
    if !access.end.isEmpty,
      access.live.map({ live in
        access.end.contains { $0.column.folded == live.column.folded }
      }) != true
    {
      reader.problems.append(MappingProblem("access.end", .endsNothing))
    }
    access.revokeOnly = reader.optionalText(node, "revoke_only")
    return access
  }

  /// The access table must be none that is there for something else.
  private var takenNames: [MappingProblem] {
    let name = access.table.text.lowercased()
    let others =
      applicationTables.map { $0.name.text.lowercased() }
      + RecordTable.all.map(\.text)
    var problems: [MappingProblem] = []
    let place = access.isDescribed ? "access.table" : "access_table"
    if others.contains(name) { problems.append(MappingProblem(place, .taken(name))) }
    if name.utf8.starts(with: "sqlite_".utf8) {
      problems.append(MappingProblem(place, .badName))
    }
    if users.table.folded == companies.table.folded, !isTold(users.only, companies.only) {
      problems.append(MappingProblem("companies.table", .taken(companies.table.text)))
    }
    return problems
  }

  /// Whether no row can fulfil the conditions of both.
  private func isTold(_ some: [ColumnCondition], _ others: [ColumnCondition]) -> Bool {
    some.contains { one in
      others.contains { one.column.folded == $0.column.folded && one.equals != $0.equals }
    }
  }
}

/// The value of a description, as far as one looks into it.
private indirect enum MappingNode {
  case text(String)
  case integer(Int64)
  case boolean(Bool)
  case object([(key: String, value: MappingNode)])
  case list([MappingNode])
  case null
  case other

  init(_ json: [UInt8]) throws(MappingError) {
    do {
      var reader = try JSONReader(InputBytes(json))
      self = try MappingNode(reader.next(), &reader)
      _ = try reader.next()
    } catch InputError.malformed(let line, let kind) {
      let reason = ImportProblem.Kind(kind).words
      throw MappingError(problems: [MappingProblem("", .notJSON(line: line, reason: reason))])
    } catch {
      throw MappingError(problems: [MappingProblem("", .notJSON(line: 1, reason: "\(error)"))])
    }
  }

  private init(_ token: JSONReader.Token?, _ reader: inout JSONReader) throws {
    switch token {
    case .string(let text): self = .text(text)
    case .integer(let number): self = .integer(number)
    case .boolean(let isTrue): self = .boolean(isTrue)
    case .beginObject:
      var members: [(key: String, value: MappingNode)] = []
      while case .key(let key) = try reader.next() {
        members.append((key, try MappingNode(reader.next(), &reader)))
      }
      self = .object(members)
    case .beginArray:
      var elements: [MappingNode] = []
      while let token = try reader.next(), token != .endArray {
        elements.append(try MappingNode(token, &reader))
      }
      self = .list(elements)
    case .null: self = .null
    default: self = .other
    }
  }
}

extension MappingNode {
  /// What a column can say; nil for an object or a list.
  var value: Value? {
    switch self {
    case .text(let text): .text(text)
    case .integer(let number): .integer(number)
    case .boolean(let isTrue): .integer(isTrue ? 1 : 0)
    case .null: .null
    case .object, .list, .other: nil
    }
  }
}

/// An object of a description, and where it stands.
private struct MappingPlace {
  var path: String
  var members: [(key: String, value: MappingNode)]
  /// Whether it is not there, so that nothing in it need be missed.
  var isAbsent = false

  func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

/// Takes a description apart, and gathers what is wrong with it.
private struct MappingReader {
  let root: MappingPlace
  var problems: [MappingProblem] = []
  /// Every key that has been asked for, and every one that is there.
  private var known: Set<String> = []
  private var found: [String] = []
  /// Stands for a name that is missing, until the problems are told.
  private static let nothing = SQLName(foreign: "")

  init(_ node: MappingNode) {
    guard case .object(let members) = node else {
      root = MappingPlace(path: "", members: [])
      problems = [MappingProblem("", .wrongType(expected: "an object"))]
      return
    }
    root = MappingPlace(path: "", members: members)
    found = members.map(\.key)
  }

  /// What is wrong, with the keys that were not asked for.
  func finish() -> [MappingProblem] {
    var seen: Set<String> = []
    return problems
      + found.compactMap { place in
        guard known.contains(place) else { return MappingProblem(place, .unknownKey) }
        return seen.insert(place).inserted ? nil : MappingProblem(place, .repeated)
      }
  }

  private mutating func value(_ object: MappingPlace, _ key: String) -> MappingNode? {
    known.insert(object.place(key))
    let value = object.members.first { $0.key == key }?.value
    if case .null = value { return nil }
    return value
  }

  private mutating func add(_ object: MappingPlace, _ key: String, _ kind: MappingProblem.Kind) {
    if !object.isAbsent { problems.append(MappingProblem(object.place(key), kind)) }
  }

  func isObject(_ object: MappingPlace, _ key: String) -> Bool {
    if case .object = object.members.first(where: { $0.key == key })?.value { true } else { false }
  }

  mutating func object(_ object: MappingPlace, _ key: String) -> MappingPlace {
    if let found = optionalObject(object, key) { return found }
    if value(object, key) == nil { add(object, key, .missing) }
    return MappingPlace(path: object.place(key), members: [], isAbsent: true)
  }

  mutating func optionalObject(_ object: MappingPlace, _ key: String) -> MappingPlace? {
    switch value(object, key) {
    case nil: return nil
    case .object(let members):
      let place = MappingPlace(path: object.place(key), members: members)
      found += members.map { place.place($0.key) }
      return place
    default:
      add(object, key, .wrongType(expected: "an object"))
      return nil
    }
  }

  mutating func name(_ object: MappingPlace, _ key: String) -> SQLName {
    if value(object, key) == nil {
      add(object, key, .missing)
      return MappingReader.nothing
    }
    return optionalName(object, key) ?? MappingReader.nothing
  }

  mutating func optionalName(_ object: MappingPlace, _ key: String) -> SQLName? {
    switch value(object, key) {
    case nil: return nil
    case .text(let text): return name(text, object, key)
    case .integer(let number): return name(String(number), object, key)
    default:
      add(object, key, .wrongType(expected: "a name"))
      return nil
    }
  }

  private mutating func name(_ text: String, _ object: MappingPlace, _ key: String) -> SQLName {
    if text.isEmpty || text.utf8.contains(0) { add(object, key, .badName) }
    return SQLName(foreign: text)
  }

  /// A name, or several.
  mutating func names(_ object: MappingPlace, _ key: String) -> [SQLName] {
    guard case .list = value(object, key) else {
      return optionalName(object, key).map { [$0] } ?? []
    }
    return texts(object, key).map { name($0, object, key) }
  }

  mutating func text(_ object: MappingPlace, _ key: String) -> String {
    if value(object, key) == nil { add(object, key, .missing) }
    return optionalText(object, key) ?? ""
  }

  mutating func optionalText(_ object: MappingPlace, _ key: String) -> String? {
    switch value(object, key) {
    case nil: return nil
    case .text(let text): return text
    case .integer(let number): return String(number)
    default:
      add(object, key, .wrongType(expected: "a text"))
      return nil
    }
  }

  /// A value of a column, which may be null.
  mutating func constant(_ object: MappingPlace, _ key: String) -> Value {
    guard object.members.contains(where: { $0.key == key }) else {
      add(object, key, .missing)
      return .null
    }
    guard let node = value(object, key) else { return .null }
    guard let value = node.value else {
      add(object, key, .wrongType(expected: "a text, a whole number, true, false or null"))
      return .null
    }
    return value
  }

  /// Columns and what they must say.
  mutating func conditions(
    _ object: MappingPlace, _ key: String
  ) -> [SchemaMapping.ColumnCondition] {
    guard let columns = optionalObject(object, key) else { return [] }
    return columns.members.map { column, _ in
      SchemaMapping.ColumnCondition(
        column: name(column, columns, column), equals: constant(columns, column))
    }
  }

  /// Columns and what is written into them: values, or `{"now": true}`.
  mutating func columnValues(
    _ object: MappingPlace, _ key: String
  ) -> [SchemaMapping.ColumnValue] {
    guard let columns = optionalObject(object, key) else { return [] }
    return columns.members.map { column, _ in
      let content: SchemaMapping.ColumnValue.Content
      if isObject(columns, column) {
        let place = self.object(columns, column)
        if constant(place, "now") != .integer(1) {
          add(place, "now", .wrongType(expected: "true"))
        }
        content = .now
      } else {
        content = .constant(constant(columns, column))
      }
      return SchemaMapping.ColumnValue(column: name(column, columns, column), content: content)
    }
  }

  /// The application's roles and as which role of an operator each ranks.
  mutating func ranks(_ object: MappingPlace, _ key: String) -> [String: OperatorRole] {
    guard let roles = optionalObject(object, key) else { return [:] }
    var ranks: [String: OperatorRole] = [:]
    for (role, _) in roles.members {
      ranks[role] = OperatorRole(rawValue: text(roles, role))
      guard ranks[role] == nil else { continue }
      let names = OperatorRole.allCases.map(\.rawValue).joined(separator: ", ")
      add(roles, role, .wrongType(expected: "one of \(names)"))
    }
    return ranks
  }

  mutating func texts(_ object: MappingPlace, _ key: String) -> [String] {
    guard let value = value(object, key) else { return [] }
    guard case .list(let elements) = value else {
      add(object, key, .wrongType(expected: "a list"))
      return []
    }
    return elements.compactMap { element in
      switch element {
      case .text(let text): return text
      case .integer(let number): return String(number)
      default: break
      }
      add(object, key, .wrongType(expected: "a list of texts"))
      return nil
    }
  }
}
