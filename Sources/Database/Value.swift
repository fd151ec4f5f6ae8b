/// A value as SQLite stores it.
package enum Value: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  /// Text, or NULL for nil.
  package static func optional(_ text: String?) -> Value { text.map(Value.text) ?? .null }

  /// An integer, or NULL for nil.
  package static func optional(_ number: Int64?) -> Value { number.map(Value.integer) ?? .null }

  /// An integer from a count.
  package static func count(_ number: Int) -> Value { .integer(Int64(number)) }
}
