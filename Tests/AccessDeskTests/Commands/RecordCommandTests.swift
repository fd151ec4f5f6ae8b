import CompanyAccess
import TestSupport
import Testing

/// What tells about the past: `log`, `why` and `--as-of`.
struct RecordCommandTests {
  /// A database where change 2 is of February 1st 2026, 3 of March 1st, and so on.
  ///
  /// Change 2 let ann and bob enter Acme by another program, 3 let ann enter Bolt, 4 took Acme from
  /// ann, 5 gave it back, and 6 deleted Bolt and with it ann's grant.
  let database: SmallDatabase

  init() throws {
    database = try SmallDatabase()
    #expect(try database.run("grant", "ann", "Bolt, Inc", "--reason", "moved").status == 0)
    #expect(try database.run("revoke", "ann", "ACM").status == 0)
    #expect(try database.run("grant", "ann", "ACM").status == 0)
    try database.sql(
      """
      PRAGMA foreign_keys = ON;
      DELETE FROM hrm_company WHERE name = 'Bolt, Inc';
      UPDATE company_access_change SET at = printf('2026-%02d-01 10:00:00.000', id - 1),
        actor = CASE origin WHEN 'external' THEN actor ELSE 'maria@hq' END WHERE id > 1;
      UPDATE company_access_change SET at = '2026-01-01 10:00:00.000' WHERE id = 1;
      """)
  }

