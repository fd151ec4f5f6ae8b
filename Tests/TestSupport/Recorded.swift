import Glibc

/// Texts that are kept in files of the project and must stay as they are.
///
/// With `RECORD_GOLDEN=1` the tests write the files anew; read the difference before you commit it.
package enum Recorded {
  /// The top folder of the project.
  package static let project =
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  /// Compares a text with its file, or writes the file.
  ///
  /// - Parameters:
  ///   - text: The text as it is now.
  ///   - path: The file, from the top folder of the project.
  /// - Returns: Where the file differs first; nil if it does not, or was written.
  /// - Throws: `SystemError` where the file cannot be written.
  package static func difference(of text: String, from path: String) throws -> String? {
    let file = "\(project)/\(path)"
    if getenv("RECORD_GOLDEN") != nil {
      try writeFile(file, Array(text.utf8))
      return nil
    }
    guard let bytes = try? readFile(file) else { return "\(path) is not there" }
    let recorded = String(decoding: bytes, as: UTF8.self)
    guard recorded != text else { return nil }
    let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }
    guard let line else { return "\(path): one of them is longer" }
    return """
      \(path): line \(line.offset + 1) is '\(line.element.0)', should be '\(line.element.1)'; \
      RECORD_GOLDEN=1 writes it anew
      """
  }
}
