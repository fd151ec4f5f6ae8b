internal import Database

/// The types of PostgreSQL that have a form of their own among the values; all others are text.
enum PostgresType {
  case integer, real, boolean, bytes, numeric, text

  /// The type by its number in `pg_type`, which no version has changed.
  init(_ number: UInt32) {
    self =
      switch number {
      case 20, 21, 23, 26, 28: .integer
      case 700, 701: .real
      case 16: .boolean
      case 17: .bytes
      case 1700: .numeric
      default: .text
      }
  }

  /// A value by its text.
  ///
  /// A truth is 1 or 0; a number of any length is an integer if it fits, else text.
  func value(_ text: String) -> Value {
    switch self {
    case .integer, .numeric: Int64(text).map(Value.integer) ?? .text(text)
    case .real: PostgresType.real(text).map(Value.real) ?? .text(text)
    case .boolean: .integer(text == "t" ? 1 : 0)
    case .bytes: .blob(PostgresType.bytes(text))
    case .text: .text(text)
    }
  }

  /// A number as PostgreSQL writes it.
  static func real(_ text: String) -> Double? {
    switch text {
    case "Infinity": .infinity
    case "-Infinity": -.infinity
    case "NaN": .nan
    default: Double(text)
    }
  }

  /// Bytes as PostgreSQL writes them: `\x` and two hexadecimal digits for each.
  static func bytes(_ text: String) -> [UInt8] {
    func digit(_ byte: UInt8) -> UInt8 {
      byte <= UInt8(ascii: "9") ? byte - UInt8(ascii: "0") : (byte | 0x20) - UInt8(ascii: "a") + 10
    }
    let digits = Array(text.utf8.dropFirst(2))
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      digit(digits[$0]) << 4 | digit(digits[$0 + 1])
    }
  }
}

/// The parameters of a statement in the form in which they are sent.
struct PostgresArguments {
  /// The numbers of their types; 0 where the server finds the type by the place.
  private(set) var types: [UInt32] = []
  private var texts: [[CChar]?] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []

  /// Takes values over.
  ///
  /// - Throws: `constraint` for a text with a NUL, which PostgreSQL does not keep.
  init(_ values: [Value], sql: String) throws(DatabaseError) {
    for value in values {
      switch value {
      case .null: add(0, nil)
      case .integer(let number): add(20, "\(number)")
      case .real(let number): add(701, number.isNaN ? "NaN" : "\(number)")
      case .text(let text):
        guard !text.utf8.contains(0) else {
          throw DatabaseError(
            .constraint(.other), message: "PostgreSQL keeps no text with the character U+0000",
            sql: sql)
        }
        add(0, text)
      case .blob(let bytes):
        types.append(17)
        texts.append(bytes.map { CChar(bitPattern: $0) } + [0])
        lengths.append(Int32(bytes.count))
        formats.append(1)
      }
    }
  }

  private mutating func add(_ type: UInt32, _ text: String?) {
    types.append(type)
    texts.append(text.map { Array($0.utf8CString) })
    lengths.append(0)
    formats.append(0)
  }

  /// Lends the parameters as libpq takes them.
  func lend<T>(
    _ body: (
      Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
    ) -> T
  ) -> T {
    var pointers: [UnsafePointer<CChar>?] = []
    pointers.reserveCapacity(texts.count)
    func next(_ place: Int) -> T {
      guard place < texts.count else {
        return pointers.withUnsafeBufferPointer {
          body(Int32($0.count), $0.baseAddress, lengths, formats)
        }
      }
      guard let text = texts[place] else {
        pointers.append(nil)
        return next(place + 1)
      }
      return text.withUnsafeBufferPointer {
        pointers.append($0.baseAddress)
        return next(place + 1)
      }
    }
    return next(0)
  }
}
