internal import CompanyAccess
internal import TerminalUI

/// What is said about a mapping that a database suggests, at the desk and by the command.
enum SuggestionMessages {
  /// What was found, in one sentence; of another suggestion than the likeliest, what may be.
  static func answer(_ suggestion: MappingSuggestion, isLikeliest: Bool = true) -> String {
    func table(_ part: SuggestedTable.Part) -> String {
      suggestion.table(for: part)?.table ?? ""
    }
    switch suggestion.answer {
    case .access:
      return isLikeliest
        ? "the access table is probably \(table(.access))"
        : "the access table is perhaps \(table(.access))"
    case .home:
      return "no access table was found: \(table(.home)) names one company for each user"
    case .through:
      return "no table holds a user and a company: users come to \(table(.companies)) through "
        + "rows of \(table(.through)), for which there is no mapping"
    case .none: return "nothing was found that says which user may enter which company"
    }
  }

  /// The word for what a table is for.
  static func part(_ part: SuggestedTable.Part) -> String {
    switch part {
    case .users: "users"
    case .companies: "companies"
    case .home: "home company"
    case .through: "through"
    case .access: "access table"
    }
  }

  /// A table with its columns.
  static func table(_ table: SuggestedTable) -> String {
    guard !table.columns.isEmpty else { return table.table }
    return "\(table.table) (\(columns(table)))"
  }

  /// The columns, each behind the word that the mapping has for it.
  static func columns(_ table: SuggestedTable) -> String {
    table.columns.map { column in
      column.purpose == column.column ? column.column : "\(column.purpose) \(column.column)"
    }.joined(separator: ", ")
  }

  /// Why, in one sentence; empty if there is nothing to say.
  static func reasons(_ table: SuggestedTable) -> String {
    table.reasons.map(words).joined(separator: "; ")
  }

  static let alternatives = "also possible, or only alike"
  static let questions = "please check, and ask people who know the application:"
  static let mapping = "the mapping:"

  /// Where the mapping was written, and what to do with it.
  static func written(_ path: String) -> String {
    "the mapping is in \(path); when it is right: adopt --mapping \(path) --dry-run"
  }

  // MARK: - At the desk

  static func heading(_ number: Int, of count: Int) -> String {
    "Not a known application. Suggested mapping \(number) of \(count)"
  }

  static let first = "This is the likeliest suggestion."
  static let last = "There is no other suggestion."
  static let noMapping = "There is no mapping for this."
  static let nothingIsDone: DisplayText =
    "Enter shows what would be added; nothing is changed before you say so."

  /// A line about a suggestion.
  struct Line: Hashable, Sendable {
    var text: String
    /// What stands before the first line of it; as many blanks stand before the others.
    var lead = ""
    var isTitle = false
  }

  /// What is suggested, why, what else there is, and what has to be asked.
  static func lines(_ suggestion: MappingSuggestion, isLikeliest: Bool) -> [Line] {
    let answer = answer(suggestion, isLikeliest: isLikeliest)
    var lines = [Line(text: Messages.capitalized(answer) + ".", isTitle: true)]
    for table in suggestion.chosen { lines += about(table) }
    if !suggestion.questions.isEmpty {
      lines.append(Line(text: Messages.capitalized(questions), isTitle: true))
      lines += suggestion.questions.map { Line(text: words($0), lead: "  - ") }
    }
    if !suggestion.alternatives.isEmpty {
      lines.append(Line(text: Messages.capitalized(alternatives) + ":", isTitle: true))
      for table in suggestion.alternatives { lines += about(table) }
    }
    return lines
  }

  private static func about(_ table: SuggestedTable) -> [Line] {
    let reasons = reasons(table)
    return [Line(text: "\(part(table.part)): \(self.table(table))", lead: "  ")]
      + (reasons.isEmpty ? [] : [Line(text: reasons, lead: "    ")])
  }

  static let nothingToWrite = "there is no mapping to write"

  // MARK: - Reasons

