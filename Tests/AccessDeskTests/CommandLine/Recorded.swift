import Glibc
import Testing

/// Compares a text with the file that keeps it, in the package's folder.
///
/// With `RECORD_GOLDEN=1` the file is written instead.
func expectRecorded(
  _ path: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = packageFolder + "/" + path
  if getenv("RECORD_GOLDEN") != nil {
    let stream = try #require(fopen(file, "w"))
    fputs(text, stream)
    try #require(fclose(stream) == 0)
    return
  }
  let recorded = try #require(readFile(file), "\(path) is not there")
  let same = recorded == text
  #expect(
    same, "\(path) is stale: \(firstDifference(recorded, text))", sourceLocation: sourceLocation)
}

/// The first line in which two texts differ.
private func firstDifference(_ recorded: String, _ text: String) -> String {
  let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
  let new = text.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }
  guard let line else { return "one of them is longer" }
  return "line \(line.offset + 1) is '\(line.element.0)', should be '\(line.element.1)'"
}

/// The folder of the package's sources.
let packageFolder: String = {
  let parts = #filePath.split(separator: "/").dropLast(4)
  return "/" + parts.joined(separator: "/")
}()

func readFile(_ path: String) -> String? {
  guard let stream = fopen(path, "r") else { return nil }
  defer { fclose(stream) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 {
    bytes += buffer[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}

func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }
