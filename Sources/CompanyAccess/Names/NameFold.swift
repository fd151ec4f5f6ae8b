@_spi(_Unicode) internal import Swift

/// What names have in common that are written otherwise: the one folding by which searches find,
/// names are compared, and similar ones are offered.
///
/// There are three strengths, each of which takes more names together than the one before. They are
/// for comparing by bytes, never for showing, and never decide which of two names is meant: two names
/// that differ in any byte are two names where the database holds both.
package enum NameFold {
  /// What names have in common that are the same name but for its form: case, blanks, invisible
  /// characters, and canonical and compatibility forms, such as full-width letters and ligatures.
  ///
  /// - Parameter name: A name.
  /// - Returns: The folded text; empty if nothing of the name is visible.
  package static func same(_ name: String) -> String { fold(name, .same) }

  /// What texts have in common that a search takes for the same: also letters without their accents
  /// and strokes, and kinds of quotes and dashes.
  ///
  /// - Parameter text: A text without blanks, or one in which words are looked for.
  /// - Returns: The folded text, in which blanks stay.
  package static func search(_ text: String) -> String { fold(text, .search) }

  /// What names have in common that people would take for each other: those that a search takes for
  /// the same with any blanks, and letters of other alphabets that look like Latin ones.
  ///
  /// - Parameter name: A name.
  /// - Returns: The folded text; empty if nothing of the name is visible.
  package static func look(_ name: String) -> String { fold(name, .look) }

  private enum Strength { case same, search, look }

  private static func fold(_ text: String, _ strength: Strength) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return foldASCII(text, strength) }
    var folded = String.UnicodeScalarView()
    for scalar in decomposedLowerCase(text) {
      if isInvisible(scalar) {
        if strength == .search, scalar.properties.isWhitespace { folded.append(" ") }
        continue
      }
      if strength == .same {
        folded.append(scalar)
        continue
      }
      if isAccent(scalar) { continue }
      if let letters = plainLetters[scalar] {
        folded.append(contentsOf: letters.unicodeScalars)
      } else {
        folded.append(strength == .look ? latin[scalar] ?? scalar : scalar)
      }
    }
    return String(folded)
  }

  private static func foldASCII(_ text: String, _ strength: Strength) -> String {
    let bytes = text.utf8.compactMap { byte -> UInt8? in
      switch byte {
      case 0x09...0x0D, 0x20: strength == .search ? 0x20 : nil
      case 0...0x20, 0x7F: nil
      case 0x41...0x5A: byte | 0x20
      default: byte
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The scalars in lower case, with the signs of which they are composed one after another.
  private static func decomposedLowerCase(_ text: String) -> [Unicode.Scalar] {
    var lower = ""
    for scalar in text._nfd {
      if let plain = CompatibilityLetters.plain(scalar) {
        lower.unicodeScalars.append(contentsOf: String(plain).unicodeScalars)
        continue
      }
      for small in scalar.properties.lowercaseMapping.unicodeScalars {
        switch small {
        // Capital letters do not tell these apart.
        case "\u{3C2}": lower.unicodeScalars.append("\u{3C3}")
        case "\u{DF}": lower.unicodeScalars.append(contentsOf: "ss".unicodeScalars)
        default: lower.unicodeScalars.append(small)
        }
      }
    }
    return Array(lower._nfd)
  }

  /// Whether a scalar shows nothing, or nothing but a blank.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    // The blank Braille pattern is the one symbol that is drawn as nothing.
    if properties.isWhitespace || properties.isDefaultIgnorableCodePoint || scalar == "\u{2800}" {
      return true
    }
    switch properties.generalCategory {
    case .control, .format, .spaceSeparator: return true
    default: return false
    }
  }

  /// The accents of Latin, Greek and Cyrillic letters; signs without which other scripts say something
  /// else are none.
  private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
    default: false
    }
  }

  /// Small letters that are no accented ones to Unicode, and signs of which a keyboard has one.
  private static let plainLetters: [Unicode.Scalar: String] = [
    "\u{142}": "l", "\u{F8}": "o", "\u{111}": "d", "\u{127}": "h", "\u{167}": "t", "\u{131}": "i",
    "\u{E6}": "ae", "\u{153}": "oe", "\u{FE}": "th", "\u{F0}": "d", "\u{256}": "d", "\u{180}": "b",
    "\u{268}": "i", "\u{14B}": "n", "\u{19A}": "l", "\u{259}": "e", "\u{237}": "j",
    "\u{2018}": "'", "\u{2019}": "'", "\u{2BC}": "'", "\u{2032}": "'",
    "\u{2010}": "-", "\u{2011}": "-", "\u{2012}": "-", "\u{2013}": "-", "\u{2014}": "-",
    "\u{2212}": "-",
  ]

  /// Small letters, also those of which only the capital looks like a Latin one.
  private static let latin: [Unicode.Scalar: Unicode.Scalar] = {
    let pairs: [(String, String)] = [
      // Cyrillic
      (
        "\u{430}\u{432}\u{435}\u{43A}\u{43C}\u{43D}\u{43E}\u{440}\u{441}\u{442}\u{443}\u{445}",
        "abekmhopctyx"
      ),
      (
        "\u{455}\u{456}\u{458}\u{4AF}\u{4BB}\u{4CF}\u{501}\u{51B}\u{51D}\u{475}",
        "sijyhldqwv"
      ),
      // Greek, with both sigmas
      (
        "\u{3B1}\u{3B2}\u{3B5}\u{3B6}\u{3B7}\u{3B9}\u{3BA}\u{3BC}\u{3BD}\u{3BF}\u{3C1}\u{3C4}",
        "abezhikmvopt"
      ),
      ("\u{3C5}\u{3C7}", "yx"),
      // Armenian
      ("\u{566}\u{570}\u{575}\u{578}\u{57D}\u{581}\u{585}", "qhjnugo"),
      // Latin letters that are another form of one
      ("\u{251}\u{261}", "ag"),
    ]
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (others, letters) in pairs {
      for (other, letter) in zip(others.unicodeScalars, letters.unicodeScalars) {
        table[other] = letter
      }
    }
    return table
  }()
}
