/// Something in a file that keeps it from being imported.
public struct ImportProblem: Hashable, Sendable {
  /// The line in which it stands, from 1.
  public let line: Int
  /// What it is.
  public let kind: Kind

  /// What can be wrong with a file.
  public enum Kind: Hashable, Sendable {
    /// There is nothing in the file.
    case empty
    /// The header lacks a column.
    case missingColumn(String, found: [String])
    /// The header has a column twice.
    case repeatedColumn(String)
    /// A line has more or fewer cells than the header.
    case wrongNumberOfCells(Int, expected: Int)
    /// A quote is opened in this line and never closed.
    case openQuote
    /// Text follows a closing quote.
    case textAfterQuote
    /// Bytes that are no UTF-8.
    case notUTF8
    /// Text in UTF-16, which spreadsheets call Unicode text.
    case utf16
    /// A NUL character.
    case nul
    /// A line longer than this number of bytes.
    case tooLong(Int)
    /// The file is no JSON, for this reason.
    case notJSON(String)
    /// The JSON does not hold what is expected.
    case unexpectedJSON(String)
    /// A cell that must not be empty.
    case emptyCell(String)
    /// No user of this name; these have similar ones.
    case unknownUser(String, similar: [User])
    /// No company of this name or code; these have similar ones.
    case unknownCompany(String, similar: [Company])
    /// Several users go by this name; ids tell them apart.
    case severalUsers(String, [User])
    /// Several companies go by this name or code; ids tell them apart.
    case severalCompanies(String, [Company])
    /// An id goes with another name than the line has beside it.
    case otherName(EntityKind, id: String, is: String, called: String)
    /// A pair of a user and a company between which there may be no grant.
    case acrossScope(user: String, company: String)
    /// An action that is neither `grant` nor `revoke`.
    case unknownAction(String)
    /// The same pair was to be granted in one line and revoked in another.
    case contradiction(earlier: Int)
    /// A line that is none of the expectations that there are.
    case unknownExpectation(String)
    /// Leaks in the past, of which the record does not tell.
    case leaksOfPast
    /// An answer that is neither `yes` nor `no`.
    case badAnswer(String)
    /// A time that is not one certain time of the past.
    case badTime(TimeTextError)
    /// A text where a number belongs.
    case badFigure(String)
    /// The key of a person stands in an earlier line too.
    case twin(String, earlier: Int)
    /// The key of a person is that of several users.
    case sharedKey(String, [User])
    /// A text that is not one certain day.
    case badDay(String)
    /// None of so many people is a user, by this key.
    case noUserMatches(String, lines: Int)
    /// All of so many people have left.
    case everybodyLeft(Int)
    /// More users have gone than is believed.
    case tooManyGone(Int, of: Int, percent: Int)
    /// A decision is of another date than that of an earlier line.
    case otherDecision(earlier: Int)
    /// A name that cannot be given to a new user or company.
    case badName(String, reason: String)
  }

  init(line: Int, _ kind: Kind) {
    self.line = line
    self.kind = kind
  }
}

/// Why a file was not imported; the database is as before.
public struct ImportError: Error, Hashable, Sendable {
  /// How many problems are kept.
  public static let kept = 20
  /// The first problems, in the order of their lines.
  public let problems: [ImportProblem]
  /// How many there are in all.
  public let count: Int

  init(problems: [ImportProblem], count: Int) {
    self.problems = problems
    self.count = count
  }

  package init(line: Int, _ kind: ImportProblem.Kind) {
    problems = [ImportProblem(line: line, kind)]
    count = 1
  }
}

extension ImportError {
  /// Whether nothing is wrong with the file itself, but it asks for what may not be.
  public var isAcrossScope: Bool {
    problems.allSatisfy { if case .acrossScope = $0.kind { true } else { false } }
  }
}

extension ImportProblem: CustomStringConvertible {
  /// The line and what is wrong with it.
  public var description: String {
    "line \(line): \(kind.words)"
  }

}

extension ImportProblem.Kind {
  /// How a file becomes one that is read.
  private static let saving =
    "save it as UTF-8: \"CSV UTF-8\" in a spreadsheet, or iconv -t UTF-8 -f and what it is now"

