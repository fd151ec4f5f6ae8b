import Database
import DatabasePostgres
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct PostgresCopyTests {
  let database: PostgresDatabase
  let connection: PostgresConnection

  init() throws {
    database = try PostgresDatabase()
    connection = try database.open()
    try connection.run("CREATE TABLE t (n int, a text, b bytea, c float8)")
  }

  /// Texts that a format of lines and tabs could take for something else.
  private static let texts: [String?] = [
    nil, "", "\\N", "\\", "\\.", "\t", "\n", "\r\n", "a\tb\nc\\d\re", "\\t",
    "\u{8}\u{b}\u{c}\u{7f}",
    "e\u{301} 😀 \u{202E}\u{2028}", "NULL", "\"", "'", ",", ";", "$1", "\\x41", "--", "\u{1}\u{1f}",
    String(repeating: "é\t\n\\", count: 50_000),
  ]

  @Test("Hostile texts, bytes and numbers come back by COPY as they went")
  func roundTrip() throws {
    let rows: [[Value]] = Self.texts.enumerated().map { number, text in
      [
        .count(number), .optional(text), .blob(Array((text ?? "").utf8.prefix(300)) + [0, 255]),
        number == 3 ? .null : .real(Double(number) / 3),
      ]
    }
    let count = try connection.copyIn("t", ["n", "a", "b", "c"]) { writer in
      for row in rows { try writer.add(row) }
    }
    #expect(count == rows.count)
    let stored = try connection.rows("SELECT n, a, b, c FROM t ORDER BY n") { $0.values }
    #expect(stored == rows)
    var copied: [String?] = []
    try connection.copyOut("SELECT n, a FROM t ORDER BY n") { copied.append($0[1]) }
    #expect(copied == Self.texts)
  }

  @Test("Rows that fill many buffers are all there")
  func manyRows() throws {
    try connection.copyIn("t", ["n", "a"]) { writer in
      for number in 1...100_000 { try writer.add([.count(number), .text("row \(number)")]) }
    }
    #expect(connection.changes == 100_000)
    #expect(try connection.count("SELECT count(DISTINCT a) FROM t") == 100_000)
  }

  @Test("Of a COPY that ends early no row is there, and the session goes on")
  func endedEarly() throws {
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try connection.copyIn("t", ["n"]) { writer in
        try writer.add([.integer(1)])
        throw Enough()
      }
    }
    let refused = #expect(throws: DatabaseError.self) {
      try connection.copyIn("t", ["n"]) { try $0.add([.text("no number")]) }
    }
    #expect(refused?.state == "22P02")
    let cut = #expect(throws: DatabaseError.self) {
      try connection.copyIn("t", ["a"]) { try $0.add([.text("a\0b")]) }
    }
    #expect(cut?.category == .constraint(.other))
    #expect(throws: DatabaseError.self) { try connection.copyIn("nothing", ["a"]) { _ in } }
    #expect(throws: Enough.self) {
      try connection.copyOut("SELECT * FROM generate_series(1, 100000)") { fields in
        if fields[0] == "5" { throw Enough() }
      }
    }
    #expect(try connection.count("SELECT count(*) FROM t") == 0)
  }

  @Test("A COPY that is given up ends as stopped")
  func cancellation() throws {
    var count = 0
    connection.watch { count > 10 }
    let error = #expect(throws: DatabaseError.self) {
      try connection.copyIn("t", ["a"]) { writer in
        while true {
          count += 1
          try writer.add([.text(String(repeating: "x", count: 10_000))])
        }
      }
    }
    #expect(error?.isInterrupted == true)
    connection.watch(nil)
    #expect(try connection.count("SELECT count(*) FROM t") == 0)
  }
}
