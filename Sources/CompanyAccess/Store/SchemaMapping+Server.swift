internal import Database

/// The mapping of a database of a server: names are as they are written, and columns have types.
extension SchemaMapping {
  /// The mapping that is named, or else the one whose tables are there; nil if they are those of no
  /// application that is known.
  ///
  /// - Parameters:
  ///   - session: A session that looks into the schemas of the mapping, in a transaction.
  ///   - named: What the operator or the database says.
  /// - Throws: `.unfitMapping` if tables or columns are not there as they have to be.
  init?(on session: any DatabaseSession, named: SchemaMapping?) throws {
    let server = ServerTables(try session.catalog(), session)
    if let named {
      let mapping = named.source == nil ? named.without(server.tables) : named
      let (fitted, problems) = try server.fitted(mapping)
      guard problems.isEmpty else {
        throw AccessError.unfitMapping(path: session.place, mapping: mapping.name, problems)
      }
      self = fitted
      return
    }
    let many = try SchemaMapping.djangoManyToMany(server.catalog)
    for mapping in SchemaMapping.known + [many].compactMap(\.self) {
      let (fitted, problems) = try server.fitted(mapping.without(server.tables))
      guard problems.isEmpty else { continue }
      self = fitted
      return
    }
    return nil
  }

  /// What the setting of a database of a server says of its mapping, whether its tables are so or not; nil
  /// where there is no record.
  static func recorded(on session: any DatabaseSession) throws -> SchemaMapping? {
    let isThere = try session.count(
      "SELECT count(to_regclass('company_access.setting'))" as SQLStatement)
    guard isThere > 0, case .text(let text)? = try SchemaSetting.value("mapping", session) else {
      return nil
    }
    return try SchemaMapping(setting: text, of: session.place)
  }
}

/// The tables of a server, to which a mapping is fitted.
struct ServerTables {
  let catalog: SchemaCatalog
  let session: any DatabaseSession
  let tables: ApplicationTables

  init(_ catalog: SchemaCatalog, _ session: any DatabaseSession) {
    (self.catalog, self.session) = (catalog, session)
    tables = ApplicationTables(catalog)
  }

  /// The mapping with the types that the tables have, and what keeps it from being used.
  func fitted(_ mapping: SchemaMapping) throws -> (SchemaMapping, [MappingProblem]) {
    var problems = mapping.missing(in: tables)
    guard problems.isEmpty else { return (mapping, problems) }
    problems =
      mapping.notUnique { catalog.table($1.text)?.isUnique([$0.text]) ?? false }
      + ServerTypes(tables, mapping).problems
    guard problems.isEmpty else { return (mapping, problems) }
    var mapping = mapping
    mapping.engine = .postgres
    mapping.access.engine = .postgres
    try fitUsers(&mapping, &problems)
    try fitCompanies(&mapping, &problems)
    try fitAccess(&mapping, &problems)
    return (mapping, problems)
  }

  private func type(_ column: SQLName?, _ table: SQLName) -> String? {
    column.flatMap { tables.column($0, of: table)?.type }
  }

  /// A column with times; nil where it has none.
  private func time(_ column: SQLName?, _ table: SQLName) -> SQLName? {
    column.flatMap { ColumnType(type($0, table)).isTime ? $0 : nil }
  }

  // MARK: - Users and companies

  private func fitUsers(
    _ mapping: inout SchemaMapping, _ problems: inout [MappingProblem]
  ) throws {
    let table = mapping.users.table
    mapping.users.keys = try keys(mapping.users.key, table)
    mapping.users.hasNullableKey = isNullable(mapping.users.key, table)
    mapping.users.active = try active(mapping.users.active, "users", table, &problems)
    mapping.users.createdAt = time(mapping.users.createdAt, table)
    mapping.users.modifiedAt = time(mapping.users.modifiedAt, table)
    mapping.users.only = try conditions(mapping.users.only, "users.only", table, &problems)
    var columns =
      mapping.users.fullName
      + [mapping.users.username, mapping.users.email]
      .compactMap(\.self)
    if case .column(let role) = mapping.users.role { columns.append(role) }
    columns += [mapping.users.active.column, mapping.scope?.user].compactMap(\.self)
    mapping.users.typed = typed(columns, table)
    for place in mapping.users.lookups.indices { mapping.users.lookups[place].isTyped = true }
  }

