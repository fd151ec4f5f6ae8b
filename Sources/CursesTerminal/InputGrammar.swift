internal import CSystem
internal import TerminalUI

/// What sequences of bytes from a terminal mean.
///
/// The keys of its own description come first; then what is common to nearly all terminals:
/// ECMA-48 control sequences with the finals of xterm, of the Linux console and of rxvt.
struct InputGrammar {
  struct MouseReport: Equatable {
    var action: MouseAction
    var position: Position
  }

  enum KeyMeaning: Equatable {
    case key(Key)
    case mouse(MouseReport)
    case pasteBegins
  }

  enum Result: Equatable {
    case unfinished
    /// Complete; without a meaning, to be dropped.
    case finished(KeyMeaning?)
    /// It has no meaning, and so many of the last bytes do not belong to it.
    case brokenOff(rest: Int)
    /// The first byte is the Esc key, and the others stand for themselves.
    case escapeFirst

    var withoutMeaning: Result {
      if case .finished = self { .finished(nil) } else { self }
    }
  }

  let escapeDelay: Int
  private let keys: [[UInt8]: Key]
  private let beginnings: Set<[UInt8]>

  init(keys: [[UInt8]: Key], escapeDelay: Int) {
    // Without it, libc takes no letter beyond ASCII for one.
    csystem_use_utf8()
    self.keys = keys
    self.escapeDelay = escapeDelay
    var beginnings: Set<[UInt8]> = []
    for sequence in keys.keys {
      for count in 1..<max(2, sequence.count) { beginnings.insert(Array(sequence.prefix(count))) }
    }
    self.beginnings = beginnings
  }

  func parse(_ bytes: [UInt8]) -> Result {
    guard let first = bytes.first else { return .unfinished }
    if first != 0x1B { return first < 0x80 ? .finished(plainKey(first)) : scalar(bytes) }
    if let key = keys[bytes] { return .finished(.key(key)) }
    let result = escapeSequence(bytes)
    return result != .unfinished && beginnings.contains(bytes) ? .unfinished : result
  }

  // MARK: Plain bytes

  private func plainKey(_ byte: UInt8) -> KeyMeaning? {
    switch byte {
    case 0x0D, 0x0A: .key(.enter)
    case 0x09: .key(.tab)
    case 0x08, 0x7F: .key(.backspace)
    case 0x01...0x1A: .key(.control(Unicode.Scalar(byte + 0x60)))
    case 0x20...0x7E: .key(.character(Unicode.Scalar(byte)))
    default: nil
    }
  }

  /// UTF-8 of more than one byte.
  private func scalar(_ bytes: [UInt8]) -> Result {
    let count =
      switch bytes[0] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    if let last = bytes.dropFirst().last, last & 0xC0 != 0x80 { return .brokenOff(rest: 1) }
    if bytes.count < count { return .unfinished }
    guard let scalar = String(validating: bytes, as: UTF8.self)?.unicodeScalars.first,
      csystem_width(scalar.value) >= 0
    else { return .finished(nil) }
    return .finished(.key(.character(scalar)))
  }

  // MARK: Sequences

  private func escapeSequence(_ bytes: [UInt8]) -> Result {
    guard bytes.count > 1 else { return .unfinished }
    switch bytes[1] {
    case UInt8(ascii: "["): return controlSequence(bytes)
    case UInt8(ascii: "O"): return singleShift(bytes)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"): return controlString(bytes)
    case 0x1B: return doubleEscape(bytes)
    case 0x80...:
      // Alt with a letter, as with the ASCII ones below.
      return scalar(Array(bytes[1...])).withoutMeaning
    default: return .finished(nil)
    }
  }

  /// `ESC [ parameters final`.
  private func controlSequence(_ bytes: [UInt8]) -> Result {
    guard bytes.count > 2, let last = bytes.last else { return .unfinished }
    // Sequences of the Linux console (F1 to F5) and of the oldest mouse protocol, in which the
    // letters that follow are not in ECMA-48's order.
    if bytes[2] == UInt8(ascii: "[") { return linuxFunctionKey(bytes) }
    if bytes[2] == UInt8(ascii: "M") {
      if bytes.count > 3, last < 0x20 { return .brokenOff(rest: 1) }
      return bytes.count < 6 ? .unfinished : .finished(oldMouseReport(bytes))
    }
    let parameters = bytes[2..<bytes.count - 1]
    switch last {
    case UInt8(ascii: "$") where parameters.allSatisfy { (0x30...0x39).contains($0) }:
      // rxvt's keys with Shift have no final.
      return .finished(nil)
    case 0x20...0x3F: return .unfinished
    case 0x40...0x7E: return .finished(meaning(of: parameters, last))
    default: return .brokenOff(rest: 1)
    }
  }

