/// How the program ends, for the shell; the numbers from 64 are those of `sysexits.h`.
enum ExitCode: Int32, Hashable, Sendable, CaseIterable {
  /// Done, or the answer is yes.
  case done = 0
  /// The answer is no, there are differences, or part was left alone.
  case no = 1
  /// Called wrongly, something was not confirmed, or a grant may not be.
  case usage = 64
  /// Bad data in a file.
  case badData = 65
  /// No such file, or no database with our tables.
  case noInput = 66
  /// No such user, company or change, several, or one of a past that is not kept.
  case unknownName = 67
  /// No terminal that the desk could use, or no server.
  case unavailable = 69
  /// A fault of the program.
  case fault = 70
  case outOfMemory = 71
  case cannotCreate = 73
  /// A disk error, or a full disk.
  case diskError = 74
  /// The database is in use.
  case busy = 75
  case notPermitted = 77
  /// Cancelled by Ctrl-C.
  case cancelled = 130
}
