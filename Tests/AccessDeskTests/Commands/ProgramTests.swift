import Glibc
import TestSupport
import Testing

/// The built program, called as a shell calls it.
struct ProgramTests {
  private func call(
    _ words: String..., environment: [String: String?] = [:]
  ) throws -> ProgramResult {
    try runProgram(builtProduct("company-access"), words, environment: environment)
  }

  @Test func withNothingToDoItHelpsOnStandardError() throws {
    let result = try call()
    #expect(result.status == 64)
    #expect(result.stdout == "")
    #expect(result.stderr.contains("Usage: company-access [OPTIONS] DATABASE\n"))
    #expect(result.stderr.hasSuffix("See 'company-access --help'.\n"))
  }

  @Test func helpAndVersionGoToStandardOutput() throws {
    for words in [["--help"], ["help", "man"], ["man", "--help"], ["--version"]] {
      let result = try runProgram(builtProduct("company-access"), words)
      #expect(result.status == 0)
      #expect(result.stdout != "")
      #expect(result.stderr == "")
    }
  }

  @Test func aMistakeIsNamedOnStandardError() throws {
    let result = try call("completions", "bsh")
    #expect(result.status == 64)
    #expect(result.stdout == "")
    #expect(
      result.stderr == """
        company-access: SHELL is 'bsh', but must be one of: bash, zsh, fish; did you mean 'bash'?
        See 'company-access completions --help'.

        """)
  }

  @Test func aFullDiskIsAnErrorAndAClosedPipeIsQuiet() throws {
    let program = builtProduct("company-access")
    let full = try runProgram("/bin/sh", ["-c", "\(program) man > /dev/full"])
    #expect(full.status == 74)
    #expect(full.stderr == "company-access: standard output: no space left on the disk\n")
    // A pipe without a reader, from the first byte on.
    let folder = try TemporaryFolder()
    let pipe = folder.file("pipe")
    let script = """
      mkfifo \(pipe); exec 3<>\(pipe); exec 4>\(pipe); exec 3>&-
      \(program) man >&4; echo $? >&2
      """
    let closed = try runProgram("/bin/bash", ["-c", "trap '' PIPE; trap - PIPE; \(script)"])
    #expect(closed.stderr == "\(128 + SIGPIPE)\n")
    let shut = try runProgram("/bin/sh", ["-c", "\(program) man >&-"])
    #expect(shut.status == 74)
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func theShellTakesTheScript(shell: String) throws {
    let path = "/usr/bin/\(shell)"
    guard access(path, X_OK) == 0 else { return }
    let script = try call("completions", shell)
    #expect(script.status == 0)
    let result = try runProgram(path, ["-n"], standardInput: script.stdout)
    #expect(result.status == 0)
    #expect(result.stderr == "")
  }
}
