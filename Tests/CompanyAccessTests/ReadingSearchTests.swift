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
    // Case is folded beyond ASCII; accents are not.
    ("żół", [2]), ("ŻÓŁ", [2]), ("łukasz żółtowski", [2]), ("zółtowski", []), ("śląsk", [2]),
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
    ("łódź", true), ("ŁÓDŹ", true), ("ldz", true), ("oddzia", true), ("lodz", false),
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
}
