/// The name of a table or a column of an application, which its description writes as SQL does.
///
/// Names that stand in the source of this program are plain; those that come from a file may be
/// anything, and are quoted.
package struct SQLName: Hashable, Sendable, CustomStringConvertible {
  /// The name as the schema has it.
  package let text: String
  private let isPlain: Bool

  /// A name from outside.
  package init(foreign text: String) {
    self.text = text
    isPlain = false
  }

  private init(text: String, isPlain: Bool) {
    self.text = text
    self.isPlain = isPlain
  }

  /// The name as SQL refers to it.
  package var description: String {
    isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// The table itself, which statements that write name: under the plain name a session may have a view
  /// that shows a part of it.
  package var itself: String { "main.\(self)" }

  /// The name as a text in SQL.
  package var literal: String { SQLText.literal(text) }

  /// The same name as the schema spells it: SQLite does not tell the cases apart.
  package func spelled(_ text: String) -> SQLName { SQLName(text: text, isPlain: isPlain) }

  /// Whether SQLite takes another name for this one: it does not tell the cases of ASCII letters apart.
  package func isSame(as other: SQLName) -> Bool {
    func folded(_ byte: UInt8) -> UInt8 {
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
    return text.utf8.count == other.text.utf8.count
      && text.utf8.elementsEqual(other.text.utf8) { folded($0) == folded($1) }
  }

  /// Each of some names once, in order.
  package static func distinct(_ names: [SQLName]) -> [SQLName] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0.text).inserted }
  }

  /// A name made of this one.
  package func with(prefix: String, suffix: String = "") -> SQLName {
    SQLName(text: prefix + text + suffix, isPlain: isPlain)
  }
}

extension SQLName: ExpressibleByStringLiteral {
  /// A name that needs no quotes.
  package init(stringLiteral text: String) {
    self.init(text: text, isPlain: true)
  }
}

/// Texts in SQL.
package enum SQLText {
  /// A text as a literal.
  package static func literal(_ text: String) -> String {
    // Most hold none, and the first replacing in a program is dear.
    "'" + (text.utf8.contains(0x27) ? text.replacing("'", with: "''") : text) + "'"
  }
}
