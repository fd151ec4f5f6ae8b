internal import Database
internal import Formats
internal import Glibc

extension SchemaMapping {
  /// The mapping that a file describes.
  ///
  /// - Parameter file: The path.
  /// - Throws: `.badMappingFile` with everything that is wrong, or why it cannot be read.
  init(file: String) throws(AccessError) {
    let bytes = try SchemaMapping.contents(of: file)
    do {
      try self.init(json: bytes)
    } catch {
      throw .badMappingFile(path: file, error.problems)
    }
  }

  /// The mapping that an operator gives.
  ///
  /// - Parameter source: Where it is.
  /// - Throws: `.badMappingFile`, as for a file.
  init(_ source: MappingSource) throws(AccessError) {
    switch source {
    case .file(let path): try self.init(file: path)
    case .document(let text):
      do {
        try self.init(json: Array(text.utf8))
      } catch {
        throw .badMappingFile(path: "the suggested mapping", error.problems)
      }
    }
  }

  private static func contents(of path: String) throws(AccessError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw AccessError(opening: path, errno) }
    defer { close(descriptor) }
    var input = InputBytes(descriptor: descriptor, path: path)
    var bytes: [UInt8] = []
    func next() throws(AccessError) -> UInt8? {
      do { return try input.next() } catch { throw AccessError(error) }
    }
    while let byte = try next() {
      bytes.append(byte)
      guard bytes.count <= longestFile else {
        throw .badMappingFile(
          path: path, [MappingProblem("", .wrongType(expected: "a file of at most 64 KB"))])
      }
    }
    return bytes
  }

  private static let longestFile = 1 << 16

  /// The mapping of a database: what the operator says, or else the database itself, or else the
  /// tables that are there.
  ///
  /// Its keys have the types that they have there. It is nil if the tables are those of no
  /// application that is known.
  ///
  /// - Parameters:
  ///   - connection: The database.
  ///   - given: What the operator says.
  /// - Throws: `.unfitMapping` if tables or columns are not there, or what the database answers.
  init?(of connection: Connection, given: SchemaMapping? = nil) throws {
    if let named = try given ?? SchemaMapping.recorded(in: connection) {
      let tables = try ApplicationTables(connection, named)
      let mapping = named.source == nil ? named.without(tables) : named
      let problems = try mapping.problems(tables, connection)
      guard problems.isEmpty else {
        throw AccessError.unfitMapping(path: connection.path, mapping: mapping.name, problems)
      }
      self = try mapping.fitted(to: tables, connection)
      return
    }
    for mapping in SchemaMapping.known {
      guard let fitted = try mapping.fitted(in: connection) else { continue }
      self = fitted
      return
    }
    guard let found = try SchemaMapping.djangoManyToMany(connection)?.fitted(in: connection) else {
      return nil
    }
    self = found
  }

  /// The mapping as a database has it, without columns that need not be there; nil if others are
  /// missing.
  private func fitted(in connection: Connection) throws -> SchemaMapping? {
    let tables = try ApplicationTables(connection, self)
    let lean = without(tables)
    guard try lean.problems(tables, connection).isEmpty else { return nil }
    return try lean.fitted(to: tables, connection)
  }

  /// What of the mapping a database lacks.
  func problems(in connection: Connection) throws -> [MappingProblem] {
    try problems(ApplicationTables(connection, self), connection)
  }

  /// What the settings of a database say about the mapping.
  var settings: [(key: String, value: String)] { [("mapping", source ?? name)] }

  /// What a database says of its mapping, whether its tables are so or not; nil if it says nothing.
  static func recorded(in connection: Connection) throws -> SchemaMapping? {
    let isThere = try connection.count(
      """
      SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'company_access_setting'
      """)
    guard isThere > 0 else { return nil }
    let value = try connection.first(
      "SELECT value FROM company_access_setting WHERE key IN ('mapping', 'shape')"
    ) { $0.optionalText(0) }
    guard let text = value ?? nil else { return nil }
    return try SchemaMapping(setting: text, of: connection.path)
  }

  /// The mapping that a setting names or holds.
  ///
  /// - Throws: `.unfitMapping` where this program does not know it.
  init(setting text: String, of place: String) throws {
    if let mapping = SchemaMapping.known.first(where: { $0.name == text }) {
      self = mapping
      return
    }
    do {
      guard text.utf8.first == UInt8(ascii: "{") else {
        throw MappingError(problems: [MappingProblem("", .unknownMapping(text))])
      }
      try self.init(json: Array(text.utf8))
    } catch let error as MappingError {
      throw AccessError.unfitMapping(
        path: place, mapping: SchemaMapping.customName, error.problems)
    }
  }

  /// The mapping without those columns that an application of this kind need not have.
  func without(_ tables: ApplicationTables) -> SchemaMapping {
    var mapping = self
    let aliases = (users.lookups + companies.lookups).map(\.alias)
    func there(_ name: SQLName?, _ table: SQLName) -> SQLName? {
      name.flatMap {
        aliases.contains($0) || tables.column($0, of: table) != nil ? $0 : nil
      }
    }
    if access.isDescribed {
      mapping.users.fullName = users.fullName.filter { there($0, users.table) != nil }
    }
    mapping.users.email = there(users.email, users.table)
    mapping.users.createdAt = there(users.createdAt, users.table)
    mapping.users.modifiedAt = there(users.modifiedAt, users.table)
    mapping.companies.code = there(companies.code, companies.table)
    mapping.companies.createdAt = there(companies.createdAt, companies.table)
    mapping.companies.modifiedAt = there(companies.modifiedAt, companies.table)
    return mapping
  }
}

