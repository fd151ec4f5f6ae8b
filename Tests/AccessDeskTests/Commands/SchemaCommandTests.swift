import TestSupport
import Testing

struct SchemaCommandTests {
  @Test func putsBackWhatIsMissing() throws {
    let database = try SmallDatabase()
    #expect(try database.run("schema", "upgrade").stderr == "nothing to do: version 1\n")
    try runSqlite3(database.path, "DROP TRIGGER company_access_user_gone")
    let refused = try database.run("grant", "ann", "Cord")
    #expect(refused.status == 66)
    #expect(refused.stderr.contains("schema upgrade"))
    let status = try database.run("schema", "status")
    #expect(status.status == 1)
    #expect(status.stdout.contains("make    trigger company_access_user_gone"))
    let verified = try database.run("schema", "verify")
    #expect(verified.status == 1)
    #expect(verified.stdout.hasSuffix("trigger company_access_user_gone  is missing\n"))
    let done = try database.run("schema", "upgrade")
    #expect(done.status == 0)
    let copy = try #require(database.folder.names.first { $0.contains("before-upgrade") })
    #expect(
      done.stderr == """
        the file as it was is in \(database.folder.file(copy))
        the record resumes with change 3

        """)
    #expect(try database.run("grant", "ann", "Cord").status == 0)
    #expect(
      try database.run("schema", "upgrade", "--json").stdout == """
        {"before":1,"version":1,"backup":null,"change":null,"found":0,"steps":[],"notes":[]}

        """)
    #expect(try database.run("schema", "upgrade", "--read-only").status == 77)
    #expect(try database.run("schema", "verify").status == 0)
    #expect(try database.run("schema", "status").status == 0)
  }

  @Test func losesNothingUnlessItMay() throws {
    let database = try SmallDatabase()
    #expect(try database.run("grant", "ann", "Cord").status == 0)
    let planned = try database.run("schema", "downgrade", "--accept-loss", "--dry-run")
    #expect(planned.status == 0)
    #expect(planned.stdout.contains("drop    table hrm_user_company_access"))
    let refused = try database.run("schema", "downgrade")
    #expect(refused.status == 64)
    #expect(refused.stderr.contains("3 grants, 2 changes would be lost"))
    let done = try database.run("schema", "downgrade", "--accept-loss")
    #expect(done.status == 0)
    #expect(done.stderr.contains("taken away, and with it 3 grants, 2 changes; the file as it was"))
    let again = try database.run("schema", "downgrade")
    #expect(again.stderr == "nothing to do: the file has none of these tables\n")
    #expect(try database.run("users").status == 66)
  }
}
