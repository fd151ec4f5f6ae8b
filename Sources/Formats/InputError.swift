/// Why a file could not be read.
package enum InputError: Error, Hashable, Sendable {
  /// The text is not as its format has it; the first line is 1.
  case malformed(line: Int, Malformation)
  /// The path leads to a folder.
  case folder(path: String)
  /// The operating system reports an error, by its `errno`.
  case failed(path: String, errno: Int32)
  /// The reading was stopped.
  case stopped
}

/// What is wrong with a text that a format does not allow.
package enum Malformation: Hashable, Sendable {
  /// There is nothing in the file.
  case empty
  /// A row has more or fewer cells than the header.
  case wrongNumberOfCells(Int, expected: Int)
  /// A quote is opened in this line and never closed.
  case openQuote
  /// Text follows a closing quote.
  case textAfterQuote
  /// Bytes that are no UTF-8.
  case notUTF8
  /// Text in UTF-16, which spreadsheets call Unicode text.
  case utf16
  /// A NUL character.
  case nul
  /// A line or a string of more than this number of bytes.
  case tooLong(Int)
  /// The text is no JSON, for this reason.
  case notJSON(String)
}
