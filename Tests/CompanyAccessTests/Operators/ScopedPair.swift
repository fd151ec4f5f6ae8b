import Database
import TestSupport

@testable import CompanyAccess

/// Two databases of one application that differ only outside the scope of an operator, who is the one at
/// work.
///
/// Both have the same history inside, change for change; where one has a change outside, the other one has
/// another change outside, so that the numbers of later changes are the same.
struct ScopedPair {
  let kind: MappingFixture.Kind
  let one: TemporaryFolder
  let other: TemporaryFolder
  let file: String

  init(_ kind: MappingFixture.Kind, role: OperatorRole, seed: UInt64) throws {
    self.kind = kind
    (one, other) = (try TemporaryFolder(), try TemporaryFolder())
    file = "\(kind.rawValue).db"
    for (folder, variant) in [(one, UInt64(1)), (other, UInt64(2))] {
      var history = try ScopedHistory(kind, in: folder, seed: seed, variant: variant)
      for _ in 0..<24 { try history.step() }
      try history.hand(to: role)
    }
  }

  /// Calls the program on both, and gives what it said, with the times and the place taken out.
  func call(_ words: [String], input: String = "") throws -> (one: String, other: String) {
    func said(_ folder: TemporaryFolder) throws -> String {
      let result = try runProgram(
        builtProduct("company-access"), words,
        environment: ["COMPANY_ACCESS_DB": folder.file(file), "TZ": "UTC"], standardInput: input)
      let text = "\(result.status)\n\(result.stdout)\n\(result.stderr)"
      return ScopedPair.withoutTimes(text.replacing(folder.path, with: "DIR"))
    }
    return (try said(one), try said(other))
  }

  private static func withoutTimes(_ text: String) -> String {
    text.replacing(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?Z?/, with: "TIME")
  }
}

/// The history of one of them.
private struct ScopedHistory {
  let kind: MappingFixture.Kind
  let path: String
  let application: MappingApplication
  private let store: AccessStore
  /// What both have in common.
  private var shared: TestSupport.SeededNumbers
  /// What only this one has.
  private var own: TestSupport.SeededNumbers
  private let variant: UInt64
  private var number = 0

  init(
    _ kind: MappingFixture.Kind, in folder: TemporaryFolder, seed: UInt64, variant: UInt64
  ) throws {
    self.kind = kind
    self.variant = variant
    let fixture = try MappingFixture.make(kind, in: folder, seed: seed)
    path = fixture.path
    application = try fixture.application()
    if kind != .guarding {
      for user in 1...12 { try application.move(user, to: user < 4 ? 1 + user % 2 : 3 + user % 4) }
    }
    try AccessStore.adopt(path, mappingFile: try fixture.descriptionFile(in: folder))
    store = try AccessStore.open(path, busyTimeout: 0)
    shared = TestSupport.SeededNumbers(seed)
    own = TestSupport.SeededNumbers(seed &* 7 &+ variant)
  }

  private var usersInside: [Int] { kind == .guarding ? [1, 3, 5, 7, 9, 11] : Array(1...7) }
  private var usersOutside: [Int] { kind == .guarding ? [2, 4, 6, 8, 10, 12] : Array(8...12) }
  private var companiesInside: [Int] { kind == .guarding ? [2, 4, 6] : [1, 2] }
  private var companiesOutside: [Int] { kind == .guarding ? [1, 3, 5] : [3, 4, 5, 6] }

  mutating func step() throws {
    number += 1
    if Int.random(in: 0..<2, using: &shared) == 0 {
      try inside()
    } else {
      try outside()
    }
    // What another program writes next is a change of its own, also within the millisecond.
    try application.connection.execute(
      "UPDATE company_access_now SET external_day = external_day - 1")
  }

  private mutating func inside() throws {
    let user = usersInside.randomElement(using: &shared) ?? 1
    let company = companiesInside.randomElement(using: &shared) ?? 1
    switch Int.random(in: 0..<4, using: &shared) {
    case 0: try application.rename(user, to: "Name \(number)")
    case 1: try application.move(kind == .guarding ? user : 1 + user % 3, to: company)
    default:
      // A change that touches both sides, of which only this one knows what it does outside.
      var pairs = [(user, company)]
      for _ in 0..<Int.random(in: 0...2, using: &own) {
        let other = kind == .guarding ? usersOutside : usersInside
        pairs.append(
          (
            other.randomElement(using: &own) ?? 4,
            companiesOutside.randomElement(using: &own) ?? 3
          ))
      }
      try toggle(pairs)
    }
  }

  private mutating func outside() throws {
    let user = usersOutside.randomElement(using: &own) ?? 8
    switch Int.random(in: 0..<3, using: &own) {
    case 0: try application.rename(user, to: "Hidden \(number) of \(variant)")
    case 1 where kind != .guarding:
      // A user of both sides, or of none, has another home outside, which is no change on the record.
      try application.move(
        Int.random(in: 4...12, using: &own), to: companiesOutside.randomElement(using: &own) ?? 3)
      // A user of both sides enters a company outside.
      let both = (usersInside + usersOutside).randomElement(using: &own) ?? 8
      try toggle(both, companiesOutside.randomElement(using: &own) ?? 3)
    default: try toggle(user, companiesOutside.randomElement(using: &own) ?? 3)
    }
  }

  private func toggle(_ user: Int, _ company: Int) throws { try toggle([(user, company)]) }

  private func toggle(_ pairs: [(user: Int, company: Int)]) throws {
    var edits: [PairEdit] = []
    for pair in pairs {
      let user = UserID(Key(kind.user(pair.user)))
      let company = CompanyID(Key(kind.company(pair.company)))
      edits.append(
        PairEdit(
          users: .these([user]), companies: .these([company]),
          grants: try !store.mayEnter(user, company)))
    }
    try store.apply(try store.plan(.edits(edits)), reason: ChangeReason("step \(number)"))
  }

  /// Makes the one at work an operator of the inside.
  func hand(to role: OperatorRole) throws {
    let own = Actor.login
    let scope: OperatorScope =
      kind == .guarding
      ? .organization("2") : .companies(companiesInside.map { CompanyID(Key(kind.company($0))) })
    for one in [
      Operator(login: own, role: .systemAdmin), Operator(login: "chief", role: .systemAdmin),
      Operator(login: own, role: role, scope: scope),
    ] {
      try store.apply(try store.plan(.operators(.set(one))))
    }
    // How long grants have been held is the same, too.
    try application.connection.execute(
      """
      UPDATE company_access_change
      SET at = strftime('%Y-%m-%d %H:%M:%f', '2026-01-01', '+' || id || ' hours')
      """)
  }
}