  /// What is wrong, without the line.
  var words: String {
    switch self {
    case .empty: "the file is empty; it needs a header such as user,company"
    case .missingColumn(let name, let found):
      "there is no column '\(name)', only: \(found.joined(separator: ", "))"
    case .repeatedColumn(let name): "the column '\(name)' is there twice"
    case .wrongNumberOfCells(let count, let expected):
      "\(count) cells, but the header has \(expected)"
    case .openQuote: "a quote is opened and never closed"
    case .textAfterQuote: "text follows a closing quote"
    case .notUTF8: "the text is not UTF-8, and probably Latin-1; \(ImportProblem.Kind.saving)"
    case .utf16: "the file is UTF-16; \(ImportProblem.Kind.saving)"
    case .nul: "there is a NUL character"
    case .tooLong(let limit): "the line is longer than \(limit) bytes"
    case .notJSON(let reason): "this is no JSON: \(reason)"
    case .unexpectedJSON(let reason): reason
    case .emptyCell(let column): "'\(column)' is empty"
    case .unknownUser(let name, let similar):
      "no user '\(NameInMessage.shown(name))'" + AccessError.similar(similar.map(\.words))
    case .unknownCompany(let name, let similar):
      "no company '\(NameInMessage.shown(name))'" + AccessError.similar(similar.map(\.words))
    case .severalUsers(let name, let users):
      "several users are called '\(NameInMessage.shown(name))'; the column user_id tells which: "
        + AccessError.list(users.map(\.words))
    case .severalCompanies(let name, let companies):
      "several companies are called '\(NameInMessage.shown(name))'; the column company_id tells "
        + "which: " + AccessError.list(companies.map(\.words))
    case .otherName(let kind, let id, let name, let called):
      "\(kind.rawValue)_id \(id) is \(name.isEmpty ? "without a name" : NameInMessage.shown(name)), "
        + "not \(NameInMessage.shown(called))"
    case .acrossScope(let user, let company):
      "'\(user)' and '\(company)' are not of the same organization, which no grant may cross"
    case .unknownAction(let name): "the action is '\(name)', but must be grant or revoke"
    case .unknownExpectation(let text):
      "'\(NameInMessage.shown(text))' is no expectation; write USER, COMPANY, yes or USER, COMPANY, "
        + "no, or one of the lines that help shows"
    case .leaksOfPast:
      "leaks can be looked for now, not in the past: the record does not keep such rows"
    case .badAnswer(let text): "the answer is '\(NameInMessage.shown(text))', but must be yes or no"
    case .badTime(let error): error.description
    case .twin(let key, let earlier): "'\(NameInMessage.shown(key))' stands in line \(earlier) too"
    case .sharedKey(let key, let users):
      "'\(NameInMessage.shown(key))' is the key of several users: "
        + AccessError.list(users.map(\.words))
    case .badDay(let text):
      "'\(NameInMessage.shown(text))' is not one certain day; write 2026-03-31 or 31.03.2026, or say "
        + "by --dates in which order 3/4/2026 is meant"
    case .noUserMatches(let key, let lines):
      "none of \(lines) people is a user by the key '\(key)'; perhaps it is another file or key"
    case .everybodyLeft(let lines): "all of \(lines) people have left; perhaps it is another file"
    case .tooManyGone(let gone, let all, let percent):
      "\(gone) of \(all) users would have gone, more than \(percent) %; perhaps the file is not "
        + "whole; --max-gone allows more"
    case .otherDecision(let earlier):
      "the decision is of another date than that of line \(earlier), and one change has one; import "
        + "the lines of each date by themselves, as leavers --left-on writes them"
    case .badFigure(let text): "'\(NameInMessage.shown(text))' is no number"
    case .contradiction(let earlier): "line \(earlier) says the opposite about the same pair"
    case .badName(let name, let reason): "'\(name)' cannot be created: \(reason)"
    }
  }
}

extension ImportError: CustomStringConvertible {
  /// One line for each kept problem, and the number of the others.
  public var description: String {
    let more = count - problems.count
    return (problems.map(\.description) + (more > 0 ? ["and \(more) more problems"] : []))
      .joined(separator: "\n")
  }
}
