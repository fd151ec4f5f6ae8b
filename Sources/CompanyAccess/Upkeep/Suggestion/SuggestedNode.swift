package import Formats

/// A piece of a mapping that is written as JSON.
package indirect enum SuggestedNode: Hashable, Sendable {
  case object([Member])
  case list([SuggestedNode])
  case constant(MappingConstant)

  package struct Member: Hashable, Sendable {
    let key: String
    let value: SuggestedNode
  }

  static func name(_ text: String) -> SuggestedNode { .constant(.text(text)) }

  /// An object without the members that have no value.
  static func object(_ members: KeyValuePairs<String, SuggestedNode?>) -> SuggestedNode {
    .object(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
  }

  /// The JSON text, with a line for each part.
  var text: String {
    let output = ByteWriter()
    // What is written to memory cannot fail.
    try? write(JSONWriter(output))
    return output.text + "\n"
  }

  /// Writes it as the next value of a document.
  ///
  /// - Parameters:
  ///   - json: The document.
  ///   - depth: In how many objects of the mapping it stands; those of the outermost get lines of
  ///     their own.
  /// - Throws: `OutputError`.
  package func write(_ json: JSONWriter, depth: Int = 0) throws(OutputError) {
    switch self {
    case .constant(.now):
      try json.beginObject()
      try json.member("now", .flag(true, word: ""))
      try json.endObject()
    case .constant(let constant): try json.value(constant.cell)
    case .list(let elements):
      try json.beginArray()
      for element in elements { try element.write(json, depth: depth + 1) }
      try json.endArray()
    case .object(let members):
      try json.beginObject()
      for member in members {
        if depth == 0 { try json.newLine() }
        try json.key(member.key)
        try member.value.write(json, depth: depth + 1)
      }
      try json.endObject()
    }
  }
}

extension MappingConstant {
  fileprivate var cell: Cell {
    switch self {
    case .null, .now: .null
    case .integer(let number): .identifier(Int64(number))
    case .text(let text): .text(text)
    case .flag(let isTrue): .flag(isTrue, word: "")
    }
  }
}
