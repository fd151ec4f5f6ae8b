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

extension UsageProblem: CustomStringConvertible {
  /// One sentence for people, with the words that the user typed in quotes.
  var description: String {
    switch self {
    case .unknownCommand(let word, let suggestion):
      "unknown command '\(word)'" + UsageProblem.hint(suggestion)
    case .unknownOption(let option, let suggestion):
      "unknown option '\(option)'" + UsageProblem.hint(suggestion)
    case .ambiguousOption(let option, let candidates):
      "option '\(option)' can mean \(candidates.joined(separator: ", "))"
    case .missingCommand: "a command is missing"
    case .notUTF8(let name, let shown):
      "\(name), '\(shown)', is not UTF-8; a file of such a name has to be given another one first"
    case .nothingToDo: "a command or a database is missing"
    case .missingDatabase:
      "which database? Name it with --db PATH or in COMPANY_ACCESS_DB"
    case .missingValue(let option, let name): "option '\(option)' needs a value: \(option) \(name)"
    case .unwantedValue(let option): "option '\(option)' takes no value"
    case .repeatedOption(let option): "option '\(option)' is given more than once"
    case .missingArgument(let name): "the argument \(name) is missing"
    case .unexpectedArgument(let word): "unexpected argument '\(word)'"
    case .empty(let name): "\(name) is empty"
    case .badChoice(let name, let value, let choices):
      "\(name) is '\(value)', but must be one of: \(choices.joined(separator: ", "))"
        + UsageProblem.hint(Suggestion.nearest(to: value, among: choices))
    case .badValue(let name, let value, let expected):
      "\(name) is '\(value)', but must be \(expected)"
    case .badTime(let name, let error): "\(name): \(error)"
    case .conflict(let one, let other): "\(one) and \(other) exclude each other"
    case .contradiction(let one, let other, let field):
      "\(one) and \(other) say different things of \(field)"
    case .needs(let one, let other): "\(one) needs \(other)"
    case .needsOneOf(let options): "one of these is needed: \(options.joined(separator: ", "))"
    case .unconfirmed(let what):
      "\(what) needs a confirmation: add --yes to do it, or --dry-run to see it first"
    case .lastAdministrator:
      EntityMessages.administratorWarning + "; --no-administrator says that this is meant"
    case .tooManyRemovals(let count, let all, let limit):
      "\(count) of \(all) grants would be revoked, more than \(limit); "
        + "--max-removals allows more"
    case .declined: "not confirmed; nothing was done"
    }
  }

  private static func hint(_ suggestion: String?) -> String {
    suggestion.map { "; did you mean '\($0)'?" } ?? ""
  }
}
