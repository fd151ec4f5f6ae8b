/// What a database says of its tables, the same for every engine.
package struct SchemaCatalog: Hashable, Sendable {
  /// The tables and views, by schema and name.
  package let tables: [Table]

  /// A description of tables.
  package init(tables: [Table]) { self.tables = tables }

  /// A table by its name; where several schemas have it, the first that is looked into.
  ///
  /// - Parameters:
  ///   - name: The name as the database has it.
  ///   - schema: Its schema; nil for any.
  /// - Returns: The table, or nil.
  package func table(_ name: String, in schema: String? = nil) -> Table? {
    tables.first { $0.name == name && (schema == nil || $0.schema == schema) }
  }

  /// A table, or what can be read like one.
  package struct Table: Hashable, Sendable {
    package let schema: String
    package let name: String
    package let kind: Kind
    package let columns: [Column]
    /// The columns of the primary key, in its order.
    package let primaryKey: [String]
    package let foreignKeys: [ForeignKey]
    package let indexes: [Index]
    package let triggers: [Trigger]

    /// A description of a table.
    package init(
      schema: String, name: String, kind: Kind, columns: [Column], primaryKey: [String],
      foreignKeys: [ForeignKey], indexes: [Index], triggers: [Trigger]
    ) {
      (self.schema, self.name, self.kind, self.columns) = (schema, name, kind, columns)
      (self.primaryKey, self.foreignKeys) = (primaryKey, foreignKeys)
      (self.indexes, self.triggers) = (indexes, triggers)
    }

    /// A column by its name.
    package func column(_ name: String) -> Column? { columns.first { $0.name == name } }

    /// Whether the columns, in any order, tell the rows apart.
    package func isUnique(_ names: Set<String>) -> Bool {
      Set(primaryKey) == names && primaryKey.count == names.count
        || indexes.contains { index in
          index.isUnique && !index.isPartial && index.columns.count == names.count
            && Set(index.columns.compactMap(\.self)) == names
        }
    }
  }

  /// What a table is.
  package enum Kind: Hashable, Sendable {
    case table
    case view
    /// A table whose rows are in other tables.
    case partitioned
    /// A table of another database, or one that a module makes up.
    case foreign
  }

  /// A column.
  package struct Column: Hashable, Sendable {
    package let name: String
    /// The type as the database writes it.
    package let type: String
    package let isNullable: Bool
    /// The expression of the default value; nil without one.
    package let defaultValue: String?
    /// Whether the engine gives new rows a value by itself: an identity, a serial, a rowid.
    package let isIdentity: Bool
    /// Whether it is computed from other columns.
    package let isGenerated: Bool
    /// The collation, where it is not the one of the bytes or of the database.
    package let collation: String?

    /// A description of a column.
    package init(
      name: String, type: String, isNullable: Bool, defaultValue: String?, isIdentity: Bool,
      isGenerated: Bool, collation: String?
    ) {
      (self.name, self.type, self.isNullable) = (name, type, isNullable)
      (self.defaultValue, self.isIdentity) = (defaultValue, isIdentity)
      (self.isGenerated, self.collation) = (isGenerated, collation)
    }
  }

  /// A foreign key.
  package struct ForeignKey: Hashable, Sendable {
    package let columns: [String]
    package let table: String
    package let targets: [String]
    package let onDelete: Action
    package let onUpdate: Action
    /// Whether it may be checked at the end of the transaction.
    package let isDeferrable: Bool

    /// A description of a foreign key.
    package init(
      columns: [String], table: String, targets: [String], onDelete: Action, onUpdate: Action,
      isDeferrable: Bool
    ) {
      (self.columns, self.table, self.targets) = (columns, table, targets)
      (self.onDelete, self.onUpdate, self.isDeferrable) = (onDelete, onUpdate, isDeferrable)
    }
  }

  /// What happens to a row whose parent goes or gets another key.
  package enum Action: Hashable, Sendable { case noAction, restrict, cascade, setNull, setDefault }

  /// An index.
  package struct Index: Hashable, Sendable {
    package let name: String
    /// The columns in their order; nil for an expression.
    package let columns: [String?]
    package let isUnique: Bool
    /// Whether it has only the rows of a condition.
    package let isPartial: Bool

    /// A description of an index.
    package init(name: String, columns: [String?], isUnique: Bool, isPartial: Bool) {
      (self.name, self.columns) = (name, columns)
      (self.isUnique, self.isPartial) = (isUnique, isPartial)
    }
  }

  /// A trigger.
  package struct Trigger: Hashable, Sendable {
    package let name: String
    package let firing: Firing

    /// A description of a trigger.
    package init(name: String, firing: Firing) { (self.name, self.firing) = (name, firing) }
  }

  /// When a trigger runs.
  package enum Firing: Hashable, Sendable {
    /// Always, also where another server's changes are applied.
    case always
    /// In sessions of the usual kind.
    case usual
    /// Only where another server's changes are applied.
    case replica
    case never
  }
}
