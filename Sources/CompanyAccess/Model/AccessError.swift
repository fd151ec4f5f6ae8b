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
  /// The database is damaged.
  case damaged(path: String, detail: String)
  /// What another program left beside the file must be worked in first, and that is a write.
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
  /// No user goes by this name or id; some have similar names.
  case noUserNamed(String, similar: [User])
  /// No company goes by this name, code or id; some have similar names.
  case noCompanyNamed(String, similar: [Company])
  /// Several users go by this name; at most `AccessStore.namedCandidates` are listed.
  case severalUsersNamed(String, [User])
  /// Several companies go by this name; at most `AccessStore.namedCandidates` are listed.
  case severalCompaniesNamed(String, [Company])
  /// There is no change with this number.
  case noSuchChange(ChangeID)
  /// What was before this time has been pruned from the record.
  case notKept(before: Timestamp)
  /// The user is there, so that the record cannot forget the name.
  case userIsThere(User)
  /// The state moved since the plan was made; this is the plan for the state as it is now.
  case planChanged(Plan)
  /// The database is not empty, as it has to be: this table has rows.
  case notEmpty(table: String)
  /// The work was cancelled, and nothing has happened.
  case cancelled
  /// No room is left on the disk; nothing has been written.
  case diskFull(path: String)
  /// The disk answered with an error; nothing has been written.
  case diskError(path: String, detail: String)
  /// There is a file already.
  case exists(path: String)
  /// A folder that was to be empty holds something.
  case folderNotEmpty(path: String)
  /// A period that ends before it begins.
  case emptyPeriod(from: Timestamp, to: Timestamp)
  /// A new file cannot be made there.
  case cannotCreate(path: String, detail: String)
  /// Memory ran out.
  case outOfMemory
  /// Anything that should not happen.
  case unexpected(detail: String)
}