  @Test func logIsNewestFirst() throws {
    let result = try database.run("log")
    #expect(result.status == 0)
    #expect(result.stderr == "")
    let lines = result.stdout.split(separator: "\n")
    #expect(
      lines[0]
        == "CHANGE  TIME (UTC)        ACTOR     ORIGIN    ACTION        "
        + "SUBJECT                                    ADDED  REMOVED  UNDOES  TICKET  DECIDED  REASON"
    )
    #expect(
      lines[1]
        == "     6  2026-05-01 10:00  unknown   external  external      "
        + "the application deleted company Bolt, Inc      0        1       -  -       -        -")
    #expect(
      lines[4]
        == "     3  2026-02-01 10:00  maria@hq  command   grant         "
        + "ann +Bolt, Inc                                 1        0       -  -       -        moved"
    )
    #expect(lines.count == 7)
  }

  @Test func logAsJSONAndCSV() throws {
    #expect(
      try database.run("log", "--limit", "1", "--action", "grant", "--json", "--until=2026-02-01")
        .stdout == """
          {"changes":[
          {"id":3,"at":"2026-02-01T10:00:00.000Z","actor":"maria@hq","origin":"command",\
          "action":"grant","reason":"moved","added":1,"removed":0,"undoes":null,\
          "ticket":null,"decided_at":null,"subject":"ann +Bolt, Inc"}]}

          """)
    #expect(
      try database.run("log", "--user", "bob", "--format", "csv").stdout
        == "id,at,actor,origin,action,reason,added,removed,undoes,ticket,decided_at,subject\r\n"
        + "2,2026-01-01T10:00:00.000Z,unknown,external,external,,2,0,,,,\"ann +Acme, bob +Acme\"\r\n"
    )
  }

  @Test(arguments: [
    (["--user", "ann"], [6, 5, 4, 3, 2]), (["--company", "ACM"], [5, 4, 2]),
    (["--company", "Bolt, Inc"], [6, 3]), (["--user", "ann", "--company", "ACM"], [5, 4, 2]),
    (["--actor", "maria"], [5, 4, 3]), (["--origin", "external"], [6, 2]),
    (["--action", "revoke"], [4]), (["--since", "2026-03-01", "--until", "2026-04-01"], [5, 4]),
    (["--as-of", "2026-03-01"], [4, 3, 2, 1]), (["--limit", "2"], [6, 5]), (["--user", "-x"], []),
    (["--company", "id:0190a000-0000-7000-8000-000000000002"], [6, 3]),
  ]) func logFilters(options: [String], ids: [Int]) throws {
    let result = try runProgram(
      builtProduct("company-access"), ["--db", database.path, "log", "--format", "csv"] + options)
    #expect(result.status == 0)
    let found = result.stdout.split(separator: "\r\n").dropFirst()
      .map { Int($0.split(separator: ",")[0]) }
    #expect(found == ids)
  }

  @Test func theShellIsOfferedWhoMadeChanges() throws {
    #expect(try database.run("__complete", "zsh", "log", "--actor", "m").stdout == "maria@hq\n")
    #expect(try database.run("__complete", "zsh", "log", "--actor=x").stdout == "")
  }

  @Test func aChangeShowsWhatItDid() throws {
    #expect(
      try database.run("log", "6").stdout == """
        CHANGE  TIME (UTC)        ACTOR    ORIGIN    ACTION    \
        SUBJECT                                    ADDED  REMOVED  UNDOES  TICKET  DECIDED  REASON
             6  2026-05-01 10:00  unknown  external  external  \
        the application deleted company Bolt, Inc      0        1       -  -       -        -

        KIND     NAME       ID                                    EVENT    DETAILS
        company  Bolt, Inc  0190a000-0000-7000-8000-000000000002  deleted  \
        Name Bolt, Inc; Status active

        USER  ID  COMPANY    ID                                    RESULT  SINCE THEN
        ann   1   Bolt, Inc  0190a000-0000-7000-8000-000000000002  ended   company gone

        """)
    #expect(
      try database.run("log", "4", "--json").stdout == """
        {"id":4,"at":"2026-03-01T10:00:00.000Z","actor":"maria@hq","origin":"command",\
        "action":"revoke","reason":null,"added":0,"removed":1,"undoes":null,"ticket":null,\
        "decided_at":null,"subject":"ann -Acme","entities":[],"pairs":[
        {"user":"ann","user_id":1,"company":"Acme",\
        "company_id":"0190a000-0000-7000-8000-000000000001","result":"revoked","ended_by":null,\
        "stands":true}]}

        """)
    let limited = try database.run("log", "2", "--limit", "1")
    #expect(limited.stdout.contains("bob"))
    #expect(limited.stderr == "1 pair more\n")
    #expect(try database.run("log", "2", "--format", "tsv").stdout.contains("\tgranted\t4\ttrue"))
  }

  @Test func whyTellsTheWholeLife() throws {
    let result = try database.run("why", "ann", "ACM", "--as-of", "2026-04-30 22:00")
    #expect(result.status == 0)
    #expect(
      result.stdout == """
        TIME (UTC)        EVENT    CHANGE  ACTION    ACTOR     REASON
        2026-01-01 10:00  granted       2  external  unknown   -
        2026-03-01 10:00  ended         4  revoke    maria@hq  -
        2026-04-01 10:00  granted       5  grant     maria@hq  -

        2026-01-01 ############################--------------############### 2026-04-30
        granted 2 times, held 88 days 12 h in all; has access

        """)
    #expect(
      result.stderr == """
        as of 2026-04-30 22:00 UTC, after change 5

        """)
  }

  @Test("why without a company tells of all companies, also of a deleted user")
  func whyTellsOfAllCompanies() throws {
    let table = try database.run("why", "ann")
    #expect(
      table.stdout == """
        COMPANY    FROM (UTC)        CHANGE  GRANTED BY  TO (UTC)          CHANGE  ENDED BY  REASON
        Acme       2026-01-01 10:00       2  unknown     2026-03-01 10:00       4  maria@hq  -
        Acme       2026-04-01 10:00       5  maria@hq    -                      -  -         -
        Bolt, Inc  2026-02-01 10:00       3  maria@hq    2026-05-01 10:00       6  unknown   -
        ann has 1 company, and had 2 companies in all

        """)
    #expect(table.stderr == "")
    let csv = try database.run("why", "ann", "--format", "csv")
    #expect(csv.stdout.split(separator: "\r\n").count == 4)
    let never = try database.run("why", "id:3")
    #expect(never.stderr == "-x never had access to any company that is on record\n")
    #expect(try database.run("user", "delete", "ann", "--yes").status == 0)
    let gone = try database.run("why", "ann")
    #expect(gone.stdout.hasSuffix("ann has 0 companies, and had 2 companies in all\n"))
    // Another ann is another one, and the first is named.
    try database.sql(
      """
      INSERT INTO hrm_users (id, username, is_active, created_at, modified_at)
      VALUES (9, 'ann', 1, '2026-01-01', '2026-01-01')
      """)
    let other = try database.run("why", "ann", "ACM")
    #expect(other.stdout == "")
    #expect(other.stderr.contains("note: another user ann, id 1, deleted by change 7, held it too"))
    let log = try database.run("log", "--user", "ann", "--format", "csv")
    #expect(
      log.stderr.contains("note: another user ann, id 1, deleted by change 7; id:1 means that one"))
    #expect(try database.run("why", "id:1", "ACM").stdout.contains("2026-01-01 10:00"))
    #expect(try database.run("user", "edit", "bob", "--username", "rob", "--yes").status == 0)
    let renamed = try database.run("why", "bob")
    #expect(renamed.stderr.hasPrefix("note: bob is called rob since change 9"))
    #expect(renamed.stdout.contains("Acme"))
  }

  @Test func whyKnowsTheDeleted() throws {
    let json = try database.run("why", "ann", "Bolt, Inc", "--json")
    #expect(json.stderr == "")
    #expect(
      json.stdout == """
        {"user":"ann","company":"Bolt, Inc","access":false,"seconds_held":7689600,"episodes":[
        {"from":"2026-02-01T10:00:00.000Z","to":"2026-05-01T10:00:00.000Z",\
        "granted_by":{"id":3,"at":"2026-02-01T10:00:00.000Z","actor":"maria@hq",\
        "origin":"command","action":"grant","reason":"moved","added":1,"removed":0,"undoes":null,\
        "ticket":null,"decided_at":null,"subject":"ann +Bolt, Inc"},"ended_by":{"id":6,"at":"2026-05-01T10:00:00.000Z","actor":"unknown",\
        "origin":"external","action":"external","reason":null,"added":0,"removed":1,\
        "undoes":null,"ticket":null,"decided_at":null,\
        "subject":"the application deleted company Bolt, Inc"}}]}

        """)
    #expect(
      try database.run("why", "ann", "Bolt, Inc", "--format", "csv").stdout
        == "user,company,from,to,granted_change,granted_by,granted_reason,ended_change,ended_by,"
        + "ended_reason\r\nann,\"Bolt, Inc\",2026-02-01T10:00:00.000Z,2026-05-01T10:00:00.000Z,"
        + "3,maria@hq,moved,6,unknown,\r\n")
    let never = try database.run("why", "bob", "Cord")
    #expect(never.status == 0)
    #expect(never.stdout == "")
    #expect(never.stderr == "bob never had access to Cord that is on record\n")
    #expect(try database.run("why", "carl", "Cord").status == 67)
  }

  @Test func everyReadingCommandLooksBack() throws {
    let then = ["--as-of", "2026-02-15"]
    let read = { (words: [String]) in
      try runProgram(
        builtProduct("company-access"), ["--db", database.path] + words + then,
        environment: ["TZ": "UTC"])
    }
    let users = try read(["users", "--format", "csv", "--company", "Bolt, Inc"])
    #expect(users.stdout.split(separator: "\r\n").count == 2)
    #expect(users.stdout.contains("1,ann,Ann Lee,ann@example.com,Auditor,true,2,"))
    #expect(users.stderr == "")
    let companies = try read(["companies", "--json"])
    #expect(companies.stdout.contains("\"name\":\"Bolt, Inc\",\"code\":null"))
    #expect(companies.stdout.hasSuffix("\"total\":3}\n"))
    #expect(try read(["companies", "--user", "ann", "--json"]).stdout.contains("\"total\":2}"))
    #expect(try read(["stats", "--json"]).stdout.contains("\"companies\":3,\"grants\":3,"))
    let grants = try read(["export", "--format", "tsv"]).stdout.split(separator: "\n")
    #expect(
      grants.map { $0.split(separator: "\t")[..<2].joined(separator: " ") }
        == ["user company", "ann Acme", "ann Bolt, Inc", "bob Acme"])
    #expect(grants[1].hasSuffix("\tunknown\t2"))
    #expect(grants[2].hasSuffix("\tmaria@hq\t3"))
    #expect(
      try read(["export", "companies"]).stdout.contains(
        "0190a000-0000-7000-8000-000000000002,\"Bolt, Inc\",,true,1\r\n"))
    #expect(try read(["export", "users"]).stdout.contains("ann@example.com,Auditor,true,2\r\n"))
    #expect(try read(["export", "all"]).status == 64)
    let check = try read(["check", "ann", "Bolt, Inc"])
    #expect(check.status == 0)
    #expect(check.stderr == "as of 2026-02-15 23:59 UTC, after change 3\n")
    #expect(try database.run("check", "ann", "Bolt, Inc").status == 67)
  }

  @Test func timesThatAreNotClearAreRefused() throws {
    for (time, words) in [
      ("soon", "'soon' is no time"), ("01/02/2026", "can mean 2026-02-01 or 2026-01-02"),
      ("9999-01-01", "is in the future"), ("2026-02-30", "there is no such time"),
    ] {
      for command in [
        ["users"], ["stats"], ["log"], ["check", "ann", "ACM"], ["why", "ann", "ACM"],
      ] {
        let result = try runProgram(
          builtProduct("company-access"),
          ["--db", database.path, "--json"] + command + ["--as-of", time])
        #expect(result.status == 64)
        #expect(result.stdout == "")
        #expect(result.stderr.contains("--as-of: "))
        #expect(result.stderr.contains(words))
      }
    }
    #expect(try database.run("log", "--since", "13/13/2026").status == 64)
    #expect(try database.run("log", "0").status == 64)
    #expect(try database.run("log", "2", "--user", "ann").status == 64)
    let none = try database.run("log", "77")
    #expect(none.status == 67)
    #expect(none.stderr == "company-access: there is no change 77\n")
  }

  @Test func whatMakesAnAnswerDoubtfulIsSaid() throws {
    let early = try database.run("stats", "--json", "--as-of", "2025-12-01")
    #expect(early.status == 0)
    #expect(early.stdout.contains("\"grants\":0,"))
    #expect(
      early.stderr
        == "note: the record begins on 2026-01-01 10:00 UTC: of earlier grants only those that still "
        + "stood then are known\n")
    try database.sql(
      """
      UPDATE company_access_change SET at = '2026-06-01 10:00:00.000' WHERE id = 3;
      DROP TRIGGER company_access_user_deleted;
      """)
    let back = try database.run("check", "ann", "ACM", "--as-of", "2026-04-01", "--json")
    #expect(back.status == 0)
    #expect(
      back.stdout
        == "{\"user\":\"ann\",\"company\":\"Acme\",\"access\":true,\"note\":null}\n")
    #expect(back.stderr.contains("note: the clock went back: change 3 came earlier"))
    #expect(back.stderr.contains("note: the record has gaps without trigger"))
    #expect(try database.run("log", "--json").stderr.hasPrefix("note: the record has gaps"))
  }
}
