/// What keeps a description of an application's tables from being used.
public struct MappingProblem: Hashable, Sendable {
  /// Where in the description, as in "users.role.column"; empty for the whole.
  public let place: String
  /// What is wrong.
  public let kind: Kind

  /// What can be wrong with a description.
  public enum Kind: Hashable, Sendable {
    /// The file is no JSON, for this reason.
    case notJSON(line: Int, reason: String)
    /// It has to be there and is not.
    case missing
    /// There is no such key.
    case unknownKey
    /// The key is there twice.
    case repeated
    /// Something else has to stand there: a text, say.
    case wrongType(expected: String)
    /// It is no name that a table or column can have here.
    case badName
    /// The name belongs to another table.
    case taken(String)
    /// A new table of this name would hide a table-valued function of SQLite.
    case hidesFunction(String)
    /// The database has no such table.
    case noTable(String)
    /// The name is that of a view or a virtual table, to which nothing can refer.
    case noOrdinaryTable(String)
    /// The name is that of a view of a server, to which nothing can refer.
    case view(String)
    /// The table is partitioned: its rows are in others.
    case partitioned(String)
    /// The table is one of another database.
    case foreignTable(String)
    /// The table has no such column.
    case noColumn(String, table: String)
    /// The database says that it has this mapping, of which this program does not know.
    case unknownMapping(String)
    /// It cannot stand beside another key.
    case excluded(String)
    /// What ends a grant does not touch the column by which a row counts.
    case endsNothing
    /// Rows of the table are not told apart by the column alone.
    case notUnique(String, table: String)
    /// The column is of a type with which nothing of the kind can be done.
    case wrongColumn(String, table: String, type: String, expected: String)
    /// The column cannot hold the value that is asked for.
    case cannotHold(String, table: String, value: String)
    /// A schema is named, and a file has none.
    case noSchemas
    /// The database has no such schema, or it may not be looked into.
    case noSchema(String)
  }

  init(_ place: String, _ kind: Kind) {
    self.place = place
    self.kind = kind
  }
}

extension MappingProblem: CustomStringConvertible {
  /// The place and what is wrong there, as a sentence without its full stop.
  public var description: String { place.isEmpty ? words : "\(place): \(words)" }

  private var words: String {
    switch kind {
    case .notJSON(let line, let reason): "line \(line): \(reason)"
    case .missing: "it is missing"
    case .unknownKey: "there is no such key"
    case .repeated: "it is there twice"
    case .wrongType(let expected): "\(expected) is expected"
    case .badName: "this cannot be a name"
    case .taken(let name): "'\(name)' is another table"
    case .hidesFunction(let name):
      "a table '\(name)' would hide SQLite's function of that name; take another name"
    case .noTable(let name): "there is no table '\(name)'"
    case .noOrdinaryTable(let name): "'\(name)' is a view or a virtual table"
    case .view(let name): "'\(name)' is a view"
    case .partitioned(let name):
      "'\(name)' is a partitioned table, whose rows and keys are in others; this program keeps no record of "
        + "these"
    case .foreignTable(let name): "'\(name)' is a table of another database"
    case .noColumn(let name, let table): "the table '\(table)' has no column '\(name)'"
    case .unknownMapping(let name): "no mapping '\(name)' is known, perhaps to a newer program"
    case .excluded(let key): "it cannot stand beside \(key)"
    case .endsNothing: "it must name the column of 'live', so that the row no longer counts"
    case .notUnique(let name, let table):
      "the column '\(name)' of the table '\(table)' is neither its primary key nor UNIQUE"
    case .wrongColumn(let name, let table, let type, let expected):
      "the column '\(name)' of the table '\(table)' must be \(expected), but is \(type)"
    case .cannotHold(let name, let table, let value):
      "the column '\(name)' of the table '\(table)' cannot hold '\(value)'"
    case .noSchemas: "only a database of a PostgreSQL server has schemas"
    case .noSchema(let name): "there is no schema '\(name)' that this login may use"
    }
  }
}

/// A description that cannot be used, with everything that is wrong.
struct MappingError: Error, Hashable {
  let problems: [MappingProblem]
}
