import Glibc
import TestSupport
import Testing

/// What the program does to the machine around it, by the list of its system calls.
@Suite struct SurroundingsTests {
  private static let strace = "/usr/bin/strace"
  private static let calls =
    "execve,execveat,fork,vfork,connect,bind,listen,openat,open,creat,unlink,unlinkat,rename,"
    + "renameat,renameat2,link,linkat,symlink,symlinkat,mkdir,mkdirat,mknod,truncate,chmod,fchmodat"

  /// A visit to every screen, with writes that use a journal and temporary tables.
  @Test(.enabled(if: access(strace, X_OK) == 0 && !isSanitized))
  func aWholeVisitTouchesNothingElse() throws {
    let database = try DeskDatabase()
    let log = try TemporaryFolder()
    let desk = try TerminalProgram(
      Self.strace,
      ["-f", "-qq", "-o", log.file("calls"), "-e", "trace=\(Self.calls)"]
        + [builtProduct("company-access"), database.path],
      environment: ["TZ": "UTC", "HOME": try Self.hostileHome(in: log)])
    try DeskTour.menu.wait(desk)
    for screen in DeskTour.allCases where ![.menu, .reason, .confirmation].contains(screen) {
      try screen.go(desk)
      try goHome(desk, from: screen)
    }
    desk.type("6")
    try desk.wait(text: "Grant 333 pairs? y / Esc")
    try desk.confirm()
    try desk.wait(message: "Granted 333 pairs.")
    desk.type("u")
    try desk.wait(text: "Revoke 333 pairs? y / Esc")
    try desk.confirm()
    try desk.wait(message: "Undid change 39: revoked 333 pairs.")
    desk.key(.control("c"))
    #expect(try desk.waitExit() == 130)
    let calls = String(decoding: try log.read("calls"), as: UTF8.self)
      .split(separator: "\n").map { Call(String($0)) }
    #expect(calls.count > 50)
    let bad = calls.filter { !$0.isAllowed(database.path) }.map(\.line)
    #expect(bad == [])
    #expect(calls.count { $0.name == "execve" } == 1)
    Sweep.figure(
      "system calls of a whole visit", swept: calls.count, good: calls.count - bad.count,
      note: "1 execve, nothing connected, only the database and its journal written")
    try database.expectSound()
  }

  private func goHome(_ desk: TerminalProgram, from screen: DeskTour) throws {
    switch screen {
    case .companiesOfUser, .usersOfCompany, .tickToGrant, .tickToRevoke:
      desk.key(.escape)
      try desk.wait("the picker") { desk.footer.contains("Enter Pick") }
      desk.key(.escape)
      try desk.wait("no filter") { desk.body[0].hasSuffix("Filter:") }
    default: break
    }
    try desk.backToMenu()
  }

  private struct Call {
    let line: String
    let name: String

    init(_ line: String) {
      self.line = line
      let rest = line.drop { $0 != " " }.drop { $0 == " " }
      name = String(rest.prefix { $0 != "(" })
    }

    func isAllowed(_ database: String) -> Bool {
      switch name {
      case "execve": return line.contains("/company-access\"")
      // The C library asks its cache of names for the operator's; nobody else may be called.
      case "connect": return line.contains("sun_path=\"/var/run/nscd/socket\"")
      case "open", "openat":
        if line.contains(".terminfo") { return false }
        let writes = ["O_WRONLY", "O_RDWR", "O_CREAT"].contains { line.contains($0) }
        return !writes || isOfDatabase(database) || line.contains("\"/dev/tty\"")
      case "unlink": return line.contains("\"\(database)-journal\"")
      default: return name.hasPrefix("+++") || name.hasPrefix("---") || name.hasPrefix("<...")
      }
    }

    private func isOfDatabase(_ database: String) -> Bool {
      line.contains("\"\(database)\"") || line.contains("\"\(database)-journal\"")
    }
  }

  // MARK: - Variables

