import Database
import TestSupport
import Testing

/// Half-typed names, completed by the real shells; a shell that is not installed is skipped.
struct ShellCompletionTests {
  enum Shell: String, CaseIterable, Sendable {
    case bash, zsh, fish

    var path: String { "/usr/bin/\(rawValue)" }
    static let installed = allCases.filter { isExecutable($0.path) }

    /// Without anybody's own settings.
    var arguments: [String] {
      switch self {
      case .bash: ["--norc", "--noprofile", "-i"]
      case .zsh: ["-f", "-i"]
      case .fish: ["--no-config", "-i"]
      }
    }

    /// Loads the completion and shows a prompt that can be waited for.
    var setUp: String {
      switch self {
      case .bash: "PS1='ready''> '; source <(company-access completions bash)\r"
      case .zsh:
        "autoload -U compinit; compinit -u -D; source <(company-access completions zsh); "
          + "PS1='ready''> '\r"
      case .fish:
        "company-access completions fish | source; function fish_prompt; "
          + "echo -n 'ready''> '; end\r"
      }
    }
  }

  @Test(arguments: Shell.installed) func completesNamesFromTheDatabase(shell: Shell) throws {
    let folder = try TemporaryFolder()
    let program = builtProduct("company-access")
    let path = folder.file("x.db")
    #expect(try runProgram(program, ["init", "--sample", path]).status == 0)
    try runSqlite3(
      path,
      "INSERT INTO hrm_company (id, name, created_at, modified_at) "
        + "VALUES ('q', 'Quay & Sons (Ltd)', '', '')")
    let products = String(program.dropLast("/company-access".count))
    let terminal = try TerminalProgram(
      shell.path, shell.arguments,
      environment: [
        "PATH": "\(products):/usr/bin:/bin", "COMPANY_ACCESS_DB": path, "HOME": folder.path,
      ], columns: 120)
    // fish says hello and asks the terminal what it is before it reads keys.
    try terminal.wait("a prompt") { !terminal.output.isEmpty }
    terminal.send(shell.setUp)
    try terminal.wait(text: "ready>")

    for (typed, completed) in [
      ("check john_smith Qua", "check john_smith Quay\\ \\&\\ Sons\\ \\(Ltd\\)"),
      ("users --company \"Qua", "users --company \"Quay & Sons (Ltd)\""),
      ("gra", "grant"), ("grant john_s", "grant john_smith"),
      ("stats --format=js", "stats --format=json"),
    ] {
      terminal.send("company-access \(typed)\t")
      try terminal.wait(text: "company-access \(completed)")
      // Ctrl-U, which empties the line in all three.
      terminal.send("\u{15}")
      try terminal.wait("an empty line") { terminal.find("company-access \(typed)") == nil }
    }
  }
}

private func isExecutable(_ path: String) -> Bool {
  (try? runProgram("/usr/bin/test", ["-x", path]).status == 0) ?? false
}
