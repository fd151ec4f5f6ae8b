import Database
import DatabasePostgres
import TestSupport
import Testing

/// The desk on a database of a PostgreSQL server.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct DeskServerTests {
  @Test("Every screen of the tour, by keys at 80x24")
  func tour() throws {
    let database = try ServerDatabase()
    let desk = try database.open()
    #expect(desk.title.hasPrefix(" company-access  postgres://postgres@/"))
    #expect(desk.title.hasSuffix("read-write"))
    for place in DeskTour.allCases where place != .log {
      try place.go(desk)
      if place == .reason { desk.key(.escape) }
      while !desk.footer.contains("8 Exit") {
        let before = desk.text()
        desk.key(.escape)
        try desk.wait("a step back from \(place)") { desk.text() != before }
      }
      try DeskTour.menu.wait(desk)
    }
    desk.type("l")
    try desk.wait(texts: "the application: 37 users x 11", "postgres …", "record began")
    try desk.backToMenu()
    desk.type("d")
    try desk.wait(heading: "Doctor")
    try desk.wait(text: "users who may enter companies")
    desk.key(.end)
    try desk.wait(text: "triggers of the application: none")
    try desk.backToMenu()
    try desk.leave()
    #expect(try database.changes() == [])
  }

  @Test("A user is made, edited and deleted by keys, and comes back")
  func people() throws {
    let database = try ServerDatabase()
    let desk = try database.open()
    desk.type("1")
    try DeskTour.users.wait(desk)
    desk.type("a")
    try desk.wait(heading: "New user")
    desk.type("lin")
    for text in ["Lin Wei", "lin@hq.example"] {
      desk.key(.tab)
      desk.type(text)
    }
    desk.key(.enter)
    try desk.wait(text: "Add user lin? y / Esc")
    try desk.confirm()
    try desk.wait(message: "Added user lin. Change ")
    // The new row gets the cursor.
    try desk.wait(marked: "44 lin")
    try database.grant("lin", "NYC")
    desk.type("/lin@")
    desk.key(.enter)
    try desk.wait(heading: "1 of 1")
    desk.type("D")
    try desk.wait(text: "Type lin, then press y:")
    desk.type("lin")
    try desk.confirm()
    try desk.wait(message: "Deleted user lin, revoked NYC Office from lin. Change ")
    #expect(try database.companies(of: "lin") == [])
    desk.type("u")
    try desk.wait(text: "Bring back user lin, grant NYC Office to lin? y / Esc")
    try desk.confirm()
    try desk.wait(message: "brought back user lin, granted NYC Office to lin. Change ")
    #expect(try database.companies(of: "lin") == ["NYC Office"])
    desk.key(.escape)
    try desk.wait(heading: "of 43")
    try desk.leave()
    try database.expectSound()
  }

  @Test("Granted, revoked, staged in the grid and undone by keys")
  func writes() throws {
    let database = try ServerDatabase()
    let before = try database.companies(of: "john_smith")
    let desk = try database.open()
    try desk.pick("john_smith", by: "4", then: "Add companies to john_smith, id 2 (John Smith)")
    try desk.tick("East Region", "West Region")
    desk.key(.enter)
    try desk.wait(text: "Grant 2 companies to john_smith? y / Esc")
    try desk.confirm()
    try desk.wait(message: "Granted East Region, West Region to john_smith, 3 -> 5. Change ")
    #expect(try database.companies(of: "john_smith").count == 5)
    desk.type("u")
    try desk.wait(heading: "Confirm: undo")
    try desk.wait(text: "y / Esc")
    try desk.confirm()
    try desk.wait(message: "Undid change ")
    #expect(try database.companies(of: "john_smith") == before)
    try desk.wait(heading: "171 grants")
    desk.type("g")
    try desk.wait(heading: "user 1 of 42, company 1 of 12")
    desk.type(" ")
    try desk.wait(text: "Staged: +1")
    desk.key(.enter)
    try desk.wait(text: "y / Esc")
    try desk.confirm()
    try desk.wait(message: "Granted Bureau de Montréal to a_nowak")
    try desk.leave()
    #expect(
      try database.changes() == ["desk|grant|2|0", "desk|undo|0|2", "desk|grant|1|0"])
    try database.expectSound()
  }

  @Test("What another program does appears without a key, with its login and name")
  func foreign() throws {
    let database = try ServerDatabase()
    let desk = try database.open(columns: 120)
    try database.grant("h_baker", "NYC")
    try desk.wait("the new figures", seconds: 3) { desk.heading.contains("172 grants") }
    desk.type("l")
    try desk.wait("the change of the other program") {
      desk.marked.contains("the application: h_baker +NYC")
        && desk.marked.contains("postgres with")
    }
    try desk.leave()
  }

  @Test("A password is asked for before the screen begins, and not shown")
  func password() throws {
    let database = try ServerDatabase()
    let (login, password) = PostgresServer.guarded
    try database.sql("GRANT USAGE ON SCHEMA company_access, public TO \(login)")
    for schema in ["company_access", "public"] {
      try database.sql("GRANT SELECT ON ALL TABLES IN SCHEMA \(schema) TO \(login)")
    }
    let desk = try TerminalProgram(
      builtProduct("company-access"), [database.database.text(user: login)])
    try desk.wait(text: "Password for postgres://\(login)@/")
    #expect(!desk.altScreen)
    desk.send("wrong\u{15}" + password + "\r")
    try DeskTour.menu.wait(desk)
    #expect(!String(decoding: desk.output, as: UTF8.self).contains("horse"))
    desk.type("q")
    try desk.expectEnd(0)
    let refused = try TerminalProgram(
      builtProduct("company-access"), [database.database.text(user: login)])
    try refused.wait(text: "Password for")
    refused.key(.control("c"))
    try refused.expectEnd(130)
    // Without a terminal nobody can be asked.
    let command = try runProgram(
      builtProduct("company-access"), ["--db", database.database.text(user: login), "stats"])
    #expect(command.status == 77 && command.stderr.contains("asks for a password"))
  }
}

