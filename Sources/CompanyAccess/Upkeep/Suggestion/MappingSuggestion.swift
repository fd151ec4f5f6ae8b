/// A mapping that a database suggests, with the reasons, what else was possible and what to ask.
public struct MappingSuggestion: Hashable, Sendable {
  /// What kind of mapping it is.
  public enum Answer: String, Hashable, Sendable, CaseIterable {
    /// A table of the application says who may enter which company.
    case access
    /// The application knows only one company for each user.
    case home
    /// Users come to companies through rows of another table, such as teams.
    case through
    /// There is nothing that a mapping could be made of.
    case none
  }

  /// What kind of mapping it is.
  public let answer: Answer
  /// The mapping as a document that is still to be written; nil if there is none.
  package let document: SuggestedNode?
  /// The tables that were chosen.
  public let chosen: [SuggestedTable]
  /// What else was possible, and what looks so but was not chosen.
  public let alternatives: [SuggestedTable]
  /// What the tables do not show.
  public let questions: [SuggestionQuestion]

  /// The mapping as JSON, as `--mapping` reads it; nil if there is none.
  public var mapping: String? { document?.text }

  /// The names of the tables that were chosen, in the order of their parts.
  var tables: [String] { chosen.map { "\($0.part.rawValue) \($0.table)" } }

  /// The table that was chosen for a part; nil if none was.
  ///
  /// - Parameter part: What the table is for.
  /// - Returns: The table.
  public func table(for part: SuggestedTable.Part) -> SuggestedTable? {
    chosen.first { $0.part == part }
  }
}

/// A table in a suggestion.
public struct SuggestedTable: Hashable, Sendable {
  /// What the table is for.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    case users
    case companies
    case home
    /// The table of which each row belongs to one company and has users.
    case through
    case access
  }

  /// What the table is for.
  public let part: Part
  /// Its name.
  public let table: String
  /// Its columns, as the mapping calls them and as the database does.
  public let columns: [SuggestedColumn]
  /// Why, the weightiest first.
  public let reasons: [SuggestionReason]

  /// The name of a column; nil if it has none for this.
  ///
  /// - Parameter purpose: What the mapping calls it.
  /// - Returns: The name.
  public func column(_ purpose: String) -> String? {
    columns.first { $0.purpose == purpose }?.column
  }
}

/// A column in a suggestion.
public struct SuggestedColumn: Hashable, Sendable {
  /// What the mapping calls it, such as `key`.
  public let purpose: String
  /// Its name.
  public let column: String

  init(_ purpose: String, _ column: String) {
    self.purpose = purpose
    self.column = column
  }
}

/// What has to be asked, because the tables do not show it.
public enum SuggestionQuestion: Hashable, Sendable {
  /// The choice may be wrong: look at the rows of this table, and at the other one.
  case pleaseCheck(table: String, other: String?)
  /// A new row gets this value, which may give more or less than is meant.
  case valueOfNewRow(column: String, value: String)
  /// The database would give a new row this value, which may give more than is meant.
  case defaultMayBeWrong(column: String, value: String)
  /// Which value a row of this company or user needs here only the application knows.
  case valueOnlyApplicationKnows(column: String)
  /// Another column refers to users: who did something, or who belongs?
  case secondUser(column: String)
  /// A row counts only if this column says so.
  case rowEnds(column: String)
  /// A row counts only for a while.
  case rowExpires(column: String)
  /// Rows of one table are of several types, of which some may not be meant.
  case types(table: String, column: String, values: [String])
  /// The values that tell users from companies were guessed.
  case typesGuessed(column: String)
  /// One pair can have several rows.
  case severalRows
  /// Rows of another table hang on rows of the access table.
  case companions(tables: [String])
  /// The application may keep who may enter what in its memory.
  case caches
  /// The company at which a user looks is kept here, and may be one that is taken away.
  case sessionCompany(table: String, column: String)
  /// The home company is kept here: must it be granted as well, and what does NULL mean?
  case homeCompany(table: String, column: String, mayBeNull: Bool)
  /// The application reads only this; grants of other companies let no user in.
  case onlyHome(table: String, column: String)
  /// Which team or role of a company a user is to get only the application knows.
  case through(table: String)
  /// Users and companies belong to rows of the same table, which no grant may cross.
  case scope(user: String, company: String)
  /// A name or an address of users is in another table.
  case elsewhere(what: String, table: String)
  /// Companies have no column with a name.
  case unnamedCompanies(column: String)
}
