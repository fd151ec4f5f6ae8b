import CompanyAccess
import Glibc
import TestSupport
import Testing

/// Every command that writes a file, with every kind of path that it could be given.
struct OutputPathTests {
  /// What a command writes.
  enum Content { case document, record, database, folder }

  /// A call, whose path follows.
  struct Call {
    let words: [String]
    let content: Content
    var more: [String] = []

    var isForced: Bool { words.contains("--force") }
    var isReadOnly: Bool { words.contains("--read-only") }
  }

  static let calls: [Call] = {
    let prune = ["record", "prune", "--before", "now", "--reason", "old", "--output"]
    var calls = [
      Call(words: ["export", "all", "--force", "-o"], content: .document),
      Call(words: ["--read-only"] + prune, content: .record, more: ["--yes"]),
      Call(words: prune, content: .record, more: ["--yes"]),
      Call(words: ["init"], content: .database),
      Call(words: ["--read-only", "init"], content: .database),
      Call(words: ["generate", "--users", "2", "--companies", "2"], content: .database),
      Call(words: ["--read-only", "generate"], content: .database),
    ]
    for readOnly in [[], ["--read-only"]] {
      calls.append(
        Call(words: readOnly + ["report", "--from", "-1d", "--out"], content: .folder))
      for force in [[], ["--force"]] {
        calls.append(Call(words: readOnly + ["export"] + force + ["-o"], content: .document))
        calls.append(Call(words: readOnly + ["backup"] + force, content: .database))
      }
    }
    return calls
  }()

  /// What becomes of a call.
  enum Outcome: Equatable {
    case written
    case refused(String)
    /// Refused because nothing may be written at all.
    case forbidden
  }

  static let places = [
    "new.csv", "old.csv", "small.db", "sub/../small.db", "hard.db", "link.db", "small.db-journal",
    "small.db-wal", "small.db-shm", "link.db-journal", "hard.db-wal", "other.db", "other.db-wal",
    "link.csv", "dangling.csv", "loop.csv", "pipe", "device", "disk", "socket", "-", "stdout",
    "sub", "none/x.csv", "new/",
  ]

  /// What has to become of it.
  static func expected(_ call: Call, _ place: String) -> Outcome {
    if call.isReadOnly, !["export", "backup", "report"].contains(call.words[1]) {
      return .forbidden
    }
    switch place {
    case "new.csv": return .written
    case "old.csv", "other.db": return replacing(call, isDatabase: place == "other.db")
    case "small.db", "sub/../small.db", "hard.db", "link.db":
      // Only what has the database open knows that it is.
      if call.words[0] != "init", call.words[0] != "generate" {
        return .refused("it is the database itself")
      }
      return .refused(place == "link.db" ? "it is a link to" : "is there already")
    case "link.csv", "dangling.csv", "loop.csv": return .refused("it is a link to")
    case "pipe", "device", "-", "stdout":
      return call.content == .document ? .written : .refused("needs one; give the name of a file")
    case "disk", "socket": return .refused("it is a disk or a socket")
    case "new/": return call.content == .folder ? .written : .refused("it is a folder")
    case "sub": return call.content == .folder ? .written : .refused("it is a folder")
    case "none/x.csv": return .refused("there is no folder ")
    default: return .refused("SQLite would take it for a part of ")
    }
  }

  private static func replacing(_ call: Call, isDatabase: Bool) -> Outcome {
    if call.content == .folder { return .refused("it is not a folder") }
    if isDatabase, call.content != .database {
      return .refused("it is a database, which only a backup may replace")
    }
    guard call.isForced else { return .refused("is there already") }
    return isDatabase && call.isReadOnly ? .refused("--read-only replaces none") : .written
  }

