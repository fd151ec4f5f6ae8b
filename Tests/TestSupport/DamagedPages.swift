/// How many bytes a page of the database has, from its header: a big-endian number at byte 16, where
/// 1 means 65,536.
///
/// Source: SQLite's file format, section 1.3.2.
package func pageSize(of bytes: [UInt8]) -> Int {
  let size = Int(bytes[16]) << 8 | Int(bytes[17])
  return size == 1 ? 65_536 : size
}

/// Overwrites the first page of a table or an index in the bytes of a database.
///
/// - Parameters:
///   - name: The name of the table or index.
///   - path: A sound file of the same pages, which says where that page is.
///   - bytes: The content of the database.
///   - value: What every byte of the page becomes.
/// - Throws: `MissingObject`, or what `runSqlite3` throws.
package func overwritePage(
  of name: String, as path: String, in bytes: inout [UInt8], with value: UInt8 = 0
) throws {
  let page = Int(try runSqlite3(path, "SELECT rootpage FROM sqlite_schema WHERE name = '\(name)'"))
  guard let page else { throw MissingObject(name: name) }
  let size = pageSize(of: bytes)
  for place in (page - 1) * size..<page * size { bytes[place] = value }
}

/// The name belongs to no table or index of the file.
private struct MissingObject: Error { let name: String }
