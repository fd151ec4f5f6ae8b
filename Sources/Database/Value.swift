/// A value as SQLite stores it.
///
/// Two texts are equal if their bytes are, as `IS` of SQLite has it; Swift's own equality of strings
/// takes canonically equivalent ones for the same.
package enum Value: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  package static func == (one: Value, other: Value) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.integer(let one), .integer(let other)): one == other
    case (.real(let one), .real(let other)): one == other
    case (.text(let one), .text(let other)): one.utf8.elementsEqual(other.utf8)
    case (.blob(let one), .blob(let other)): one == other
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .integer(let number): hasher.combine(number)
    case .real(let number): hasher.combine(number)
    case .text(var text): text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .blob(let bytes): hasher.combine(bytes)
    }
  }

  /// Text, or NULL for nil.
  package static func optional(_ text: String?) -> Value { text.map(Value.text) ?? .null }

  /// An integer, or NULL for nil.
  package static func optional(_ number: Int64?) -> Value { number.map(Value.integer) ?? .null }

  /// An integer from a count.
  package static func count(_ number: Int) -> Value { .integer(Int64(number)) }
}