  /// As root also with devices that the tests make, so that none of this machine is in danger.
  @Test(arguments: places) func nothingIsLostByWritingTo(place: String) throws {
    guard isRoot || !["device", "disk"].contains(place) else { return }
    var scene = try Scene()
    for call in Self.calls {
      let before = scene.state
      let result = try scene.run(call.words + [scene.path(place)] + call.more)
      let after = scene.state
      let comment = Comment(rawValue: "\(call.words): \(result.stderr)")
      switch Self.expected(call, place) {
      case .forbidden:
        #expect(result.status == 77 && after == before, comment)
      case .refused(let words):
        #expect(result.status == 73 && after == before, comment)
        #expect(result.stderr.contains(words), comment)
        #expect(place == "-" || result.stderr.contains(place), comment)
      case .written:
        #expect(result.status == 0, comment)
        let isStream = ["-", "stdout", "pipe", "device"].contains(place)
        // The record loses what the file gets.
        let changed = [place, "new"] + (call.content == .record ? ["small.db", "hard.db"] : [])
        let others = { (state: [String: String]) in
          state.filter { !changed.contains($0.key) }
        }
        #expect(others(after) == others(before), comment)
        #expect(isStream == changed.allSatisfy { after[$0] == before[$0] }, comment)
        if place == "-" || place == "stdout" {
          #expect(result.stdout.contains("bob"), comment)
        }
        if place == "pipe" { #expect(scene.piped().contains("bob"), comment) }
        scene = try Scene()
      }
    }
  }

  /// A prune that would be refused is refused in its dry run.
  @Test func aDryRunIsRefusedAsTheRealRun() throws {
    let scene = try Scene()
    for place in ["old.csv", "small.db-journal", "link.csv", "pipe", "-"] {
      let words = [
        "record", "prune", "--before", "now", "--reason", "old", "--output", scene.path(place),
      ]
      let dry = try scene.run(words + ["--dry-run"])
      #expect(dry.status == 73)
      #expect(try scene.run(words + ["--yes"]).stderr == dry.stderr)
    }
  }

  @Test(arguments: ["new.csv", "small.db-journal", "hard.db-wal", "dangling.csv", "none/x.db", "-"])
  func nothingIsLostByRestoringTo(place: String) throws {
    let scene = try Scene()
    let before = scene.state
    let result = try scene.run(
      ["--db", scene.path(place), "restore", scene.path("other.db"), "--yes"])
    guard place != "new.csv" else {
      #expect(result.status == 0 && scene.mode(place) == 0o600, "\(result.stderr)")
      return
    }
    #expect(result.status == 73 && scene.state == before, "\(result.stderr)")
    let dry = try scene.run(
      ["--db", scene.path(place), "restore", scene.path("other.db"), "--dry-run"])
    #expect(dry.status == 73 && dry.stderr == result.stderr)
  }

  /// SQLite keeps its files beside the file itself, not beside the link.
  @Test func theFilesBesideADatabaseBehindALinkAreKnown() throws {
    let scene = try Scene()
    for place in ["small.db", "small.db-journal", "link.db-journal"] {
      let before = scene.state
      let result = try scene.run(
        ["--db", scene.path("link.db"), "export", "--force", "-o", scene.path(place)])
      #expect(result.status == 73 && scene.state == before, "\(result.stderr)")
    }
  }

  @Test(arguments: [">>", "2>>"]) func theDatabaseIsNoStandardStream(redirection: String) throws {
    let scene = try Scene()
    let before = scene.state
    for place in ["small.db", "hard.db"] {
      let result = try scene.shell("\"$0\" users \(redirection) '\(scene.path(place))'")
      #expect(result.status == 73 && scene.state == before)
    }
  }

  @Test func aFileCalledDashIsWrittenWhenItsFolderIsGiven() throws {
    let scene = try Scene()
    let result = try scene.run(["export", "-o", scene.folder.file("-")])
    #expect(result.status == 0 && result.stdout == "" && scene.folder.names.contains("-"))
  }

  @Test(arguments: ["000", "022", "077", "777"]) func newFilesAreTheirOwners(umask: String) throws {
    let scene = try Scene()
    let calls = [
      "export -o", "backup", "init", "init --sample", "generate --users 2 --companies 2",
      "record prune --before now --reason old --yes --output",
    ]
    for (number, call) in calls.enumerated() {
      let path = scene.path("\(number)")
      let result = try scene.shell("umask \(umask); \"$0\" \(call) '\(path)'")
      #expect(result.status == 0, "\(result.stderr)")
      #expect(scene.mode("\(number)") == 0o600, "\(call)")
    }
  }

  /// Nothing there is done in another folder, whose name has a replacement character.
  @Test func aFolderWhoseNameIsNotUTF8IsUsedAsItIs() throws {
    let scene = try Scene()
    let result = try scene.shell(
      """
      set -e; cd '\(scene.folder.path)'; mkdir 'caf\u{FFFD}'; folder="$(printf 'caf\\351')"
      mkdir "$folder"; cd "$folder"; unset COMPANY_ACCESS_DB
      "$0" init --sample x.db; ln -s x.db l.db; "$0" --db l.db grant a_oconnor HQ
      "$0" --db x.db backup y.db; "$0" --db l.db export -o z.csv
      "$0" --db x.db restore y.db --yes; "$0" --db x.db report --from -1d --out r
      test -s x.db -a -s y.db -a -s z.csv -a -s r/access.csv
      for name in x.db l.db x.db-wal; do
        "$0" --db l.db export --force -o $name && exit 1 || test $? = 73
      done
      """)
    #expect(result.status == 0, "\(result.stderr)")
    // It is still empty.
    #expect(rmdir(scene.folder.file("caf\u{FFFD}")) == 0)
  }

  /// Swift's list of the words replaces the byte, and another file would be written.
  @Test(arguments: ["export -o", "backup", "init", "users --search", "--db"])
  func aWordThatIsNotUTF8IsRefused(call: String) throws {
    let scene = try Scene()
    let before = scene.state
    let name = "\"$(printf 'caf\\351.csv')\""
    let result = try scene.shell("cd '\(scene.folder.path)'; \"$0\" \(call) \(name)")
    #expect(result.status == 64 && scene.state == before)
    #expect(result.stderr.contains("'caf\\xE9.csv', is not UTF-8"))
    let variable = try scene.shell("COMPANY_ACCESS_DB=\(name) \"$0\" users")
    #expect(variable.status == 64)
    #expect(variable.stderr.contains("COMPANY_ACCESS_DB, 'caf\\xE9.csv', is not UTF-8"))
  }
}

/// A folder with a database and everything that could be in the way of an output.
private struct Scene {
  let database: SmallDatabase
  private let pipe: Int32

