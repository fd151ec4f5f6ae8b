internal import CompanyAccess

/// What is wrong with the words that the program was called with.
enum UsageProblem: Error, Hashable, Sendable {
  case unknownCommand(String, suggestion: String?)
  case unknownOption(String, suggestion: String?)
  case ambiguousOption(String, candidates: [String])
  case missingCommand
  /// A word of the call, or a variable, that is not UTF-8; its bytes as they can be shown.
  case notUTF8(String, shown: String)
  /// Neither a database nor anything else to do.
  case nothingToDo
  case missingDatabase
  /// An operator is to be made without a scope.
  case missingScope
  case missingValue(option: String, name: String)
  case unwantedValue(option: String)
  case repeatedOption(String)
  case missingArgument(String)
  case unexpectedArgument(String)
  /// An option or argument that must not be empty.
  case empty(String)
  case badChoice(String, value: String, choices: [String])
  case badValue(String, value: String, expected: String)
  /// An option whose value is not one certain time of the past.
  case badTime(String, TimeTextError)
  /// Two options that exclude each other.
  case conflict(String, String)
  /// Two words of the command that say different things of one field.
  case contradiction(String, String, field: String)
  /// An option that means nothing without another.
  case needs(String, String)
  /// None of these options is given, and one of them has to be.
  case needsOneOf([String])
  /// A write that has to be confirmed, where standard input is no terminal.
  case unconfirmed(String)
  /// No user would be left who may enter everything, where standard input is no terminal.
  case lastAdministrator
  /// More grants would be revoked than the limit allows.
  case tooManyRemovals(Int, of: Int, limit: String)
  /// Something that was asked for and not confirmed.
  case declined
}

/// A problem, and the command whose help says how it is meant.
struct UsageError: Error, Hashable, Sendable {
  var problem: UsageProblem
  /// The words of the command, from the program's name on.
  var path: [String]
}
