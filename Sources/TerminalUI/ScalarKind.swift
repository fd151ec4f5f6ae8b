import CSystem

/// The C library answers for UTF-8 only after this was looked at once.
private let usesUTF8: Void = csystem_use_utf8()

/// What may be done with one scalar of untrusted text.
enum ScalarKind {
  /// Takes one or two columns and shows something.
  case glyph(width: Int)
  /// Takes no column: drawn upon the glyph before it.
  case mark
  /// C0 and DEL, shown with a caret.
  case control
  /// Shows nothing, or something else on every terminal: shown by its number.
  case hidden

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20..<0x7F: self = .glyph(width: 1)
    case 0..<0x20, 0x7F: self = .control
    case 0xA1..<0xAD, 0xAE..<0x300: self = .glyph(width: 1)
    default: self = Self.lookUp(scalar)
    }
  }

  private static func lookUp(_ scalar: Unicode.Scalar) -> ScalarKind {
    let properties = scalar.properties
    let category = properties.generalCategory
    switch category {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      return .hidden
    default: break
    }
    if properties.isDefaultIgnorableCodePoint { return .hidden }
    switch scalar.columns {
    case 0: return category.isMark || scalar.isJoiningJamo ? .mark : .hidden
    case 1: return .glyph(width: 1)
    case 2: return .glyph(width: 2)
    default: return .hidden
    }
  }
}

extension Unicode.Scalar {
  /// Columns on the terminal as libc counts them, -1 when libc does not know the scalar.
  ///
  /// The ranges are only there to save the call; they say the same as libc.
  var columns: Int {
    switch value {
    case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300, 0x2500..<0x25A0: return 1
    default:
      _ = usesUTF8
      return Int(csystem_width(value))
    }
  }

  /// Vowels and finals of Hangul, which libc counts as drawn upon the consonant before them.
  fileprivate var isJoiningJamo: Bool {
    (0x1161...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value)
  }
}

extension Unicode.GeneralCategory {
  fileprivate var isMark: Bool {
    self == .nonspacingMark || self == .enclosingMark || self == .spacingMark
  }
}
