import TestSupport
import Testing

@Suite(.onEachEngine) struct PolicyCommandTests {
  let database: SmallDatabase

  init() throws { database = try SmallDatabase() }

  @Test("A policy is set, shown, asked for and taken back")
  func policies() throws {
    let none = try database.run("policy", "show")
    #expect(none.stdout == "RULE            ACTIONS\nrequire-ticket  none\n")
    let tried = try database.run("policy", "set", "require-ticket", "revoke,grant", "--dry-run")
    #expect(tried.status == 0)
    #expect(
      tried.stderr
        == "would set the policy: a ticket is required to grant or revoke; nothing was done\n")
    let set = try database.run("policy", "set", "require-ticket", "revoke,grant", "--json")
    #expect(set.status == 0 && set.stdout.contains("\"require_ticket\":\"grant,revoke\""))
    #expect(
      try database.run("policy", "show", "--json").stdout
        == "{\"require_ticket\":[\"grant\",\"revoke\"]}\n")
    for (verb, refused) in [
      ("grant", try database.run("grant", "ann", "Cord")),
      ("revoke", try database.run("revoke", "ann", "ACM", "--dry-run")),
    ] {
      #expect(refused.status == 64)
      #expect(
        refused.stderr.contains("the policy requires a ticket to \(verb): say it with --ticket"))
    }
    let done = try database.run(
      "grant", "ann", "Cord", "--ticket", "HR-1", "--decided", "2026-01-05")
    #expect(done.status == 0)
    let late = try database.run("log", "--late", "3d", "--json")
    #expect(late.stdout.contains("HR-1") && !late.stdout.contains("policy"))
    #expect(try database.run("log", "--late", "3").status == 64)
    let log = try database.run("log", "--action", "policy")
    #expect(log.stdout.contains("a ticket is required to grant or revoke"))
    let setting = try database.sql(
      "SELECT max(id) FROM company_access_change WHERE action = 'policy'")
    #expect(try database.run("undo", setting).status == 0)
    #expect(try database.run("revoke", "ann", "ACM").status == 0)
    let wrong = try database.run("policy", "set", "require-ticket", "grant,all")
    #expect(wrong.status == 64 && wrong.stderr.contains("grant, revoke, add, edit, delete, policy"))
  }
}
