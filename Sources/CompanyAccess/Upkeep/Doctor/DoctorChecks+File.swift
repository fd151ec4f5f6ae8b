internal import Database
internal import Glibc

/// What is around the database: names, permissions, file system, journals, pages.
extension DoctorCheck {
  static let file = [hardLinks, symbolicLink, permissions, network, fuse, leftovers]
  static let pages = [
    unfinishedWrite, unreadableLog, integrity, rules, logOnNetwork, logRace, syncing,
  ]

  static let hardLinks = DoctorCheck(
    "hard-link", .file, "other names of the same file",
    meaning: """
      A program that uses another name makes its journal beside that name. After a crash no program \
      finds it, and the file is left half written.
      """,
    remedy: "find / -xdev -samefile {file}"
  ) { context in
    let names = Int(context.status.st_nlink)
    var found = CheckResult()
    if names > 1 { found.add("the file has \(names) names", times: names - 1) }
    return found
  }

  static let symbolicLink = DoctorCheck(
    "link", .file, "link in place of the file", severity: .note,
    meaning: """
      The name is a link. SQLite follows it, but a program that replaces the file replaces the link, \
      and a backup that copies names copies nothing.
      """
  ) { context in
    var status = stat()
    guard lstat(context.path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else {
      return CheckResult()
    }
    return CheckResult("\(context.path) -> \(FileCheck.real(context.path))")
  }

  static let permissions = DoctorCheck(
    "permissions", .file, "permission that lets anybody write",
    meaning: "Every account of this machine can grant itself every company, and change the record.",
    remedy: "chmod o-w {file}"
  ) { context in
    var found = CheckResult()
    if context.status.st_mode & S_IWOTH != 0 { found.add(context.path) }
    return found
  }

  static let network = DoctorCheck(
    "network", .file, "network file system",
    meaning: """
      Locks of network file systems do not reliably keep two machines from writing at the same time, \
      which damages the file. The database belongs on a disk of the machine whose programs use it.
      """
  ) { context in
    FileSystem(context.path).network.map { CheckResult("\(context.path) is on \($0)") }
      ?? CheckResult()
  }

  static let fuse = DoctorCheck(
    "fuse", .file, "file system made by a program", severity: .note,
    meaning: """
      Whether locks and synchronising work is up to the program that makes the file system. Ask who \
      runs it.
      """
  ) { context in
    FileSystem(context.path).isFuse ? CheckResult("\(context.path) is on FUSE") : CheckResult()
  }

  static let leftovers = DoctorCheck(
    "leftover-file", .file, "unfinished file of a killed program",
    meaning: """
      A program was killed while it copied the database or wrote beside it. What it left may hold \
      everything that the database holds. The next backup or restore into this folder removes it, too.
      """,
    remedy: "rm {leftovers}"
  ) { context in
    var found = CheckResult()
    for path in context.leftovers { found.add(path) }
    return found
  }

  /// Opens the database on the way.
  static let unfinishedWrite = DoctorCheck(
    "unfinished-write", .pages, "journal of an unfinished write",
    meaning: """
      A program has ended in the middle of a write. A program that opens the file with the right to write \
      takes that write back; until then nothing of it can be read. Never delete the journal.
      """,
    remedy: "company-access --db {file} stats"
  ) { context in
    do {
      _ = try context.opened()
      return CheckResult()
    } catch let error as DatabaseError where error.category == .readOnly(.unfinishedWrite) {
      return CheckResult("\(FileCheck.real(context.path))-journal")
    }
  }

  static let unreadableLog = DoctorCheck(
    "wal-unreadable", .pages, "log that cannot be read here",
    meaning: """
      The file is in WAL mode, and changes are in the log beside it. To read them SQLite has to write \
      beside the file, which is not possible here. Copy both files to a folder that you may write, \
      and examine the copy there.
      """,
    remedy: "cp {file} {file}-wal FOLDER"
  ) { context in
    do {
      _ = try context.opened()
      return CheckResult()
    } catch let error as DatabaseError where error.isLogInTheWay(of: context.path) {
      return CheckResult("\(FileCheck.real(context.path))-wal")
    }
  }

  static let integrity = DoctorCheck(
    "integrity", .pages, "damage to pages or indexes",
    meaning: """
      The file is not what SQLite wrote: a disk fault, a copy made while it was being written, or a \
      program that wrote into it. What is read may be wrong.
      """,
    remedy: "company-access --db {file} restore BACKUP"
  ) { context in
    var found = CheckResult()
    for line in try context.integrity().damage { found.add(line) }
    return found
  }

  static let rules = DoctorCheck(
    "broken-rules", .pages, "rows that break a rule of their own table",
    meaning: """
      NOT NULL or CHECK says that such rows cannot be, so the rule was switched off or added \
      later. A program that rebuilds the table will fail on them. Correct them in the application.
      """
  ) { context in
    var found = CheckResult()
    for line in try context.integrity().brokenRules { found.add(line) }
    return found
  }

  static let logOnNetwork = DoctorCheck(
    "wal-network", .pages, "WAL mode on a network file system",
    meaning: """
      WAL needs memory that all programs share, which two machines do not have: each would overwrite \
      what the other has written.
      """,
    remedy: "sqlite3 {file} 'PRAGMA journal_mode = DELETE'"
  ) { context in
    guard FileSystem(context.path).network != nil, try context.isWAL() else { return CheckResult() }
    return CheckResult(context.path)
  }

  static let logRace = DoctorCheck(
    "wal-race", .pages, "WAL mode with a version of SQLite that can damage it", severity: .note,
    meaning: """
      Up to 3.51.2 two programs that empty the log in the same moment can, very rarely, damage the \
      file (https://sqlite.org/wal.html). Keep backups; or use the default journal, which this \
      program does not change by itself.
      """,
    remedy: "sqlite3 {file} 'PRAGMA journal_mode = DELETE'"
  ) { context in
    guard Connection.libraryVersionNumber < 3_051_003, try context.isWAL() else {
      return CheckResult()
    }
    return CheckResult("SQLite \(Connection.libraryVersion)")
  }

  static let syncing = DoctorCheck(
    "syncing", .pages, "SQLite that does not wait for the disk",
    meaning: """
      This SQLite was built to say that something is written before it is: a loss of power can \
      damage the file. Use the one of the system.
      """
  ) { context in
    let level = try context.opened().count("PRAGMA synchronous")
    return level >= 1 ? CheckResult() : CheckResult("synchronous = \(level)")
  }
}

extension CheckContext {
  /// Whether the file is in WAL mode.
  func isWAL() throws -> Bool {
    try opened().isInWALMode
  }
}