  private func meaning(of parameters: ArraySlice<UInt8>, _ final: UInt8) -> KeyMeaning? {
    if parameters.first == UInt8(ascii: "<") { return mouseReport(parameters.dropFirst(), final) }
    if final == UInt8(ascii: "~") {
      guard let number = Int(decimal: parameters) else { return nil }
      return number == 200 ? .pasteBegins : Self.numberedKeys[number].map { .key($0) }
    }
    // With parameters it is a key with Shift, Alt or Ctrl, and those have no meaning here.
    guard parameters.isEmpty || parameters.elementsEqual("1".utf8) else { return nil }
    return Self.letteredKeys[final].map { .key($0) }
  }

  /// `ESC O final`, also with a parameter.
  private func singleShift(_ bytes: [UInt8]) -> Result {
    guard bytes.count > 2, let last = bytes.last else { return .unfinished }
    switch last {
    case 0x30...0x3B: return .unfinished
    case 0x40...0x7E:
      guard bytes.count == 3 else { return .finished(nil) }
      if let key = Self.letteredKeys[last] { return .finished(.key(key)) }
      return .finished(Self.keypad[last].map { .key($0) })
    default: return .brokenOff(rest: 1)
    }
  }

  /// What terminals answer to questions, up to BEL or `ESC \`.
  private func controlString(_ bytes: [UInt8]) -> Result {
    if bytes.last == 0x07 { return .finished(nil) }
    guard bytes.count > 3, bytes[bytes.count - 2] == 0x1B else { return .unfinished }
    return bytes.last == UInt8(ascii: "\\") ? .finished(nil) : .brokenOff(rest: 2)
  }

  /// The Esc key twice, or a sequence that Alt put an ESC before.
  private func doubleEscape(_ bytes: [UInt8]) -> Result {
    guard bytes.count > 2 else { return .unfinished }
    switch bytes[2] {
    case UInt8(ascii: "["), UInt8(ascii: "O"):
      let result = escapeSequence(Array(bytes[1...]))
      // Nothing puts an ESC before a paste: its mark lost, the text would be taken for keys.
      return result == .finished(.pasteBegins) ? .escapeFirst : result.withoutMeaning
    default: return .escapeFirst
    }
  }

  private func linuxFunctionKey(_ bytes: [UInt8]) -> Result {
    guard bytes.count > 3 else { return .unfinished }
    if bytes[3] < 0x20 { return .brokenOff(rest: 1) }
    let number = Int(bytes[3]) - 0x40
    return .finished((1...5).contains(number) ? .key(.function(number)) : nil)
  }

  // MARK: Mouse

  /// `ESC [ < button ; column ; row M`, with `m` when a button was let go.
  private func mouseReport(_ parameters: ArraySlice<UInt8>, _ final: UInt8) -> KeyMeaning? {
    let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(decimal: $0) }
    guard final == UInt8(ascii: "M"), numbers.count == 3, let button = numbers[0],
      let column = numbers[1], let row = numbers[2]
    else { return nil }
    return report(button: button, column: column, row: row)
  }

  /// `ESC [ M` and three bytes that have 32 added.
  private func oldMouseReport(_ bytes: [UInt8]) -> KeyMeaning? {
    let numbers = bytes[3...].map { Int($0) - 32 }
    return report(button: numbers[0], column: numbers[1], row: numbers[2])
  }

  private func report(button: Int, column: Int, row: Int) -> KeyMeaning? {
    let action: MouseAction
    // Shift, Alt and Ctrl (4, 8, 16) make no difference.
    switch button & ~0b11100 {
    case 0: action = .press
    case 64: action = .wheelUp
    case 65: action = .wheelDown
    default: return nil
    }
    guard column > 0, row > 0 else { return nil }
    return .mouse(
      MouseReport(action: action, position: Position(column: column - 1, row: row - 1)))
  }

  // MARK: Tables

  private static let letteredKeys: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down,
    UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
    UInt8(ascii: "Z"): .backTab,
  ]

  private static let numberedKeys: [Int: Key] = [
    1: .home, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12),
  ]

  /// The numeric keypad in its application mode.
  private static let keypad: [UInt8: Key] = {
    var keys: [UInt8: Key] = [UInt8(ascii: "M"): .enter]
    for (letter, meaning) in zip("jklmnopqrstuvwxyX".utf8, "*+,-./0123456789=".unicodeScalars) {
      keys[letter] = .character(meaning)
    }
    return keys
  }()
}

extension Int {
  /// A number of ASCII digits, at most five of them.
  fileprivate init?(decimal digits: ArraySlice<UInt8>) {
    guard (1...5).contains(digits.count) else { return nil }
    var number = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      number = number * 10 + Int(digit - 0x30)
    }
    self = number
  }
}
