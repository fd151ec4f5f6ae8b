package import Glibc

/// A folder of its own for one test, removed with everything in it when the last reference goes.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// Makes the folder under `TMPDIR`, or `/tmp`; tests that let another user in give it `0o755`.
  package init(mode: mode_t = 0o700) throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/company-access-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp in \(base)") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard chmod(path, mode) == 0 else { throw SystemError("chmod \(path)") }
  }

  deinit { removeTree(path) }

  /// The path of a file or folder inside, whether it exists or not.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ name: String, _ contents: String) throws -> String {
    try write(name, Array(contents.utf8))
  }

  /// Writes a file and returns its path.
  @discardableResult
  package func write(_ name: String, _ contents: [UInt8]) throws -> String {
    let path = file(name)
    guard let stream = fopen(path, "we") else { throw SystemError("open \(path)") }
    let written = fwrite(contents, 1, contents.count, stream)
    guard fclose(stream) == 0, written == contents.count else { throw SystemError("write \(path)") }
    return path
  }

  /// The bytes of a file inside.
  package func read(_ name: String) throws -> [UInt8] { try readFile(file(name)) }

  /// The names inside, sorted: what a program left behind.
  package var names: [String] { entries(of: path).sorted() }
}

/// The bytes of a file.
package func readFile(_ path: String) throws -> [UInt8] {
  guard let stream = fopen(path, "re") else { throw SystemError("open \(path)") }
  defer { fclose(stream) }
  var contents: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 {
    contents += buffer[..<count]
  }
  return contents
}

/// A call to the system that failed, with its `errno`.
package struct SystemError: Error, CustomStringConvertible {
  package let call: String
  package let number: Int32

  package init(_ call: String, _ number: Int32 = errno) {
    self.call = call
    self.number = number
  }

  package var description: String { "\(call): \(String(cString: strerror(number)))" }
}

/// The names in a folder; none if there is no such folder.
package func entries(of folder: String) -> [String] {
  guard let stream = opendir(folder) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names
}

private func removeTree(_ path: String) {
  if unlink(path) == 0 || errno == ENOENT { return }
  // A test may have closed its folder to see what a program does then.
  chmod(path, 0o700)
  for name in entries(of: path) { removeTree("\(path)/\(name)") }
  rmdir(path)
}

/// Writes a file, in place of one that is there.
///
/// - Throws: `SystemError` where it cannot be written.
package func writeFile(_ path: String, _ contents: [UInt8]) throws {
  guard let stream = fopen(path, "we") else { throw SystemError("open \(path)") }
  let written = fwrite(contents, 1, contents.count, stream)
  guard fclose(stream) == 0, written == contents.count else { throw SystemError("write \(path)") }
}

/// Sets the mode bits of a file; false where that fails.
package func setMode(_ path: String, _ mode: UInt32) -> Bool { chmod(path, mode) == 0 }

/// Removes a file, if it is there.
package func removeFile(_ path: String) { unlink(path) }

/// The number of this process, for names that no other process takes.
package func getpidText() -> String { "\(getpid())" }
