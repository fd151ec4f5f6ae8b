internal import CSQLite
internal import Synchronization

/// The folders that SQLite has been told of; each stays in memory for good.
private let folders = Mutex<[String: Int]>([:])

extension Connection {
  /// Makes the temporary files of large sorts in the folder of the database, which has the room and
  /// the permissions, even where the environment names another folder.
  ///
  /// They have no name there while they are used. The setting is one for the whole process: the
  /// latest large write decides.
  package func useTemporaryFilesBesideDatabase() {
    // A database without a name is such a file itself.
    guard !path.isEmpty else { return }
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
    folders.withLock { folders in
      let address = folders[folder] ?? Connection.keep(folder.isEmpty ? "/" : folder)
      folders[folder] = address
      csqlite_set_temporary_folder(UnsafeMutablePointer(bitPattern: address))
    }
  }

  /// Says whether what is temporary goes to files or stays in memory.
  ///
  /// SQLite deletes the temporary views when it is told otherwise than before, so that a connection with
  /// views stays as it is.
  package func keepTemporary(inFiles: Bool) throws {
    guard !hasViews else { return }
    try execute("PRAGMA temp_store = \(inFiles ? "FILE" : "MEMORY")")
  }

  /// The address of a copy of the text that is never freed.
  private static func keep(_ text: String) -> Int {
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.utf8.count + 1)
    copy.initialize(from: Array(text.utf8CString), count: text.utf8.count + 1)
    return Int(bitPattern: copy)
  }
}