  /// A home folder with a description of the terminal that would write to its clipboard, and of
  /// another one that nobody else knows.
  private static func hostileHome(in folder: TemporaryFolder) throws -> String {
    let source = try folder.write(
      "evil.src", "xterm-256color|evil,\n\tclear=\\E]52;c;QQ==^G\\E[H\\E[2J, use=xterm,\n")
    let home = folder.file("home")
    #expect(mkdir(home, 0o700) == 0)
    let made = try runProgram("/usr/bin/tic", ["-x", "-o", home + "/.terminfo", source])
    #expect(made.status == 0)
    return home
  }

  private static let hostile: [String: String] = [
    "TERMINFO": "/tmp/evil", "TERMINFO_DIRS": "/tmp/evil", "TERMCAP": "xterm:cl=\\E]52;c;QQ==^G:",
    "TERMPATH": "/tmp/evil", "LINES": "20000", "COLUMNS": "20000", "ESCDELAY": "99999999",
    "SWIFT_BACKTRACE": "enable=yes,interactive=yes,swift-backtrace=/bin/echo", "SWIFT_ROOT": "/tmp",
    "SWIFT_DEBUG_ENABLE_MALLOC_SCRIBBLE": "1", "TMPDIR": "/tmp/nowhere",
    "SQLITE_TMPDIR": "/tmp/nowhere", "HOME": "/nowhere", "SHELL": "/bin/echo",
    "EDITOR": "/bin/echo",
    "VISUAL": "/bin/echo", "PAGER": "/bin/echo", "BROWSER": "/bin/echo",
    "LESSOPEN": "|/bin/echo %s",
    "USER": "root", "LOGNAME": "root", "USERNAME": "root", "SUDO_USER": "root", "SUDO_UID": "0",
    "SSH_CLIENT": "x", "SSH_ORIGINAL_COMMAND": "x", "MAIL": "x", "IFS": "x", "ENV": "/tmp/x",
    "BASH_ENV": "/tmp/x", "PS4": "$(id)", "GCONV_PATH": "/tmp/nowhere", "LOCPATH": "/tmp/nowhere",
    "NLSPATH": "/tmp/nowhere", "HOSTALIASES": "/tmp/x", "RES_OPTIONS": "debug", "LANGUAGE": "%n%n",
    "MALLOC_PERTURB_": "7", "MALLOC_ARENA_MAX": "1", "LD_BIND_NOW": "1", "DISPLAY": ":99",
    "XDG_CONFIG_HOME": "/tmp/nowhere", "XDG_RUNTIME_DIR": "/tmp/nowhere", "COLORTERM": "truecolor",
    "NCURSES_ASSUMED_COLORS": "99999,99999", "NCURSES_NO_PADDING": "1", "NCURSES_TRACE": "9999",
    "NCURSES_GPM_TERMS": "xterm", "CLICOLOR_FORCE": "1", "GLIBCXX_FORCE_NEW": "1",
    "PWD": "/nowhere",
    "OLDPWD": "/nowhere", "POSIXLY_CORRECT": "1", "PYTHONPATH": "/tmp", "PERL5LIB": "/tmp",
    "http_proxy": "http://127.0.0.1:1", "ALL_PROXY": "x", "TZDIR": "/tmp/nowhere", "CDPATH": "/tmp",
    "TABSIZE": "99999", "BAUDRATE": "1", "CC": "x", "COLORFGBG": "0;0", "MOUSE_BUTTONS_123": "1",
    "NCURSES_NO_UTF8_ACS": "1", "NCURSES_NO_HARD_TABS": "1", "NCURSES_CONSOLE2": "1",
    "LIBDISPATCH_LOG": "/tmp/x", "GLIBCXX_TUNABLES": "x",
    "GLIBC_TUNABLES": "glibc.malloc.perturb=7",
    "GETCONF_DIR": "/tmp/x", "LOCALDOMAIN": "x", "RESOLV_HOST_CONF": "/tmp/x", "MSGVERB": "x",
    "OUTPUT_CHARSET": "UTF-16", "DATEMSK": "/tmp/x", "SEV_LEVEL": "x",
    "SQLITE_HISTORY": "/tmp/x", "DYLD_INSERT_LIBRARIES": "x",
  ]

