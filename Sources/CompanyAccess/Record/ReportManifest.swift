internal import Formats

/// The list of what a report consists of, with a seal that shows when it has been touched.
struct ReportManifest {
  static let name = "manifest.json"
  static let format = "company-access report"

  let context: ReportContext
  let content: ReportContent
  let files: [ReportFile]

  /// The last member is the hash of all that stands before it.
  var text: String {
    let body = "{\n" + members.map { "  \($0),\n" }.joined()
    return body + ReportManifest.sealStart + SHA256.hex(body.utf8) + ReportManifest.sealEnd
  }

  static let sealStart = "  \"sha256\": \""
  static let sealEnd = "\"\n}\n"

  private var members: [String] {
    let (period, asOf) = (context.period, context.period.asOf)
    let change = asOf.change.map(\.id.description) ?? "null"
    let circumstances = context.circumstances.named.compactMap { name, value in
      value.map { ReportManifest.member(name, $0) }
    }
    return [
      ReportManifest.member("format", ReportManifest.format), "\"version\": 3",
      ReportManifest.member("tool_version", context.circumstances.toolVersion),
      "\"schema_version\": \(context.schemaVersion)",
      ReportManifest.member("database", context.databaseName),
      ReportManifest.member("from", period.from.rfc3339),
      ReportManifest.member("to", period.to.rfc3339),
      "\"as_of\": {\"change\": \(change), "
        + ReportManifest.member("at", (asOf.change?.at ?? asOf.at).rfc3339) + "}",
    ] + circumstances + [
      ReportManifest.list("access", context.circumstances.access),
      ReportManifest.seal("opening_seal", content.opening),
      ReportManifest.seal("closing_seal", content.closing),
      "\"figures\": {\n"
        + content.figures.named.map { "    \"\($0.name)\": \($0.value)" }.joined(separator: ",\n")
        + "\n  }",
      ReportManifest.list("notices", content.notices),
      "\"leaks\": [" + content.leaks.tables.map(ReportManifest.leak).joined(separator: ", ") + "]",
      ReportManifest.list("not_looked_at", content.leaks.gaps),
      "\"files\": [\n" + files.map(ReportManifest.entry).joined(separator: ",\n") + "\n  ]",
    ]
  }

  private static func list(_ name: String, _ texts: [String]) -> String {
    "\"\(name)\": [" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  private static func seal(_ name: String, _ seal: RecordSeal?) -> String {
    seal.map { member(name, $0.description) } ?? "\"\(name)\": null"
  }

  private static func leak(_ table: ReportLeakage.Table) -> String {
    """
    {\(member("table", table.name)), "rows": \(table.rows), "never": \(table.never), \
    "no_longer": \(table.noLonger)}
    """
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
      ("leaks", leaks), ("former_grants", formerGrants),
    ]
  }
}

/// What a manifest says, read back.
struct ReportClaims {
  var files: [ReportFile] = []
  var figures: [String: Int] = [:]
  var from: Timestamp?
  var to: Timestamp?
  /// The last change of the report; nil for a report of the time before the record.
  var change: ChangeID?
  var notices: [String] = []
  var leaks = ReportLeakage()
  var opening: RecordSeal?
  var closing: RecordSeal?
  /// By whom, where and when the report was written; nil in one of an earlier version.
  var circumstances: ReportCircumstances?

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
    var texts: [String: String] = [:]
    var access: [String] = []
    _ = try reader.next()
    while case .key(let key) = try reader.next() {
      guard let value = try reader.next() else { return }
      switch (key, value) {
      case ("figures", .beginObject):
        while case .key(let name) = try reader.next() {
          if case .integer(let number) = try reader.next() { figures[name] = Int(number) }
        }
      case ("as_of", .beginObject):
        while case .key(let name) = try reader.next() {
          if case (.integer(let number), "change") = (try reader.next(), name) {
            change = ChangeID(number)
          }
        }
      case ("files", .beginArray):
        while case .beginObject = try reader.next() { files.append(try file(&reader)) }
      case ("leaks", .beginArray):
        while case .beginObject = try reader.next() { leaks.tables.append(try leak(&reader)) }
      case ("notices", .beginArray): notices = try list(&reader)
      case ("not_looked_at", .beginArray): leaks.gaps = try list(&reader)
      case ("access", .beginArray): access = try list(&reader)
      case (_, .string(let text)): texts[key] = text
      default: try reader.skip(value)
      }
    }
    (from, to) = (
      texts["from"].map(Timestamp.init(anyForm:)), texts["to"].map(Timestamp.init(anyForm:))
    )
    opening = texts["opening_seal"].flatMap(RecordSeal.init)
    closing = texts["closing_seal"].flatMap(RecordSeal.init)
    circumstances = ReportCircumstances(texts, access)
  }

  private func list(_ reader: inout JSONReader) throws -> [String] {
    var texts: [String] = []
    while case .string(let text) = try reader.next() { texts.append(text) }
    return texts
  }

  private func leak(_ reader: inout JSONReader) throws -> ReportLeakage.Table {
    var name = ""
    var numbers: [String: Int] = [:]
    while case .key(let key) = try reader.next() {
      switch try reader.next() {
      case .string(let text): name = text
      case .integer(let number): numbers[key] = Int(number)
      default: break
      }
    }
    return ReportLeakage.Table(
      name: name, rows: numbers["rows"] ?? 0, never: numbers["never"] ?? 0,
      noLonger: numbers["no_longer"] ?? 0)
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
