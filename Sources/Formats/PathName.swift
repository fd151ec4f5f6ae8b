internal import Glibc

/// Paths as they are written, without a look at links.
package enum PathName {
  /// The folder in which the last name of a path is.
  package static func folder(of path: String) -> String {
    let name = trimmed(path)
    guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == name.startIndex ? "/" : String(name[..<slash])
  }

  /// The last name of a path.
  package static func last(of path: String) -> String {
    let name = trimmed(path)
    guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return name }
    return String(name[name.utf8.index(after: slash)...])
  }

  /// The path without slashes at its end.
  package static func trimmed(_ path: String) -> String {
    var name = path[...]
    while name.utf8.count > 1, name.utf8.last == UInt8(ascii: "/") { name = name.dropLast() }
    return String(name)
  }

  /// Where a link leads, as it says; nil if the path is no link.
  package static func target(of link: String) -> String? {
    let size = Int(PATH_MAX)
    let bytes = [CChar](unsafeUninitializedCapacity: size) { space, count in
      count = space.baseAddress.map { max(0, readlink(link, $0, size)) } ?? 0
    }
    return bytes.isEmpty
      ? nil : String(decoding: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether a path leads to a folder.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return !path.utf8.contains(0) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, sorted; nil if it cannot be read.
  package static func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(cString: $0)
        }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
