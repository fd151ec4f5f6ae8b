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
    if let columns = scalar.wellKnownColumns {
      self = .glyph(width: columns)
    } else {
      self = scalar.isASCII ? .control : Self.lookUp(scalar)
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
  var columns: Int {
    if let columns = wellKnownColumns { return columns }
    _ = usesUTF8
    return Int(csystem_width(value))
  }

  /// The columns of the letters that most names are made of, to save looking them up.
  fileprivate var wellKnownColumns: Int? {
    switch value {
    // ASCII, Latin, Cyrillic, and the lines and blocks that the program draws.
    case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300, 0x400..<0x483, 0x2500..<0x25A0: 1
    // Han and Hangul.
    case 0x4E00..<0x9FFD, 0xAC00..<0xD7A4: 2
    default: nil
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
