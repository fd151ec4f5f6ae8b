@_spi(_Unicode) internal import Swift

/// Names that people would take for the same.
///
/// Two names look alike when they differ only in case, in the form of their accents, in blanks and
/// invisible characters, and in letters of the Cyrillic and Greek alphabets that look like Latin
/// ones.
package enum LookAlike {
  /// What all names that look alike have in common.
  ///
  /// - Parameters:
  ///   - name: A name, as the database or somebody's keyboard has it.
  ///   - letters: Whether letters of other alphabets are taken for the Latin ones that they look
  ///     like; without it, names that differ in them stay different.
  /// - Returns: A text for comparing by bytes, not for showing; empty if nothing of the name is
  ///   visible.
  package static func fold(_ name: String, letters: Bool = true) -> String {
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return foldASCII(name) }
    var folded = String.UnicodeScalarView()
    for scalar in decomposedLowerCase(name) where !isInvisible(scalar) {
      folded.append(letters ? latin[scalar] ?? scalar : scalar)
    }
    return String(folded)
  }

  private static func foldASCII(_ name: String) -> String {
    let bytes = name.utf8.compactMap { byte -> UInt8? in
      switch byte {
      case 0...0x20, 0x7F: nil
      case 0x41...0x5A: byte | 0x20
      default: byte
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func decomposedLowerCase(_ name: String) -> [Unicode.Scalar] {
    var lower = ""
    for scalar in name.unicodeScalars {
      lower.unicodeScalars.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
    }
    return Array(lower._nfd)
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
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
      ("\u{3C5}\u{3C7}\u{3C2}", "yx\u{3C3}"),
      // Latin letters without a dot, or with a line that is easily overlooked
      ("\u{131}\u{237}\u{251}\u{261}", "ijag"),
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
