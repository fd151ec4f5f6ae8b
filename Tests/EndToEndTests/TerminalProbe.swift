import TestSupport

/// The driver's test program, once it has painted.
func startProbe(
  _ arguments: [String] = [], environment: [String: String?] = [:], rows: Int = 24,
  columns: Int = 80
) throws -> TerminalProgram {
  let probe = try TerminalProgram(
    builtProduct("terminal-probe"), arguments, environment: environment, rows: rows,
    columns: columns)
  try probe.wait(text: "ready")
  return probe
}

/// The test program, started by a shell with job control that runs the rest of the script after.
func startProbeInShell(_ rest: String) throws -> TerminalProgram {
  let script = "\(builtProduct("terminal-probe")); echo \"status $?\"; \(rest)"
  let probe = try TerminalProgram("/bin/sh", ["-m", "-c", script])
  try probe.wait(text: "ready")
  return probe
}

extension TerminalProgram {
  /// What the probe has written down, without the first line.
  var events: [String] { (11..<max(11, rows)).map(row).filter { !$0.isEmpty } }
}
