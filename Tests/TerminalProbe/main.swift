// A program for the tests of the driver: shows all roles and difficult names, and every event
// as text. `q` leaves; the other commands are in `Probe`.
internal import CProcess
internal import CursesTerminal
internal import Glibc
internal import TerminalUI

cprocess_harden()
if CommandLine.arguments.contains("--environment") { printEnvironment() }
if CommandLine.arguments.contains("--crash") { fatalError("without a terminal") }
var options = CursesTerminal.Options()
options.mouse = CommandLine.arguments.contains("--mouse")
options.ascii = CommandLine.arguments.contains("--ascii")
if CommandLine.arguments.contains("--no-color") { options.color = .never }
do {
  let probe = Probe(try CursesTerminal(options))
  exit(probe.run())
} catch {
  print("no terminal: \(error)")
  exit(69)
}

/// The variables that have survived, and how large a core file may be.
func printEnvironment() -> Never {
  var next = environ
  while let variable = next.pointee {
    print(String(cString: variable))
    next += 1
  }
  var limit = rlimit()
  getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
  print("core \(limit.rlim_cur)")
  exit(0)
}
