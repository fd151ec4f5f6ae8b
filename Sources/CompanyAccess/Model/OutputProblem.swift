/// Why nothing is written to a path.
public enum OutputProblem: Hashable, Sendable {
  /// It is the database that is in use, under any name.
  case databaseInUse
  /// It has a name that SQLite keeps for its own beside this database.
  case partOfDatabase(String)
  /// It is a database, which only a copy of a database may replace.
  case database
  /// It is a database, and nothing may be changed.
  case databaseKept
  /// This file is there, which SQLite would take for a part of the new database.
  case strayPart(String)
  /// It is a link to this, and links are neither followed nor replaced.
  case link(to: String)
  /// It is a folder.
  case folder
  /// It is not a folder.
  case notAFolder
  /// It is a device, a pipe or standard output, but what is written needs a file of its own.
  case notAFile
  /// It is a disk or a socket.
  case unsuitable
}

extension OutputProblem: CustomStringConvertible {
  /// The reason and the way out, as half a sentence.
  public var description: String {
    switch self {
    case .databaseInUse: "it is the database itself; give another name"
    case .partOfDatabase(let path):
      "SQLite would take it for a part of \(path), and remove it; give another name"
    case .database: "it is a database, which only a backup may replace; give another name"
    case .databaseKept: "it is a database, and --read-only replaces none; give another name"
    case .strayPart(let path):
      "SQLite would take \(path) for a part of it; move that away, or give another name"
    case .link(let target):
      "it is a link to \(target), and links are neither followed nor replaced; give the name of a file"
    case .folder: "it is a folder; give the name of a file in it"
    case .notAFolder: "it is not a folder; give the name of a new or an empty one"
    case .notAFile:
      "it is not a file on a disk, and what is written needs one; give the name of a file"
    case .unsuitable: "it is a disk or a socket; give the name of a file"
    }
  }
}
