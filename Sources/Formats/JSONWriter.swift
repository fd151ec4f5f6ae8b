/// Writes JSON piece by piece; nothing is held in memory.
///
/// The caller opens and closes objects and arrays in order; the commas come by themselves.
package final class JSONWriter {
  private let output: ByteWriter
  /// For each open object or array: whether it has a member yet.
  private var hasMembers: [Bool] = []
  private var followsKey = false

  package init(_ output: ByteWriter) { self.output = output }

  package func beginObject() throws(OutputError) { try open("{") }
  package func endObject() throws(OutputError) { try close("}") }
  package func beginArray() throws(OutputError) { try open("[") }
  package func endArray() throws(OutputError) { try close("]") }

  /// Starts a new line in front of the next element, so that long arrays stay readable.
  package func newLine() throws(OutputError) {
    if hasMembers.last == true {
      try output.write(",\n")
      hasMembers[hasMembers.count - 1] = false
    } else {
      try output.write("\n")
    }
  }

  package func key(_ name: String) throws(OutputError) {
    try separate()
    try JSONWriter.write(name, to: output)
    try output.write(byte: 0x3A)
    followsKey = true
  }

  package func value(_ cell: Cell) throws(OutputError) {
    try separate()
    switch cell {
    case .null: try output.write("null")
    case .text(let text): try JSONWriter.write(text, to: output)
    case .integer(let number), .identifier(let number): try output.write(String(number))
    case .flag(let isTrue, _): try output.write(isTrue ? "true" : "false")
    case .time(let stored): try JSONWriter.write(StoredTime.rfc3339(stored), to: output)
    }
  }

  /// A member of an object.
  package func member(_ name: String, _ cell: Cell) throws(OutputError) {
    try key(name)
    try value(cell)
  }

  /// A number in tenths, with one decimal.
  package func member(_ name: String, tenths: Int?) throws(OutputError) {
    try key(name)
    try separate()
    try output.write(tenths.map { "\($0 / 10).\($0 % 10)" } ?? "null")
  }

  /// A number as exact as it is.
  package func member(_ name: String, number: Double?) throws(OutputError) {
    try key(name)
    try separate()
    try output.write(number.map { "\($0)" } ?? "null")
  }

  /// Ends the document with a line feed.
  package func finish() throws(OutputError) { try output.write("\n") }

  private func open(_ bracket: String) throws(OutputError) {
    try separate()
    try output.write(bracket)
    hasMembers.append(false)
  }

  private func close(_ bracket: String) throws(OutputError) {
    hasMembers.removeLast()
    try output.write(bracket)
  }

  private func separate() throws(OutputError) {
    if followsKey {
      followsKey = false
    } else if let last = hasMembers.indices.last {
      if hasMembers[last] { try output.write(byte: 0x2C) }
      hasMembers[last] = true
    }
  }

  /// A string with what JSON has to escape escaped, and what steers a terminal or is not seen.
  private static func write(_ text: String, to output: ByteWriter) throws(OutputError) {
    var bytes: [UInt8] = [0x22]
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      for byte in text.utf8 { append(byte, to: &bytes) }
    } else {
      for scalar in text.unicodeScalars { append(scalar, to: &bytes) }
    }
    bytes.append(0x22)
    try output.write(bytes)
  }

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    if scalar.isASCII { return append(UInt8(scalar.value), to: &bytes) }
    guard HiddenScalars.contains(scalar) else {
      bytes += UTF8.encode(scalar).map { Array($0) } ?? []
      return
    }
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      bytes += Array("\\u".utf8) + [UInt8](repeating: 0x30, count: 4 - digits.utf8.count)
      bytes += Array(digits.utf8)
    }
  }

  private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case 0x22: bytes += [0x5C, 0x22]
    case 0x5C: bytes += [0x5C, 0x5C]
    case 0x0A: bytes += [0x5C, 0x6E]
    case 0x0D: bytes += [0x5C, 0x72]
    case 0x09: bytes += [0x5C, 0x74]
    case 0..<0x20, 0x7F:
      let digits = String(byte, radix: 16)
      bytes += Array((byte < 16 ? "\\u000" : "\\u00").utf8) + Array(digits.utf8)
    default: bytes.append(byte)
    }
  }
}
