/// Writes rows as CSV (RFC 4180) or as tab-separated text.
package struct DelimitedWriter {
  package enum Style: Hashable, Sendable {
    /// Commas, quotes where needed, CR LF; a NUL stands in quotes as it is.
    case csv
    /// Tabs, backslash escapes where needed (`\t`, `\n`, `\r`, `\0`, `\\`), LF.
    case tsv
  }

  package let style: Style
  private let output: ByteWriter

  package init(_ style: Style, _ output: ByteWriter) {
    self.style = style
    self.output = output
  }

  package func header(_ columns: [Column]) throws(OutputError) {
    try row(columns.map { .text($0.key) })
  }

  package func row(_ cells: [Cell]) throws(OutputError) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { try output.write(byte: style == .csv ? 0x2C : 0x09) }
      try write(cell, isAlone: cells.count == 1)
    }
    try output.write(style == .csv ? "\r\n" : "\n")
  }

  private func write(_ cell: Cell, isAlone: Bool) throws(OutputError) {
    switch cell {
    // A row that is one empty cell would be an empty line, which readers skip.
    case .null: if isAlone, style == .csv { try output.write("\"\"") }
    // Digits are no formula, with a sign or without.
    case .integer(let number), .identifier(let number): try output.write(String(number))
    case .flag(let isTrue, _): try write(text: isTrue ? "true" : "false")
    // Other programs may have stored anything as a time.
    case .time(let stored): try write(text: StoredTime.rfc3339(stored))
    case .text(let text): try write(text: text)
    }
  }

  private func write(text: String) throws(OutputError) {
    let shown = output.shown(SpreadsheetGuard.guarded(text))
    try style == .csv ? quoted(shown) : escaped(shown)
  }

  private func quoted(_ text: String) throws(OutputError) {
    let special = text.utf8.contains {
      $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D || $0 == 0
    }
    let blank = text.utf8.first == 0x20 || text.utf8.last == 0x20
    guard special || blank || text.isEmpty else { return try output.write(text) }
    var bytes: [UInt8] = [0x22]
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
    try output.write(bytes)
  }

  private func escaped(_ text: String) throws(OutputError) {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x09: bytes += [0x5C, 0x74]
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0x0D: bytes += [0x5C, 0x72]
      case 0x5C: bytes += [0x5C, 0x5C]
      case 0: bytes += [0x5C, 0x30]
      default: bytes.append(byte)
      }
    }
    try output.write(bytes)
  }
}
