/// Why something could not be done with a database.
public enum AccessError: Error, Hashable, Sendable {
  /// There is no file at the path.
  case noSuchFile(path: String)
  /// The location is that of a PostgreSQL server, which this version does not open; a file of such a name
  /// is opened as `./NAME`.
  case serverLocation
  /// A text is no location of a database, for this reason.
  case badLocation(detail: String)
  /// No server answers there, it ended the session, or it is too old.
  case serverUnavailable(path: String, detail: String)
  /// The connection to the server has gone while it committed a change, and it is not known whether it
  /// did; the write, where `AccessStore.isMade(_:work:)` can find that out.
  case outcomeUnknown(path: String, detail: String, UncertainWrite? = nil)
  /// An administrator of the server, or a limit of time that is set there, has stopped it.
  case stoppedByServer(path: String)
  /// The server asks for a password, and none is kept where it is looked for.
  case passwordNeeded(path: String)
  /// The server does not let this login in, or not do this.
  case serverRefuses(path: String, detail: String)
  /// The database of a server has tables already, this one among them.
  case hasTables(path: String, table: String)
  /// The database of a server has no record.
  case notAdopted(path: String)
  /// This is not done in a database of a PostgreSQL server, only in a file of SQLite.
  case notForServers(what: String)
  /// The path leads to something that is not a file.
  case notAFile(path: String)
  /// The file is not an SQLite database.
  case notADatabase(path: String)
  /// The database lacks these tables, without which there is nothing to work on; the mapping is that
  /// of an application whose own tables are there, if it is known.
  case noTables(path: String, missing: [String], mapping: String? = nil)
  /// The tables of the database are not as its mapping says.
  case unfitMapping(path: String, mapping: String, [MappingProblem])
  /// A file does not describe a mapping.
  case badMappingFile(path: String, [MappingProblem])
  /// The database is damaged.
  case damaged(path: String, detail: String)
  /// What another program left beside the file must be worked in first, and that is a write.
  case needsRecovery(path: String)
  /// The database is in WAL mode, and what another program left in the log beside it cannot be read
  /// without writing there.
  case needsLog(path: String)
  /// The system cannot open the file, for this reason.
  case cannotOpen(path: String, detail: String)
  /// The database was moved away or replaced while it was open.
  case replaced(path: String)
  /// The operating system does not let this user read the file.
  case notPermitted(path: String)
  /// Another program holds the database; which one, if that can be told.
  case busy(path: String, by: LockHolder? = nil)
  /// The tables lack something, or a rule of theirs forbids it, in SQLite's words.
  case schemaForbids(path: String, detail: String)
  /// The database was opened only to be read.
  case readOnly(ReadOnlyReason)
  /// Objects that keep the record are missing, so nothing may be written.
  case recordIncomplete(missing: [String])
  /// This user or company is not on the record, which therefore cannot say what becomes of it.
  case notOnRecord(EntityKind, id: String)
  /// The schema of the database has to be put right first, in these ways.
  case schemaRefused(path: String, [SchemaProblem])
  /// A downgrade would lose this.
  case wouldLose(SchemaLoss)
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
  /// This user may not be granted this company, because the two differ in what no grant may cross:
  /// the value of this column; and neither may so many more of the pairs that were named.
  case acrossScope(User, Company, scope: String, more: Int)
  /// What was typed cannot be saved.
  case invalid([FieldNote])
  /// Users or companies have no such field in this database, but these.
  case noSuchField(String, kind: EntityKind, fields: [String])
  /// The user or company was changed since it was read.
  case editedMeanwhile(EntityID, name: String)
  /// Rows refer to it that the record does not keep.
  case cannotDelete(name: String, [Reference], canDeactivate: Bool)
  /// The table has no column that says who is active.
  case cannotDeactivate(EntityKind)
  /// The table that says to which company a user belongs cannot say what is wanted: it takes no row
  /// without a company, or needs columns of which this program knows nothing.
  case noHome(table: String, isEmptied: Bool)
  /// The database has rules of its own, and one of them forbids it.
  case refusedByDatabase(detail: String)
  /// There is no change with this number.
  case noSuchChange(ChangeID)
  /// A text that cannot be the name of a snapshot.
  case badSnapshotName(String)
  /// There is a snapshot of this name.
  case snapshotIsThere(String)
  /// There is no snapshot of this name, but these.
  case noSnapshotNamed(String, others: [String])
  /// No grant can be made, because the application must make the rows itself; why the mapping says so.
  case revokeOnly(reason: String)
  /// What was before this time has been pruned from the record.
  case notKept(before: Timestamp)
  /// The user is there, so that the record cannot forget the name.
  case userIsThere(User)
  /// The company is there, so that the record cannot forget the name.
  case companyIsThere(Company)
  /// A change that does this needs a reason.
  case reasonRequired(ChangeAction)
  /// The policy requires a ticket for a change that does this, and none was given.
  case ticketRequired([Policy.Action])
  /// The operator may not do this.
  case operatorForbids(OperatorRefusal)
  /// There cannot be such operators.
  case badOperators(OperatorProblem)
  /// The record is not as it was written, in these ways.
  case recordDamaged([RecordFinding])
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
  /// There is a file already, which could be replaced if that were asked for.
  case exists(path: String, canBeReplaced: Bool = false)
  /// Nothing is written to this path, because that would do harm or cannot be.
  case refusedOutput(path: String, OutputProblem)
  /// A folder that was to be empty holds something.
  case folderNotEmpty(path: String)
  /// A period that ends before it begins.
  case emptyPeriod(from: Timestamp, to: Timestamp)
  /// A new file cannot be made there.
  case cannotCreate(path: String, detail: String)
  /// A backup cannot take the place of a database.
  case notRestorable(path: String, RestoreProblem)
  /// Adopting has added the tables and triggers, and this kept it from what follows; adopting again
  /// goes on.
  indirect case adoptionUnfinished(cause: AccessError)
  /// A change has been committed, and this kept the operation from what belongs to it; the same call
  /// again finishes it.
  indirect case partlyDone(change: ChangeID, cause: AccessError)
  /// Memory ran out.
  case outOfMemory
  /// Anything that should not happen.
  case unexpected(detail: String)
}

/// Why a backup cannot take the place of a database.
public enum RestoreProblem: Hashable, Sendable {
  /// It is the database itself.
  case itself
  /// Its tables are those of another version of this program.
  case otherVersion(found: Int, needed: Int)
  /// Its texts are stored otherwise, which programs that have the database open could not follow.
  case otherEncoding(found: String, needed: String)
  /// The present file is damaged so far that nothing can be written into it.
  case beyondRepair(String)
}
