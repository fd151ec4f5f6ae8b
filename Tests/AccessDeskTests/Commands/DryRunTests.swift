import CompanyAccess
import Glibc
import TestSupport
import Testing

@testable import AccessDesk

/// A dry run of every command that writes ends as the real run does, on databases in every state.
struct DryRunTests {
  /// A state of a database, made from the sample.
  struct State: Sendable, CustomTestStringConvertible {
    var name: String
    /// What another program has done.
    var sql: [String] = []
    /// What this program has done, command by command.
    var calls: [[String]] = []
    /// Words before every command.
    var words: [String] = []
    var fileMode: mode_t = 0o644
    var folderMode: mode_t = 0o755
    /// How many bytes are left of the file; nil for all.
    var length: Int?

    var testDescription: String { name }
  }

  private static func twin(_ username: String) -> String {
    """
    INSERT INTO hrm_users (username, full_name, is_active, created_at, modified_at)
    VALUES ('\(username)', 'x', 1, '2026-01-01', '2026-01-01')
    """
  }

  private static func twin(company name: String) -> String {
    """
    INSERT INTO hrm_company (id, name, is_active, created_at, modified_at)
    VALUES (lower(hex(randomblob(16))), '\(name)', 1, '2026-01-01', '2026-01-01')
    """
  }

