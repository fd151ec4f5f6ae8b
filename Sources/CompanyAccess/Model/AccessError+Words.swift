extension AccessError: CustomStringConvertible {
  /// What happened, as a sentence without its full stop.
  public var description: String {
    switch self {
    case .noSuchFile(let path): "there is no file \(path)"
    case .notAFile(let path): "\(path) is not a file"
    case .notADatabase(let path): "\(path) is not an SQLite database"
    case .noTables(let path, let missing):
      "\(path) has no table \(missing.joined(separator: ", "))"
    case .damaged(let path, let detail): "\(path) is damaged: \(detail)"
    case .needsRecovery(let path):
      "another program has left an unfinished write in \(path); "
        + "it is put right by opening the file with the right to write it"
    case .notPermitted(let path): "you may not read \(path)"
    case .busy(let path): "another program holds \(path)"
    case .readOnly(let reason): "nothing can be written: \(reason)"
    case .recordIncomplete(let missing):
      "writing is refused, because the record would have gaps without \(AccessError.list(missing)); "
        + "\"company-access schema upgrade\" mends it"
    case .noSuchUser(let id): "there is no user with the id \(id)"
    case .noSuchCompany(let id): "there is no company with the id \(id)"
    case .noUserNamed(let name, let similar):
      "there is no user '\(name)'" + AccessError.similar(similar.map(\.words))
    case .noCompanyNamed(let name, let similar):
      "there is no company '\(name)'" + AccessError.similar(similar.map(\.words))
    case .severalUsersNamed(let name, let users):
      "'\(name)' can be any of these users; say id:ID: "
        + AccessError.list(users.map(\.words))
    case .severalCompaniesNamed(let name, let companies):
      "'\(name)' can be any of these companies; say id:ID: "
        + AccessError.list(companies.map(\.words))
    case .noSuchChange(let id): "there is no change \(id)"
    case .notKept(let time):
      "not kept: the record before \(time.localMinute) has been pruned to a file"
    case .userIsThere(let user): "\(user.words) has not been deleted, and is not forgotten"
    case .planChanged: "the data changed in the meantime, and nothing was done"
    case .notEmpty(let table):
      "only an empty database takes in a whole export, but \(table) has rows"
    case .cancelled: "cancelled, and nothing was done"
    case .diskFull(let path): "no room is left on the disk of \(path), and nothing was done"
    case .diskError(let path, let detail):
      "the disk of \(path) failed, and nothing was done: \(detail)"
    case .exists(let path): "\(path) is there already"
    case .folderNotEmpty(let path): "\(path) is not empty"
    case .emptyPeriod(let from, let to):
      "the period ends (\(to.localMinute)) before it begins (\(from.localMinute))"
    case .cannotCreate(let path, let detail): "cannot make \(path): \(detail)"
    case .outOfMemory: "memory ran out"
    case .unexpected(let detail): detail
    }
  }

  private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }

  private static func similar(_ names: [String]) -> String {
    names.isEmpty ? "" : "; similar: " + list(names)
  }
}

extension User {
  /// The user as a sentence names one: `ann (Ann Lee, id 7)`.
  var words: String { "\(username) (\(fullName.map { "\($0), " } ?? "")id \(id))" }
}

extension Company {
  /// The company as a sentence names one: `Acme (ACM, id 7)`.
  var words: String { "\(name) (\(code.map { "\($0), " } ?? "")id \(id))" }
}

extension ReadOnlyReason: CustomStringConvertible {
  /// The reason, as half a sentence.
  public var description: String {
    switch self {
    case .asked: "the database was opened only to be read"
    case .modeBits: "the permissions of the file forbid it"
    case .folder: "no journal can be made in the folder of the file"
    case .fileSystem: "the file system is read-only"
    }
  }
}
