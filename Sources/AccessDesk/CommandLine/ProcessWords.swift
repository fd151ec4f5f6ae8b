internal import CompanyAccess
internal import Glibc

/// The words that the process was called with, byte for byte.
///
/// Swift's own list of them replaces bytes that are not UTF-8, so that something would be done to a
/// file of another name than was given.
enum ProcessWords {
  /// The words behind the program's name.
  ///
  /// - Throws: `.notUTF8` for the first word, or the variable with the database, that is not UTF-8.
  static func read() throws(UsageProblem) -> [String] {
    if let bytes = getenv("COMPANY_ACCESS_DB") { _ = try text(bytes, of: "COMPANY_ACCESS_DB") }
    var words: [String] = []
    for number in 1..<max(1, Int(CommandLine.argc)) {
      guard let bytes = CommandLine.unsafeArgv[number] else { break }
      words.append(try text(bytes, of: UsageProblem.wordName(number)))
    }
    return words
  }

  /// The text of these bytes up to a NUL.
  static func text(
    _ bytes: UnsafePointer<CChar>, of name: String
  ) throws(UsageProblem) -> String {
    if let text = String(validatingCString: bytes) { return text }
    let bytes = UnsafeRawBufferPointer(start: bytes, count: strlen(bytes))
    throw .notUTF8(name, shown: shown(Array(bytes)))
  }

  /// Bytes as text, with those that belong to no character as `\xE9`.
  private static func shown(_ bytes: [UInt8]) -> String {
    var rest = bytes[...]
    var text = ""
    while let first = rest.first {
      let character = (1...4).lazy.compactMap { String(validating: rest.prefix($0), as: UTF8.self) }
        .first
      if let character {
        text += character
        rest = rest.dropFirst(character.utf8.count)
      } else {
        text += "\\x" + String(first, radix: 16, uppercase: true)
        rest = rest.dropFirst()
      }
    }
    return text
  }
}
