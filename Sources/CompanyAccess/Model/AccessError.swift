/// Why something could not be done with a database.
public enum AccessError: Error, Hashable, Sendable {
  /// There is no file at the path.
  case noSuchFile(path: String)
  /// The path leads to something that is not a file.
  case notAFile(path: String)
  /// The file is not an SQLite database.
  case notADatabase(path: String)
  /// The database lacks these tables, without which there is nothing to work on.
  case noTables(path: String, missing: [String])
  /// The database is damaged, or an unfinished write cannot be rolled back here.
  case damaged(path: String, detail: String)
  /// A program that crashed left an unfinished write, and the file may only be read.
  case needsRecovery(path: String)
  /// The operating system does not let this user read the file.
  case notPermitted(path: String)
  /// Another program holds the database.
  case busy(path: String)
  /// The database was opened only to be read.
  case readOnly(ReadOnlyReason)
  /// Objects that keep the record are missing, so nothing may be written.
  case recordIncomplete(missing: [String])
  /// There is no user with this id.
  case noSuchUser(UserID)
  /// There is no company with this id.
  case noSuchCompany(CompanyID)
  /// There is no change with this number.
  case noSuchChange(ChangeID)
  /// The state moved since the plan was made; this is the plan for the state as it is now.
  case planChanged(Plan)
  /// The work was cancelled, and nothing has happened.
  case cancelled
  /// No room is left on the disk; nothing has been written.
  case diskFull(path: String)
  /// The disk answered with an error; nothing has been written.
  case diskError(path: String, detail: String)
  /// There is a file already.
  case exists(path: String)
  /// A new file cannot be made there.
  case cannotCreate(path: String, detail: String)
  /// Memory ran out.
  case outOfMemory
  /// Anything that should not happen.
  case unexpected(detail: String)
}

/// Why a database is only read.
public enum ReadOnlyReason: Hashable, Sendable {
  /// It was asked for.
  case asked
  /// The mode bits of the file forbid this user to write.
  case modeBits
  /// The mode bits of the folder forbid this user to make the journal there.
  case folder
  /// The file system is mounted to be read only.
  case fileSystem
}
