import Database
import Glibc
import TestSupport
import Testing

/// Files in WAL mode that are only read.
@Suite struct WriteAheadLogTests {
  let folder: TemporaryFolder
  var path: String { folder.file("odd%41 ?#.db") }

  init() throws {
    folder = try TemporaryFolder()
    let writer = try Connection(path: path, mode: .create)
    try writer.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (v); INSERT INTO t VALUES (1)")
  }

  private func read() throws -> Connection { try Connection(path: path, mode: .readOnly) }

  private func count(_ connection: Connection) throws -> Int {
    try connection.count("SELECT count(*) FROM t")
  }

  @Test func nothingIsLeftBesideTheFile() throws {
    let before = try folder.read("odd%41 ?#.db")
    do {
      let connection = try read()
      #expect(try count(connection) == 1 && connection.isInWALMode)
      #expect(folder.names == ["odd%41 ?#.db"])
    }
    try folder.write("odd%41 ?#.db-wal", "")
    #expect(try count(read()) == 1)
    #expect(folder.names == ["odd%41 ?#.db", "odd%41 ?#.db-wal"])
    #expect(try folder.read("odd%41 ?#.db") == before)
  }

  /// With whatever a program that has the file open has in its log.
  @Test func aLogThatIsInUseIsRead() throws {
    let writer = try Connection(path: path, mode: .readWrite)
    #expect(try count(writer) == 1)
    let early = try read()
    #expect(try count(early) == 1)
    try writer.execute("INSERT INTO t VALUES (2)")
    #expect(try count(early) == 2)
    #expect(try count(read()) == 2)
  }

  @Test func whatIsWrittenMeanwhileIsNoticed() throws {
    let connection = try read()
    let version = try connection.dataVersion()
    #expect(try count(connection) == 1 && !connection.isOutdated)
    let writer = try Connection(path: path, mode: .readWrite)
    #expect(try count(writer) == 1)
    // That the log was made says nothing yet.
    #expect(try count(connection) == 1)
    #expect(try connection.dataVersion() == version)
    try writer.execute("INSERT INTO t VALUES (2)")
    let error = #expect(throws: DatabaseError.self) { try count(connection) }
    #expect(error?.isBusy == true && connection.isOutdated)
    #expect(try connection.dataVersion() != version)
    try writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    #expect(throws: DatabaseError.self) { try count(connection) }
    let copy = try Connection(path: folder.file("copy.db"), mode: .create)
    #expect(throws: DatabaseError.self) { try connection.copy(into: copy) }
  }

  @Test func aLogWithoutItsIndexIsNotRead() throws {
    let writer = try Connection(path: path, mode: .readWrite)
    try writer.execute("INSERT INTO t VALUES (2)")
    for ending in ["", "-wal"] {
      try folder.write("copy.db" + ending, folder.read("odd%41 ?#.db" + ending))
    }
    let copy = folder.file("copy.db")
    let error = #expect(throws: DatabaseError.self) { try Connection(path: copy, mode: .readOnly) }
    #expect(error?.category == .readOnly(.log))
    #expect(!folder.names.contains("copy.db-shm"))
    #expect(try count(Connection(path: copy, mode: .readWrite)) == 2)
    #expect(folder.names.filter { $0.hasPrefix("copy") } == ["copy.db"])
  }
}
