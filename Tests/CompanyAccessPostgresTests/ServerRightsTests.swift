import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Who can write, as a report of a server says it.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct ServerRightsTests {
  @Test("Owners, roles with rights of their own or by another role, and every login are named")
  func named() throws {
    let desk = try EngineStore(.postgres)
    let name = try #require(
      try desk.other.first("SELECT current_database()" as SQLStatement) { $0.text(0) })
    let roles = ["clerk", "chief", "helper"].map { "\($0)_\(name)" }
    defer {
      for role in roles { try? desk.other.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
    }
    try desk.other.execute(
      """
      CREATE ROLE \(roles[0]); CREATE ROLE \(roles[1]) NOINHERIT; CREATE ROLE \(roles[2]) CREATEROLE;
      GRANT UPDATE (full_name) ON hrm_users TO \(roles[0]); GRANT \(roles[0]) TO \(roles[1]);
      GRANT SELECT ON hrm_company TO \(roles[2]);
      GRANT DELETE ON hrm_user_company_access TO PUBLIC;
      ALTER TABLE hrm_company OWNER TO app
      """)
    let mapping = desk.store.mapping
    let words = try desk.store.read { try ServerRights($0, mapping).words() }
    #expect(
      words == [
        "the table hrm_users has the owner postgres: the roles \(roles[1]) and \(roles[0]) may "
          + "write it, and superusers",
        "the table hrm_company has the owner app: the role app may write it, and superusers",
        "the table hrm_user_company_access has the owner postgres: every login may write it",
        "the record has the owner postgres: only superusers may write it",
        "everything may be written by the superuser postgres",
        "rights may be given, by CREATEROLE, by the role \(roles[2])",
      ])
    try desk.other.execute("ALTER TABLE hrm_company OWNER TO postgres")
  }

  @Test("Many roles are counted")
  func many() {
    #expect(ServerRights.list([], "role") == "the roles none")
    #expect(ServerRights.list(["a"], "role") == "the role a")
    #expect(ServerRights.list(["a", "b", "c"], "role") == "the roles a, b and c")
    let all = (1...30).map(String.init)
    #expect(ServerRights.list(all, "role").hasSuffix("19, 20 and 10 more"))
  }
}
