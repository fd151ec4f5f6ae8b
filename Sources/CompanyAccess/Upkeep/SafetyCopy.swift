internal import Glibc

/// The copy that is made of a file before something is done to it that no undo takes back.
struct SafetyCopy: Hashable, Sendable {
  let path: String

  /// Makes and verifies a copy beside the file.
  init(of path: String, before what: String, _ work: Work) throws(AccessError) {
    let name = SafetyCopy.freeName(path, before: what)
    self.path = try SafetyCopy.make(path, before: what, name) {
      (name) throws(AccessError) in try AccessStore.backup(path, to: name, work: work).path
    }
  }

  /// Makes a copy, under another name if another program has taken the first one meanwhile.
  static func make<T>(
    _ path: String, before what: String, _ name: String,
    _ copy: (String) throws(AccessError) -> T
  ) throws(AccessError) -> T {
    var name = name
    while true {
      do throws(AccessError) {
        return try copy(name)
      } catch {
        guard case .exists(name, _) = error else { throw error }
        name = freeName(path, before: what)
      }
    }
  }

  /// Takes the copy away again, when nothing was done after all.
  func remove() { unlink(path) }

  /// A name beside a file that is free, and says when and before what it was copied.
  static func freeName(_ path: String, before what: String) -> String {
    let digits = Timestamp.now.text.utf8.filter { (0x30...0x39).contains($0) }
    let time = String(decoding: digits.prefix(14), as: UTF8.self)
    let name = "\(path).before-\(what)-\(time)"
    var (free, number) = (name, 1)
    var status = stat()
    while lstat(free, &status) == 0 {
      number += 1
      free = "\(name)-\(number)"
    }
    return free
  }
}
