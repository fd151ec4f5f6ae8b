import TestSupport
import Testing

/// Names that no application would write, and some program has written all the same.
@Suite struct HostileNamesTests {
  private static let when = "'2026-01-01 00:00:00.000'"

  /// SQL for a name, and what a table shows of it.
  private static let names: [(sql: String, shown: String)] = [
    ("'a' || char(27) || ']52;c;QQ==' || char(7) || 'b'", "a^[]52;c;QQ==^Gb"),
    ("'a' || char(155) || '31mred'", "a<U+009B>31mred"),
    ("'Ann' || char(13) || 'Bob' || char(10) || 'Cy' || char(8) || char(9)", "Ann^MBob^JCy^H^I"),
    ("'abc' || char(8238) || 'gpj.exe'", "abc<U+202E>gpj.exe"),
    ("'al' || char(0) || 'ev'", "al^@ev"),
    ("CAST(x'fffec0af41' AS TEXT)", "A"),
    ("x'616200ff'", "ab^@"),
    ("'e' || printf('%.*c', 1, '') || replace(hex(zeroblob(5000)), '00', char(769))", "e"),
    ("'x' || replace(hex(zeroblob(500000)), '0', 'y')", "xyyyyyyyyyyyyyyyy"),
    ("''", ""), ("'   '", ""), ("'--help'", "--help"), ("'; rm -rf /'", "; rm -rf /"),
    ("'%s%n%n'", "%s%n%n"), ("''' OR 1=1 --'", "' OR 1=1 --"), ("'=1+1'", "=1+1"),
    ("char(8203, 8205, 65279, 8288, 173, 12644, 917569)", "<U+200B><U+200D><U+FEFF><U+2060>"),
  ]

  private static func database() throws -> DeskDatabase {
    let database = try DeskDatabase()
    for (index, name) in names.enumerated() {
      try database.sql(
        """
        INSERT INTO hrm_users (id, username, full_name, is_active, created_at, modified_at)
        VALUES (\(9_000 + index), '!user\(index)', \(name.sql), 1, \(when), \(when));
        INSERT INTO hrm_company (id, name, code, is_active, created_at, modified_at)
        VALUES (printf('%032x', \(9_000 + index)), \(name.sql), 'X\(index)', 1, \(when), \(when))
        """)
    }
    return database
  }

  /// Every command that shows names shows these, and its output is safe for a terminal.
  @Test(arguments: [
    ["users"], ["companies"], ["users", "--company", "X0"], ["stats"], ["log"],
    ["users", "--format", "json"], ["users", "--format", "csv"], ["users", "--format", "tsv"],
    ["export", "all"], ["export", "companies"],
  ])
  func commandsShowThem(words: [String]) throws {
    let database = try Self.database()
    let result = try runProgram(builtProduct("company-access"), ["--db", database.path] + words)
    #expect(result.status == 0)
    if words == ["users"] {
      for name in Self.names { #expect(result.stdout.contains(name.shown)) }
    }
    guard !words.contains("csv"), words[0] != "export" else { return }
    let separator = words.contains("tsv") ? 0x09 : 0x0A as UInt8
    let isTable = !words.contains("tsv")
    #expect(
      !result.stdoutBytes.contains {
        ($0 < 0x20 && $0 != 0x0A && $0 != separator) || $0 == 0x7F
      } || !isTable)
  }

  /// On a terminal the formats for programs are safe too, and CSV and TSV say that they are not exact.
  @Test(arguments: [
    ["users", "--format", "csv"], ["companies", "--format", "tsv"], ["users", "--format", "json"],
    ["export", "users"], ["export", "companies", "--format", "tsv"], ["export", "all"],
  ])
  func formatsForProgramsAreSafeOnATerminal(words: [String]) throws {
    let database = try Self.database()
    let program = try TerminalProgram(
      builtProduct("company-access"), ["--db", database.path] + words)
    #expect(try program.waitExit() == 0)
    // Progress is told on the same terminal, and cleared away.
    let text = String(decoding: program.output, as: UTF8.self).replacing("\u{1B}[K", with: "")
    let isJSON = words.contains("json") || words.contains("all")
    #expect(text.contains("marks such as ^[ and <U+202E>") == !isJSON)
    let bad = Array(text.unicodeScalars).filter { scalar in
      if "\r\n\t".unicodeScalars.contains(scalar) { return false }
      return scalar.properties.isDefaultIgnorableCodePoint
        || [.control, .format].contains(scalar.properties.generalCategory)
    }
    #expect(bad == [])
  }

  /// They are granted by id like others, and taken away again.
  @Test func grantsGoByID() throws {
    let database = try Self.database()
    let before = try database.grants()
    for index in Self.names.indices {
      let pair = ["id:\(9_000 + index)", "X\(index)"]
      for verb in ["grant", "revoke"] {
        let result = try runProgram(
          builtProduct("company-access"), ["--db", database.path, verb] + pair)
        #expect(result.status == 0, "\(verb) \(pair): \(result.stderr)")
      }
    }
    #expect(try database.grants() == before)
  }

  /// The desk shows a full page of them, and nothing of them reaches the terminal raw.
  @Test(arguments: [(80, 24), (60, 15), (300, 50)])
  func theDeskShowsThem(columns: Int, rows: Int) throws {
    let database = try Self.database()
    let desk = try database.open(rows: rows, columns: columns)
    desk.type("1")
    try desk.wait(text: "!user0")
    desk.key(.down)
    desk.key(.end)
    try desk.wait("the end") { !desk.text().contains("!user0") }
    try desk.backToMenu()
    desk.type("2")
    try desk.wait(heading: "of 29")
    desk.key(.end)
    try desk.wait(heading: "29 of 29")
    try desk.leave()
    let text = String(decoding: desk.output, as: UTF8.self)
    #expect(!text.contains("\u{1B}]52"))
    for scalar in ["\u{202E}", "\u{9B}", "\u{200B}", "\u{FEFF}", "\u{0}", "\u{7}", "\u{E0041}"] {
      #expect(!text.unicodeScalars.contains(scalar.unicodeScalars.first ?? " "))
    }
    Sweep.figure("hostile names", swept: Self.names.count, good: Self.names.count)
  }
}
