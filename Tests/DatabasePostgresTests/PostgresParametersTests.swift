import Database
import TestSupport
import Testing

@testable import DatabasePostgres

@Suite(.enabled(if: PostgresServer.isInstalled, Comment(rawValue: PostgresServer.missing)))
struct PostgresParametersTests {
  private func parameters(
    _ text: String, _ options: PostgresOptions = PostgresOptions()
  ) throws -> PostgresParameters? {
    guard case .postgres(let location) = try DatabaseLocation(text, from: .file) else { return nil }
    return try PostgresParameters(location, options, try PostgresLibrary.load())
  }

  @Test("The server must prove its name, unless the location says otherwise")
  func encryption() throws {
    #expect(try parameters("postgres://db.example/hrm")?.values["sslmode"] == "verify-full")
    #expect(try parameters("postgres://h/d")?.values["gssencmode"] == "disable")
    let less = try parameters("postgres://h/d?sslmode=disable&gssencmode=prefer")
    #expect(less?.values["sslmode"] == "disable" && less?.values["gssencmode"] == "prefer")
    let service = try ServiceFile.parameters(
      of: "b", in: "[a]\nsslmode=disable\n[b]\nsslmode=require\n", "file")
    #expect(service == ["sslmode": "require"])
  }

  @Test("A lost server is noticed within seconds")
  func keepAlives() throws {
    let values = try parameters("postgres://h/d")?.values ?? [:]
    #expect(values["keepalives_idle"] == "1" && values["keepalives_interval"] == "1")
    #expect(values["keepalives_count"] == "3" && values["tcp_user_timeout"] == "4000")
  }

  @Test("A typed password takes the place of the one in the location, and quotes are kept apart")
  func password() throws {
    var options = PostgresOptions()
    options.password = "a'b\\c d='e'"
    let parameters = try parameters("postgres://u:other@h/d", options)
    #expect(parameters?.text.contains("password='a\\'b\\\\c d=\\'e\\''") == true)
    #expect(parameters?.text.contains("other") == false && parameters?.server == "h")
  }

  @Test("A line of a service that is no parameter is named, and services beside it are not read")
  func services() throws {
    let text = "# all\n[a]\nhost=x\n\n[b]\noptions=-c x=y\n[c]\ndbname=d=e\n"
    #expect(try ServiceFile.parameters(of: "a", in: text, "f") == ["host": "x"])
    #expect(try ServiceFile.parameters(of: "c", in: text, "f") == ["dbname": "d=e"])
    #expect(try ServiceFile.parameters(of: "d", in: text, "f") == nil)
    let error = #expect(throws: DatabaseError.self) {
      try ServiceFile.parameters(of: "b", in: text, "f")
    }
    #expect(error?.message == "line 6 of f is no parameter of a connection")
  }

  @Test("Without the library the message says which package is needed")
  func missingLibrary() {
    let missing = PostgresLibrary.missing(
      "libpq.so.5: cannot open shared object file: No such file")
    #expect(missing == "PostgreSQL needs the package libpq5")
    #expect(PostgresLibrary.missing("x").hasSuffix("libpq5: x"))
  }
}
