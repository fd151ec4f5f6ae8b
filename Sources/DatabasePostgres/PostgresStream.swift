internal import CPostgres
internal import Database

/// The rows of a query that runs, as they come from the server.
///
/// A session does one thing at a time. Where another statement is run before all rows have been
/// handed over, the rest of them is read into memory first.
final class PostgresStream {
  private unowned let connection: PostgresConnection
  private let sql: String
  private var types: [PostgresType] = []
  private var kept: [[Value]] = []
  private var place = 0
  private var isAtEnd = false
  /// The error that ended the rows while they were read into memory.
  private var failure: DatabaseError?

  init(_ connection: PostgresConnection, sql: String) {
    (self.connection, self.sql) = (connection, sql)
  }

  /// Hands over the next row; false at the end.
  ///
  /// - Throws: What the body throws, or what the server answers.
  func next(_ body: (borrowing Row) throws -> Void) throws -> Bool {
    if place < kept.count {
      place += 1
      try body(Row(KeptRow(kept[place - 1])))
      return true
    }
    if !kept.isEmpty { (kept, place) = ([], 0) }
    if let failure { throw failure }
    guard !isAtEnd, let result = try nextRow() else { return false }
    defer { connection.library.pointee.clear(result) }
    try body(Row(ResultRow(connection.library, result, types)))
    return true
  }

  /// Reads what is left into memory, so that the session can do something else.
  func keepRest() {
    do {
      while !isAtEnd, let result = try nextRow() {
        let row = ResultRow(connection.library, result, types)
        kept.append((0..<row.count).map(row.value))
        connection.library.pointee.clear(result)
      }
    } catch { failure = error }
    isAtEnd = true
  }

  /// Gives up what is left.
  ///
  /// A few rows are read; then, outside of a transaction, the statement is stopped. Inside, a
  /// stopped statement would take the whole transaction along.
  func giveUp() {
    guard !isAtEnd else { return }
    var count = 0
    while let result = try? connection.nextResult() {
      connection.library.pointee.clear(result)
      count += 1
      if count == 100, !connection.hasTransaction { connection.cancel() }
    }
    end()
  }

  private func end() {
    isAtEnd = true
    if connection.stream === self { connection.stream = nil }
  }

  /// The next answer that holds a row; nil at the end.
  private func nextRow() throws(DatabaseError) -> OpaquePointer? {
    var found: DatabaseError?
    while let result = try connection.nextResult() {
      let library = connection.library
      let status = cpostgres_answer(UInt32(bitPattern: library.pointee.resultStatus(result)))
      if status == cpostgres_single_tuple {
        if types.isEmpty {
          types = (0..<library.pointee.nfields(result)).map {
            PostgresType(library.pointee.ftype(result, $0))
          }
        }
        return result
      }
      found = found ?? connection.error(in: result, sql: sql)
      library.pointee.clear(result)
    }
    end()
    if let found { throw found }
    return nil
  }
}

/// The row of an answer.
final class ResultRow: RowReader {
  private let library: UnsafePointer<cpostgres_functions>
  private let result: OpaquePointer
  private let types: [PostgresType]

  init(
    _ library: UnsafePointer<cpostgres_functions>, _ result: OpaquePointer, _ types: [PostgresType]
  ) {
    (self.library, self.result, self.types) = (library, result, types)
  }

  var count: Int { types.count }

  func isNull(_ column: Int) -> Bool { library.pointee.getisnull(result, 0, Int32(column)) != 0 }

  func integer(_ column: Int) -> Int64 { value(column).asInteger }

  func real(_ column: Int) -> Double { value(column).asReal }

  func text(_ column: Int) -> String {
    guard let start = library.pointee.getvalue(result, 0, Int32(column)) else { return "" }
    let length = Int(library.pointee.getlength(result, 0, Int32(column)))
    return start.withMemoryRebound(to: UInt8.self, capacity: length) {
      String(decoding: UnsafeBufferPointer(start: $0, count: length), as: UTF8.self)
    }
  }

  func isExactText(_ column: Int) -> Bool {
    guard !isNull(column), case .text = types[column] else { return false }
    return true
  }

  func bytes(_ column: Int) -> [UInt8] { isNull(column) ? [] : value(column).asBytes }

  func value(_ column: Int) -> Value {
    isNull(column) ? .null : types[column].value(text(column))
  }
}

/// A row that was read into memory.
final class KeptRow: RowReader {
  private let values: [Value]

  init(_ values: [Value]) { self.values = values }

  var count: Int { values.count }
  func isNull(_ column: Int) -> Bool { values[column] == .null }
  func integer(_ column: Int) -> Int64 { values[column].asInteger }
  func real(_ column: Int) -> Double { values[column].asReal }
  func text(_ column: Int) -> String { values[column].asText }
  func isExactText(_ column: Int) -> Bool { if case .text = values[column] { true } else { false } }
  func bytes(_ column: Int) -> [UInt8] { values[column].asBytes }
  func value(_ column: Int) -> Value { values[column] }
}

extension Value {
  fileprivate var asInteger: Int64 {
    switch self {
    case .integer(let number): number
    case .real(let number): Int64(exactly: number.rounded(.towardZero)) ?? 0
    case .text(let text): Int64(text) ?? Double(text).map { Value.real($0).asInteger } ?? 0
    case .null, .blob: 0
    }
  }

  fileprivate var asReal: Double {
    switch self {
    case .integer(let number): Double(number)
    case .real(let number): number
    case .text(let text): PostgresType.real(text) ?? 0
    case .null, .blob: 0
    }
  }

  fileprivate var asText: String {
    switch self {
    case .null: ""
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): text
    case .blob(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }

  fileprivate var asBytes: [UInt8] {
    if case .blob(let bytes) = self { bytes } else { Array(asText.utf8) }
  }
}
