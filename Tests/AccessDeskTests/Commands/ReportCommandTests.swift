import CompanyAccess
import Glibc
import TestSupport
import Testing

struct ReportCommandTests {
  let database: SmallDatabase

  init() throws { database = try SmallDatabase() }

  @Test func writesAReportThatVerifies() throws {
    let folder = database.folder.file("report")
    let result = try database.run(
      "report", "--from", "2026-01-01", "--out", folder, "--format", "csv", "--read-only")
    #expect(result.status == 0, "\(result.stderr)")
    let rows = result.stdout.split(separator: "\r\n")
    #expect(rows.first == "name,rows,bytes,sha256")
    let access = try #require(rows.first { $0.hasPrefix("access.csv,2,") })
    let hash = try runProgram("/usr/bin/sha256sum", ["\(folder)/access.csv"]).stdout.prefix(64)
    #expect(access.hasSuffix("," + hash))
    let whole = try database.run("report", "verify", folder)
    #expect(whole.status == 0)
    #expect(whole.stdout == "")
    #expect(
      whole.stderr.hasPrefix("every file of \(folder) agrees with the manifest; only --sha256"))

    try flip("\(folder)/access.csv")
    let broken = try database.run("report", "verify", folder, "--json")
    #expect(broken.status == 1)
    #expect(
      broken.stdout.contains(
        "{\"difference\":\"access.csv is not as it was written (SHA-256)\"}"))
  }

  @Test("A report whose manifest was made to fit is found by the SHA-256 that was kept")
  func forgedManifest() throws {
    let (report, forged) = (database.folder.file("report"), database.folder.file("forged"))
    let written = try database.run("report", "--from", "2026-01-01", "--out", report)
    let digest = try runProgram("/usr/bin/sha256sum", ["\(report)/manifest.json"]).stdout.prefix(64)
    #expect(written.stderr.hasSuffix("report verify --sha256 \(digest)\n"), "\(written.stderr)")
    let proven = try database.run("report", "verify", report, "--sha256", digest.uppercased())
    #expect(proven.status == 0 && proven.stderr.contains("is the report that was written"))

    // Another report of the same database, which agrees with itself.
    _ = try database.run("grant", "ann", "Cord")
    _ = try database.run("revoke", "ann", "Cord")
    #expect(
      try database.run("report", "--from", "2026-01-01", "--out", forged).status == 0)
    #expect(try database.run("report", "verify", forged).status == 0)
    let found = try database.run("report", "verify", forged, "--sha256", String(digest))
    #expect(found.status == 1)
    #expect(found.stdout.contains("and not \(digest)"), "\(found.stdout)")
    for words in [
      ["report", "verify", report, "--sha256", "12"],
      ["report", "--from", "2026-01-01", "--out", report + "2", "--sha256", String(digest)],
    ] {
      let refused = try runProgram(
        builtProduct("company-access"), ["--db", database.path] + words)
      #expect(refused.status == 64 && refused.stdout == "", "\(refused.stderr)")
    }
  }

  /// Turns one bit of the last letter of a file.
  private func flip(_ path: String) throws {
    var bytes = Array(try #require(readFile(path)).utf8)
    let place = try #require(bytes.lastIndex { (0x61...0x7A).contains($0) })
    bytes[place] ^= 1
    let stream = try #require(fopen(path, "r+"))
    fwrite(bytes, 1, bytes.count, stream)
    try #require(fclose(stream) == 0)
  }

  @Test func whatCannotBeIsRefused() throws {
    let folder = database.folder.file("report")
    for words in [
      ["report"], ["report", "--from", "2026-01-01"], ["report", "verify"],
      ["report", "verify", folder, "--out", folder], ["report", "check", folder],
      ["report", "--from", "2026-02-01", "--to", "2026-01-01", "--out", folder],
      ["report", "--from", "2026-02-01", "verify", folder, "--out", folder],
    ] {
      let result = try runProgram(
        builtProduct("company-access"), ["--db", database.path] + words)
      #expect(result.status == 64, "\(words)")
      #expect(result.stdout == "")
    }
    #expect(!fileExists(folder))
    #expect(try database.run("report", "verify", folder).status == 66)
    #expect(
      try database.run("report", "--from", "-1d", "--out", database.folder.path).status == 73)
    let empty = try TemporaryFolder()
    #expect(try database.run("report", "verify", empty.path).status == 1)
  }
}
