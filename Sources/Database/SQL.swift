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
      }
    }
  }

  /// The finished text, with numbered parameters for the values.
  package var text: String {
    var text = ""
    var count = 0
    for piece in pieces {
      switch piece {
      case .text(let part): text += part
      case .value:
        count += 1
        text += "?\(count)"
      }
    }
    return text
  }

  /// The values of the parameters, in their order.
  package var values: [Value] {
    pieces.compactMap { if case .value(let value) = $0 { value } else { nil } }
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
