internal import CompanyAccess

/// Names of users and companies that may be deleted: the record knows them still.
extension AccessStore {
  /// The user that a text means at a moment, or else the deleted one.
  func anyUser(
    named text: String, at moment: Moment = .now
  ) throws(AccessError) -> (id: UserID, name: String) {
    do {
      let user = try user(named: text, at: moment)
      return (user.id, user.username)
    } catch .noUserNamed(let name, let similar) {
      guard let user = try deletedUser(named: text) else {
        throw .noUserNamed(name, similar: similar)
      }
      return (user.id, user.username)
    }
  }

  /// The only deleted user whom a text can mean; nil if there is none.
  func deletedUser(named text: String) throws(AccessError) -> User? {
    var found: [User] = []
    for entity in try deletedUsers(named: AccessStore.withoutMark(text)) {
      guard case .user(let id) = entity.id, !found.contains(where: { $0.id == id }) else {
        continue
      }
      found.append(
        User(
          id: id, username: entity.name ?? id.description, fullName: nil, email: nil, role: nil,
          isActive: false))
    }
    if found.count > 1 { throw .severalUsersNamed(text, found) }
    return found.first
  }

  /// The company that a text means at a moment, or else the deleted one.
  func anyCompany(
    named text: String, at moment: Moment = .now
  ) throws(AccessError) -> (id: CompanyID, name: String) {
    do {
      let company = try company(named: text, at: moment)
      return (company.id, company.name)
    } catch .noCompanyNamed(let name, let similar) {
      var found: [Company] = []
      for entity in try deletedCompanies(named: AccessStore.withoutMark(text)) {
        guard case .company(let id) = entity.id, !found.contains(where: { $0.id == id }) else {
          continue
        }
        found.append(
          Company(id: id, name: entity.name ?? id.description, code: nil, isActive: false))
      }
      if found.count > 1 { throw .severalCompaniesNamed(name, found) }
      guard let company = found.first else { throw .noCompanyNamed(name, similar: similar) }
      return (company.id, company.name)
    }
  }

  /// The text without `id:` in front.
  private static func withoutMark(_ text: String) -> String {
    text.utf8.starts(with: "id:".utf8) ? String(text.unicodeScalars.dropFirst(3)) : text
  }
}
