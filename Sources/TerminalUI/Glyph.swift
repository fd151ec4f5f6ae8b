/// One cell as a frame stores it: no reference, compared bit by bit.
///
/// A base and the four marks that `DisplayText` lets through take 21 bits each.
struct Glyph: Hashable, Sendable {
  /// The base and the first two marks.
  private var first: UInt64
  /// The other two marks.
  private var second: UInt64 = 0
  /// 0 in the right half of a wide one.
  var width: UInt8
  var style: Style

  init(_ base: UInt32, width: Int, style: Style) {
    first = UInt64(base)
    self.width = UInt8(width)
    self.style = style
  }

  static func blank(_ style: Style) -> Glyph { Glyph(0x20, width: 1, style: style) }
  static func rightHalf(_ style: Style) -> Glyph { Glyph(0, width: 0, style: style) }

  var isBlank: Bool { first == 0x20 && second == 0 }

  /// The one scalar, when no mark stands upon it.
  var single: UInt32? { first >> 21 == 0 && second == 0 ? UInt32(first) : nil }

  mutating func add(mark: UInt32) {
    let mark = UInt64(mark)
    if first >> 21 == 0 {
      first |= mark << 21
    } else if first >> 42 == 0 {
      first |= mark << 42
    } else if second == 0 {
      second = mark
    } else if second >> 21 == 0 {
      second |= mark << 21
    }
  }

  func append(to text: inout String) {
    var rest = first
    while rest != 0 {
      append(UInt32(rest & 0x1F_FFFF), to: &text)
      rest >>= 21
    }
    rest = second
    while rest != 0 {
      append(UInt32(rest & 0x1F_FFFF), to: &text)
      rest >>= 21
    }
  }

  private func append(_ value: UInt32, to text: inout String) {
    if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
  }
}
