internal import Database

/// Says of names in a file that mean no row, or several, what could be meant.
struct UnclearNames {
  private let names: NameQueries
  /// For how many more names similar ones are looked for, which takes a look at all names.
  private var searches = 5

  init(_ connection: any DatabaseSession, _ mapping: SchemaMapping) {
    self.init(
      NameQueries(connection: connection, relations: Relations(mapping: mapping, moment: .now)))
  }

  /// Looks where others are looked for.
  init(_ names: NameQueries) { self.names = names }

  /// The problem with what a file calls a user.
  mutating func user(_ name: GrantEntry.Name) throws -> ImportProblem.Kind {
    guard name.id == nil, let called = name.called?.string else {
      return .unknownUser(UnclearNames.withMark(name), similar: [])
    }
    let found = try names.users(called: called)
    if found.count > 1 { return .severalUsers(called, found) }
    return .unknownUser(called, similar: search() ? try names.users(similarTo: called) : [])
  }

  /// The problem with what a file calls a company.
  mutating func company(_ name: GrantEntry.Name) throws -> ImportProblem.Kind {
    guard name.id == nil, let called = name.called?.string else {
      return .unknownCompany(UnclearNames.withMark(name), similar: [])
    }
    let found = try names.companies(called: called)
    if found.count > 1 { return .severalCompanies(called, found) }
    return .unknownCompany(called, similar: search() ? try names.companies(similarTo: called) : [])
  }

  private static func withMark(_ name: GrantEntry.Name) -> String {
    "id:" + (name.id?.string ?? "")
  }

  private mutating func search() -> Bool {
    searches -= 1
    return searches >= 0
  }
}

extension Company {
  /// What a file may call the company.
  var names: [String] { [name] + (code.map { [$0] } ?? []) }
}
