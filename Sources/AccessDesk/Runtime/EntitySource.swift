internal import CompanyAccess

/// The functions of the library that read users, or those that read companies.
struct EntitySource: Sendable {
  typealias Reading = (store: AccessStore, moment: Moment, work: Work)

  let page: @Sendable (EntityQuery, PageRequest, Int, Reading) throws(AccessError) -> Page<Entity>
  let count: @Sendable (EntityQuery, Reading) throws(AccessError) -> Int
  let one: @Sendable (EntityID, Reading) throws(AccessError) -> Entity?
  let lookAlikes: @Sendable (Reading) throws(AccessError) -> Set<EntityID>

  static let users = EntitySource(
    page: { query, request, limit, from throws(AccessError) in
      let (users, store) = (query.users, from.store)
      guard case .holding(.user(let id)) = request else {
        return try store.users(
          users, request.anchor, limit: limit, at: from.moment, work: from.work
        ).mapped { Entity($0) }
      }
      return try store.users(users, holding: id, limit: limit, at: from.moment, work: from.work)
        .mapped { Entity($0) }
    },
    count: { query, from throws(AccessError) in
      try from.store.count(query.users, at: from.moment, work: from.work)
    },
    one: { id, from throws(AccessError) in
      guard let id = id.user else { return nil }
      return try from.store.user(id, at: from.moment).map { Entity($0) }
    },
    lookAlikes: { from throws(AccessError) in
      Set(try from.store.lookAlikeUsers(work: from.work).map { .user($0) })
    })

  static let companies = EntitySource(
    page: { query, request, limit, from throws(AccessError) in
      let (companies, store) = (query.companies, from.store)
      guard case .holding(.company(let id)) = request else {
        return try store.companies(
          companies, request.anchor, limit: limit, at: from.moment, work: from.work
        ).mapped { Entity($0) }
      }
      return try store.companies(
        companies, holding: id, limit: limit, at: from.moment, work: from.work
      ).mapped { Entity($0) }
    },
    count: { query, from throws(AccessError) in
      try from.store.count(query.companies, at: from.moment, work: from.work)
    },
    one: { id, from throws(AccessError) in
      guard let id = id.company else { return nil }
      return try from.store.company(id, at: from.moment).map { Entity($0) }
    },
    lookAlikes: { from throws(AccessError) in
      Set(try from.store.lookAlikeCompanies(work: from.work).map { .company($0) })
    })
}

extension EntityQuery {
  /// The same for the functions that read users.
  var users: UserQuery {
    var query = UserQuery()
    (query.search, query.findsPartsOfIDs) = (search, findsPartsOfIDs)
    (query.company, query.relation) = (subject?.company, relation)
    (query.access, query.activity) = (preset.presence, preset.activity)
    if case .users(let sort) = sort { query.sort = sort }
    query.descending = descending
    query.among = among?.map(\.users)
    query.holding = holding
    return query
  }

  /// The same for the functions that read companies.
  var companies: CompanyQuery {
    var query = CompanyQuery()
    (query.search, query.findsPartsOfIDs) = (search, findsPartsOfIDs)
    (query.user, query.relation) = (subject?.user, relation)
    (query.users, query.activity) = (preset.presence, preset.activity)
    if case .companies(let sort) = sort { query.sort = sort }
    query.descending = descending
    query.among = among?.map(\.companies)
    // The companies of a user are shown without their numbers of users.
    query.countsUsers = subject == nil && countsGrants
    return query
  }
}

extension EntitySelection {
  fileprivate func of<Key, Other>(
    _ id: (EntityID) -> Key?, _ query: (EntityQuery) -> Other
  ) -> Selection<Key, Other> {
    switch self {
    case .these(let ids): .these(ids.compactMap(id))
    case .matching(let all, let except): .matching(query(all), except: except.compactMap(id))
    }
  }
}

extension EntitySelection {
  /// The same for the functions that read or write users.
  var users: UserSelection { of(\.user, \.users) }

  /// The same for the functions that read or write companies.
  var companies: CompanySelection { of(\.company, \.companies) }
}

extension EntityID {
  var user: UserID? { if case .user(let id) = self { id } else { nil } }
  var company: CompanyID? { if case .company(let id) = self { id } else { nil } }
}

extension Intent {
  /// Grants or revokes some rows to or from one user or company.
  static func change(
    _ purpose: TickPurpose, _ subject: EntityID, _ rows: EntitySelection
  ) -> Intent {
    let one = EntitySelection.these([subject])
    let (users, companies) = subject.kind == .user ? (one, rows) : (rows, one)
    return purpose == .grant
      ? .grant(users.users, companies.companies) : .revoke(users.users, companies.companies)
  }
}

extension Page {
  /// The same page of other rows.
  fileprivate func mapped<Other>(_ change: (Row) -> Other) -> Page<Other> {
    Page<Other>(
      rows: rows.map(change), start: start, end: end, hasEarlier: hasEarlier, hasLater: hasLater)
  }
}
