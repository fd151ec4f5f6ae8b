package import CompanyAccess

/// What is ticked for what: companies for a user, or users for a company.
package protocol TickKind: Sendable {
  associatedtype List: ListKind
  /// Whom or what the ticked rows are added to or taken from.
  associatedtype Subject: Identifiable & Hashable & Sendable

  /// What the ticked rows are: `companies` or `users`.
  static var plural: String { get }

  /// The rows to tick from, as they stand to the subject.
  static func query(for subject: Subject, _ relation: Relation) -> List.Query
  /// The rows that the subject lacks among those that a query finds.
  static func lacking(_ query: List.Query) -> List.Query
  static func standing(of row: List.Row) -> GrantInfo?
  static func name(of row: List.Row) -> String
  static func pair(_ subject: Subject, _ row: List.Row) -> (User, Company)
  /// Asks whether the subject is still there.
  static func question(about subject: Subject) -> Question
  /// What an answer says of the subject: nil if it says nothing of it, `.some(nil)` if it is gone.
  static func subject(in answer: Answer) -> Subject??
  static func selections(
    _ subject: Subject, _ rows: Selection<List.Row.ID, List.Query>
  ) -> (UserSelection, CompanySelection)
  static func words(for subject: Subject) -> TickWords
}

/// What a tick screen says.
package struct TickWords: Sendable {
  /// The heading for adding and for removing, before the subject's name.
  let adding: String
  let removing: String
  let subject: String
  /// Why a row can't be ticked, after its name.
  let held: String
  let nothingToAdd: String
  let nothingToRemove: String
}

/// Companies, ticked for a user.
package enum CompaniesForUser: TickKind {
  package typealias List = CompanyList
  package static let plural = "companies"

  package static func query(for user: User, _ relation: Relation) -> CompanyQuery {
    var query = CompanyQuery()
    query.user = user.id
    query.relation = relation
    return query
  }

  package static func lacking(_ query: CompanyQuery) -> CompanyQuery {
    var query = query
    query.relation = .lacking
    return query
  }

  package static func standing(of row: CompanySummary) -> GrantInfo? { row.standing }
  package static func name(of row: CompanySummary) -> String { row.company.name }
  package static func pair(_ user: User, _ row: CompanySummary) -> (User, Company) {
    (user, row.company)
  }
  package static func question(about user: User) -> Question { .user(user.id) }

  package static func subject(in answer: Answer) -> User?? {
    if case .user(let summary) = answer { .some(summary?.user) } else { nil }
  }

  package static func selections(
    _ user: User, _ rows: CompanySelection
  ) -> (UserSelection, CompanySelection) { (.these([user.id]), rows) }

  package static func words(for user: User) -> TickWords {
    TickWords(
      adding: "Add companies to", removing: "Remove companies from",
      subject: Messages.heading(user),
      held: "\(user.username) has it already",
      nothingToAdd: "There are no companies that \(user.username) could be given.",
      nothingToRemove: "\(user.username) may enter no company: there is nothing to remove.")
  }
}

/// Users, ticked for a company.
package enum UsersForCompany: TickKind {
  package typealias List = UserList
  package static let plural = "users"

  package static func query(for company: Company, _ relation: Relation) -> UserQuery {
    var query = UserQuery()
    query.company = company.id
    query.relation = relation
    return query
  }

  package static func lacking(_ query: UserQuery) -> UserQuery {
    var query = query
    query.relation = .lacking
    return query
  }

  package static func standing(of row: UserSummary) -> GrantInfo? { row.standing }
  package static func name(of row: UserSummary) -> String { row.user.username }
  package static func pair(_ company: Company, _ row: UserSummary) -> (User, Company) {
    (row.user, company)
  }
  package static func question(about company: Company) -> Question { .company(company.id) }

  package static func subject(in answer: Answer) -> Company?? {
    if case .company(let summary) = answer { .some(summary?.company) } else { nil }
  }

  package static func selections(
    _ company: Company, _ rows: UserSelection
  ) -> (UserSelection, CompanySelection) { (rows, .these([company.id])) }

  package static func words(for company: Company) -> TickWords {
    TickWords(
      adding: "Add users to", removing: "Remove users from", subject: Messages.name(company),
      held: "may enter \(company.name) already",
      nothingToAdd: "There are no users who could be given \(company.name).",
      nothingToRemove: "No user may enter \(company.name): there is nothing to remove.")
  }
}
