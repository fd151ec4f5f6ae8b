internal import Database

/// A table of the application whose rows belong to a user and to a company.
public struct LeakTable: Hashable, Sendable {
  /// Its name.
  public let table: String
  /// The column with the key of the user.
  public let userColumn: String
  /// The column with the key of the company.
  public let companyColumn: String

  /// The columns that tell the rows apart, in order; none where the rows have only a number of their own.
  let key: [SQLName]
  /// Whether rows are told apart by a number that is no column.
  let hasRowIDs: Bool
}

/// A table that may have rows of users and companies, and in which leaks are not looked for.
public struct LeakGap: Hashable, Sendable {
  /// Why a table, or a part of it, is not looked at.
  public enum Reason: Hashable, Sendable {
    /// Nothing says to which table a column refers whose name is used for several.
    case unclear(column: String)
    /// It cannot be read, as where a column is computed by a function that only the application has.
    case unreadable(detail: String)
    /// Only so many of its rows are looked at.
    case beyond(rows: Int)
  }

  /// Its name.
  public let table: String
  /// Why.
  public let reason: Reason
}

extension LeakGap: CustomStringConvertible {
  /// What is not looked at and why, as half a sentence.
  public var description: String {
    switch reason {
    case .unclear(let column):
      "rows of \(table), because nothing says to which table \(column) refers"
    case .unreadable(let detail): "rows of \(table): \(detail)"
    case .beyond(let rows): "rows of \(table) beyond its first \(rows)"
    }
  }
}

/// Finds the tables of an application with a user and a company column.
///
/// A column counts if a foreign key says so. Without a foreign key it counts only by the name: if other
/// tables, or the mapping, refer to users by a column of the very same name and type, no column of this
/// name refers to anything else, and no table has it as its own key.
struct LeakTables {
  private(set) var tables: [LeakTable] = []
  private(set) var gaps: [LeakGap] = []

  private let catalog: SchemaCatalog
  private let mapping: SchemaMapping

  init(_ connection: any DatabaseSession, _ mapping: SchemaMapping) throws {
    self.mapping = mapping
    catalog = try connection.catalog()
    let users = ReferringColumns(
      catalog, to: mapping.users.table, mapping.users.key, mapping.users.keys,
      known: [(mapping.access.table, mapping.access.user)]
        + (mapping.home.map { [($0.table, $0.user)] } ?? []))
    let companies = ReferringColumns(
      catalog, to: mapping.companies.table, mapping.companies.key, mapping.companies.keys,
      known: [(mapping.access.table, mapping.access.company)]
        + (mapping.home.map { [($0.table, $0.company)] } ?? []))
    for table in catalog.tables where isLookedAt(table) {
      let (ofUsers, ofCompanies) = (users.columns(of: table), companies.columns(of: table))
      if let unclear = (ofUsers.unclear + ofCompanies.unclear).first,
        !(ofUsers.sure + ofUsers.unclear).isEmpty, !(ofCompanies.sure + ofCompanies.unclear).isEmpty
      {
        gaps.append(LeakGap(table: table.name, reason: .unclear(column: unclear)))
      }
      let name = SQLName(foreign: table.name)
      let hasRowIDs =
        connection is Connection
        ? KeyColumn.hasRowIDs(connection, name) : table.primaryKey.isEmpty
      for user in ofUsers.sure {
        for company in ofCompanies.sure where company != user {
          tables.append(
            LeakTable(
              table: table.name, userColumn: user, companyColumn: company,
              key: table.primaryKey.map { SQLName(foreign: $0) }, hasRowIDs: hasRowIDs))
        }
      }
    }
  }

  /// Whether a table holds what belongs to users and companies, and not these themselves, the grants, or
  /// the record.
  private func isLookedAt(_ table: SchemaCatalog.Table) -> Bool {
    let name = SQLName(foreign: table.name)
    let others = [mapping.users.table, mapping.companies.table, mapping.access.table]
    return table.kind == .table && !others.contains { $0.isSame(as: name) }
      && !table.name.lowercased().hasPrefix("company_access_")
  }
}

/// The columns of tables that hold keys of the users, or of the companies.
private struct ReferringColumns {
  private let target: SQLName
  private let key: SQLName
  private let kind: CatalogueColumn.Kind
  /// The names of columns that refer to it, in lower case.
  private var names: Set<String> = []
  /// Those that mean something else in another table, too.
  private var unclear: Set<String> = []

  init(
    _ catalog: SchemaCatalog, to target: SQLName, _ key: SQLName, _ keys: KeyStorage,
    known: [(table: SQLName, column: SQLName)]
  ) {
    self.target = target
    self.key = key
    kind = ReferringColumns.kind(keys.type)
    let tables = catalog.tables.filter { $0.kind == .table }
    let others = tables.filter { !SQLName(foreign: $0.name).isSame(as: target) }
    // The key of the users themselves, where their home company is in their own row, is no reference.
    for place in known where !place.table.isSame(as: target) {
      names.insert(place.column.text.lowercased())
    }
    for table in tables {
      for reference in table.foreignKeys {
        for (column, isMeant) in self.columns(of: reference, catalog) {
          if isMeant { names.insert(column) } else { unclear.insert(column) }
        }
      }
    }
    for table in others where table.primaryKey.count == 1 {
      unclear.insert(table.primaryKey[0].lowercased())
    }
    unclear.formIntersection(names)
  }

  /// The columns of a foreign key, in lower case, and whether each holds the key that is meant.
  private func columns(
    of reference: SchemaCatalog.ForeignKey, _ catalog: SchemaCatalog
  ) -> [(column: String, isMeant: Bool)] {
    let isToTarget = SQLName(foreign: reference.table).isSame(as: target)
    let targets =
      reference.targets.isEmpty
      ? catalog.table(reference.table)?.primaryKey ?? [key.text] : reference.targets
    return zip(reference.columns, targets).map { column, target in
      (column.lowercased(), isToTarget && SQLName(foreign: target).isSame(as: key))
    }
  }

  /// The columns of a table that hold the key, and those that may do so.
  func columns(of table: SchemaCatalog.Table) -> (sure: [String], unclear: [String]) {
    var declared: [String: Bool] = [:]
    let own = SchemaCatalog(tables: [])
    for reference in table.foreignKeys {
      for (column, isMeant) in columns(of: reference, own) {
        declared[column] = (declared[column] ?? false) || isMeant
      }
    }
    var found: (sure: [String], unclear: [String]) = ([], [])
    for column in table.columns {
      let name = column.name.lowercased()
      if let isMeant = declared[name] {
        if isMeant { found.sure.append(column.name) }
      } else if names.contains(name), ReferringColumns.kind(column.type) == kind {
        if unclear.contains(name) {
          found.unclear.append(column.name)
        } else {
          found.sure.append(column.name)
        }
      }
    }
    return found
  }

  private static func kind(_ type: String) -> CatalogueColumn.Kind {
    CatalogueColumn(name: "", type: type, isRequired: false, defaultValue: nil, keyPlace: 0).kind
  }
}
