import Database
import DatabasePostgres
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct PostgresValueTests {
  let database: PostgresDatabase
  let connection: PostgresConnection

  init() throws {
    database = try PostgresDatabase()
    connection = try database.open()
  }

  @Test(
    "A value comes back as it went",
    arguments: [
      (.integer(.min), "bigint"), (.integer(.max), "bigint"), (.integer(0), "bigint"),
      (.real(0.1), "double precision"), (.real(-0.0), "double precision"),
      (.real(.infinity), "double precision"), (.real(.leastNonzeroMagnitude), "double precision"),
      (.text(""), "text"), (.text("O'Brien \\ \"x\" \t\n\r ${1} $1 ?1 %s"), "text"),
      (.text("e\u{301} 😀 \u{202E}\u{1}"), "text"),
      (.text(String(repeating: "x", count: 1_000_000)), "text"),
      (.blob([]), "bytea"), (.blob(Array(0...255)), "bytea"), (.null, "text"), (.null, "uuid"),
      (.text("018f0000-0000-7000-8000-00000000abcd"), "uuid"),
      (.text("2026-11-27 12:40:00.123456+00"), "timestamp with time zone"),
      (.text("{\"a\": 1}"), "jsonb"),
    ] as [(Value, String)])
  func roundTrip(value: Value, type: String) throws {
    try connection.run("CREATE TABLE t (a \(type))")
    try connection.execute("INSERT INTO t (a) VALUES (\(value))")
    #expect(try connection.rows("SELECT a FROM t") { $0.value(0) } == [value])
    #expect(
      try connection.count("SELECT count(*) FROM t WHERE a IS NOT DISTINCT FROM \(value)") == 1)
  }

  @Test("What is not a number is not one, and comes back so")
  func notANumber() throws {
    let value = try connection.first("SELECT \(Value.real(.nan))::float8") { $0.real(0) }
    #expect(value?.isNaN == true)
  }

  @Test("A truth reads as 1 or 0, and a sum of integers as an integer")
  func otherTypes() throws {
    let row = try connection.first(
      """
      SELECT TRUE, FALSE, sum(x), 1::int2, 2::int4, 1.5::numeric, 1e30::numeric, 3::float4
      FROM (VALUES (1::bigint), (2)) AS v (x)
      """
    ) { $0.values }
    #expect(
      row == [
        .integer(1), .integer(0), .integer(3), .integer(1), .integer(2), .text("1.5"),
        .text("1000000000000000000000000000000"), .real(3),
      ])
    let truths = try connection.rows("SELECT b FROM (VALUES (TRUE), (FALSE), (NULL)) AS v (b)") {
      $0.bool(0)
    }
    #expect(truths == [true, false, false])
  }

  @Test("The readings of a row agree, whether it is read as it comes or kept")
  func readings() throws {
    func read(_ row: borrowing Row) -> [String] {
      [
        "\(row.count)", "\(row.isNull(0)) \(row.isNull(1))", "\(row.integer(0)) \(row.integer(1))",
        "\(row.real(0)) \(row.real(2))", "\(row.text(1))|\(row.text(3))", "\(row.bytes(4))",
        "\(row.isExactText(0)) \(row.isExactText(3)) \(row.isExactText(4))",
        "\(row.optionalText(1) ?? "nil")", "\(row.optionalInteger(0) ?? -1)",
      ]
    }
    let query: SQLStatement = """
      SELECT g, NULL::bigint, g + 0.25::float8, 'text ' || g, '\\x0aff'::bytea
      FROM generate_series(1, 3) AS g
      """
    let streamed = try connection.rows(query) { read($0) }
    var kept: [[String]] = []
    try connection.forEach(query) { row in
      _ = try connection.count("SELECT 1")
      kept.append(read(row))
    }
    #expect(streamed == kept)
    #expect(
      streamed.first == [
        "5", "false true", "1 0", "1.0 1.25", "|text 1", "[10, 255]", "false true false", "nil",
        "1",
      ])
  }

  @Test("A text with a NUL is refused, not cut")
  func textWithNUL() throws {
    let error = #expect(throws: DatabaseError.self) {
      try connection.first("SELECT \(Value.text("a\0b"))::text") { $0.text(0) }
    }
    #expect(error?.category == .constraint(.other))
    #expect(try connection.count("SELECT 7") == 7)
  }
}
