import TestSupport
import Testing

@testable import Database

@Suite struct ValueTests {
  @Test("Texts are compared by their bytes, as the database does it")
  func bytes() throws {
    let composed = Value.text("\u{E9}")
    let decomposed = Value.text("e\u{301}")
    #expect(composed != decomposed && composed == .text("\u{E9}"))
    #expect(Set([composed, decomposed, .text("\u{E9}")]).count == 2)
    let folder = try TemporaryFolder()
    try runSqlite3(folder.file("a.db"), "VACUUM")
    let connection = try Connection(path: folder.file("a.db"), mode: .readWrite)
    #expect(
      try connection.count(
        "SELECT count(*) FROM (SELECT ? AS a UNION SELECT ?)", [composed, decomposed]) == 2)
  }

  @Test("A value is equal to none of another type")
  func types() {
    let values: [Value] = [.null, .integer(1), .real(1), .text("1"), .blob([0x31])]
    for (place, value) in values.enumerated() {
      #expect(values.firstIndex(of: value) == place)
    }
    #expect(Set(values).count == values.count)
  }
}
