internal import Formats
@_spi(_Unicode) internal import Swift

/// A text that is the same as another one only if all its bytes are.
///
/// A `String` takes the composed and the decomposed \u{E9} for the same, and a database may hold both.
struct ExactText: Hashable {
  let string: String

  init(_ string: String) { self.string = string }

  static func == (one: ExactText, other: ExactText) -> Bool {
    one.string.utf8.elementsEqual(other.string.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var string = string
    string.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// The same text with its accents composed and decomposed, without the form that it has.
  var otherForms: [String] {
    if string.utf8.allSatisfy({ $0 < 0x80 }) { return [] }
    let forms = [Array(string._nfc), Array(string._nfd)].map { scalars in
      ExactText(String(String.UnicodeScalarView(scalars)))
    }
    return Set(forms).subtracting([self]).map(\.string).sorted()
  }
}

/// How a message shows what people call users and companies.
enum NameInMessage {
  /// The name with blanks marked that would not be seen, or not be told apart.
  static func shown(_ name: String) -> String {
    let scalars = Array(name.unicodeScalars)
    let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    guard scalars.contains(where: isBlank) else { return name }
    let start = scalars.firstIndex { !isBlank($0) } ?? scalars.endIndex
    let end = scalars.lastIndex { !isBlank($0) } ?? start
    var shown = ""
    for (index, scalar) in scalars.enumerated() {
      let isInside = start < index && index < end
      if isBlank(scalar), !(scalar == " " && isInside) {
        shown += HiddenScalars.mark(scalar)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
