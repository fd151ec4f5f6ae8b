package import CompanyAccess

/// A user or a company as the desk shows it: as a row of a list, or as what a screen is about.
package struct Entity: Identifiable, Hashable, Sendable {
  package let id: EntityID
  /// The name by which it is known: the username, or the name of the company.
  package let name: String
  var fullName: String?
  var email: String?
  var role: String?
  var code: String?
  package let isActive: Bool
  /// The number of its companies, or of its users.
  var grants = 0
  /// The grant for the subject of the list; nil without a subject, or without a grant.
  var standing: GrantInfo?

  init(_ user: User) {
    (id, name, isActive) = (.user(user.id), user.username, user.isActive)
    (fullName, email, role) = (user.fullName, user.email, user.role)
  }

  init(_ company: Company) {
    (id, name, isActive) = (.company(company.id), company.name, company.isActive)
    code = company.code
  }

  init(_ row: UserSummary) {
    self.init(row.user)
    (grants, standing) = (row.companies, row.standing)
  }

  init(_ row: CompanySummary) {
    self.init(row.company)
    (grants, standing) = (row.users, row.standing)
  }

  var kind: EntityKind { id.kind }
  var words: EntityWords { EntityDescription.of(kind).words }
}

/// Which users or companies a list shows, and in which order.
package struct EntityQuery: Hashable, Sendable {
  package let kind: EntityKind
  package var search = ""
  /// Whether a part of a UUID finds its row.
  package var findsPartsOfIDs = true
  /// The user or company whose grants the list is about, if any.
  package var subject: EntityID?
  /// How the rows stand to the subject.
  package var relation = Relation.holding
  package var preset: ListPreset
  package var sort: EntitySort
  package var descending = false
  /// Whether the rows say how many grants each has, where that is much work.
  package var countsGrants = true
  /// Only users with so many companies; nil for all.
  package var holding: ClosedRange<Int>?
  /// Only rows that one of these picks; nil for all.
  package var among: [EntitySelection]?

  package init(_ kind: EntityKind, _ preset: ListPreset = .everything) {
    self.kind = kind
    self.preset = preset
    sort = EntityDescription.of(kind).sorts[0]
  }

  /// What is granted to a subject, lacking to it, or both.
  init(about subject: EntityID, _ relation: Relation = .holding) {
    self.init(subject.kind.partner)
    self.subject = subject
    self.relation = relation
  }

  /// What the list is of.
  package var description: EntityDescription { .of(kind) }

  /// The same in the next order; numbers and times begin with the largest.
  mutating func sortByNext() {
    var keys = description.sorts
    if subject != nil, relation != .lacking { keys.append(description.sortByTime) }
    let place = keys.firstIndex(of: sort).map { ($0 + 1) % keys.count } ?? 0
    sort = keys[place]
    descending = sort == description.sortByGrants || sort == description.sortByTime
  }
}

extension EntityQuery {
  /// The same sorted by the shown column beside the one of the present order.
  mutating func sort(by step: Int, _ facts: MappingFacts) {
    let keys = columns(facts).compactMap(\.sort)
    guard !keys.isEmpty else { return }
    let place = keys.firstIndex(of: sort) ?? (step > 0 ? -1 : keys.count)
    sort = keys[(place + step + keys.count) % keys.count]
    descending = sort == description.sortByGrants || sort == description.sortByTime
  }
}

/// What a list of users or companies is sorted by.
package enum EntitySort: Hashable, Sendable {
  case users(UserSort)
  case companies(CompanySort)
}

/// The order of a list.
package struct ListOrder: Hashable, Sendable {
  let sort: EntitySort
  let descending: Bool
}

/// Some users, or some companies.
package typealias EntitySelection = Selection<EntityID, EntityQuery>

extension EntityKind {
  /// The kind at the other end of a grant.
  var partner: EntityKind {
    switch self {
    case .user: .company
    case .company: .user
    }
  }
}
