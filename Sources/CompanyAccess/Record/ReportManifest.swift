internal import Formats

/// The list of what a report consists of, with a seal that shows when it has been touched.
struct ReportManifest {
  static let name = "manifest.json"
  static let format = "company-access report"

  let context: ReportContext
  let figures: ReportFigures
  /// What is to be known about the figures, besides what holds for the moment.
  let notices: [String]
  let files: [ReportFile]

  /// The last member is the hash of all that stands before it.
  var text: String {
    let body = "{\n" + members.map { "  \($0),\n" }.joined()
    return body + ReportManifest.sealStart + SHA256.hex(body.utf8) + ReportManifest.sealEnd
  }

  static let sealStart = "  \"sha256\": \""
  static let sealEnd = "\"\n}\n"

  private var members: [String] {
    let asOf = context.asOf
    let change = asOf.change.map(\.id.description) ?? "null"
    return [
      ReportManifest.member("format", ReportManifest.format), "\"version\": 2",
      ReportManifest.member("tool_version", context.toolVersion),
      "\"schema_version\": \(context.schemaVersion)",
      ReportManifest.member("database", context.databaseName),
      ReportManifest.member("from", context.from.rfc3339),
      ReportManifest.member("to", context.to.rfc3339),
      "\"as_of\": {\"change\": \(change), "
        + ReportManifest.member("at", (asOf.change?.at ?? asOf.at).rfc3339) + "}",
      ReportManifest.member("generated_at", context.generatedAt.rfc3339),
      ReportManifest.member("generated_by", context.actor),
      "\"figures\": {\n"
        + figures.named.map { "    \"\($0.name)\": \($0.value)" }.joined(separator: ",\n")
        + "\n  }",
      "\"notices\": ["
        + (asOf.notices.map(\.description) + notices).map(ReportManifest.quoted)
        .joined(separator: ", ") + "]",
      "\"files\": [\n" + files.map(ReportManifest.entry).joined(separator: ",\n") + "\n  ]",
    ]
  }

  private static func entry(_ file: ReportFile) -> String {
    """
        {\(member("name", file.name)), "rows": \(file.rows.map(String.init) ?? "null"), \
    "bytes": \(file.bytes), \(member("sha256", file.sha256))}
    """
  }

  private static func member(_ key: String, _ text: String) -> String {
    "\"\(key)\": \(quoted(text))"
  }

  /// A JSON string.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension ReportFigures {
  /// The figures under the names that the manifest has for them.
  var named: [(name: String, value: Int)] {
    [
      ("users", coverage.users), ("companies", coverage.companies), ("grants", coverage.grants),
      ("orphan_grants", coverage.orphans), ("permitted", coverage.permitted),
      ("users_with_access", usersWithAccess),
      ("users_without_access", usersWithoutAccess), ("unknown_users", unknownUsers),
      ("companies_with_users", companiesWithUsers),
      ("companies_without_users", coverage.companies - companiesWithUsers),
      ("inactive_users_with_access", inactiveUsersWithAccess), ("changes", changes),
      ("opening_grants", openingGrants), ("granted", granted), ("revoked", revoked),
      ("closing_grants", closingGrants), ("opening_users", openingUsers),
      ("users_added", usersAdded), ("users_first_known", usersFirstKnown),
      ("users_deleted", usersDeleted),
      ("opening_companies", openingCompanies), ("companies_added", companiesAdded),
      ("companies_first_known", companiesFirstKnown),
      ("companies_deleted", companiesDeleted), ("inactive_users", inactiveUsers),
      ("inactive_companies", inactiveCompanies), ("unbalanced_changes", unbalancedChanges),
      ("leaks", leaks),
    ]
  }
}

/// What a manifest says, read back.
struct ReportClaims {
  var files: [ReportFile] = []
  var figures: [String: Int] = [:]

  /// Nil if it is no manifest, or not as it was written.
  init?(_ bytes: [UInt8]) {
    let start = Array(ReportManifest.sealStart.utf8)
    let end = Array(ReportManifest.sealEnd.utf8)
    let seal = bytes.suffix(start.count + 64 + end.count)
    let body = bytes.dropLast(seal.count)
    let hash = SHA256.hex(body)
    guard seal.elementsEqual(start + Array(hash.utf8) + end) else { return nil }
    do {
      try read(bytes)
    } catch {
      return nil
    }
  }

  private mutating func read(_ bytes: [UInt8]) throws {
    var reader = try JSONReader(InputBytes(bytes))
    _ = try reader.next()
    while case .key(let key) = try reader.next() {
      guard let value = try reader.next() else { return }
      switch (key, value) {
      case ("figures", .beginObject):
        while case .key(let name) = try reader.next() {
          if case .integer(let number) = try reader.next() { figures[name] = Int(number) }
        }
      case ("files", .beginArray):
        while case .beginObject = try reader.next() { files.append(try file(&reader)) }
      default: try reader.skip(value)
      }
    }
  }

  private func file(_ reader: inout JSONReader) throws -> ReportFile {
    var texts: [String: String] = [:]
    var numbers: [String: Int] = [:]
    while case .key(let key) = try reader.next() {
      switch try reader.next() {
      case .string(let text): texts[key] = text
      case .integer(let number): numbers[key] = Int(number)
      default: break
      }
    }
    return ReportFile(
      name: texts["name"] ?? "", rows: numbers["rows"], bytes: numbers["bytes"] ?? -1,
      sha256: texts["sha256"] ?? "")
  }
}
