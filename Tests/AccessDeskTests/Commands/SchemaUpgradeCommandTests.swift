import TestSupport
import Testing

struct SchemaUpgradeCommandTests {
  @Test func putsBackWhatIsMissing() throws {
    let database = try SmallDatabase()
    #expect(try database.run("schema", "upgrade").stderr == "nothing was missing\n")
    try runSqlite3(database.path, "DROP TRIGGER company_access_user_gone")
    let refused = try database.run("grant", "ann", "Cord")
    #expect(refused.status == 66)
    #expect(refused.stderr.contains("schema upgrade"))
    let done = try database.run("schema", "upgrade")
    #expect(done.status == 0)
    #expect(
      done.stderr
        == "put back: trigger company_access_user_gone\nthe record resumes with change 3\n")
    #expect(try database.run("grant", "ann", "Cord").status == 0)
    #expect(
      try database.run("schema", "upgrade", "--json").stdout
        == "{\"change\":null,\"mended\":[],\"found\":0}\n")
    #expect(try database.run("schema", "upgrade", "--read-only").status == 77)
  }
}
