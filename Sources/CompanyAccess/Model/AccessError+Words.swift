internal import Database

extension AccessError: CustomStringConvertible {
  /// What happened, as a sentence without its full stop.
  public var description: String { words(", and nothing was done") }

  /// The sentence, with what is said of the work where nothing of it was done.
  private func words(_ nothingDone: String) -> String {
    switch self {
    case .noSuchFile(let path): "there is no file \(path)"
    case .badLocation(let detail): detail
    case .serverUnavailable(let path, let detail):
      "\(path) cannot be reached\(nothingDone): \(detail)"
    case .outcomeUnknown(let path, let detail, let write):
      "the connection to \(path) has gone during COMMIT (\(detail)), and it is not known whether it was "
        + "done"
        + (write.map { "; if it was, \"company-access log\" has change \($0.change)" } ?? "")
    case .stoppedByServer(let path):
      "\(path) has stopped it\(nothingDone): an administrator of the server did so, or a limit of time "
        + "that is set there"
    case .passwordNeeded(let path):
      "\(path) asks for a password; keep it in ~/.pgpass or a service file, or set PGPASSWORD"
    case .serverRefuses(let path, let detail): "\(path) refuses it: \(detail)"
    case .hasTables(let path, let table):
      "\(path) has tables already, \(table) among them; only an empty database is made a new one"
    case .notAdopted(let path):
      "\(path) has not been adopted yet; \"company-access adopt\" adds the tables for access, and "
        + "\"company-access init\" makes an empty database a new one"
    case .notForServers(let what): "\(what) is not available for PostgreSQL yet"
    case .serverLocation:
      "that is the location of a PostgreSQL server, and this is done with SQLite files only; for a file "
        + "of that name say ./NAME"
    case .notAFile(let path): "\(path) is not a file"
    case .notADatabase(let path): "\(path) is not an SQLite database"
    case .noTables(let path, let missing, nil)
    where Set(Schema(mapping: .hrm).requiredTables.map(\.text)).isSubset(of: missing):
      "\(path) has the tables of no application that is known; \"company-access adopt --mapping FILE\" "
        + "takes a file that says where users and companies are, and \"adopt --suggest\" makes one"
    case .noTables(let path, let missing, nil):
      "\(path) has no table \(AccessError.list(Array(missing.prefix(4))))"
        + (missing.count > 4 ? " and \(missing.count - 4) more" : "")
        + "; \"company-access adopt --mapping FILE\" takes another application's database"
    case .noTables(let path, let missing, let mapping?):
      missing.contains("company_access_setting")
        ? "\(path) is a database of the mapping \(mapping) and has not been adopted yet; "
          + "\"company-access adopt\" adds the tables for access"
        : "\(path) is a database of the mapping \(mapping) and has lost "
          + "\(AccessError.list(missing)); \"company-access schema upgrade\" mends it"
    case .unfitMapping(let path, let mapping, let problems):
      "\(path) is not as its mapping, \(mapping), says: "
        + AccessError.list(problems.map(\.description), separator: "; ")
        + "; if the application has renamed them, describe them anew and say \"schema upgrade --mapping "
        + "FILE\""
    case .badMappingFile(let path, let problems):
      "\(path) describes no mapping: "
        + AccessError.list(problems.map(\.description), separator: "; ")
    case .damaged(let path, let detail): "\(path) is damaged: \(detail)"
    case .needsRecovery(let path):
      "another program has left an unfinished write in \(path); "
        + "it is put right by opening the file with the right to write it"
    case .needsLog(let path):
      "\(path) cannot be read here: it is in WAL mode, and reading \(path)-wal needs to write beside "
        + "it; copy both files to a folder that you may write, and open the copy without --read-only"
    case .cannotOpen(let path, let detail): "\(path) cannot be opened: \(detail)"
    case .replaced(let path): "\(path) was moved or replaced while it was open; open it again"
    case .notPermitted(let path): "you may not read \(path)"
    case .busy(let path, let holder):
      "another program holds \(path)" + (holder.map { ": \($0)" } ?? "")
    case .schemaForbids(let path, let detail): "the tables of \(path) do not allow it: \(detail)"
    case .readOnly(let reason): "nothing can be written: \(reason)"
    case .recordIncomplete(let missing):
      "writing is refused, because the record would have gaps without "
        + "\(AccessError.first(missing)); \"company-access schema upgrade\" mends it"
    case .notOnRecord(let kind, let id):
      "\(kind.rawValue) \(id) came while nothing kept the record, which cannot say what becomes of it; "
        + "\"company-access schema reconcile\" mends it"
    case .schemaRefused(let path, let problems):
      "\(path) was left as it is: " + problems.map(\.description).joined(separator: "; ")
    case .wouldLose(let loss):
      "\(loss) would be lost, but for a copy; --accept-loss says that they may be"
    case .noSuchUser(let id): "there is no user with the id \(id)"
    case .noSuchCompany(let id): "there is no company with the id \(id)"
    case .noUserNamed(let name, let similar):
      "there is no user '\(NameInMessage.shown(name))'" + AccessError.similar(similar.map(\.words))
    case .noCompanyNamed(let name, let similar):
      "there is no company '\(NameInMessage.shown(name))'"
        + AccessError.similar(similar.map(\.words))
    case .severalUsersNamed(let name, let users):
      "'\(NameInMessage.shown(name))' can be any of these users; say id:ID: "
        + AccessError.list(users.map(\.words))
    case .severalCompaniesNamed(let name, let companies):
      "'\(NameInMessage.shown(name))' can be any of these companies; say id:ID: "
        + AccessError.list(companies.map(\.words))
    case .acrossScope(let user, let company, let scope, let more):
      "\(user.words) and \(company.words) differ in \(scope), which no grant may cross"
        + (more > 0 ? "; \(more) more of the pairs do" : "")
    case .invalid(let notes): AccessError.joined(notes.map(\.description))
    case .noSuchField(let field, let kind, let fields):
      "\(kind.plural) have no field '\(field)' here; there are: " + AccessError.list(fields)
    case .badSnapshotName(let name):
      "'\(NameInMessage.shown(name))' cannot be the name of a snapshot"
    case .snapshotIsThere(let name):
      "there is a snapshot '\(name)' already; give another name, or --force to move it"
    case .noSnapshotNamed(let name, let others):
      "there is no snapshot '\(NameInMessage.shown(name))'"
        + (others.isEmpty ? "" : "; there are: " + AccessError.list(others))
    case .editedMeanwhile(_, let name):
      "\(name) was changed meanwhile, and nothing was saved"
    case .cannotDelete(let name, let references, let canDeactivate):
      "\(name) cannot be deleted, because of \(AccessError.words(references)), which the record "
        + "could not bring back" + (canDeactivate ? "; deactivating is possible" : "")
    case .cannotDeactivate(let kind):
      "\(kind.plural) cannot be inactive here: their table has no column that says so"
    case .noHome(let table, isEmptied: true): "a row of \(table) cannot be without a company"
    case .noHome(let table, isEmptied: false):
      "\(table) needs columns of which nothing is known, so that the user's company cannot be set"
    case .refusedByDatabase(let detail):
      "the database does not allow it\(nothingDone): \(detail)"
    case .noSuchChange(let id): "there is no change \(id)"
    case .revokeOnly(let reason):
      "this program can only revoke here; grant in the application: \(reason)"
    case .notKept(let time):
      "not kept: the record before \(time.localMinuteAndZone) has been pruned to a file"
    case .userIsThere(let user): "\(user.words) has not been deleted, and is not forgotten"
    case .companyIsThere(let company):
      "\(company.words) has not been deleted, and is not forgotten"
    case .reasonRequired(let action):
      "\(action.rawValue) needs a reason: say it with --reason"
    case .ticketRequired(let actions):
      "the policy requires a ticket to \(Policy.list(actions)): say it with --ticket\(nothingDone)"
    case .operatorForbids(let refusal): AccessError.words(refusal)
    case .badOperators(let problem): AccessError.words(problem)
    case .recordDamaged(let findings):
      "the record cannot be relied on: "
        + AccessError.list(findings.map(\.description), separator: "; ")
    case .planChanged: "the data changed in the meantime\(nothingDone)"
    case .notEmpty(let table):
      "only an empty database takes in a whole export, but \(table) has rows"
    case .cancelled: "cancelled\(nothingDone)"
    case .diskFull(let path): "no room is left on the disk of \(path)\(nothingDone)"
    case .diskError(let path, let detail):
      "the disk of \(path) failed\(nothingDone): \(detail)"
    case .exists(let path, canBeReplaced: false): "\(path) is there already; give another name"
    case .exists(let path, canBeReplaced: true):
      "\(path) is there already; give another name, or --force to replace it"
    case .refusedOutput(OutputPath.standardOutput, let problem):
      "cannot write to standard output: \(problem)"
    case .refusedOutput(let path, let problem): "cannot write \(path): \(problem)"
    case .folderNotEmpty(let path):
      "\(path) is not empty; give the name of a new or an empty folder"
    case .emptyPeriod(let from, let to):
      "the period ends (\(to.localMinuteAndZone)) before it begins (\(from.localMinuteAndZone))"
    case .cannotCreate(let path, let detail): "cannot make \(path): \(detail)"
    case .notRestorable(let path, let problem): AccessError.words(path, problem)
    case .adoptionUnfinished(let cause):
      "the tables and triggers have been added, but what follows was not done: \(cause.words("")); "
        + "adopt the file again to go on"
    case .partlyDone(let change, let cause):
      "change \(change) is done, but what follows was not: \(cause.words("")); repeat it to finish"
    case .outOfMemory: "memory ran out"
    case .unexpected(let detail): detail
    }
  }