  private func fitCompanies(
    _ mapping: inout SchemaMapping, _ problems: inout [MappingProblem]
  ) throws {
    let table = mapping.companies.table
    mapping.companies.keys = try keys(mapping.companies.key, table)
    mapping.companies.hasNullableKey = isNullable(mapping.companies.key, table)
    mapping.companies.active = try active(
      mapping.companies.active, "companies", table, &problems)
    mapping.companies.createdAt = time(mapping.companies.createdAt, table)
    mapping.companies.modifiedAt = time(mapping.companies.modifiedAt, table)
    mapping.companies.only = try conditions(
      mapping.companies.only, "companies.only", table, &problems)
    let columns: [SQLName?] = [
      mapping.companies.name, mapping.companies.code, mapping.companies.active.column,
      mapping.scope?.company,
    ]
    mapping.companies.typed = typed(columns.compactMap(\.self), table)
    for place in mapping.companies.lookups.indices {
      mapping.companies.lookups[place].isTyped = true
    }
  }

  private func isNullable(_ column: SQLName, _ table: SQLName) -> Bool {
    catalog.table(table.text)?.column(column.text)?.isNullable ?? false
  }

  private func typed(_ columns: [SQLName], _ table: SQLName) -> Set<SQLName> {
    Set(columns.filter { type($0, table).map { !ColumnType($0).isNative } ?? false })
  }

  private func active(
    _ active: SchemaMapping.Active, _ place: String, _ table: SQLName,
    _ problems: inout [MappingProblem]
  ) throws -> SchemaMapping.Active {
    switch active {
    case .flag(let column) where type(column, table) == "boolean": return .truth(column)
    case .equals(let column, let value):
      let kept = try held(value, column, "\(place).active.equals", table, &problems)
      return .equals(column, kept)
    case .always, .flag, .truth: return active
    }
  }

  // MARK: - Values

  /// The conditions with values as the columns write them.
  private func conditions(
    _ conditions: [SchemaMapping.ColumnCondition], _ place: String, _ table: SQLName,
    _ problems: inout [MappingProblem]
  ) throws -> [SchemaMapping.ColumnCondition] {
    try conditions.map {
      SchemaMapping.ColumnCondition(
        column: $0.column, equals: try held($0.equals, $0.column, place, table, &problems))
    }
  }

  /// A value as its column writes it: a server takes no number for a truth, and no word that is not one of
  /// an enumeration.
  private func held(
    _ value: Value, _ column: SQLName, _ place: String, _ table: SQLName,
    _ problems: inout [MappingProblem]
  ) throws -> Value {
    guard let words = StoredValue(value).words, let type = type(column, table) else { return value }
    do {
      let text = try session.atSavepoint {
        try session.first(
          SQLStatement(
            stringLiteral: "SELECT CAST(CAST(\(SQLText.literal(words)) AS \(type)) AS text)")
        ) { $0.text(0) }
      }
      return text.map { .text($0) } ?? value
    } catch let error as DatabaseError where error.state?.hasPrefix("22") == true {
      problems.append(
        MappingProblem(place, .cannotHold(column.text, table: table.text, value: words)))
      return value
    }
  }

  // MARK: - Keys

  /// How a column stores keys: by its type, and texts by the first row.
  private func keys(_ column: SQLName, _ table: SQLName) throws -> KeyStorage {
    let type = type(column, table) ?? "text"
    var keys = KeyStorage(serverType: type)
    guard keys.form == .text else { return keys }
    let sample = try session.first(
      "SELECT t.\(column) FROM \(table) AS t WHERE t.\(column) IS NOT NULL LIMIT 1"
    ) { Key($0.value(0)) }
    keys.form = sample.map(KeyStorage.Form.init) ?? KeyStorage.Form(type: type)
    return keys
  }

  // MARK: - The access table

  private func fitAccess(
    _ mapping: inout SchemaMapping, _ problems: inout [MappingProblem]
  ) throws {
    guard let table = catalog.table(mapping.access.table.text) else {
      mapping.access.keys = KeyStorage(serverType: "uuid")
      return
    }
    var access = mapping.access
    if let key = access.key, type(key, access.table) != nil {
      access.keys = try keys(key, access.table)
      if access.keys.form == .text {
        access.keys.form = KeyStorage.Form(type: access.keys.type)
        let beside = [mapping.companies.keys.form, mapping.users.keys.form]
        if access.keys.form == .text {
          access.keys.form = beside.first { $0 == .digits } ?? .dashed
        }
      }
    }
    access.isPairUnique = table.isUnique([access.user.text, access.company.text])
    if access.isDescribed {
      try describe(&access, table, &problems)
    }
    mapping.access = access
  }