  var folder: TemporaryFolder { database.folder }

  init() throws {
    database = try SmallDatabase()
    let folder = database.folder
    _ = try database.run("revoke", "ann", "ACM")
    try AccessStore.backup(database.path, to: folder.file("other.db"))
    try folder.write("old.csv", "mine")
    link(database.path, folder.file("hard.db"))
    symlink("small.db", folder.file("link.db"))
    symlink("old.csv", folder.file("link.csv"))
    symlink("nowhere", folder.file("dangling.csv"))
    symlink("loop.csv", folder.file("loop.csv"))
    // As /dev/stdout, which no fault of the program must take away from this machine.
    symlink("/proc/self/fd/1", folder.file("stdout"))
    mkdir(folder.file("sub"), 0o700)
    mkfifo(folder.file("pipe"), 0o600)
    mknod(folder.file("socket"), S_IFSOCK | 0o600, 0)
    if isRoot {
      // The device of /dev/null, and a disk that is not there.
      mknod(folder.file("device"), S_IFCHR | 0o666, 1 << 8 | 3)
      mknod(folder.file("disk"), S_IFBLK | 0o600, 250 << 8 | 250)
    }
    pipe = open(folder.file("pipe"), O_RDWR | O_NONBLOCK)
    try #require(pipe >= 0)
  }

  func path(_ place: String) -> String { place == "-" ? place : folder.file(place) }

  func run(_ words: [String]) throws -> ProgramResult {
    try runProgram(
      builtProduct("company-access"), words, environment: ["COMPANY_ACCESS_DB": database.path])
  }

  /// Runs words of a shell, in which `$0` is the program.
  func shell(_ words: String) throws -> ProgramResult {
    try runProgram(
      "/bin/sh", ["-c", words, builtProduct("company-access")],
      environment: ["COMPANY_ACCESS_DB": database.path])
  }

  /// What has come through the pipe.
  func piped() -> String {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = max(0, read(pipe, &bytes, bytes.count))
    close(pipe)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  func mode(_ place: String) -> mode_t? {
    var status = stat()
    return lstat(path(place), &status) == 0 ? status.st_mode & 0o777 : nil
  }

  /// Everything in the folder: kind, number and content of each file.
  var state: [String: String] {
    var state: [String: String] = [:]
    for name in folder.names {
      var status = stat()
      guard lstat(folder.file(name), &status) == 0 else { continue }
      let isFile = status.st_mode & S_IFMT == S_IFREG
      let content = isFile ? (try? folder.read(name)).map { "\($0.hashValue) \($0.count)" } : nil
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      let more = isFolder ? "\(status.st_mtim)" : ""
      state[name] = "\(status.st_mode) \(status.st_ino) \(content ?? "") \(more)"
    }
    return state
  }
}
