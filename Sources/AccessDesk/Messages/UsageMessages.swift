internal import CompanyAccess

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
    case .missingScope:
      "where may the operator work? say --everything, --scope ORGANIZATION or --company COMPANY"
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

  // MARK: - What a value must be

  static func wholeNumber(in range: ClosedRange<Int>) -> String {
    range.upperBound == .max
      ? "a whole number from \(range.lowerBound)"
      : "a whole number from \(range.lowerBound) to \(range.upperBound)"
  }

  static let folder = "a folder that is there"
  static let span = "a number of hours, days or weeks, such as 12h, 3d or 2w"
  static let changeNumber = "the number of a change"
  static let numberOrShare = "a whole number, or a share from 0% to 100%"

  static func valueName(of option: String) -> String { "the value of \(option)" }
  static func wordName(_ number: Int) -> String { "word \(number) of the call" }
}