  /// What the commands say is the same whatever is in the environment.
  @Test(arguments: [
    ["users", "--format", "json"], ["stats"], ["log", "--limit", "3"], ["grant", "h_baker", "NYC"],
    ["check", "h_baker", "nobody"],
  ])
  func variablesDoNotSteerCommands(words: [String]) throws {
    #expect(Self.hostile.count >= 78)
    let plain = try run(words, ["TZ": "UTC"])
    let steered = try run(words, Self.hostile.merging(["TZ": "UTC"]) { $1 })
    #expect(steered.status == plain.status)
    #expect(steered.stdout == plain.stdout)
    #expect(steered.stderr == plain.stderr)
    #expect(plain.actor == steered.actor)
  }

  private func run(
    _ words: [String], _ environment: [String: String?]
  ) throws -> (status: Int32, stdout: String, stderr: String, actor: String) {
    let database = try DeskDatabase()
    let result = try runProgram(
      builtProduct("company-access"), ["--db", database.path] + words, environment: environment)
    #expect(database.folder.names == ["hrm.db"])
    let actor = try database.sql(
      "SELECT actor FROM company_access_change ORDER BY id DESC LIMIT 1")
    return (result.status, result.stdout, result.stderr, actor)
  }

  /// The desk sends the terminal the same as without them.
  @Test func variablesDoNotSteerTheDesk() throws {
    let database = try DeskDatabase()
    let home = try Self.hostileHome(in: database.folder)
    let evil = home + "/.terminfo"
    let environment = Self.hostile.merging(
      ["TERMINFO": evil, "TERMINFO_DIRS": evil, "HOME": home]) { $1 }
    let desk = try database.open(environment: environment)
    try DeskTour.users.go(desk)
    #expect(desk.rows == 24 && desk.row(23).contains("Help"))
    try desk.leave()
    #expect(!String(decoding: desk.output, as: UTF8.self).contains("\u{1B}]52"))
    // What only the home folder describes is no terminal that is known.
    let other = try TerminalProgram(
      builtProduct("company-access"), [database.path], environment: ["TERM": "evil", "HOME": home])
    #expect(try other.waitExit() == 69)
    #expect(!String(decoding: other.output, as: UTF8.self).contains("\u{1B}]52"))
    Sweep.figure("hostile variables", swept: Self.hostile.count, good: Self.hostile.count)
  }

  /// A folder of time zones that somebody brings does not change what a time means.
  @Test func timeZonesAreThoseOfTheSystem() throws {
    let words = ["log", "--limit", "3"]
    let plain = try run(words, ["TZ": "Europe/Warsaw"])
    let steered = try run(words, ["TZ": "Europe/Warsaw", "TZDIR": "/tmp/nowhere"])
    #expect(try plain.stdout != run(words, ["TZ": "UTC"]).stdout)
    #expect(steered.stdout == plain.stdout)
  }

  /// A URI with options that switch locking off is the name of a file that is not there.
  @Test(arguments: ["?nolock=1", "?mode=memory", "?immutable=1", "?vfs=unix-none"])
  func uriIsTheNameOfAFile(options: String) throws {
    let database = try DeskDatabase()
    let uri = "file:\(database.path)\(options)"
    let result = try runProgram(builtProduct("company-access"), ["--db", uri, "users"])
    #expect(result.status == 66)
    #expect(result.stderr.contains("there is no file \(uri)"))
  }

  // MARK: - Files

  @Test func exportNeverFollowsALink() throws {
    let database = try DeskDatabase()
    let victim = try database.folder.write("victim", "mine")
    symlink(victim, database.folder.file("out.csv"))
    symlink(database.folder.file("nowhere"), database.folder.file("dangling.csv"))
    for name in ["out.csv", "dangling.csv"] {
      for options in [[], ["--force"]] {
        let result = try export(database, name, options)
        #expect(result.status == 73)
        #expect(result.stderr.contains("\(name): it is a link to "))
      }
    }
    #expect(try database.folder.read("victim") == Array("mine".utf8))
    #expect(!database.folder.names.contains("nowhere"))
    #expect(try database.folder.read("out.csv") == Array("mine".utf8))
  }

  private func export(
    _ database: DeskDatabase, _ name: String, _ options: [String]
  ) throws -> ProgramResult {
    try runProgram(
      builtProduct("company-access"),
      ["--db", database.path, "export", "--output", database.folder.file(name)] + options)
  }
}
