package import CompanyAccess
package import TerminalUI

/// What a list needs to know of the rows that it shows: how to ask for, sort and
/// show them.
package protocol ListKind: Sendable {
  associatedtype Row: Identifiable & Hashable & Sendable where Row.ID: Sendable
  associatedtype Query: Hashable & Sendable

  static func page(_ query: Query, _ wish: PageRequest<Row.ID>, limit: Int) -> Question
  static func count(_ query: Query) -> Question
  /// The page in an answer, if the answer holds one.
  static func page(in answer: Answer) -> Page<Row>?
  /// What is asked to know which names look like others.
  static var lookAlikes: Question { get }
  /// The rows whose names do; nil if that was not asked.
  static func lookAlikes(_ desk: DeskState) -> Set<Row.ID>?
  /// Makes the filter of a text; a part of a UUID finds its row only where that is shown.
  static func setSearch(_ text: String, in query: inout Query, showsIDs: Bool)
  /// The id that was typed into the filter, if the text can be one.
  static func id(typed text: String) -> Row.ID?
  static func sortByNext(_ query: inout Query)
  static func reverse(_ query: inout Query)
  static func columns(_ query: Query, _ facts: MappingFacts) -> [TableColumn]
  /// The indexes of columns of which the application knows nothing.
  static func unknownColumns(_ facts: MappingFacts) -> Set<Int>
  /// The index of the column by which a row is known.
  static var nameColumn: Int { get }
  /// The cells of a row, and what the row means.
  static func cells(_ row: Row, _ query: Query) -> (cells: [DisplayText], role: Role)
}

extension ListKind {
  /// Whether the ids are among the columns that a window of this width has room for.
  static func showsIDs(_ query: Query, _ facts: MappingFacts, width: Int) -> Bool {
    let unknown = unknownColumns(facts)
    let all = columns(query, facts)
    let known = all.indices.filter { !unknown.contains($0) }.map { all[$0] }
    return TableColumn.layout(known, width: width).contains { known[$0.index].title == "Id" }
  }
}

/// A list of users.
package enum UserList: ListKind {
  package static func page(
    _ query: UserQuery, _ wish: PageRequest<UserID>, limit: Int
  ) -> Question { .users(query, wish, limit: limit) }

  package static func count(_ query: UserQuery) -> Question { .userCount(query) }

  package static func page(in answer: Answer) -> Page<UserSummary>? {
    if case .users(let page) = answer { page } else { nil }
  }

  package static var lookAlikes: Question { .lookAlikeUsers }
  package static func lookAlikes(_ desk: DeskState) -> Set<UserID>? { desk.lookAlikeUsers }

  package static func setSearch(_ text: String, in query: inout UserQuery, showsIDs: Bool) {
    (query.search, query.findsPartsOfIDs) = (text, showsIDs)
  }

  package static func id(typed text: String) -> UserID? { Int64(text).map { UserID($0) } }

  package static func sortByNext(_ query: inout UserQuery) {
    var keys: [UserSort] = [.username, .name, .role, .status, .companies, .id]
    if query.company != nil, query.relation != .lacking { keys.append(.granted) }
    query.sort = next(after: query.sort, in: keys)
    query.descending = query.sort == .companies || query.sort == .granted
  }

  package static func reverse(_ query: inout UserQuery) { query.descending.toggle() }
}

/// A list of companies.
package enum CompanyList: ListKind {
  package static func page(
    _ query: CompanyQuery, _ wish: PageRequest<CompanyID>, limit: Int
  ) -> Question {
    // The companies of a user are shown without their numbers of users.
    var query = query
    query.countsUsers = query.user == nil
    return .companies(query, wish, limit: limit)
  }

  package static func count(_ query: CompanyQuery) -> Question { .companyCount(query) }

  package static func page(in answer: Answer) -> Page<CompanySummary>? {
    if case .companies(let page) = answer { page } else { nil }
  }

  package static var lookAlikes: Question { .lookAlikeCompanies }
  package static func lookAlikes(_ desk: DeskState) -> Set<CompanyID>? { desk.lookAlikeCompanies }

  package static func setSearch(_ text: String, in query: inout CompanyQuery, showsIDs: Bool) {
    (query.search, query.findsPartsOfIDs) = (text, showsIDs)
  }

  package static func id(typed text: String) -> CompanyID? { nil }

  package static func sortByNext(_ query: inout CompanyQuery) {
    var keys: [CompanySort] = [.name, .code, .status, .users]
    if query.user != nil, query.relation != .lacking { keys.append(.granted) }
    query.sort = next(after: query.sort, in: keys)
    query.descending = query.sort == .users || query.sort == .granted
  }

  package static func reverse(_ query: inout CompanyQuery) { query.descending.toggle() }
}

private func next<Key: Equatable>(after key: Key, in keys: [Key]) -> Key {
  let place = keys.firstIndex(of: key).map { ($0 + 1) % keys.count } ?? 0
  return keys[place]
}