/// The desk when the server goes, comes back, or stops what it was asked.
@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct DeskLostServerTests {
  @Test("A crash of the server is said within 5 s, and the desk is back within 5 s of the server")
  func crash() throws {
    let server = try PostgresServer.own()
    let database = try ServerDatabase(on: server)
    let desk = try database.open()
    desk.type("1")
    try desk.wait(heading: "1 of 42")
    for round in 1...3 {
      // The server of the tests does not wait for its disk.
      try database.sql("CHECKPOINT")
      try server.crash()
      let gone = monotonicSeconds()
      try desk.wait("the loss, round \(round)", seconds: 5) {
        desk.title.contains("server away since")
      }
      figure("a lost server, said within 5 s", since: gone)
      desk.type("+")
      try desk.wait(message: "Not possible here: the connection to the server has gone.")
      // What is asked meanwhile is answered as soon as the server is back.
      desk.key(.escape)
      try desk.wait(text: "8  Exit")
      desk.type(round % 2 == 0 ? "1" : "2")
      try server.start()
      let back = monotonicSeconds()
      try desk.wait("the rows, round \(round)", seconds: 5) {
        desk.title.hasSuffix("read-write")
          && desk.heading.contains(round % 2 == 0 ? "1 of 42" : "1 of 12")
      }
      figure("a server that is back, noticed within 5 s", since: back)
    }
    try desk.backToMenu()
    desk.type("6")
    try desk.wait(text: "Grant 333 pairs? y / Esc")
    try desk.confirm()
    try desk.wait(message: "Granted 333 pairs.")
    try desk.leave()
  }

  private func figure(_ what: String, since start: Double) {
    let milliseconds = Int((monotonicSeconds() - start) * 1_000)
    Sweep.figure(what, swept: 1, good: 1, note: "\(milliseconds) ms")
  }

  @Test("Ended sessions are replaced, and a write goes on over another one")
  func ended() throws {
    let database = try ServerDatabase()
    let desk = try database.open()
    for name in ["East Region", "West Region"] {
      try desk.pick("john_smith", by: "4", then: "Add companies to john_smith")
      try desk.tick(name)
      desk.key(.enter)
      try desk.wait(text: "y / Esc")
      // The second time the session that writes is there, and has gone.
      try database.sql(
        """
        SELECT pg_terminate_backend(pid, 5000)::text FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """)
      try desk.confirm()
      try desk.wait(message: "Granted \(name) to john_smith")
    }
    try desk.leave()
    #expect(try database.changes() == ["desk|grant|1|0", "desk|grant|1|0"])
  }

  @Test("A statement that an administrator stops is said")
  func stopped() throws {
    let database = try ServerDatabase()
    let desk = try database.open()
    let other = try database.database.open()
    try other.inTransaction {
      try other.run("LOCK TABLE hrm_users IN ACCESS EXCLUSIVE MODE")
      desk.type("1")
      try desk.wait("a session that waits") {
        (try? database.sql(
          "SELECT pg_cancel_backend(pid)::text FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            + " AND datname = current_database()")) == ["true"]
      }
      try desk.wait(message: "has stopped it, and nothing was done: an administrator")
    }
    try desk.leave()
  }

  @Test("A COMMIT without an answer is found out from the record", arguments: [true, false])
  func uncertain(isMade: Bool) throws {
    let server = try PostgresServer.own()
    let database = try ServerDatabase(on: server)
    // A COMMIT that waits: after it is done for a standby that there is not, or before that for a second.
    if isMade {
      try database.sql("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
      try database.sql("ALTER DATABASE \(database.database.name) SET synchronous_commit = on")
      try database.sql("SELECT pg_reload_conf()")
    } else {
      try database.database.open().run(
        """
        CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON hrm_user_company_access
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()
        """)
    }
    let watcher = try PostgresConnection(try server.location(of: "postgres"))
    defer {
      // Else nothing that is written in this database would end any more.
      try? watcher.run("ALTER SYSTEM RESET synchronous_standby_names")
      try? watcher.run("SELECT pg_reload_conf()")
    }
    let desk = try database.open()
    try desk.pick("john_smith", by: "4", then: "Add companies to john_smith")
    try desk.tick("East Region")
    desk.key(.enter)
    try desk.wait(text: "y / Esc")
    try desk.confirm()
    try desk.wait("a COMMIT that waits") {
      (try? watcher.count(
        """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE query = 'COMMIT' AND state = 'active' AND pid <> pg_backend_pid()
        """)) == 1
    }
    if isMade {
      // The ended session drops its temporary tables, and waits for the standby once more.
      try watcher.run("ALTER SYSTEM RESET synchronous_standby_names")
      try watcher.run("SELECT pg_reload_conf()")
      try desk.wait(message: "Granted East Region to john_smith, 3 -> 4. Change ")
    } else {
      try desk.wait(message: "cannot be reached, and nothing was done")
    }
    #expect(try database.companies(of: "john_smith").contains("East Region") == isMade)
    try desk.leave(asksFirst: !isMade)
  }
}
