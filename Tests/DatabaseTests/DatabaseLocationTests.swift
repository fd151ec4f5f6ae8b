import Database
import TestSupport
import Testing

@Suite struct DatabaseLocationTests {
  private func postgres(_ text: String) throws -> PostgresLocation? {
    guard case .postgres(let location) = try DatabaseLocation(text, from: .file) else { return nil }
    return location
  }

  @Test(
    "What is not written like a URL or a service is the path of a file",
    arguments: [
      "hrm.db", "/srv/hrm.db", "./postgres://x", "postgres:/x", "postgres", "a=b", "Service=x",
      "", "file:x.db", "C:\\x", "://", "1x://y", "é://x",
    ])
  func files(text: String) throws {
    #expect(try DatabaseLocation(text, from: .argument) == .file(path: text))
  }

  @Test("The parts of a URL are told apart")
  func parts() throws {
    let location = try postgres(
      "postgresql://an%40na@db1.example,[::1]:5433/h%2Frm?sslmode=require&connect_timeout=3")
    #expect(
      location?.parameters == [
        "user": "an@na", "host": "db1.example,::1", "port": ",5433", "dbname": "h/rm",
        "sslmode": "require", "connect_timeout": "3",
      ])
    #expect(try postgres("postgres://")?.parameters == [:])
    #expect(try postgres("Postgres://h/d")?.parameters == ["host": "h", "dbname": "d"])
    #expect(
      try postgres("postgres://u@/d?host=/run/postgresql")?.parameters
        == ["user": "u", "dbname": "d", "host": "/run/postgresql"])
    #expect(try postgres("service=hrm-prod.1")?.service == "hrm-prod.1")
  }

  @Test(
    "A password is found in every place, shown nowhere, and refused in an argument",
    arguments: [
      "postgres://u:s3cret@h/d", "postgres://u:s3c%72et@h/d", "postgres://:s3cret@h",
      "postgres://u@h/d?password=s3cret", "postgres://h?user=u&password=s3cret",
      "postgres://u:x@y@s3cret@h/d", "postgres://h/d?sslpassword=s3cret",
    ])
  func passwords(text: String) throws {
    let location = try #require(try postgres(text))
    #expect(
      location.holdsPassword && !location.shown.contains("s3c") && !location.shown.contains("%72"))
    #expect(!DatabaseLocation.postgres(location).shown.contains("s3c"))
    let problem = #expect(throws: DatabaseLocation.Problem.self) {
      try DatabaseLocation(text, from: .argument)
    }
    #expect(problem == .passwordInArgument && problem?.words.contains("s3c") == false)
    #expect(try DatabaseLocation(text, from: .environment) == .postgres(location))
  }

  @Test("What is shown says who, where and which")
  func shown() throws {
    #expect(
      try postgres("postgres://u:p@h:5433/d?sslmode=disable")?.shown == "postgres://u@h:5433/d")
    #expect(try postgres("postgres:///d?host=/run/x")?.shown == "postgres:///d at /run/x")
    #expect(try postgres("service=hrm")?.shown == "service=hrm")
    #expect(DatabaseLocation.file(path: "a.db").shown == "a.db")
  }

  @Test(
    "What is not well-formed is refused with the part, without its text",
    arguments: [
      ("postgres://h:no/d", .malformed(part: "port")),
      ("postgres://h:0/d", .malformed(part: "port")),
      ("postgres://h:+1/d", .malformed(part: "port")),
      ("postgres://h:70000", .malformed(part: "port")),
      ("postgres://::1/d", .malformed(part: "host")),
      ("postgres://[::1/d", .malformed(part: "host")),
      ("postgres://[]/d", .malformed(part: "host")),
      ("postgres://[::1]x/d", .malformed(part: "host")),
      ("postgres://u%zz@h", .malformed(part: "user")),
      ("postgres://u:%0@h", .malformed(part: "password")),
      ("postgres://h/%00", .malformed(part: "name of the database")),
      ("postgres://h/%ff", .malformed(part: "name of the database")),
      ("postgres://h/d?sslmode", .malformed(part: "list of parameters")),
      ("postgres://h/d?options=-csearch_path%3Devil", .unknownParameter("options")),
      ("postgres://h/d?service=x", .unknownParameter("service")),
      ("service=", .malformed(part: "name of the service")),
      ("service=a b", .malformed(part: "name of the service")),
      ("service=a host=evil", .malformed(part: "name of the service")),
      ("mysql://h/d", .unknownScheme("mysql")), ("postgre://h/d", .unknownScheme("postgre")),
      ("https://h/d", .unknownScheme("https")),
    ] as [(String, DatabaseLocation.Problem)])
  func malformed(text: String, problem: DatabaseLocation.Problem) {
    #expect(throws: problem) { try DatabaseLocation(text, from: .file) }
    #expect(!problem.words.isEmpty)
  }

  @Test("A file whose name is a location is only opened by a path that is none")
  func filesLikeLocations() throws {
    let folder = try TemporaryFolder()
    // Names relative to the working folder cannot be made here, so an absolute one with a scheme is.
    let path = try folder.write("service=x", "")
    #expect(try DatabaseLocation(path, from: .argument) == .file(path: path))
    let here = "service=company-access-test-\(getpidText())"
    try writeFile(here, [])
    defer { removeFile(here) }
    #expect(throws: DatabaseLocation.Problem.nameOfFile(here)) {
      try DatabaseLocation(here, from: .argument)
    }
    #expect(try DatabaseLocation("./" + here, from: .argument) == .file(path: "./" + here))
  }
}
