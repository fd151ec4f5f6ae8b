import Glibc
import Testing

/// An open file with some text, which is gone when it is no longer used.
final class TemporaryFile {
  let descriptor: Int32

  init(_ text: String) throws {
    var template = Array("/tmp/company-access-test-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    try #require(descriptor >= 0)
    unlink(template)
    let bytes = Array(text.utf8)
    try #require(write(descriptor, bytes, bytes.count) == bytes.count)
    lseek(descriptor, 0, SEEK_SET)
  }

  deinit { close(descriptor) }
}
