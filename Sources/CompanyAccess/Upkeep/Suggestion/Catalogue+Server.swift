internal import Database

extension Catalogue {
  /// The catalogue of a database of a server, without samples of rows.
  init(_ catalog: SchemaCatalog) {
    self.init(
      tables: catalog.tables.filter { $0.kind == .table }.map { table in
        CatalogueTable(
          name: table.name,
          columns: table.columns.filter { !$0.isGenerated }.map { column in
            CatalogueColumn(
              name: column.name, type: column.type, isRequired: !column.isNullable,
              defaultValue: column.defaultValue ?? (column.isIdentity ? "numbered" : nil),
              keyPlace: (table.primaryKey.firstIndex(of: column.name) ?? -1) + 1)
          },
          foreignKeys: table.foreignKeys.map {
            CatalogueForeignKey(
              columns: $0.columns, table: $0.table, references: $0.targets,
              deletesRows: $0.onDelete == .cascade)
          },
          unique: table.indexes.compactMap { index in
            let columns = index.columns.compactMap(\.self)
            guard index.isUnique, columns.count == index.columns.count,
              columns != table.primaryKey
            else { return nil }
            return CatalogueUnique(columns: columns, isPartial: index.isPartial)
          })
      })
  }
}
