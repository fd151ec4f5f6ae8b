/// What a text must be to become the name, or another text, of a new user or company.
///
/// Forms, commands and files all ask this, so that no way leads around it.
enum NameGate {
  /// Why a text cannot be taken, from the text alone; nil if it can.
  ///
  /// Blanks at the ends are told apart: what is typed is trimmed before, what stands in a file is not.
  static func fault(_ text: String) -> FieldNote.Finding? {
    let scalars = Array(text.unicodeScalars)
    // A text of nothing but invisible characters is no name either.
    guard scalars.contains(where: { !NameFold.isInvisible($0) }) else { return .empty }
    for (index, scalar) in scalars.enumerated() where !scalar.isASCII || scalar.value < 0x20 {
      if let finding = fault(scalar) { return finding }
      if isHidden(scalar), !isWritten(scalars, index) { return .invisibleCharacter(scalar.value) }
    }
    if scalars.contains("\u{7F}") { return .controlCharacter(0x7F) }
    let ends = [scalars.first, scalars.last].compactMap(\.self)
    return ends.contains(where: \.properties.isWhitespace) ? .outerBlank : nil
  }

  private static func fault(_ scalar: Unicode.Scalar) -> FieldNote.Finding? {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return .controlCharacter(scalar.value)
    // Characters that are not defined yet may become anything, private ones are anything.
    case .unassigned, .privateUse, .surrogate: return .undefinedCharacter(scalar.value)
    case .spaceSeparator where scalar != "\u{3000}": return .unusualBlank(scalar.value)
    default:
      // What stands for bytes that were no text.
      return scalar == "\u{FFFD}" ? .undefinedCharacter(scalar.value) : nil
    }
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isDefaultIgnorableCodePoint
      || scalar.properties.generalCategory == .format || scalar == "\u{2800}"
  }

  /// Whether an invisible character is a part of how a script is written: a joiner between letters
  /// of Arabic or of the scripts of India and beyond, or what picks the variant of a sign.
  private static func isWritten(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    let firstJoined: UInt32 = 0x590
    guard index > 0, scalars[index - 1].value >= firstJoined else { return false }
    switch scalars[index].value {
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF: return !isHidden(scalars[index - 1])
    case 0x200C, 0x200D:
      return index + 1 < scalars.count && scalars[index + 1].value >= firstJoined
        && !isHidden(scalars[index + 1])
    default: return false
    }
  }

  /// What is worth a second look in a text that can be taken; nil if nothing is.
  ///
  /// A word of letters of several alphabets is hardly meant, and other forms of plain letters are
  /// found and compared as these.
  static func remark(_ text: String) -> FieldNote.Finding? {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
    var first: Alphabet?
    for scalar in text.unicodeScalars {
      if CompatibilityLetters.plain(scalar) != nil { return .confusableLetter(scalar.value) }
      guard scalar.properties.isAlphabetic else {
        // Accents and digits end no word.
        let properties = scalar.properties
        let isInWord =
          properties.generalCategory == .nonspacingMark || properties.numericType != nil
        if !isInWord { first = nil }
        continue
      }
      guard let alphabet = Alphabet(scalar) else { continue }
      if let first, first != alphabet { return .confusableLetter(foreign(text) ?? scalar.value) }
      first = alphabet
    }
    return nil
  }

  /// The first letter of a text that is not Latin.
  private static func foreign(_ text: String) -> UInt32? {
    text.unicodeScalars.first { Alphabet($0).map { $0 != .latin } ?? false }?.value
  }

  /// Alphabets that have letters which look like those of another one.
  private enum Alphabet {
    case latin, greek, cyrillic, armenian, cherokee, coptic, lisu

    init?(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x2AF, 0x1E00...0x1EFF, 0x2C60...0x2C7F,
        0xA720...0xA7FF, 0xAB30...0xAB64:
        self = .latin
      case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
      case 0x400...0x52F, 0x1C80...0x1C8F, 0xA640...0xA69F: self = .cyrillic
      case 0x531...0x587: self = .armenian
      case 0x13A0...0x13FF, 0xAB70...0xABBF: self = .cherokee
      case 0x2C80...0x2CFF: self = .coptic
      case 0xA4D0...0xA4FF: self = .lisu
      default: return nil
      }
    }
  }
}