  static func words(_ reason: SuggestionReason) -> String {
    switch reason {
    case .name(let word): "its name says \(word)"
    case .people(let columns): "it has columns of persons: \(list(columns))"
    case .referredTo(let tables):
      "\(Digits.counted(tables, "table refers", "tables refer")) to it"
    case .named(let column): "it has names, in \(column)"
    case .unnamed: "it has no column with a name"
    case .partOf(let table, let column): "its rows belong to rows of \(table), by \(column)"
    case .trading(let columns): "it tells customers from suppliers, by \(list(columns))"
    case .pair(let user, let company, let isDeclared):
      "its columns \(user) and \(company) refer to both" + (isDeclared ? "" : ", by their names")
    case .unique(let columns): "\(list(columns)) are unique"
    case .notUnique: "nothing keeps a pair from having several rows"
    case .namedAfterBoth: "it is named after both"
    case .membership(let word): "its name says \(word)"
    case .otherPurpose(let word): "its name says that it is about something else: \(word)"
    case .further(let column, let table): "it refers to \(table) as well, by \(column)"
    case .polymorphic(let column): "what it refers to depends on \(column)"
    case .contents(let columns): "it has contents of its own: \(list(columns))"
    case .role(let column): "it has a role or right, in \(column)"
    case .rows(let count): "it has \(Digits.counted(count, "row", "rows"))"
    case .empty: "it has no rows"
    case .sameApplication(let start): "its name begins as that of the users' table: \(start)"
    case .onePerUser(let column): "\(column) is unique: it has one row for each user"
    case .otherKeys(let column): "most values of \(column) are no keys of the table that it names"
    case .right(let word): "it is about what users may do, not where: \(word)"
    }
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }

  // MARK: - Questions

  static func words(_ question: SuggestionQuestion) -> String {
    switch question {
    case .pleaseCheck(let table, let other):
      "please check that the rows of \(table) say who may enter which company"
        + (other.map { ", and not those of \($0)" } ?? "")
    case .valueOfNewRow(let column, let value):
      "a new row gets \(column) = \(value.isEmpty ? "an empty text" : value): is that the least "
        + "right that is meant?"
    case .defaultMayBeWrong(let column, let value):
      "\(column) has the default \(value): does a row with it give what is meant, no more and no "
        + "less? Add the right value under new"
    case .valueOnlyApplicationKnows(let column):
      "only the application knows what \(column) of a new row must be"
    case .secondUser(let column):
      "\(column) refers to a user too, as if to one who did something: is it the one who belongs?"
    case .rowEnds(let column): "does a row count with every value of \(column)?"
    case .rowExpires(let column):
      "a row may stop to count by itself, by \(column), which this program does not see"
    case .types(let table, let column, let values):
      "the rows of \(table) are of several types, by \(column)"
        + (values.isEmpty ? "" : " (\(list(values)))") + ": are all meant? Else add only"
    case .typesGuessed(let column):
      "the values of \(column) that tell users from companies were guessed"
    case .severalRows: "a pair may have several rows; a revocation ends all of them"
    case .companions(let tables):
      "rows of \(list(tables)) hang on rows of the access table: does a new row need one there, "
        + "and what becomes of them when it goes?"
    case .caches:
      "does the application keep in its memory who may enter what, so that a change is seen late?"
    case .sessionCompany(let table, let column):
      "\(table).\(column) is the company at which a user looks, not a right: what does the "
        + "application do when that company is revoked?"
    case .homeCompany(let table, let column, let mayBeNull):
      "must the company of \(table).\(column) stay granted, or is it granted without a row?"
        + (mayBeNull ? " And what does NULL there mean: no company, or all?" : "")
    case .onlyHome(let table, let column):
      "the application reads only \(table).\(column): an access table beside it is read by no "
        + "application until it is changed to"
    case .through(let table): "which row of \(table) a user is to get only the application knows"
    case .scope(let user, let company):
      "no grant may cross \(user) of users and \(company) of companies: is that so?"
    case .elsewhere(let what, let table): "the \(what) of users is in \(table), several for a user"
    case .unnamedCompanies(let column):
      "the companies have no column with a name; \(column) stands for it"
    }
  }
}
