internal import CPostgres
package import Database
internal import Glibc

/// Takes the rows of a COPY to a table, in the text form of PostgreSQL.
package struct CopyWriter: ~Copyable {
  fileprivate var buffer: [UInt8] = []
  private let send: ([UInt8]) throws(DatabaseError) -> Void

  fileprivate init(_ send: @escaping ([UInt8]) throws(DatabaseError) -> Void) {
    self.send = send
    buffer.reserveCapacity(Self.full + 4096)
  }

  private static let full = 65_536

  /// Adds a row.
  ///
  /// - Throws: `constraint` for a text with a NUL, or what the server answers.
  package mutating func add(_ values: [Value]) throws(DatabaseError) {
    for (place, value) in values.enumerated() {
      if place > 0 { buffer.append(UInt8(ascii: "\t")) }
      switch value {
      case .null: buffer += "\\N".utf8
      case .integer(let number): buffer += "\(number)".utf8
      case .real(let number): buffer += (number.isNaN ? "NaN" : "\(number)").utf8
      case .text(let text): try add(text)
      case .blob(let bytes): add(bytes)
      }
    }
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.full {
      try send(buffer)
      buffer.removeAll(keepingCapacity: true)
    }
  }

  private mutating func add(_ text: String) throws(DatabaseError) {
    // Few texts hold what must be escaped: a control character or a backslash.
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\\") }) else {
      buffer += text.utf8
      return
    }
    for byte in text.utf8 {
      switch byte {
      case 0:
        throw DatabaseError(
          .constraint(.other), message: "PostgreSQL keeps no text with the character U+0000")
      case UInt8(ascii: "\\"): buffer += "\\\\".utf8
      case UInt8(ascii: "\t"): buffer += "\\t".utf8
      case UInt8(ascii: "\n"): buffer += "\\n".utf8
      case UInt8(ascii: "\r"): buffer += "\\r".utf8
      default: buffer.append(byte)
      }
    }
  }

  private mutating func add(_ bytes: [UInt8]) {
    buffer += "\\\\x".utf8
    let digits = Array("0123456789abcdef".utf8)
    for byte in bytes {
      buffer.append(digits[Int(byte >> 4)])
      buffer.append(digits[Int(byte & 15)])
    }
  }
}

extension PostgresConnection {
  /// Fills a table by COPY.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - columns: Its columns, in the order of the values.
  ///   - body: Adds the rows.
  /// - Returns: How many rows there were.
  /// - Throws: What the body throws, or what the server answers; no row is there then.
  @discardableResult
  package func copyIn(
    _ table: SQLRelation, _ columns: [SQLName],
    _ body: (inout CopyWriter) throws -> Void
  ) throws -> Int {
    let names = columns.map(\.description).joined(separator: ", ")
    let sql = "COPY \(table.rendered(in: PostgresDialect()).text) (\(names)) FROM STDIN"
    try start(sql, cpostgres_copy_in)
    var writer = CopyWriter { [self] bytes throws(DatabaseError) in try put(bytes) }
    do {
      try body(&writer)
      try put(writer.buffer)
    } catch {
      try? end("the rows ended early")
      try? finish(sql)
      throw error
    }
    try end(nil)
    try finish(sql)
    return changes
  }

  /// Reads the rows of a query by COPY: the texts of the columns, nil for NULL.
  package func copyOut(_ query: SQLStatement, _ body: ([String?]) throws -> Void) throws {
    let (text, values) = query.rendered(in: PostgresDialect())
    precondition(values.isEmpty, "COPY binds no values")
    let sql = "COPY (\(text)) TO STDOUT"
    try start(sql, cpostgres_copy_out)
    var failure: (any Error)?
    while let line = try nextLine() {
      // What is left must be read, or the session could do nothing else.
      guard failure == nil else { continue }
      do {
        try body(CopyLine.fields(line))
      } catch {
        failure = error
        if !hasTransaction { cancel() }
      }
    }
    do { try finish(sql) } catch { throw failure ?? error }
    if let failure { throw failure }
  }

  private func start(_ sql: String, _ expected: cpostgres_answer) throws(DatabaseError) {
    stream?.keepRest()
    guard sql.withCString({ library.pointee.sendQuery(handle, $0) }) == 1 else { throw lost() }
    try flush()
    guard let result = try nextResult() else { throw lost() }
    let status = cpostgres_answer(UInt32(bitPattern: library.pointee.resultStatus(result)))
    let failure = error(in: result, sql: sql)
    library.pointee.clear(result)
    guard status == expected else {
      try? finish(sql)
      throw failure ?? DatabaseError(.statement, message: "the server does not copy", sql: sql)
    }
  }

  private func put(_ bytes: [UInt8]) throws(DatabaseError) {
    guard !bytes.isEmpty else { return }
    guard shallStop?() != true else {
      throw DatabaseError(.interrupted, message: "the copying was given up")
    }
    while true {
      let code = bytes.withUnsafeBytes {
        library.pointee.putCopyData(
          handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
      }
      guard code >= 0 else { throw lost() }
      try flush()
      if code == 1 { return }
    }
  }

  private func end(_ problem: String?) throws(DatabaseError) {
    while true {
      let code =
        if let problem { problem.withCString { library.pointee.putCopyEnd(handle, $0) } } else {
          library.pointee.putCopyEnd(handle, nil)
        }
      guard code >= 0 else { throw lost() }
      try flush()
      if code == 1 { return }
    }
  }

  /// The next line of a COPY from the server, with its end of line; nil at the end.
  private func nextLine() throws(DatabaseError) -> [UInt8]? {
    var stop = StopRequest()
    while true {
      var start: UnsafeMutablePointer<CChar>?
      let count = library.pointee.getCopyData(handle, &start, 1)
      if let start, count > 0 {
        defer { library.pointee.freemem(start) }
        return start.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
          Array(UnsafeBufferPointer(start: $0, count: Int(count)))
        }
      }
      guard count == 0 else { return nil }
      stop.ask(self)
      guard Waiting.poll(library.pointee.socket(handle), Int16(POLLIN)) else { continue }
      guard library.pointee.consumeInput(handle) == 1 else { throw lost() }
    }
  }
}

/// A line in the text form of COPY.
enum CopyLine {
  /// The texts of the columns; nil for NULL.
  static func fields(_ line: [UInt8]) -> [String?] {
    let line = line.last == UInt8(ascii: "\n") ? line.dropLast() : line[...]
    return line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
      field in
      field.elementsEqual("\\N".utf8) ? nil : String(decoding: unescaped(field), as: UTF8.self)
    }
  }

  private static func unescaped(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard field.contains(UInt8(ascii: "\\")) else { return field }
    var bytes: ArraySlice<UInt8> = []
    var rest = field
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      switch next {
      case UInt8(ascii: "b"): bytes.append(8)
      case UInt8(ascii: "f"): bytes.append(12)
      case UInt8(ascii: "n"): bytes.append(10)
      case UInt8(ascii: "r"): bytes.append(13)
      case UInt8(ascii: "t"): bytes.append(9)
      case UInt8(ascii: "v"): bytes.append(11)
      default: bytes.append(next)
      }
    }
    return bytes
  }
}