  static let states: [State] = [
    State(name: "the sample"),
    State(name: "a user that differs in case", sql: [twin("A_Nowak")]),
    State(name: "a user that differs by a blank", sql: [twin("a_nowak ")]),
    State(name: "a user with a Cyrillic letter", sql: [twin("\u{430}_nowak")]),
    State(name: "a company that differs in case", sql: [twin(company: "HEAD OFFICE")]),
    State(name: "a company that differs by a blank", sql: [twin(company: "Head  Office")]),
    State(name: "a company called as another's code", sql: [twin(company: "NYC")]),
    State(
      name: "grants of a missing administrator",
      sql: ["DELETE FROM hrm_users WHERE username = 'admin'"]),
    State(
      name: "grants of a missing user",
      sql: ["DELETE FROM hrm_users WHERE username = 'm_delacroix'"]),
    State(
      name: "grants of a missing company", sql: ["DELETE FROM hrm_company WHERE code = 'LA'"]),
    State(
      name: "grants of both kinds of missing",
      sql: [
        "DELETE FROM hrm_users WHERE username = 'm_delacroix'",
        "DELETE FROM hrm_company WHERE code = 'LA'",
      ]),
    State(name: "a file without permission to write", fileMode: 0o444),
    State(name: "a folder that may not be written", folderMode: 0o555),
    State(name: "opened only to be read", words: ["--read-only"]),
    State(
      name: "a trigger of ours is missing", sql: ["DROP TRIGGER company_access_grant_inserted"]),
    State(
      name: "a trigger of the application on the access table",
      sql: [
        """
        CREATE TRIGGER app AFTER INSERT ON hrm_user_company_access BEGIN SELECT 1; END
        """
      ]),
    State(
      name: "the application refuses new users and companies",
      sql: [
        """
        CREATE TRIGGER u BEFORE INSERT ON hrm_users BEGIN SELECT raise(ABORT, 'no users'); END;
        CREATE TRIGGER c BEFORE INSERT ON hrm_company BEGIN SELECT raise(ABORT, 'no more'); END
        """
      ]),
    State(
      name: "the application refuses deletions",
      sql: [
        """
        CREATE TRIGGER u BEFORE DELETE ON hrm_users BEGIN SELECT raise(ABORT, 'stay'); END;
        CREATE TRIGGER c BEFORE DELETE ON hrm_company BEGIN SELECT raise(ABORT, 'stay'); END
        """
      ]),
    State(
      name: "the application ignores edits",
      sql: ["CREATE TRIGGER u BEFORE UPDATE ON hrm_users BEGIN SELECT raise(IGNORE); END"]),
    State(
      name: "rows of another table refer to users and companies",
      sql: [
        """
        CREATE TABLE note (user_id INTEGER REFERENCES hrm_users (id),
          company_id CHAR(32) REFERENCES hrm_company (id) DEFERRABLE INITIALLY DEFERRED);
        INSERT INTO note SELECT id, NULL FROM hrm_users;
        INSERT INTO note SELECT NULL, id FROM hrm_company
        """
      ]),
    State(
      name: "another table with rows without a company",
      sql: [
        """
        CREATE TABLE task (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES hrm_users (id),
          company_id CHAR(32) REFERENCES hrm_company (id));
        INSERT INTO task (user_id) SELECT id FROM hrm_users
        """
      ]),
    State(name: "no administrator", sql: ["UPDATE hrm_users SET role_id = NULL"]),
    State(
      name: "everything is granted",
      calls: [["bulk-grant", "--yes"]]),
    State(name: "nothing is granted", sql: ["DELETE FROM hrm_user_company_access"]),
    State(
      name: "no users",
      sql: [
        "PRAGMA foreign_keys = ON; DELETE FROM hrm_employee; DELETE FROM hrm_users"
      ]),
    State(
      name: "no companies",
      sql: ["PRAGMA foreign_keys = ON; DELETE FROM hrm_employee; DELETE FROM hrm_company"]),
    State(
      name: "all users are inactive",
      sql: ["UPDATE hrm_users SET is_active = 0; UPDATE hrm_company SET is_active = 0"]),
    State(
      name: "a deleted company whose user has gone since",
      calls: [
        ["company", "add", "Old", "--code", "OLD"], ["user", "add", "kim", "--home", "OLD"],
        ["company", "delete", "OLD", "--yes"], ["user", "delete", "kim", "--yes"],
      ]),
    State(
      name: "a pruned record",
      calls: [
        [
          "record", "prune", "--before", "2026-07-01", "--output", "OUT.csv", "--reason", "old",
          "--yes",
        ]
      ]),
    State(name: "the schema is paused", calls: [["schema", "pause"]]),
    State(
      name: "users, companies and grants that the record does not know",
      sql: [
        """
        DELETE FROM company_access_user_lifetime; DELETE FROM company_access_company_lifetime;
        DELETE FROM company_access_current_grant
        """
      ]),
    State(
      name: "the record knows what is gone",
      sql: [
        """
        INSERT INTO company_access_user_lifetime (key, began_change, present, name)
        VALUES (9999, 1, 1, 'ghost');
        INSERT INTO company_access_current_grant (user_lifetime, company_lifetime, began_change)
        SELECT max(u.lifetime), max(c.lifetime), 1
        FROM company_access_user_lifetime AS u, company_access_company_lifetime AS c
        """
      ]),
    State(name: "in WAL mode", sql: ["PRAGMA journal_mode = WAL"]),
    State(
      name: "a later schema",
      sql: ["UPDATE company_access_setting SET value = 99 WHERE key = 'schema_version'"]),
    State(name: "no record", sql: ["DROP TABLE company_access_change"]),
    State(
      name: "an application's own file", calls: [["schema", "downgrade", "--accept-loss"]]),
    State(name: "a file that is cut off", length: 50_000),
  ]

  /// Files that the calls name.
  private struct Files {
    let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder(mode: 0o777)
      try folder.write("PAIRS", "user,company\na_nowak,HQ\nadmin,HQ\n")
      try folder.write("NEW", "user,company\nnew.person,HQ\na_nowak,Baltic Foods\n")
      try AccessStore.create(folder.file("BACKUP"), sample: true)
      let document = try runProgram(
        builtProduct("company-access"), ["--db", folder.file("BACKUP"), "export", "all"])
      try folder.write("DOCUMENT", document.stdout)
      for name in folder.names { chmod(folder.file(name), 0o644) }
    }

