import Database
import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

/// Suggestions for the schemas of real applications, in a folder that `COMPANY_ACCESS_SCHEMAS` names.
@Suite struct SchemaFileTests {
  static let folder = getenv("COMPANY_ACCESS_SCHEMAS").map { String(cString: $0) }
  static let names = (folder.map { entries(of: $0) } ?? []).filter { $0.hasSuffix(".json") }
    .sorted()

  @Test(
    "name the right tables in at least 28 of 31 schemas, and a decoy only with a question",
    .enabled(if: folder != nil, "COMPANY_ACCESS_SCHEMAS names no folder"))
  func ofRealApplications() throws {
    let folder = try #require(Self.folder)
    var wrong: [String] = []
    for name in Self.names {
      let place = try TemporaryFolder()
      let file = try SchemaFile(path: "\(folder)/\(name)", place)
      let path = place.file("app.db")
      let connection = try Connection(path: path, mode: .create)
      try connection.inTransaction { try file.load(into: connection) }
      let suggestion = try AccessStore.suggestMapping(path)
      if let difference = try file.difference(from: suggestion) {
        wrong.append("\(name): \(difference)")
        #expect(
          try file.expected("access.table") != nil, "\(name) has no access table: \(difference)")
      }
      let access = suggestion.table(for: .access)?.table
      if suggestion.answer == .access, try file.hardDecoys().contains(access ?? "") {
        let isAsked = suggestion.questions.contains {
          if case .pleaseCheck = $0 { true } else { false }
        }
        #expect(isAsked, "\(name): \(access ?? "") is chosen without a question")
      }
    }
    let right = Self.names.count - wrong.count
    #expect(!Self.names.isEmpty)
    #expect(right * 31 >= 28 * Self.names.count, "\(wrong.joined(separator: "\n"))")
    print("suggestions: \(right) of \(Self.names.count) right", wrong.joined(separator: "\n"))
  }
}
