internal import CompanyAccess
internal import CursesTerminal
internal import Formats

/// What is said about an error, and how the program ends after it.
struct ErrorReport {
  let code: ExitCode
  let lines: [String]

  init(_ error: any Error, program: String) {
    switch error {
    case let error as UsageError:
      code = .usage
      let help = error.path.joined(separator: " ") + " --help"
      lines = ["\(program): \(error.problem)", "See '\(help)'."]
    case let error as AccessError:
      code = error.exitCode
      lines = ["\(program): \(error)"]
    case let error as TerminalError:
      code = .unavailable
      lines = ["\(program): \(Messages.problem(error)); see '\(program) --help'"]
    case let error as ImportError:
      code = error.isAcrossScope ? .usage : .badData
      lines = ["\(program): \(CommandMessages.nothingImported)", "\(error)"]
    case let file as UntestedFile:
      code = .badData
      lines = ["\(program): \(file.message)", "\(file.error)"]
    case let error as OutputError:
      code = .diskError
      lines = ["\(program): \(error)"]
    default:
      code = .fault
      lines = ["\(program): \(error)"]
    }
  }
}
