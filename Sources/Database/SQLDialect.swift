/// A part of SQL that the engines write differently.
///
/// What they write alike is not among these: `TRUE`, `CAST(x AS TEXT)`, `ON CONFLICT DO NOTHING`,
/// `NULLS FIRST`, and an alias for every subquery.
package enum SQLFragment: Hashable, Sendable {
  /// A table of the record.
  case recordTable(String)
  /// A table that only this session sees.
  case temporary(SQLName)
  /// A text in the order of its bytes.
  case bytewise(SQLExpression)
  /// Whether two values are the same, NULL being the same as NULL.
  case same(SQLExpression, SQLExpression)
  /// Whether two values differ, NULL being the same as NULL.
  case different(SQLExpression, SQLExpression)
  /// The time now, as the record keeps it.
  case now
  /// The texts of a group, one after the other.
  case joinedTexts(SQLExpression, separator: String)
  /// Bytes as hexadecimal digits in lower case.
  case hexadecimal(SQLExpression)
  /// The place of a text in another one, from 1; 0 if it is not in it.
  case position(of: SQLExpression, in: SQLExpression)
  /// A JSON object of names and values.
  case object([Member])
  /// Whether a truth holds; NULL counts as the second.
  case holds(SQLExpression, else: Bool)

  /// A member of a JSON object.
  package struct Member: Hashable, Sendable {
    let name: String
    let value: SQLExpression

    /// A member.
    package init(_ name: String, _ value: SQLExpression) { (self.name, self.value) = (name, value) }
  }
}

/// The engines that this program knows.
package enum SQLEngine: Hashable, Sendable {
  case sqlite
  case postgres
}

/// How an engine writes SQL where the engines differ.
package protocol SQLDialect: Sendable {
  /// The parameter with a number.
  func parameter(_ number: Int) -> String

  /// A part as the engine writes it; of no part that is the same again.
  func expression(_ fragment: SQLFragment) -> SQLExpression
}

/// SQLite's SQL.
package struct SQLiteDialect: SQLDialect {
  package init() {}

  package func parameter(_ number: Int) -> String { "?\(number)" }

  package func expression(_ fragment: SQLFragment) -> SQLExpression {
    switch fragment {
    case .recordTable(let name): "\(SQLName(stringLiteral: "company_access_" + name))"
    case .temporary(let name): "temp.\(name)"
    case .bytewise(let text): "\(text) COLLATE BINARY"
    case .same(let one, let other): "(\(one) IS \(other))"
    case .different(let one, let other): "(\(one) IS NOT \(other))"
    case .now: "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    case .joinedTexts(let text, let separator): "group_concat(\(text), \(Value.text(separator)))"
    case .hexadecimal(let bytes): "lower(hex(\(bytes)))"
    case .position(let part, let whole): "instr(\(whole), \(part))"
    case .object(let members): "json_object(\(members.list))"
    case .holds(let truth, let otherwise): "(coalesce(\(truth), \(otherwise ? 1 : 0)) <> 0)"
    }
  }
}

/// PostgreSQL's SQL.
package struct PostgresDialect: SQLDialect {
  package init() {}

  package func parameter(_ number: Int) -> String { "$\(number)" }

  package func expression(_ fragment: SQLFragment) -> SQLExpression {
    switch fragment {
    case .recordTable(let name): "company_access.\(SQLName(stringLiteral: name))"
    case .temporary(let name): "pg_temp.\(name)"
    case .bytewise(let text): "\(text) COLLATE \"C\""
    case .same(let one, let other): "(\(one) IS NOT DISTINCT FROM \(other))"
    case .different(let one, let other): "(\(one) IS DISTINCT FROM \(other))"
    case .now: "clock_timestamp()"
    case .joinedTexts(let text, let separator):
      "string_agg(\(text), \(Value.text(separator))::text)"
    case .hexadecimal(let bytes): "encode(\(bytes), 'hex')"
    case .position(let part, let whole): "strpos(\(whole), \(part))"
    case .object(let members): "json_build_object(\(members.list))"
    case .holds(let truth, let otherwise): "coalesce(\(truth), \(otherwise ? "TRUE" : "FALSE"))"
    }
  }
}

extension [SQLFragment.Member] {
  /// Names and values in turn.
  fileprivate var list: SQLExpression {
    map { member -> SQLExpression in
      "'\(SQLName(stringLiteral: member.name.replacing("'", with: "''")))', \(member.value)"
    }.joined(separator: ", ")
  }
}
