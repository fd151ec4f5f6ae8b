package import Formats
internal import Glibc

extension InputError {
  /// Runs a body that reads a file.
  ///
  /// - Parameter body: Reads the file.
  /// - Returns: What the body returns.
  /// - Throws: `ImportError` for a text that is not as its format has it; `.notAFile`, `.diskError` or
  ///   `.cancelled` of `AccessError` where the file cannot be read; any other error of the body.
  package static func translated<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as InputError {
      if case .malformed(let line, let kind) = error {
        throw ImportError(line: line, ImportProblem.Kind(kind))
      }
      throw AccessError(error)
    }
  }
}

extension AccessError {
  /// Why a file cannot be read.
  init(_ error: InputError) {
    self =
      switch error {
      case .folder(let path): .notAFile(path: path)
      case .failed(let path, let code):
        .diskError(path: path, detail: String(cString: strerror(code)))
      case .stopped: .cancelled
      case .malformed(let line, let kind):
        .unexpected(detail: "\(ImportProblem(line: line, ImportProblem.Kind(kind)))")
      }
  }
}

extension ImportProblem.Kind {
  /// What is wrong with the text of a file.
  init(_ kind: Malformation) {
    self =
      switch kind {
      case .empty: .empty
      case .wrongNumberOfCells(let count, let expected):
        .wrongNumberOfCells(count, expected: expected)
      case .openQuote: .openQuote
      case .textAfterQuote: .textAfterQuote
      case .notUTF8: .notUTF8
      case .utf16: .utf16
      case .nul: .nul
      case .tooLong(let limit): .tooLong(limit)
      case .notJSON(let reason): .notJSON(reason)
      }
  }
}