    func words(_ call: [String]) -> [String] {
      call.map { word in
        word.hasPrefix("OUT/") || ["PAIRS", "NEW", "BACKUP", "DOCUMENT"].contains(word)
          ? folder.file(word.replacing("OUT/", with: "")) : word
      }
    }
  }

  /// A database in the state, as bytes.
  private func prepare(_ state: State) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let path = folder.file("x.db")
    try AccessStore.create(path, sample: true)
    for call in state.calls {
      let words = call.map { $0.replacing("OUT", with: folder.file("out")) }
      let result = try runProgram(builtProduct("company-access"), ["--db", path] + words)
      try #require(result.status == 0, "\(call): \(result.stderr)")
    }
    for sql in state.sql { try runSqlite3(path, sql) }
    let bytes = try folder.read("x.db")
    return Array(bytes.prefix(state.length ?? bytes.count))
  }

  private func isCovered(_ path: [CommandNode]) -> Bool {
    guard let last = path.last else { return true }
    if !last.subcommands.isEmpty { return last.subcommands.allSatisfy { isCovered(path + [$0]) } }
    let words = path.dropFirst().map(\.name)
    let hasDryRun = last.inputs.options.contains { $0.long == "dry-run" }
    return !hasDryRun || CommandCalls.dryRuns.contains { $0.starts(with: words) }
  }

  @Test("Every command that has a dry run is tried, on thirty states at least")
  func everyCommandIsTried() {
    #expect(isCovered([CommandTree.root]))
    #expect(Self.states.count >= 30)
    let lacking = Self.writing([CommandTree.root]).filter { path in
      path.last?.inputs.options.contains { $0.long == "dry-run" } != true
    }
    #expect(lacking.map { $0.last?.name } == ["init", "generate"])
  }

  private static func writing(_ path: [CommandNode]) -> [[CommandNode]] {
    guard let last = path.last else { return [] }
    if last.subcommands.isEmpty { return last.info.writes ? [path] : [] }
    return last.subcommands.flatMap { writing(path + [$0]) }
  }

  /// All calls in a full sweep; otherwise a third of them, others for each state.
  private static func calls(of state: State) -> [[String]] {
    let all = CommandCalls.dryRuns
    guard !Sweep.isFull else { return all }
    let place = states.firstIndex { $0.name == state.name } ?? 0
    var numbers = SeededNumbers(Sweep.seed &+ UInt64(place))
    return Array(all.shuffled(using: &numbers).prefix(all.count / 3))
  }

  @Test("A dry run and the real run end with the same code and refusal", arguments: states)
  func sameEnd(state: State) throws {
    let files = try Files()
    let bytes = try prepare(state)
    var ends: Set<Int32> = []
    for call in Self.calls(of: state) {
      let folder = try TemporaryFolder(mode: 0o755)
      let path = try folder.write("x.db", bytes)
      chmod(path, state.fileMode)
      if isRoot, state.folderMode == 0o555 { chown(path, nobody, nobody) }
      chmod(folder.path, state.folderMode)
      defer { chmod(folder.path, 0o755) }
      let before = (files.folder.names, folder.names)
      func run(_ more: [String]) throws -> ProgramResult {
        try runProgram(
          builtProduct("company-access"),
          ["--db", path, "--json"] + state.words + files.words(call) + more,
          environment: ["TZ": "UTC"],
          uid: isRoot && state.folderMode == 0o555 ? nobody : nil)
      }
      let dry = try run(["--dry-run"])
      #expect(try folder.read("x.db") == bytes, "\(call) changed the file")
      #expect((files.folder.names, folder.names) == before, "\(call) left a file")
      let agreed = call[0] == "schema" ? [] : ["--yes"]
      let real = try run(agreed)
      #expect(
        dry.status == real.status, "\(call): \(dry.stderr)\(real.stderr), seed \(Sweep.seed)")
      if real.status > 1 { #expect(dry.stderr == real.stderr, "\(call)") }
      if real.status < 2, !["adopt", "restore", "record", "schema"].contains(call[0]) {
        #expect(withoutChange(dry.stdout) == withoutChange(real.stdout), "\(call)")
      }
      ends.insert(real.status)
      for name in files.folder.names where !before.0.contains(name) {
        unlink(files.folder.file(name))
      }
    }
    #expect(!ends.contains(70))
  }

  /// JSON without the number of the change, which a dry run does not have.
  private func withoutChange(_ json: String) -> String {
    let mark = "\"change\":"
    let parts = json.split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return json }
    return parts[0] + mark + parts[1].drop { $0.isNumber || "nul".contains($0) }
  }
}
