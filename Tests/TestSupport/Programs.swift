package import Glibc

/// A user without rights, for tests of permissions when root runs them.
package let nobody: uid_t = 65534

/// Whether the tests run as root, whom mode bits do not stop.
package var isRoot: Bool { geteuid() == 0 }

/// Whether the tests and the programs they start run under a sanitizer, which takes memory, opens
/// files and has something to say about crashes itself.
package let isSanitized = dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil

/// The path of an executable of this package: next to the test binary, where SwiftPM puts both.
///
/// `COMPANY_ACCESS_PRODUCTS` names another folder, so that a release or static build is tested.
package func builtProduct(_ name: String) -> String {
  if let folder = getenv("COMPANY_ACCESS_PRODUCTS") { return "\(String(cString: folder))/\(name)" }
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
  let count = max(0, readlink("/proc/self/exe", &buffer, buffer.count))
  let executable = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  let folder = executable[..<(executable.lastIndex(of: "/") ?? executable.startIndex)]
  return "\(folder)/\(name)"
}

/// The environment of a program under test: the same on every machine, with the given changes.
///
/// A nil value takes the variable out.
package func testEnvironment(_ changes: [String: String?] = [:]) -> [String: String] {
  var variables = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color"]
  for name in ["TMPDIR", "ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"] {
    if let value = getenv(name) { variables[name] = String(cString: value) }
  }
  // The coverage of a child: one file per process beside ours.
  if let file = getenv("LLVM_PROFILE_FILE").map({ String(cString: $0) }) {
    let folder = file[..<(file.lastIndex(of: "/") ?? file.startIndex)]
    variables["LLVM_PROFILE_FILE"] = "\(folder)/child-%p.profraw"
  }
  for (name, value) in changes { variables[name] = value }
  return variables
}

/// How a program ended and what it wrote.
package struct ProgramResult: Sendable {
  /// The exit code, or the negative number of the signal that ended it.
  package let status: Int32
  package let stdoutBytes: [UInt8]
  package let stderrBytes: [UInt8]

  package var stdout: String { String(decoding: stdoutBytes, as: UTF8.self) }
  package var stderr: String { String(decoding: stderrBytes, as: UTF8.self) }
}

/// A program that did not end as a test needs it to.
package enum ProgramError: Error, CustomStringConvertible {
  case timedOut(String, ProgramResult)
  case failed(String, ProgramResult)

  package var description: String {
    switch self {
    case .timedOut(let program, let result):
      "\(program) did not end in time; so far:\n\(result.stdout)\n\(result.stderr)"
    case .failed(let program, let result):
      "\(program) ended with \(result.status):\n\(result.stderr)"
    }
  }
}

/// Runs a program to its end, with pipes for its three streams.
///
/// `environment` changes `testEnvironment()`. Only root may ask for another `uid`, which is also
/// the group then. A program that takes longer than `seconds` is killed: `ProgramError.timedOut`.
package func runProgram(
  _ path: String, _ arguments: [String] = [], environment: [String: String?] = [:],
  standardInput: String = "", uid: uid_t? = nil, seconds: Double = 60
) throws -> ProgramResult {
  var program = path
  var words = arguments
  if let uid, uid != geteuid() {
    words = ["--reuid=\(uid)", "--regid=\(uid)", "--clear-groups", "--", path] + arguments
    program = "/usr/bin/setpriv"
  }
  let child = try ChildProcess(program, words, testEnvironment(environment))
  return try child.finish(feeding: Array(standardInput.utf8), seconds: seconds)
}

/// Runs SQL with the `sqlite3` shell, as another program on the same file.
///
/// Returns what it printed, without the last newline. Options are such as `-readonly` or `-json`.
@discardableResult
package func runSqlite3(_ path: String, _ sql: String, _ options: [String] = []) throws -> String {
  let words = ["-batch", "-bail"] + options + [path]
  let result = try runProgram("/usr/bin/sqlite3", words, standardInput: sql)
  guard result.status == 0 else { throw ProgramError.failed("sqlite3", result) }
  return result.stdout.hasSuffix("\n") ? String(result.stdout.dropLast()) : result.stdout
}