// MARK: What is there

extension SchemaMapping {
  fileprivate func problems(
    _ tables: ApplicationTables, _ connection: Connection
  ) throws -> [MappingProblem] {
    var problems = schemas.isEmpty ? [] : [MappingProblem("schema", .noSchemas)]
    problems += missing(in: tables)
    if !access.isDescribed, tables[access.table] == nil,
      try connection.hasTableFunction(access.table.folded)
    {
      problems.append(MappingProblem("access_table", .hidesFunction(access.table.text)))
    }
    guard problems.isEmpty else { return problems }
    return try notUnique { key, table in try tables.isUnique(key, of: table, connection) }
  }

  /// The tables and columns that are not there as they have to be.
  func missing(in tables: ApplicationTables) -> [MappingProblem] {
    var problems: [MappingProblem] = []
    for (place, name) in applicationTables {
      guard let table = tables[name] else {
        problems.append(MappingProblem(place, .noTable(name.text)))
        continue
      }
      if !table.isOrdinary { problems.append(MappingProblem(place, tables.refusal(of: name))) }
    }
    if access.isDescribed {
      if let table = tables[access.table] {
        if !table.isOrdinary {
          problems.append(MappingProblem("access.table", tables.refusal(of: access.table)))
        }
      } else {
        problems.append(MappingProblem("access.table", .noTable(access.table.text)))
      }
    }
    for column in applicationColumns
    where tables[column.table] != nil && tables.column(column.name, of: column.table) == nil {
      problems.append(
        MappingProblem(column.place, .noColumn(column.name.text, table: column.table.text)))
    }
    return problems
  }

  /// The keys that do not tell the rows apart.
  func notUnique(
    unless isUnique: (_ key: SQLName, _ table: SQLName) throws -> Bool
  ) rethrows -> [MappingProblem] {
    try [
      ("users.key", users.table, users.key), ("companies.key", companies.table, companies.key),
    ].filter { try !isUnique($0.2, $0.1) }.map { place, table, key in
      MappingProblem(place, .notUnique(key.text, table: table.text))
    }
  }

  /// The mapping with the spelling and the types of a database.
  fileprivate func fitted(
    to tables: ApplicationTables, _ connection: Connection
  ) throws -> SchemaMapping {
    var mapping = self
    func spelled(_ name: SQLName) -> SQLName { tables[name].map { name.spelled($0.name) } ?? name }
    mapping.users.table = spelled(users.table)
    mapping.companies.table = spelled(companies.table)
    if let home { mapping.home?.table = spelled(home.table) }
    if case .lookup(let column, var roles) = users.role {
      roles.table = spelled(roles.table)
      mapping.users.role = .lookup(column: column, roles)
    }
    for place in users.lookups.indices {
      mapping.users.lookups[place].table = spelled(users.lookups[place].table)
    }
    for place in companies.lookups.indices {
      mapping.companies.lookups[place].table = spelled(companies.lookups[place].table)
    }
    mapping.access.table = spelled(access.table)
    let userKey = try KeyColumn(connection, mapping.users.table, users.key)
    mapping.users.keys = try KeyStorage(connection, mapping.users.table, users.key, userKey?.type)
    mapping.users.hasNullableKey = userKey?.isNullable ?? false
    let companyKey = try KeyColumn(connection, mapping.companies.table, companies.key)
    mapping.companies.keys = try KeyStorage(
      connection, mapping.companies.table, companies.key, companyKey?.type)
    mapping.companies.hasNullableKey = companyKey?.isNullable ?? false
    mapping.access = try mapping.fittedAccess(tables, connection)
    return mapping
  }
}

