import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// States of the past, compared with a replay of what happened.
@Suite struct ReadingPastTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let changes = SampleChange.all + SampleChange.later
  private static let people = SampleUser.all + [.added]

  /// The sample as its source has it, with the first so many changes made.
  private func replay(_ last: Int, _ now: ReadingModel) -> ReadingModel {
    var model = ReadingModel()
    let changes = Self.changes.prefix(last)
    (model.users, model.companies) = (users(after: changes), companies(after: changes, now))
    let companyIDs = Dictionary(uniqueKeysWithValues: now.companies.map { ($0.code ?? "", $0.id) })
    for (number, change) in zip(Int64(1)..., changes) {
      if let undone = change.undoes {
        for user in model.users {
          model.grants[user.id] = model.grants[user.id]?.filter {
            $0.value.change != ChangeID(undone)
          }
        }
      }
      if case .deletedUser(let name)? = change.event { model.grants[id(of: name)] = nil }
      for user in change.users {
        for company in change.companies {
          guard let company = companyIDs[company] else { continue }
          model.grants[id(of: user), default: [:]][company] =
            change.ends
            ? nil : GrantInfo(grantedAt: Timestamp(stored: change.at), change: ChangeID(number))
        }
      }
    }
    return model
  }

  private func id(of username: String) -> UserID {
    UserID(Int64((Self.people.firstIndex { $0.username == username } ?? -1) + 1))
  }

  private func users(after changes: ArraySlice<SampleChange>) -> [User] {
    var (renamed, deleted): (Set<String>, Set<String>) = ([], [])
    for change in changes {
      if case .renamedUser(let name)? = change.event { renamed.insert(name) }
      if case .deletedUser(let name)? = change.event { deleted.insert(name) }
    }
    let at = changes.last?.at ?? ""
    return Self.people.filter { $0.created < at && !deleted.contains($0.username) }.map { user in
      let earlier = renamed.contains(user.username) ? nil : user.earlier
      let username = earlier?.username ?? user.username
      return User(
        id: id(of: user.username), username: username, fullName: earlier?.fullName ?? user.fullName,
        email: user.fullName.map { _ in "\(username)@example.com" }, role: user.role?.rawValue,
        isActive: user.left == nil)
    }
  }

  private func companies(
    after changes: ArraySlice<SampleChange>, _ now: ReadingModel
  ) -> [Company] {
    var renamed: Set<String> = []
    for change in changes {
      if case .renamedCompany(let code)? = change.event { renamed.insert(code) }
    }
    let at = changes.last?.at ?? ""
    return now.companies.compactMap { company in
      guard let sample = SampleCompany.all.first(where: { $0.code == company.code }),
        sample.created < at
      else { return nil }
      let earlier = renamed.contains(sample.code) ? nil : sample.earlier
      return Company(
        id: company.id, name: earlier ?? sample.name, code: sample.code,
        isActive: sample.closed == nil)
    }
  }

  @Test func ofTheSampleIsItsReplay() throws {
    let path = folder.file("sample.db")
    try AccessStore.create(path, sample: true)
    let store = try AccessStore.open(path)
    let now = try ReadingModel(Connection(path: path, mode: .readOnly))
    for last in 1...Self.changes.count {
      let moment = Moment.after(ChangeID(Int64(last)))
      let model = replay(last, now)
      let about = Comment(rawValue: "after change \(last)")
      for sort in [UserSort.username, .companies, .role] {
        var query = UserQuery()
        query.sort = sort
        #expect(try store.users(query, limit: 99, at: moment).rows == model.list(query), about)
        query.descending = true
        #expect(
          try store.users(query, limit: 9, at: moment).rows == Array(model.list(query).prefix(9)),
          about)
      }
      for relation in [Relation.holding, .lacking, .marked] {
        var users = UserQuery()
        (users.company, users.relation, users.sort) = (now.companies[2].id, relation, .granted)
        #expect(try store.users(users, limit: 99, at: moment).rows == model.list(users), about)
        #expect(try store.count(users, at: moment) == model.list(users).count, about)
        var companies = CompanyQuery()
        (companies.user, companies.relation) = (now.users[8].id, relation)
        companies.sort = .users
        #expect(
          try store.companies(companies, limit: 99, at: moment).rows == model.list(companies),
          about)
      }
      let grants = model.grants.values.reduce(0) { $0 + $1.count }
      #expect(
        try store.coverage(at: moment)
          == Coverage(
            users: model.users.count, companies: model.companies.count, grants: grants,
            permitted: model.users.count * model.companies.count), about)
    }
    let replayed = replay(Self.changes.count, now).grants.filter { !$0.value.isEmpty }
    #expect(replayed == now.grants)
  }

  @Test func ofAChangeThatIsNotOnTheRecordIsRefused() throws {
    try AccessStore.create(folder.file("hrm.db"))
    let store = try AccessStore.open(folder.file("hrm.db"))
    for number in [0, 2, Int64.max] {
      let moment = Moment.after(ChangeID(number))
      #expect(throws: AccessError.noSuchChange(ChangeID(number))) {
        try store.count(UserQuery(), at: moment)
      }
      #expect(throws: AccessError.noSuchChange(ChangeID(number))) {
        try store.statistics(at: moment)
      }
    }
    #expect(try store.count(UserQuery(), at: .after(ChangeID(1))) == 0)
  }

  /// A database in which changes are made by number and other things as another program does.
  private func scripted(_ script: String) throws -> AccessStore {
    let path = folder.file("scripted.db")
    try AccessStore.create(path)
    let connection = try Connection(path: path, mode: .readWrite)
    var number = 1
    try connection.execute("UPDATE company_access_now SET change_id = 1")
    for line in script.split(separator: "\n") {
      if line.hasPrefix("change") {
        number += 1
        // The clock goes back from change to change: only numbers count.
        try connection.execute(
          """
          INSERT INTO company_access_change (id, at, actor, origin, action, added, removed)
          VALUES (?, ?, 'a@b', 'desk', 'edit', 0, 0)
          """, [.count(number), .text("2026-03-\(30 - number) 00:00:00.000")])
        try connection.execute(
          "UPDATE company_access_now SET change_id = ?", [.count(number)])
      } else {
        try connection.execute(String(line).replacing("$now", with: "\(number)"))
      }
    }
    return try AccessStore.open(path)
  }

  private static let user = """
    INSERT INTO hrm_users (id, username, full_name, created_at, modified_at) VALUES
    """.replacing("\n", with: " ")
  private static let company = """
    INSERT INTO hrm_company (id, name, created_at, modified_at) VALUES
    """.replacing("\n", with: " ")
  private static let grant = """
    INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
    VALUES
    """.replacing("\n", with: " ")

  private func usernames(_ store: AccessStore, after change: Int64) throws -> [String] {
    try store.users(UserQuery(), limit: 9, at: .after(ChangeID(change))).rows.map(\.user.username)
  }

  @Test func showsWhoHasGoneSince() throws {
    let store = try scripted(
      """
      \(Self.company) ('c', 'Company', '2026-01-01', '2026-01-01')
      \(Self.user) (7, 'gone', 'Her Name', '2026-01-01', '2026-01-01')
      \(Self.user) (8, 'stays', NULL, '2026-01-01', '2026-01-01')
      change 2
      \(Self.grant) ('g', 7, 'c', '2026-03-28', '2026-03-28')
      change 3
      DELETE FROM hrm_users WHERE id = 7
      change 4
      DELETE FROM hrm_company
      change 5
      """)
    #expect(try usernames(store, after: 2) == ["gone", "stays"])
    #expect(try usernames(store, after: 3) == ["stays"])
    let moment = Moment.after(ChangeID(2))
    let gone = User(
      id: UserID(7), username: "gone", fullName: "Her Name", email: nil, role: nil, isActive: true)
    let company = CompanyID(text: "c")
    let standing = GrantInfo(
      grantedAt: Timestamp(stored: "2026-03-28 00:00:00.000"), change: ChangeID(2))
    #expect(try store.user(UserID(7), at: moment) == UserSummary(user: gone, companies: 1))
    #expect(try store.user(UserID(7), at: .after(ChangeID(3))) == nil)
    #expect(try store.user(UserID(7)) == nil)
    var query = UserQuery()
    query.company = company
    #expect(
      try store.users(query, limit: 9, at: moment).rows
        == [UserSummary(user: gone, companies: 1, standing: standing)])
    query.search = "GON"
    #expect(try store.count(query, at: moment) == 1)
    #expect(try store.mayEnter(UserID(7), company, at: moment))
    #expect(try !store.mayEnter(UserID(7), company, at: .after(ChangeID(3))))
    var companies = CompanyQuery()
    companies.user = UserID(7)
    companies.relation = .marked
    #expect(
      try store.companies(companies, limit: 9, at: moment).rows.map(\.standing) == [standing])
    #expect(try store.company(company, at: .after(ChangeID(3)))?.users == 0)
    #expect(try store.company(company, at: .after(ChangeID(4))) == nil)
    #expect(
      try store.coverage(at: moment)
        == Coverage(users: 2, companies: 1, grants: 1, permitted: 2))
  }

  @Test func tellsApartWhoHadTheSameID() throws {
    let store = try scripted(
      """
      \(Self.user) (7, 'first', NULL, '2026-01-01', '2026-01-01')
      change 2
      DELETE FROM hrm_users WHERE id = 7
      change 3
      change 4
      \(Self.user) (7, 'second', NULL, '2026-01-01', '2026-01-01')
      change 5
      DELETE FROM hrm_users WHERE id = 7
      change 6
      \(Self.user) (7, 'third', NULL, '2027-01-01', '2027-01-01')
      change 7
      UPDATE hrm_users SET full_name = 'x'
      """)
    let expected = [["first"], [], [], ["second"], [], ["third"], ["third"]]
    for (change, names) in zip(Int64(1)..., expected) {
      #expect(try usernames(store, after: change) == names, "after change \(change)")
      #expect(
        try store.count(UserQuery(), at: .after(ChangeID(change))) == names.count,
        "after change \(change)")
    }
  }

  @Test("Times of rows decide nothing of a moment on the record") func timesOfRows() throws {
    let store = try scripted(
      """
      \(Self.company) ('c', 'Company', '2026-01-01', '2026-01-01')
      \(Self.user) (7, 'tomorrow', NULL, '2030-01-01', '2030-01-01')
      \(Self.user) (8, 'later', NULL, '2030-01-01', '2030-01-01')
      change 2
      \(Self.grant) ('g', 7, 'c', '2026-01-01', '2026-01-01')
      change 3
      """)
    for change in 1...3 as ClosedRange<Int64> {
      #expect(try usernames(store, after: change) == ["later", "tomorrow"])
    }
    #expect(try store.coverage(at: .after(ChangeID(1))).grants == 0)
    #expect(try store.coverage(at: .after(ChangeID(2))).grants == 1)
  }

  @Test func takesGrantsFromBeforeTheRecordAsAlwaysThere() throws {
    let store = try scripted(
      """
      \(Self.company) ('c', 'Company', '2026-01-01', '2026-01-01')
      \(Self.user) (7, 'a', NULL, '2026-01-01', '2026-01-01')
      \(Self.user) (8, 'b', NULL, '2026-01-01', '2026-01-01')
      change 2
      \(Self.grant) ('g', 7, 'c', '2026-01-01', '2026-01-01')
      \(Self.grant) ('h', 8, 'c', '2026-01-01', '2026-01-01')
      UPDATE company_access_current_grant SET began_change = NULL
      change 3
      DELETE FROM hrm_user_company_access WHERE user_id = 8
      """)
    for change in 1...2 as ClosedRange<Int64> {
      #expect(try store.coverage(at: .after(ChangeID(change))).grants == 2)
    }
    let moment = Moment.after(ChangeID(3))
    #expect(try store.coverage(at: moment).grants == 1)
    #expect(try store.users(UserQuery(), limit: 9, at: moment).rows.map(\.companies) == [1, 0])
  }
}
