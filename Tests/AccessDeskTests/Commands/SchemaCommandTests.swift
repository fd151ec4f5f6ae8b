import TestSupport
import Testing

struct SchemaCommandTests {
  @Test func putsBackWhatIsMissing() throws {
    let database = try SmallDatabase()
    #expect(try database.run("schema", "upgrade").stderr == "nothing to do: version 2\n")
    try database.sql("DROP TRIGGER company_access_user_deleted")
    let refused = try database.run("grant", "ann", "Cord")
    #expect(refused.status == 66)
    #expect(refused.stderr.contains("schema upgrade"))
    let status = try database.run("schema", "status")
    #expect(status.status == 1)
    #expect(status.stdout.contains("make    trigger company_access_user_deleted"))
    let verified = try database.run("schema", "verify")
    #expect(verified.status == 1)
    #expect(verified.stdout.hasSuffix("trigger company_access_user_deleted  is missing\n"))
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
        {"before":2,"version":2,"backup":null,"change":null,"found":0,"steps":[],"notes":[]}

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

  @Test("While the schema is paused nothing is written, and what happens meanwhile is found")
  func pausesAndFinds() throws {
    let database = try SmallDatabase()
    let paused = try database.run("schema", "pause")
    #expect(paused.status == 0)
    #expect(paused.stdout.contains("\ndrop    trigger company_access_user_edited"))
    #expect(
      paused.stderr
        == "nothing can be written until \"schema upgrade\" has brought the triggers back\n")
    #expect(
      try database.run("schema", "pause").stderr
        == "nothing to do: none of the triggers is there\n")
    let refused = try database.run("grant", "ann", "Cord")
    #expect(refused.status == 66 && refused.stderr.contains("grant_deleted and 11 more; "))
    #expect(try database.run("schema", "reconcile").status == 66)
    try database.sql("UPDATE hrm_users SET username = 'rob' WHERE id = 2")
    let done = try database.run("schema", "upgrade", "--json")
    #expect(done.stdout.contains("\"change\":3,\"found\":1,"))
    let log = try database.run("log", "--limit", "1", "--format", "csv").stdout
    #expect(log.contains("\r\n4,") && log.contains(",found,"))
    #expect(try database.run("grant", "rob", "Cord").status == 0)
    #expect(try database.run("schema", "verify").status == 0)
  }

  @Test("What no trigger saw is counted, and goes on the record as one change")
  func reconciles() throws {
    let database = try SmallDatabase()
    try database.sql(
      """
      DELETE FROM company_access_current_grant WHERE user_lifetime =
        (SELECT lifetime FROM company_access_user_lifetime WHERE key = 2);
      """)
    let verified = try database.run("schema", "verify")
    #expect(verified.status == 1 && verified.stdout.contains("does not agree with the tables: 1 "))
    let dry = try database.run("schema", "reconcile", "--dry-run", "--json")
    #expect(dry.stdout.hasPrefix("{\"change\":null,\"added\":0,\"deleted\":0,\"edited\":0,"))
    #expect(dry.stdout.contains("\"granted\":1,\"revoked\":0,"))
    let done = try database.run("schema", "reconcile")
    #expect(done.status == 0 && done.stderr.hasSuffix("on the record as change 3\n"))
    #expect(try database.run("schema", "verify").status == 0)
    #expect(
      try database.run("schema", "reconcile").stderr
        == "nothing to do: the record says what the tables say\n")
  }

  @Test("A user whom the record does not know is deleted once it has been told")
  func deletesWhomTheRecordDoesNotKnow() throws {
    let database = try SmallDatabase()
    try database.sql(
      "DELETE FROM company_access_user_lifetime WHERE key = 3")
    let refused = try database.run("user", "delete", "id:3", "--yes")
    #expect(refused.status == 66)
    #expect(refused.stderr.hasPrefix("company-access: user 3 came while nothing kept the record"))
    #expect(refused.stderr.hasSuffix("; \"company-access schema reconcile\" mends it\n"))
    #expect(try database.run("schema", "reconcile").status == 0)
    #expect(try database.run("user", "delete", "id:3", "--yes").status == 0)
    #expect(try database.run("schema", "verify").status == 0)
  }
}