extension SchemaMapping {
  /// The access table as a database has it.
  fileprivate func fittedAccess(
    _ tables: ApplicationTables, _ connection: Connection
  ) throws -> Access {
    var access = access
    guard tables[access.table] != nil else {
      access.keys = KeyStorage.ofGrants(beside: self)
      return access
    }
    if let key = access.key, let id = tables.column(key, of: access.table) {
      var keys = try KeyStorage(connection, access.table, key, id.type)
      // Ids that another program has made up say nothing about ours.
      if keys.form == .text {
        keys.form = KeyStorage.Form(ofGrants: id.type) ?? KeyStorage.ofGrants(beside: self).form
      }
      access.keys = keys
    }
    guard access.isDescribed else { return access }
    return try access.described(by: connection)
  }
}

extension Connection {
  /// Whether there is a UNIQUE index, in the order of the bytes, on this column alone.
  func hasUniqueIndex(on column: SQLName, of table: SQLName) throws -> Bool {
    try count(
      """
      SELECT count(*) FROM temp.pragma_index_list(?1, 'main') AS l
      WHERE l."unique" AND NOT l.partial AND (
        SELECT count(*) = 1 AND max(lower(name)) = lower(?2) AND max(coll) = 'BINARY'
        FROM temp.pragma_index_xinfo(l.name) WHERE key)
      """, [.text(table.text), .text(column.text)]) > 0
  }
}

// MARK: Keys

extension KeyStorage {
  /// How a column of a table stores keys: by its first row, or, if it has none, by its type.
  fileprivate init(
    _ connection: Connection, _ table: SQLName, _ column: SQLName, _ type: String?
  ) throws {
    let type = type ?? ""
    let sample = try connection.first(
      "SELECT t.\(column) FROM \(table) AS t WHERE t.\(column) IS NOT NULL LIMIT 1"
    ) { Key($0.value(0)) }
    self.init(
      type: KeyStorage.declarable(type), form: sample.map(Form.init) ?? Form(type: type),
      collation: connection.collation(of: column, in: table))
  }

  /// Keys of the access table: as the application stores UUIDs, or as we do.
  fileprivate static func ofGrants(beside mapping: SchemaMapping) -> KeyStorage {
    for keys in [mapping.companies.keys, mapping.users.keys] {
      switch keys.form {
      case .digits: return .digits
      case .dashed: return .dashed
      case .bytes: return KeyStorage(type: "BLOB", form: .bytes)
      case .integer, .text: break
      }
    }
    return .digits
  }

  /// A type as it can be declared for another column, or one of the same affinity.
  private static func declarable(_ type: String) -> String {
    let isPlain = type.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x20, 0x2C: true
      case 0x28, 0x29: true
      default: false
      }
    }
    let parentheses = type.utf8.filter { $0 == 0x28 || $0 == 0x29 }
    if isPlain, !type.isEmpty, parentheses.isEmpty || parentheses == [0x28, 0x29] { return type }
    return Affinity(type: type).type
  }
}

extension KeyStorage.Form {
  /// The form of a key.
  init(_ key: Key) {
    switch key {
    case .integer: self = .integer
    case .bytes: self = .bytes
    case .text(let text):
      let isUUID = text.utf8.count == 32 || text.utf8.count == 36
      let plain = text.replacing("-", with: "")
      guard isUUID, Key.text(plain).description != plain else {
        self = .text
        return
      }
      self = text.utf8.count == 32 ? .digits : .dashed
    }
  }

  /// The form of keys that this program makes for a column of a type in an access table that is
  /// there; nil if the type does not say.
  fileprivate init?(ofGrants type: String) {
    let byType = KeyStorage.Form(type: type)
    switch (byType, Affinity(type: type)) {
    // A column that makes numbers of texts that look like some holds numbers.
    case (.text, .numeric), (.text, .real): self = .integer
    case (.text, _): return nil
    case (let form, _): self = form
    }
  }

  /// The form that a type promises.
  init(type: String) {
    let upper = type.uppercased()
    if Affinity(type: type) == .integer {
      self = .integer
    } else if upper.contains("BLOB") || upper.contains("BINARY") {
      self = .bytes
    } else if upper.contains("(36)") {
      self = .dashed
    } else {
      self = upper.contains("(32)") || upper.contains("UUID") ? .digits : .text
    }
  }
}