  private static func words(_ path: String, _ problem: RestoreProblem) -> String {
    switch problem {
    case .itself: "\(path) is the database itself"
    case .otherVersion(let found, let needed):
      "\(path) has the tables of version \(found), but the database those of version \(needed)"
    case .otherEncoding(let found, let needed):
      "the texts of \(path) are in \(found), but those of the database in \(needed)"
    case .beyondRepair(let detail):
      "\(path) is damaged so far that nothing can be written into it (\(detail)); stop what uses "
        + "it, move it away, and restore again"
    }
  }

  static func list(_ words: [String], separator: String = ", ") -> String {
    words.joined(separator: separator)
  }

  /// The first of many, and how many more.
  private static func first(_ words: [String]) -> String {
    guard words.count > 4 else { return list(words) }
    return list(Array(words.prefix(3))) + " and \(words.count - 3) more"
  }

  private static func joined(_ notes: [String]) -> String { notes.joined(separator: "; ") }

  static func similar(_ names: [String]) -> String {
    names.isEmpty ? "" : "; similar: " + list(names)
  }
}

extension User {
  /// The user as a sentence names one: `ann (Ann Lee, id 7)`.
  var words: String {
    "\(NameInMessage.shown(username)) (\(fullName.map { "\($0), " } ?? "")id \(id))"
  }
}

extension Company {
  /// The company as a sentence names one: `Acme (ACM, id 7)`.
  var words: String { "\(NameInMessage.shown(name)) (\(code.map { "\($0), " } ?? "")id \(id))" }
}

extension ReadOnlyReason: CustomStringConvertible {
  /// The reason, as half a sentence.
  public var description: String {
    switch self {
    case .asked: "the database was opened only to be read"
    case .modeBits: "the permissions of the file forbid it"
    case .folder: "no journal can be made in the folder of the file"
    case .fileSystem: "the file system is read-only"
    case .otherNames(let count):
      "the file is in WAL mode and has \(count) more \(count == 1 ? "name" : "names"), beside which "
        + "programs look for another log; remove the other names"
    case .role(let role): "an operator with the role \(role.rawValue) only reads"
    case .schema(let problem): problem.description
    }
  }
}
