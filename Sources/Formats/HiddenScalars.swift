/// Characters that steer a terminal, change the order of letters, or are not seen.
package enum HiddenScalars {
  /// Whether a character is one of them.
  package static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x34F: return false
    case 0..<0x20, 0x7F..<0xA0: return true
    default: break
    }
    if scalar.properties.isDefaultIgnorableCodePoint { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      return true
    default: return false
    }
  }

  /// What stands for a character where it may not stand itself, such as `^[` and `<U+202E>`.
  package static func mark(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0..<0x20, 0x7F: return "^\(Unicode.Scalar(UInt8(scalar.value) ^ 0x40))"
    default:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "<U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + ">"
    }
  }

  /// A text with marks in place of hidden characters; nil if it has none.
  static func marked(_ text: String) -> String? {
    guard text.unicodeScalars.contains(where: contains) else { return nil }
    var marked = ""
    for scalar in text.unicodeScalars {
      if contains(scalar) {
        marked += mark(scalar)
      } else {
        marked.unicodeScalars.append(scalar)
      }
    }
    return marked
  }
}
