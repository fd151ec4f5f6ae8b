/// What keeps a database from being upgraded, or written at all, and has to be put right first.
public enum SchemaProblem: Hashable, Sendable {
  /// The tables are of no application that is known, and no mapping was given.
  case unknownMapping
  /// A newer version of this program made the tables.
  case newerVersion(Int)
  /// An earlier version of this program made the tables, which have to be brought over first.
  case olderVersion(Int)
  /// Tables of ours are there, but not the setting that says of which version they are.
  case noVersion
  /// Another program's migration has stopped half-way and has left this table.
  case unfinishedMigration(table: String)
  /// A view, a virtual table or another object stands where a table, index or trigger of ours has to
  /// be.
  case nameTaken(kind: String, name: String)
  /// A table of ours is not as it was made.
  case edited(table: String)
  /// A column of the access table is not there.
  case missingColumn(table: String, column: String)
  /// A column of the access table is of another kind than it has to be.
  case wrongColumn(table: String, column: String, expected: String)
  /// Tables of the application refer to both users and companies, and the mapping names none of them as
  /// the access table.
  case tablesOfBoth([String], access: String)
  /// Another column of the access table must be filled and has no default.
  case requiredColumn(table: String, column: String)
  /// A column of the access table does not refer to its parent so that grants go with it.
  case noForeignKey(table: String, column: String, parent: String)
  /// A trigger that is not ours acts on a table of ours.
  case foreignTrigger(name: String, table: String)
  /// A trigger of another table writes to a table of ours.
  case writingTrigger(name: String, on: String, table: String)
  /// A UNIQUE index of the access table is over columns that this program does not fill, so that it
  /// would forbid a second grant.
  case foreignUnique(name: String, table: String, columns: [String])
  /// A UNIQUE index over the pair counts only some of the rows, so that a pair may be there twice.
  case partialUnique(name: String, table: String)
  /// By a column of the access table, or of the table with the home companies, a row may not count.
  case endingColumn(table: String, column: String, isHome: Bool)
  /// The rows of the access table have no numbers of their own.
  case withoutRowid(table: String)
  /// Triggers of this program stand without its tables, on these tables.
  case leftovers(tables: [String])
  /// Tables of the record are not there, and what they held cannot be made again.
  case lostRecord(tables: [String])
  /// The file is adopted already, by another description than the one given.
  case otherDescription
  /// The description given names another access table than the one the record is of.
  case otherAccessTable(given: String, recorded: String)
  /// A view or trigger of the application needs a table that would go.
  case dependent(kind: String, name: String, table: String)
  /// Pairs are there more than once; the first of them as `user, company`.
  case duplicates(table: String, count: Int, first: [String])
  /// So many rows refer to something that is not there.
  case orphans(table: String, parent: String, count: Int)
  /// SQLite cannot check the foreign keys of a table, for this reason.
  case unusableForeignKeys(table: String, detail: String)
  /// A schema with the name of ours is there, of this role, and has no record of this program.
  case foreignSchema(owner: String)
  /// A table of a server has rows in other tables, which inherit from it.
  case inherited(table: String)
  /// What the application's schema runs when a row is written has to be trusted first.
  case needsTrust([UntrustedTable])

  /// Whether not even the rows can be read.
  var forbidsReading: Bool {
    switch self {
    case .missingColumn, .leftovers, .lostRecord, .olderVersion: true
    case .nameTaken(let kind, _): kind != "index" && kind != "trigger"
    default: false
    }
  }
}

extension SchemaProblem {
  /// Whether it is that an earlier version of this program made the tables, which an upgrade of the
  /// schema brings over.
  package var isOlderVersion: Bool {
    if case .olderVersion = self { true } else { false }
  }
}

/// A table whose rows can be written only by running what the application's schema says, which
/// SQLite considers unsafe in a file that may come from anybody.
public struct UntrustedTable: Hashable, Sendable {
  /// The table.
  public let table: String
  /// What SQLite says.
  public let detail: String
  /// The definitions of the table and of its triggers.
  public let definitions: [String]
}

/// What is to be known about a database that is upgraded.
public enum SchemaNote: Hashable, Sendable {
  /// Rows of an access table that was there already, which stay as they are.
  case keptGrants(table: String, count: Int)
  /// Rows of an access table that was there already stay when the row that a column refers to goes.
  case noCascade(table: String, column: String, parent: String)
  /// An access table that was there already has no index by which the users of a company are found.
  case noCompanyIndex(table: String)
  /// An access table that was there already has no index by which the companies of a user are found.
  case noUserIndex(table: String)
  /// What a migration of the application that touches these tables must do first, and afterwards.
  case migrations(tables: [String])
  /// Tables of the application refer to both users and companies, beside the access table that is
  /// made.
  case besideTables([String], access: String)
  /// The application's schema is migrated by Alembic, which has to leave alone what is added: the
  /// lines for its env.py.
  case alembic(lines: [String])
  /// Rows of another table refer to rows of the access table, which then cannot be deleted.
  case accessReferenced(by: String, access: String)
  /// A trigger of the application on one of its tables, which goes on working.
  case applicationTrigger(name: String, table: String)
  /// Rows of another table refer to something that is not there.
  case orphans(table: String, count: Int)
  /// SQLite cannot check the foreign keys of another table, for this reason.
  case unusableForeignKeys(table: String, detail: String)
  /// This program cannot write a table, because its definition needs what only the application has.
  case cannotWrite(table: String, detail: String)
  /// What the application's schema runs is trusted.
  case trusted(UntrustedTable)
}
