/// What a piece of SQL is: pieces of one kind stand where that kind is expected.
package protocol SQLKind {}

/// The kinds of SQL.
package enum SQLKinds {
  /// A whole statement, which a connection can run.
  package enum Statement: SQLKind {}
  /// What may follow FROM: a table, or a query in parentheses.
  package enum Relation: SQLKind {}
  /// What may follow WHERE.
  package enum Condition: SQLKind {}
  /// A value: a column, a literal, a subquery in parentheses.
  package enum Expression: SQLKind {}
  /// The end of a statement from FROM on: what several statements select from in the same way.
  package enum Source: SQLKind {}
}

package typealias SQLStatement = SQL<SQLKinds.Statement>
package typealias SQLRelation = SQL<SQLKinds.Relation>
package typealias SQLCondition = SQL<SQLKinds.Condition>
package typealias SQLExpression = SQL<SQLKinds.Expression>
package typealias SQLSource = SQL<SQLKinds.Source>

/// A piece of SQL together with the values that it binds.
///
/// It is written as a string literal, in which other pieces, names and values are interpolated:
///
/// ```swift
/// let isHeld: SQLCondition = "a.user_id = \(id.value) AND \(inner)"
/// ```
///
/// A `Value` becomes a parameter, so that no text from outside is ever read as SQL. Pieces bring
/// their values along; the parameters get their numbers when the statement is finished. A `String`
/// cannot be interpolated: texts are values, and names are `SQLName`s.
package struct SQL<Kind: SQLKind>: Hashable, Sendable {
  /// The text and the values in turn.
  fileprivate enum Piece: Hashable, Sendable {
    case text(String)
    case value(Value)
    case fragment(SQLFragment)
  }

  fileprivate var pieces: [Piece] = []

  fileprivate init(pieces: [Piece]) { self.pieces = pieces }

  /// The same text as SQL of another kind, where the grammar allows it.
  ///
  /// - Parameter other: The piece of SQL.
  package init<Other>(_ other: SQL<Other>) {
    pieces = other.pieces.map { piece in
      switch piece {
      case .text(let text): .text(text)
      case .value(let value): .value(value)
      case .fragment(let fragment): .fragment(fragment)
      }
    }
  }

  /// A part that each engine writes differently.
  ///
  /// - Parameter fragment: What it says.
  package init(_ fragment: SQLFragment) { pieces = [.fragment(fragment)] }

  /// The finished text as SQLite reads it, with numbered parameters for the values.
  package var text: String { rendered(in: SQLiteDialect()).text }

  /// The values of the parameters of SQLite's text, in their order.
  package var values: [Value] { rendered(in: SQLiteDialect()).values }

  /// The finished text as an engine reads it, with numbered parameters, and their values.
  ///
  /// - Parameter dialect: How the engine writes SQL.
  /// - Returns: The text, and the values of its parameters in their order.
  package func rendered(in dialect: some SQLDialect) -> (text: String, values: [Value]) {
    var text = ""
    var values: [Value] = []
    render(in: dialect, &text, &values)
    return (text, values)
  }

  private func render(in dialect: some SQLDialect, _ text: inout String, _ values: inout [Value]) {
    for piece in pieces {
      switch piece {
      case .text(let part): text += part
      case .value(let value):
        values.append(value)
        text += dialect.parameter(values.count)
      case .fragment(let fragment):
        dialect.expression(fragment).render(in: dialect, &text, &values)
      }
    }
  }
}

extension SQL: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) {
    pieces = [.text(text)]
  }

  package init(stringInterpolation: StringInterpolation) {
    pieces = stringInterpolation.pieces
  }

  /// Collects the pieces of a literal.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      pieces.reserveCapacity(2 * interpolationCount + 1)
    }

    package mutating func appendLiteral(_ text: String) {
      guard !text.isEmpty else { return }
      pieces.append(.text(text))
    }

    /// Binds a value.
    package mutating func appendInterpolation(_ value: Value) {
      pieces.append(.value(value))
    }

    /// A piece of SQL, with its values.
    package mutating func appendInterpolation<Other>(_ other: SQL<Other>) {
      pieces += SQL(other).pieces
    }

    /// A part that each engine writes differently.
    package mutating func appendInterpolation(_ fragment: SQLFragment) {
      pieces.append(.fragment(fragment))
    }

    /// The name of a table, a column or a row.
    package mutating func appendInterpolation(_ name: SQLName) {
      pieces.append(.text(name.description))
    }

    /// A number that is part of the text, such as a limit.
    package mutating func appendInterpolation(_ number: some BinaryInteger) {
      pieces.append(.text("\(number)"))
    }

    /// Pieces between which a separator stands.
    package mutating func appendInterpolation<Other>(
      _ all: [SQL<Other>], separator: StaticString = ", "
    ) {
      pieces += SQL(all.joined(separator: separator)).pieces
    }
  }
}

extension Sequence {
  /// The pieces one after the other, with a separator between them.
  package func joined<Kind>(separator: StaticString) -> SQL<Kind> where Element == SQL<Kind> {
    var all = SQL<Kind>(pieces: [])
    for part in self {
      if !all.pieces.isEmpty { all.pieces.append(.text("\(separator)")) }
      all.pieces += part.pieces
    }
    return all
  }

  /// One condition that holds where all of them do; `TRUE` if there are none.
  package func all() -> SQLCondition where Element == SQLCondition {
    let joined = joined(separator: " AND ")
    return joined.pieces.isEmpty ? "TRUE" : joined
  }

  /// `WHERE` with all of the conditions; empty if there are none.
  package func filter() -> SQLSource where Element == SQLCondition {
    let joined = joined(separator: " AND ")
    return joined.pieces.isEmpty ? "" : " WHERE \(joined)"
  }
}

extension SQL: CustomStringConvertible {
  /// The finished text.
  package var description: String { text }
}
