import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Mappings that are suggested from the tables of an application.
@Suite struct SuggestionTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("app.db")
  }

  private func suggestion(_ tables: String) throws -> MappingSuggestion {
    try runSqlite3(path, tables)
    return try AccessStore.suggestMapping(path)
  }

  @Test("are right for each usual form, with decoys and questions", arguments: SuggestionCase.all)
  func ofUsualForms(_ form: SuggestionCase) throws {
    let suggestion = try suggestion(form.tables)
    #expect(suggestion.answer == form.answer)
    #expect(suggestion.mapping == form.mapping)
    let alternatives = Set(suggestion.alternatives.map(\.table))
    #expect(alternatives.isSuperset(of: form.decoys), "\(alternatives)")
    #expect(Set(suggestion.questions).isSuperset(of: form.questions), "\(suggestion.questions)")
  }

  /// What is adopted: not yet names in other tables, conditions of users and companies, and a table
  /// with a column like `active_at`, which is taken for one by which a row ends.
  static let readable = SuggestionCase.all.filter { form in
    form.mapping.map {
      !$0.contains("only") && !$0.contains("res_partner") && !form.tables.contains("active_at")
    } ?? false
  }

  @Test("are mappings by which the application's own table is adopted", arguments: readable)
  func areAdopted(_ form: SuggestionCase) throws {
    let suggestion = try suggestion(form.tables)
    let file = try folder.write("app.json", try #require(suggestion.mapping))
    // Where no table says who may enter what, a new one is meant.
    let choices: AdoptionChoices = form.answer == .home ? .makesTableBeside : []
    let plan = try AccessStore.adoptionPlan(path, mappingFile: file, choices: choices)
    #expect(plan.status.problems == [])
    try AccessStore.adopt(path, mappingFile: file, choices: choices)
    let store = try AccessStore.open(path)
    #expect(try store.status.readOnlyReason == nil)
  }

  @Test("name the tables with the reasons, the weightiest first")
  func giveReasons() throws {
    let suggestion = try suggestion(SuggestionCase.decoy.tables)
    let access = try #require(suggestion.table(for: .access))
    #expect(access.reasons.first == .namedAfterBoth)
    #expect(access.reasons.contains(.unique(["account_id", "user_id"])))
    let decoy = try #require(
      suggestion.alternatives.first { $0.table == "notification_settings" })
    #expect(decoy.reasons.first == .otherPurpose("notification"))
  }

  @Test("choose no table of settings, although it has the form of an access table")
  func refuseDecoys() throws {
    let suggestion = try suggestion(
      """
      CREATE TABLE users (id INTEGER PRIMARY KEY, username varchar UNIQUE, password varchar);
      CREATE TABLE companies (id INTEGER PRIMARY KEY, name varchar);
      CREATE TABLE invoices (id INTEGER PRIMARY KEY, company_id integer REFERENCES companies (id));
      CREATE TABLE company_user_settings (user_id integer NOT NULL REFERENCES users (id),
        company_id integer NOT NULL REFERENCES companies (id), PRIMARY KEY (user_id, company_id));
      """)
    #expect(suggestion.answer == .none && suggestion.mapping == nil)
    #expect(suggestion.alternatives.contains { $0.table == "companies" })
  }

  @Test("ask whether what is entered is what the operator means by companies")
  func askOfOtherThings() throws {
    let suggestion = try suggestion(
      """
      CREATE TABLE user (id INTEGER PRIMARY KEY, email varchar UNIQUE, password varchar);
      CREATE TABLE project (id INTEGER PRIMARY KEY, name varchar NOT NULL);
      CREATE TABLE shared_workflow (id INTEGER PRIMARY KEY,
        project_id integer REFERENCES project (id));
      CREATE TABLE project_relation (project_id integer REFERENCES project (id),
        user_id integer REFERENCES user (id), PRIMARY KEY (project_id, user_id));
      """)
    #expect(suggestion.answer == .access)
    #expect(suggestion.questions.contains(.pleaseCheck(table: "project_relation", other: nil)))
  }

  @Test("do not take a column for a company whose values are the keys of something else")
  func lookAtKeys() throws {
    let tables = """
      CREATE TABLE users (id INTEGER PRIMARY KEY, email varchar UNIQUE, password varchar);
      CREATE TABLE accounts (id INTEGER PRIMARY KEY, name varchar NOT NULL);
      CREATE TABLE account_users (account_id bigint NOT NULL, user_id bigint NOT NULL);
      INSERT INTO users VALUES (1, 'ann@example.org', ''), (2, 'bob@example.org', '');
      INSERT INTO accounts VALUES (1, 'One'), (2, 'Two');
      """
    let right = try suggestion(tables + "INSERT INTO account_users VALUES (1, 1), (2, 1), (2, 2);")
    #expect(right.table(for: .access)?.table == "account_users")
    try runSqlite3(path, "UPDATE account_users SET account_id = account_id + 7000")
    let wrong = try AccessStore.suggestMapping(path)
    #expect(wrong.answer == .none)
  }

  @Test("change no byte of the file, and leave no file beside it")
  func writeNothing() throws {
    _ = try suggestion(SuggestionCase.manyToMany.tables)
    let before = try folder.read("app.db")
    _ = try AccessStore.suggestMapping(path)
    #expect(try folder.read("app.db") == before)
    #expect(folder.names == ["app.db"])
  }

  @Test("of a file without tables, and of one that is no database")
  func ofNothing() throws {
    let suggestion = try suggestion("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    #expect(suggestion.answer == .none && suggestion.chosen.isEmpty && suggestion.mapping == nil)
    let text = try folder.write("text.db", String(repeating: "no database ", count: 100))
    #expect(throws: AccessError.notADatabase(path: text)) { try AccessStore.suggestMapping(text) }
  }

  @Test("leave the tables of this program out of account")
  func ofOwnTables() throws {
    try AccessStore.create(path, sample: true)
    let suggestion = try AccessStore.suggestMapping(path)
    #expect(suggestion.table(for: .access)?.table == "hrm_user_company_access")
    #expect(suggestion.table(for: .users)?.table == "hrm_users")
    #expect(suggestion.table(for: .companies)?.table == "hrm_company")
  }

  @Test("look at a few tables of thousands")
  func ofThousandsOfTables() throws {
    let many = (1...3_000).map {
      "CREATE TABLE thing_\($0) (id INTEGER PRIMARY KEY, name varchar, user_id integer);"
    }
    let suggestion = try suggestion(
      "BEGIN;" + many.joined() + SuggestionCase.manyToMany.tables + "COMMIT;")
    #expect(suggestion.mapping == SuggestionCase.manyToMany.mapping)
  }
}
