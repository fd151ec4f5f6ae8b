import CompanyAccess
import Glibc
import TestSupport
import Testing

@Suite(.onEachEngine) struct ReportCommandTests {
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

  @Test("A report is compared with its database, and with the report after it")
  func databaseAndNext() throws {
    let folder = database.folder
    let (first, second, later) = (folder.file("first"), folder.file("second"), folder.file("later"))
    func write(_ report: String, from: String) throws {
      #expect(try database.run("report", "--from", from, "--out", report).status == 0)
    }
    try write(first, from: "2026-01-01")
    _ = try database.run("grant", "ann", "Cord", "--reason", "project")
    try write(second, from: "2026-01-01")
    let same = try database.run("--db", database.path, "report", "verify", first)
    #expect(same.status == 0 && same.stderr.hasSuffix("and the database gives the same\n"))
    let program = builtProduct("company-access")
    let continued = try runProgram(program, ["report", "verify", first, "--next", second])
    #expect(continued.status == 0 && continued.stderr.hasSuffix("and \(second) continues it\n"))
    let reversed = try runProgram(program, ["report", "verify", second, "--next", first])
    #expect(reversed.status == 1 && reversed.stdout.contains("does not reach back to change 3"))

    // One who may write the file changes who granted, and makes everything that is stored fit.
    try database.sql("UPDATE company_access_change SET actor = 'anna@hq' WHERE id = 3")
    try write(later, from: "2026-01-01")
    #expect(try runProgram(program, ["report", "verify", later]).status == 0)
    let forged = try runProgram(program, ["report", "verify", second, "--next", later])
    #expect(forged.status == 1 && forged.stdout.contains("change 3"), "\(forged.stdout)")
    let compared = try database.run("--db", database.path, "report", "verify", second)
    #expect(compared.status == 1 && compared.stdout.contains("changes.csv"), "\(compared.stdout)")
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
    try database.folder.write("mine", "")
    #expect(
      try database.run("report", "--from", "-1d", "--out", database.folder.path).status == 73)
    let empty = try TemporaryFolder()
    #expect(try database.run("report", "verify", empty.path).status == 1)
  }
}
