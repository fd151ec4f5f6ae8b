import TestSupport
import Testing

/// `backup`, as a shell calls it.
struct BackupCommandTests {
  let database: SmallDatabase
  let copy: String

  init() throws {
    database = try SmallDatabase()
    copy = database.folder.file("copy.db")
  }

  @Test func theCopyIsWhatTheDatabaseIs() throws {
    let result = try database.run("backup", copy)
    #expect(result.status == 0 && result.stdout == "")
    let bytes = try readFile(copy).count
    let grouped = "\(bytes / 1_000),\(String("000\(bytes % 1_000)".suffix(3)))"
    #expect(result.stderr.hasPrefix("\(copy) holds 16 tables with "))
    #expect(result.stderr.hasSuffix(" rows, \(grouped) bytes, and is sound\n"))
    #expect(try runSqlite3(copy, ".dump") == database.dump)
  }

  @Test func whatIsThereIsKeptWithoutForce() throws {
    try database.folder.write("copy.db", "mine")
    let refused = try database.run("backup", copy)
    #expect(refused.status == 73)
    #expect(
      refused.stderr
        == "company-access: \(copy) is there already; give another name, or --force to replace it\n"
    )
    #expect(try readFile(copy) == Array("mine".utf8))
    let forced = try database.run("backup", "--force", copy, "--json")
    #expect(forced.status == 0 && forced.stderr == "")
    #expect(forced.stdout.hasPrefix("{\"file\":\"\(copy)\",\"bytes\":"))
    #expect(forced.stdout.hasSuffix("\"orphans\":0}\n"))
    #expect(try runSqlite3(copy, ".dump") == database.dump)
  }

  @Test func orphansAreTold() throws {
    try database.sql("DELETE FROM hrm_role")
    let result = try database.run("backup", copy)
    #expect(result.status == 0)
    #expect(result.stderr.contains("note: 2 rows in it refer to nothing, as in the original"))
  }
}
