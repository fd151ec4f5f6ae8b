import CompanyAccess
import Database
import TestSupport
import Testing

@Suite struct ReadingSearchTests {
  let folder: TemporaryFolder
  let store: AccessStore
  static let polishID = "0190ab00c0de70008000000000000001"

  init() throws {
    folder = try TemporaryFolder()
    try AccessStore.create(folder.file("hrm.db"))
    let connection = try Connection(path: folder.file("hrm.db"), mode: .readWrite)
    try connection.execute("INSERT INTO hrm_role (name) VALUES ('HR Manager'), ('Kierownik Śląsk')")
    let users: [(Int, String, String?, String?, Int?)] = [
      (1, "john_smith", "John Smith", "js@example.com", 1),
      (2, "zolt", "Łukasz Żółtowski", "lz@example.com", 2),
      (3, "kostas", "Κώστας Παπαδόπουλος", nil, nil),
      (4, "percent", "50% of_it", #"back\slash@example.com"#, nil),
      (5, "johnxsmith", "Sean O'Brien \"Quote\"", nil, nil),
      (4711, "nobody", nil, nil, nil),
    ]
    for (id, username, fullName, email, role) in users {
      try connection.execute(
        """
        INSERT INTO hrm_users (id, username, full_name, email, role_id, created_at, modified_at)
        VALUES (?, ?, ?, ?, ?, '2026-01-01', '2026-01-01')
        """,
        [
          .count(id), .text(username), .optional(fullName), .optional(email),
          role.map { .count($0) } ?? .null,
        ])
    }
    for (id, name, code) in [
      (Self.polishID, "Oddział Łódź", "LDZ"), (String(repeating: "b", count: 32), "Abcd 50%", nil),
    ] {
      try connection.execute(
        """
        INSERT INTO hrm_company (id, name, code, created_at, modified_at)
        VALUES (?, ?, ?, '2026-01-01', '2026-01-01')
        """, [.text(id), .text(name), .optional(code)])
    }
    store = try AccessStore.open(folder.file("hrm.db"))
  }

  private static let users: [(String, [Int])] = [
    ("", [1, 2, 3, 4, 5, 4_711]), ("  ", [1, 2, 3, 4, 5, 4_711]),
    ("JOHN", [1, 5]), ("smith john", [1, 5]), ("john hr", [1]), ("manager", [1]),
    // A character that LIKE has a meaning for stands for itself.
    ("john_", [1]), ("%", [4]), ("_", [1, 4]), ("\\", [4]), ("0% o", [4]), ("50%x", []),
    // Case and accents are folded, whichever way they are written.
    ("żół", [2]), ("ŻÓŁ", [2]), ("łukasz żółtowski", [2]), ("zółtowski", [2]), ("śląsk", [2]),
    ("zoltowski", [2]), ("slask", [2]), ("kierownik slask lukasz", [2]),
    ("z\u{307}o\u{301}\u{142}", [2]), ("\u{3BA}\u{3C9}\u{3C3}\u{3C4}\u{3B1}\u{3C3}", [3]),
    ("\u{FF2A}\u{FF4F}\u{FF48}\u{FF4E}", [1, 5]), ("o\u{2019}brien", [5]),
    // The status as it is shown, not by a few letters of it.
    ("active", [1, 2, 3, 4, 5, 4_711]), ("inactive", []), ("inac", []), ("act", []),
    ("\u{200B}", []), ("john \u{301}", []),
    ("ŚLĄSK lz@", [2]), ("κώστας", [3]), ("ΚΏΣΤΑΣ", [3]), ("ΠΑΠΑΔΌΠΟΥΛΟΣ kostas", [3]),
    // Quotes end nothing.
    ("o'brien", [5]), ("\"quote\"", [5]), ("'; --", []), ("4711", [4_711]), ("71", [4_711]),
    // Words are looked for as wholes, and not across columns.
    ("nobody4711", []), ("zolt łukasz", [2]), ("smithjs", []), ("żółtowskilz", []),
  ]

  @Test func findsUsers() throws {
    var query = UserQuery()
    query.sort = .id
    for (text, expected) in Self.users {
      query.search = text
      let ids = expected.map { UserID(Int64($0)) }
      #expect(try store.users(query, limit: 10).rows.map(\.id) == ids, "\(text)")
      #expect(try store.count(query) == ids.count, "\(text)")
    }
  }

  private static let companies: [(String, Bool)] = [
    ("łódź", true), ("ŁÓDŹ", true), ("ldz", true), ("oddzia", true), ("lodz", true),
    ("lo\u{301}dz\u{301}", true), ("oddzial lodz", true),
    ("0190ab00", true), ("0190AB00-C0DE-7000", true), ("0190ab00-c0de-70008000", true),
    ("0190-ffff", false), ("de-70", true), ("xy-z", false), ("---", false),
    ("0190ab00-c0de ŁÓDŹ ldz", true),
  ]

  @Test func findsCompanies() throws {
    var query = CompanyQuery()
    for (text, isFound) in Self.companies {
      query.search = text
      let found = try store.companies(query, limit: 10).rows.map(\.id)
      #expect(found == (isFound ? [CompanyID(text: Self.polishID)] : []), "\(text)")
      #expect(try store.count(query) == found.count, "\(text)")
    }
  }

  @Test func takesAnyNumberOfWords() throws {
    var query = UserQuery()
    query.search = String(repeating: "john SMITH smith_ ", count: 2_000)
    #expect(try store.users(query, limit: 10).rows.isEmpty)
    query.search = (0..<2_000).map { "w\($0)" }.joined(separator: " ")
    #expect(try store.users(query, limit: 10).rows.isEmpty)
    query.search = String(repeating: "x", count: 100_000)
    #expect(try store.users(query, limit: 10).rows.isEmpty)
    query.search = "j o h n s m i t _ x j@ a e p l c . 1 hr r g man man. ager an"
    #expect(try store.users(query, limit: 10).rows.isEmpty)
    query.search = "j o h n s m i t _ @ js ex a e p l c . 1 hr r g man ager an na"
    #expect(try store.users(query, limit: 10).rows.map(\.id) == [UserID(1)])
  }

  @Test func searchesWhileAlsoFilteringByTheRest() throws {
    var query = UserQuery()
    query.search = "john"
    query.role = "HR Manager"
    #expect(try store.users(query, limit: 10).rows.map(\.id) == [UserID(1)])
    query.role = "hr manager"
    #expect(try store.users(query, limit: 10).rows.isEmpty)
    query.role = "' OR 1 --"
    #expect(try store.users(query, limit: 10).rows.isEmpty)
  }

  @Test func findsWhatTheListOfAUserShows() throws {
    let connection = try Connection(path: folder.file("hrm.db"), mode: .readWrite)
    try connection.execute(
      """
      INSERT INTO company_access_change (id, at, actor, origin, action, added, removed)
      VALUES (200, '2026-01-15 12:00:00.000', 'a@b', 'desk', 'grant', 1, 0);
      UPDATE company_access_now SET change_id = 200;
      INSERT INTO hrm_user_company_access (id, user_id, company_id, created_at, modified_at)
      VALUES ('a', 1, '\(Self.polishID)', '2025-05-05 12:00:00.000', '');
      UPDATE hrm_users SET is_active = 0 WHERE id = 2;
      UPDATE hrm_company SET is_active = 0 WHERE code = 'LDZ'
      """)
    var companies = CompanyQuery()
    for relation in [Relation.holding, .marked] {
      (companies.user, companies.relation) = (UserID(1), relation)
      for (text, count) in [
        ("2026-01", 1), ("2026-01-15", 1), ("2026-02", 0), ("2", 1), ("2026-01 lodz", 1),
        ("inactive", 1), ("inactive 2026", 1),
      ] {
        companies.search = text
        #expect(try store.count(companies) == count, "\(relation) \(text)")
        #expect(try store.companies(companies, limit: 9).rows.count == count, "\(relation) \(text)")
      }
    }
    companies.search = "active"
    companies.relation = .holding
    #expect(try store.count(companies) == 0)
    (companies.relation, companies.search) = (.lacking, "2026-01")
    #expect(try store.count(companies) == 0)
    var users = UserQuery()
    for (text, ids) in [("inactive", [2]), ("active john", [1, 5]), ("inac zolt", [2])] {
      users.search = text
      #expect(
        try store.users(users, limit: 9).rows.map { "\($0.id)" } == ids.map { "\($0)" }.sorted())
    }
    users.company = CompanyID(text: Self.polishID)
    users.search = "2026-01-15"
    #expect(try store.users(users, limit: 9).rows.map(\.id) == [UserID(1)])
  }

  @Test func partsOfAHiddenIDFindNothing() throws {
    var query = CompanyQuery()
    query.findsPartsOfIDs = false
    for (text, isFound) in [
      ("0190ab00", false), ("13", false), (Self.polishID, true),
      ("0190AB00-C0DE-7000-8000-000000000001", true), ("ldz", true),
    ] {
      query.search = text
      let found = try store.companies(query, limit: 10).rows.map(\.id)
      #expect(found == (isFound ? [CompanyID(text: Self.polishID)] : []), "\(text)")
    }
  }
}
