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
      A program that uses another name makes its journal beside that name. After a crash nobody \
      finds it, and the file is left half written.
      """,
    mending: "find / -xdev -samefile {file}"
  ) { patient in
    let names = Int(patient.status.st_nlink)
    var found = Found()
    if names > 1 { found.add("the file has \(names) names", times: names - 1) }
    return found
  }

  static let symbolicLink = DoctorCheck(
    "link", .file, "link in place of the file", severity: .note,
    meaning: """
      The name is a link. SQLite follows it, but a program that replaces the file replaces the link, \
      and a backup that copies names copies nothing.
      """
  ) { patient in
    var status = stat()
    guard lstat(patient.path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else {
      return Found()
    }
    return Found("\(patient.path) -> \(FileCheck.real(patient.path))")
  }

  static let permissions = DoctorCheck(
    "permissions", .file, "permission that lets anybody write",
    meaning: "Every account of this machine can grant itself every company, and change the record.",
    mending: "chmod o-w {file}"
  ) { patient in
    var found = Found()
    if patient.status.st_mode & S_IWOTH != 0 { found.add(patient.path) }
    return found
  }

  static let network = DoctorCheck(
    "network", .file, "network file system",
    meaning: """
      Locks of network file systems do not reliably keep two machines from writing at the same time, \
      which damages the file. The database belongs on a disk of the machine whose programs use it.
      """
  ) { patient in
    FileSystem(patient.path).network.map { Found("\(patient.path) is on \($0)") } ?? Found()
  }

  static let fuse = DoctorCheck(
    "fuse", .file, "file system made by a program", severity: .note,
    meaning: """
      Whether locks and synchronising work is up to the program that makes the file system. Ask who \
      runs it.
      """
  ) { patient in
    FileSystem(patient.path).isFuse ? Found("\(patient.path) is on FUSE") : Found()
  }

  static let leftovers = DoctorCheck(
    "leftover-file", .file, "unfinished file of a killed program",
    meaning: """
      A program was killed while it copied the database or wrote beside it. What it left may hold \
      everything that the database holds. The next backup or restore into this folder removes it, too.
      """,
    mending: "rm {leftovers}"
  ) { patient in
    var found = Found()
    for path in patient.leftovers { found.add(path) }
    return found
  }

  /// Opens the database on the way.
  static let unfinishedWrite = DoctorCheck(
    "unfinished-write", .pages, "journal of an unfinished write",
    meaning: """
      A program has ended in the middle of a write. Whatever opens the file with the right to write \
      takes that write back; until then nothing of it can be read. Never delete the journal.
      """,
    mending: "company-access --db {file} stats"
  ) { patient in
    do {
      _ = try patient.opened()
      return Found()
    } catch let error as DatabaseError where error.needsRollback {
      return Found("\(FileCheck.real(patient.path))-journal")
    }
  }

  static let unreadableLog = DoctorCheck(
    "wal-unreadable", .pages, "log that cannot be read here",
    meaning: """
      The file is in WAL mode, and changes are in the log beside it. To read them SQLite has to write \
      beside the file, which is not possible here. Copy both files to a folder that you may write, \
      and examine the copy there.
      """,
    mending: "cp {file} {file}-wal FOLDER"
  ) { patient in
    do {
      _ = try patient.opened()
      return Found()
    } catch let error as DatabaseError where error.isLogInTheWay(of: patient.path) {
      return Found("\(FileCheck.real(patient.path))-wal")
    }
  }

  static let integrity = DoctorCheck(
    "integrity", .pages, "damage to pages or indexes",
    meaning: """
      The file is not what SQLite wrote: a disk fault, a copy made while it was being written, or a \
      program that wrote into it. What is read may be wrong.
      """,
    mending: "company-access --db {file} restore BACKUP"
  ) { patient in
    var found = Found()
    for line in try patient.integrity().damage { found.add(line) }
    return found
  }

  static let rules = DoctorCheck(
    "broken-rules", .pages, "rows that break a rule of their own table",
    meaning: """
      NOT NULL or CHECK says that such rows cannot be, so somebody switched the rule off or added it \
      later. A program that rebuilds the table will fail on them. Correct them in the application.
      """
  ) { patient in
    var found = Found()
    for line in try patient.integrity().brokenRules { found.add(line) }
    return found
  }

  static let logOnNetwork = DoctorCheck(
    "wal-network", .pages, "WAL mode on a network file system",
    meaning: """
      WAL needs memory that all programs share, which two machines do not have: each would overwrite \
      what the other has written.
      """,
    mending: "sqlite3 {file} 'PRAGMA journal_mode = DELETE'"
  ) { patient in
    guard FileSystem(patient.path).network != nil, try patient.isWAL() else { return Found() }
    return Found(patient.path)
  }

  static let logRace = DoctorCheck(
    "wal-race", .pages, "WAL mode with a version of SQLite that can damage it", severity: .note,
    meaning: """
      Up to 3.51.2 two programs that empty the log in the same moment can, very rarely, damage the \
      file (https://sqlite.org/wal.html). Keep backups; or use the default journal, which this \
      program does not change by itself.
      """,
    mending: "sqlite3 {file} 'PRAGMA journal_mode = DELETE'"
  ) { patient in
    guard Connection.libraryVersionNumber < 3_051_003, try patient.isWAL() else { return Found() }
    return Found("SQLite \(Connection.libraryVersion)")
  }

  static let syncing = DoctorCheck(
    "syncing", .pages, "SQLite that does not wait for the disk",
    meaning: """
      This SQLite was built to say that something is written before it is: a loss of power can \
      damage the file. Use the one of the system.
      """
  ) { patient in
    let level = try patient.opened().count("PRAGMA synchronous")
    return level >= 1 ? Found() : Found("synchronous = \(level)")
  }
}

extension Patient {
  /// Whether the file is in WAL mode.
  func isWAL() throws -> Bool {
    try opened().isInWALMode
  }
}