  private func describe(
    _ access: inout SchemaMapping.Access, _ table: SchemaCatalog.Table,
    _ problems: inout [MappingProblem]
  ) throws {
    let name = access.table
    access.only = try conditions(access.only, "access.only", name, &problems)
    if let live = access.live {
      access.live = try conditions([live], "access.live", name, &problems)[0]
    }
    func values(
      _ all: [SchemaMapping.ColumnValue], _ place: String
    ) throws -> [SchemaMapping.ColumnValue] {
      try all.map { value in
        guard case .constant(let constant) = value.content else { return value }
        let kept = try held(constant, value.column, place, name, &problems)
        return SchemaMapping.ColumnValue(column: value.column, content: .constant(kept))
      }
    }
    access.new = try values(access.new, "access.new")
    access.end = try values(access.end, "access.end")
    let known = Set(
      ([access.user, access.company]
        + [access.key, access.createdAt, access.modifiedAt]
        .compactMap(\.self)).map(\.text))
    access.further = table.columns.filter { !known.contains($0.name) && !$0.isGenerated }
      .map { SQLName(foreign: $0.name) }
    access.nullable = Set(table.columns.filter(\.isNullable).map { $0.name.lowercased() })
    access.hasNullablePair = [access.user, access.company].contains {
      access.nullable.contains($0.folded)
    }
    access.holdsEndedRows = access.isPairUnique
    if !access.isPairUnique {
      access.isPairUnique = try partialIndexes(of: table, [access.user, access.company])
        .contains { access.isCounting($0) }
    }
    let times =
      [access.createdAt, access.modifiedAt].compactMap(\.self)
      + (access.new + access.end).filter { $0.content == .now }.map(\.column)
    for column in times { access.times[column.folded] = try form(of: column, name) }
    access.hasUserIndex =
      table.primaryKey.first == access.user.text
      || table.indexes.contains { !$0.isPartial && $0.columns.first == access.user.text }
  }

  /// How a column stores times: as such, or as a number, by its greatest one.
  private func form(
    of column: SQLName, _ table: SQLName
  ) throws -> SchemaMapping.StoredTime {
    guard let type = type(column, table), ColumnType(type).kept == "bigint" else { return .text }
    let greatest = try session.first("SELECT max(t.\(column)) FROM \(table) AS t") {
      $0.optionalInteger(0)
    }
    guard let greatest = greatest ?? nil, greatest > 0 else {
      return .number(perSecond: type == "bigint" ? 1_000 : 1)
    }
    return SchemaMapping.StoredTime(like: greatest)
  }

  /// The UNIQUE indexes over the pair alone that hold some of the rows, as texts that end with the
  /// condition.
  private func partialIndexes(
    of table: SchemaCatalog.Table, _ pair: [SQLName]
  ) throws -> [String] {
    let names = table.indexes.filter { index in
      index.isUnique && index.isPartial && index.columns.count == 2
        && Set(index.columns) == Set(pair.map { $0.text as String? })
    }.map(\.name)
    return try names.compactMap { name in
      try session.first(
        """
        SELECT pg_get_expr(i.indpred, i.indrelid) FROM pg_index AS i
        JOIN pg_class AS c ON c.oid = i.indexrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = \(Value.text(table.schema)) AND c.relname = \(Value.text(name))
        """ as SQLStatement
      ) { "where " + ServerTables.withoutCasts($0.text(0)) }
    }
  }

  /// An expression as PostgreSQL writes it, without the types that it adds.
  static func withoutCasts(_ expression: String) -> String {
    var rest = expression.replacing("::character varying", with: "")[...]
    var text = ""
    while let cast = rest.firstRange(of: "::") {
      text += rest[..<cast.lowerBound]
      rest = rest[cast.upperBound...].drop {
        $0.isLetter || $0.isNumber || "_.\"".contains($0)
      }
    }
    return text + rest
  }
}

extension KeyStorage {
  /// Keys as a server stores them, by the type of their column.
  init(serverType type: String) {
    let kept = ColumnType(type).kept
    let form: Form =
      switch kept {
      case "bigint": .integer
      case "uuid": .dashed
      case "bytea": .bytes
      default: .text
      }
    self.init(type: type, form: form, serverType: kept)
  }
}
