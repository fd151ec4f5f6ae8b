internal import CompanyAccess

/// Finds the user, or company, that a word of a command means, also a deleted one that only the
/// record still knows.
struct NameLookup<ID: Hashable & CustomStringConvertible> {
  typealias Found = (id: ID, name: String)

  /// One that is there at a moment.
  fileprivate let existing: (AccessStore, String, Moment) throws(AccessError) -> Found
  /// Deletions on the record.
  fileprivate let deletions: (AccessStore, String) throws(AccessError) -> [ChangedEntity]
  fileprivate let kind: EntityKind
  fileprivate let id: (ChangedEntity.ID) -> ID?
  /// The error for a word that means several deleted ones.
  fileprivate let several: (String, [Found]) -> AccessError

  /// The one that a text means at a moment, or else the deleted one, or the one that had that name
  /// before it got another.
  ///
  /// - Throws: `.noUserNamed` or `.noCompanyNamed`, `.severalUsersNamed` or
  ///   `.severalCompaniesNamed`, and what the database answers.
  func find(
    _ text: String, in store: AccessStore, at moment: Moment
  ) throws(AccessError) -> Found {
    do throws(AccessError) {
      return try existing(store, text, moment)
    } catch {
      switch error {
      case .noUserNamed, .noCompanyNamed:
        if let found = try deleted(text, in: store) { return found }
        guard let found = try renamed(text, in: store) else { throw error }
        return found
      default: throw error
      }
    }
  }

  /// The only one that is there and once had a name; nil if there is none.
  private func renamed(_ name: String, in store: AccessStore) throws(AccessError) -> Found? {
    let found = try store.namesakes(kind, named: name).filter { $0.nameNow != nil }
    guard found.count == 1, let id = id(found[0].id) else { return nil }
    return (id, found[0].nameNow ?? name)
  }

  /// The only deleted one that a text can mean; nil if there is none.
  func deleted(_ text: String, in store: AccessStore) throws(AccessError) -> Found? {
    let isID = text.utf8.starts(with: "id:".utf8)
    let name = isID ? String(text.unicodeScalars.dropFirst(3)) : text
    var found: [Found] = []
    for entity in try deletions(store, name) {
      guard let id = id(entity.id), !found.contains(where: { $0.id == id }) else { continue }
      found.append((id, entity.name ?? id.description))
    }
    if found.count > 1 { throw several(text, found) }
    return found.first
  }
}

extension NameLookup<UserID> {
  static var users: Self {
    NameLookup(
      existing: { (store, text, moment) throws(AccessError) in
        let user = try store.user(named: text, at: moment)
        return (user.id, user.username)
      },
      deletions: { (store, text) throws(AccessError) in try store.deletedUsers(named: text) },
      kind: .user, id: { if case .user(let id) = $0 { id } else { nil } },
      several: { text, found in
        .severalUsersNamed(
          text,
          found.map {
            User(
              id: $0.id, username: $0.name, fullName: nil, email: nil, role: nil, isActive: false)
          })
      })
  }
}

extension NameLookup<CompanyID> {
  static var companies: Self {
    NameLookup(
      existing: { (store, text, moment) throws(AccessError) in
        let company = try store.company(named: text, at: moment)
        return (company.id, company.name)
      },
      deletions: { (store, text) throws(AccessError) in try store.deletedCompanies(named: text) },
      kind: .company, id: { if case .company(let id) = $0 { id } else { nil } },
      several: { text, found in
        .severalCompaniesNamed(
          text, found.map { Company(id: $0.id, name: $0.name, code: nil, isActive: false) })
      })
  }
}
