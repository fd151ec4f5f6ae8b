import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// A history of random operations, of this program and of another one that writes without our mark, and
/// the states of the tables beside it.
final class RecordHistory {
  static let companies = 6

  let seed: UInt64
  let desk: Desk
  var dice: SeededDice
  /// The states after changes, as the tables had them.
  var states: [Int64: WorldState] = [:]
  /// The changes at which a row went without any trigger: of them no state is known.
  private(set) var unseen: Set<Int64> = []
  /// How many operations of ours were carried out, and how many refused.
  private(set) var done = 0
  private(set) var refused = 0
  private var foreign = ForeignStatements()
  private var serial = 0
  private(set) var faults: [String] = []
  /// The policies by the model.
  private(set) var policies = PolicyModel()
  /// The changes of the states that have a name.
  var snapshots: [String: Int64] = [:]
  /// The backup that was made last, and the state that it holds.
  var backup: (file: String, state: WorldState)?
  /// The seals that were made, of what is still kept.
  var seals: [RecordSeal] = []

  var other: Connection { desk.file }

  /// Whether a trigger is missing, so that only another program writes.
  private let isBroken: Bool

  /// Makes the database.
  ///
  /// - Parameters:
  ///   - seed: What the history follows from.
  ///   - trigger: A trigger of the record that is taken away.
  /// - Throws: What the database answers.
  init(seed: UInt64, without trigger: SQLName? = nil) throws {
    self.seed = seed
    isBroken = trigger != nil
    dice = SeededDice(seed)
    desk = try Desk(users: 8, companies: RecordHistory.companies)
    let settings = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY"
    try desk.other.execute(settings)
    try desk.store.using(nil) { try $0.execute(settings) }
    try desk.addStaff()
    if let trigger { try desk.other.execute("DROP TRIGGER \(trigger)") }
    try note()
  }

  var newest: Int64 {
    get throws { Int64(try other.count("SELECT max(id) FROM company_access_change")) }
  }

  // MARK: - Operations

  /// Carries out one operation, and keeps what the tables say then.
  func step() throws {
    serial += 1
    if isBroken {
      try foreignWrite()
      try note()
      return try waitForNextMillisecond()
    }
    switch dice.number(1...100) {
    case ...12: try ours(.grant(.users(someUsers()), .companies(someCompanies())))
    case ...20: try ours(.revoke(.users(someUsers()), .companies(someCompanies())))
    case ...21: try ours(.bulkGrant(.all, .companies(someCompanies())))
    case ...22: try ours(.revokeFormer)
    case ...38: try undo()
    case ...50: try entity()
    case ...54: try importFile()
    case ...57: try silent()
    case 58: if let seal = try desk.store.seal() { seals.append(seal) }
    case 59, 60: try makeBackup(named: "backup\(serial).db")
    case 61: try restore()
    case 62 where serial > 60 && dice.happens(0.3): try prune(to: "pruned\(serial).csv")
    case 63, 64: try createMissing(serial)
    case 65, 66: try setPolicy()
    case 67: try snapshot()
    default: try foreignWrite()
    }
    try note()
    try waitForNextMillisecond()
  }

  private func someUsers() throws -> [Int64] {
    let users = try other.rows("SELECT id FROM hrm_users") { $0.integer(0) }
    return users.filter { _ in dice.happens(0.3) }
  }

  private func someCompanies() throws -> [Int] {
    let there = try companyIDs()
    return (1...RecordHistory.companies).filter {
      there.contains(Desk.company($0).stored) && dice.happens(0.4)
    }
  }

  private func companyIDs() throws -> [String] {
    try other.rows("SELECT id FROM hrm_company") { $0.text(0) }
  }

  /// Plans and applies; what is refused for a good reason leaves everything as it was.
  func ours(_ intent: Intent) throws {
    let reason = someReason()
    do {
      let plan = try desk.plan(intent)
      let needed = missing(plan, reason)
      let result = try desk.store.apply(plan, reason: reason)
      if !needed.isEmpty { faults.append("\(intent): no ticket was asked for \(needed)") }
      if let change = result.change { policies.take(intent, change.number) }
      done += 1
    } catch let error as AccessError {
      switch error {
      case .invalid, .cannotDelete, .cannotDeactivate, .refusedByDatabase, .noSuchUser,
        .noSuchCompany, .userIsThere, .noHome, .notKept:
        refused += 1
      case .ticketRequired(let actions) where isMissing(actions, reason):
        refused += 1
      default: faults.append("\(intent): \(error)")
      }
    }
  }

  private func undo() throws {
    let newest = try newest
    if dice.happens(0.1) {
      return try ours(.undoTo(ChangeID(max(1, newest - Int64(dice.number(1...6))))))
    }
    let back = dice.happens(0.5) ? dice.number(0...4) : dice.number(0...Int(newest) - 1)
    try ours(.undo(ChangeID(max(1, newest - Int64(back))), overwrite: dice.happens(0.3)))
  }

  private func entity() throws {
    let users = try other.rows("SELECT id FROM hrm_users") { $0.integer(0) }
    let companies = try companyIDs()
    let id: EntityID? =
      dice.happens(0.6)
      ? (users.isEmpty ? nil : .user(UserID(dice.pick(users))))
      : (companies.isEmpty ? nil : .company(CompanyID(text: dice.pick(companies))))
    guard let id else { return }
    let name = id.kind == .user ? "username" : "name"
    let action: EntityEdit.Action
    var values: [String: String] = [:]
    switch dice.number(1...6) {
    case 1:
      action = .add(id.kind)
      values = [name: "made\(serial)"]
    case 2, 3:
      action = .edit(id)
      values = [name: "named\(serial)"]
      if id.kind == .user { values["full_name"] = dice.happens(0.5) ? "Full \(serial)" : "" }
    case 4: action = .deactivate(id)
    case 5: action = .activate(id)
    default: action = .delete(id)
    }
    try ours(
      .entity(EntityEdit(action, values: values, changesGrants: dice.happens(0.5))))
  }

  private func importFile() throws {
    let users = try other.rows("SELECT id FROM hrm_users") { $0.integer(0) }
    let companies = try companyIDs()
    let lines = users.flatMap { user in
      companies.filter { _ in dice.happens(0.2) }.map { "\(user),\($0)\n" }
    }
    guard !lines.isEmpty else { return }
    let file = try desk.folder.write("import.csv", "user_id,company_id\n" + lines.joined())
    var options = StagedPairs.Options()
    options.isSync = dice.happens(0.3)
    try ours(.staged(try desk.store.stage(file, options: options)))
  }

  // MARK: - Another program

  private func foreignWrite() throws {
    try other.setForeignKeys(dice.happens(0.5))
    try other.execute("PRAGMA recursive_triggers = \(dice.happens(0.5) ? "ON" : "OFF")")
    let isTransaction = dice.happens(0.4)
    if isTransaction { try other.execute("BEGIN") }
    for _ in 1...dice.number(1...3) {
      let users = try other.rows("SELECT id FROM hrm_users") { $0.int(0) }
      let statement = foreign.next(
        &dice, users, try companyIDs(),
        newCompanies: (1...RecordHistory.companies).map { Desk.company($0).stored })
      let hasSavepoint = isTransaction && dice.happens(0.3)
      if hasSavepoint { try other.execute("SAVEPOINT s") }
      do {
        try other.execute(statement)
      } catch {
        if !error.isConstraint || error.message.contains("company_access_") {
          faults.append("\(statement): \(error)")
        }
      }
      guard hasSavepoint else { continue }
      if dice.happens(0.5) { try other.execute("ROLLBACK TO s") }
      try other.execute("RELEASE s")
    }
    if isTransaction { try other.execute("COMMIT") }
    try other.setForeignKeys(true)
  }

  /// A `REPLACE` that takes a row away without any trigger, and the comparison that finds it.
  ///
  /// This is what the triggers cannot see, and the only such thing here.
  private func silent() throws {
    let before = try newest
    try other.setForeignKeys(false)
    try other.execute("PRAGMA recursive_triggers = OFF")
    let statement =
      dice.happens(0.5)
      ? """
      REPLACE INTO hrm_user_company_access SELECT a.id, u.id, k.id, 't', 't'
      FROM (SELECT id FROM hrm_user_company_access ORDER BY id DESC LIMIT 1) AS a,
        (SELECT max(id) AS id FROM hrm_users) AS u, (SELECT min(id) AS id FROM hrm_company) AS k
      WHERE u.id IS NOT NULL AND k.id IS NOT NULL
      """
      : """
      REPLACE INTO hrm_users (id, username, is_active, created_at, modified_at)
      SELECT 100 + \(serial), username, 1, 't', 't' FROM hrm_users ORDER BY id LIMIT 1
      """
    try other.execute(statement)
    try other.setForeignKeys(true)
    let after = try newest
    if after > before { unseen.formUnion(before + 1...after) }
    try AccessStore.reconcileRecord(desk.store.path, busyTimeout: 0)
  }

  /// The next write of another program is to make a change of its own, so that its state is known.
  private func waitForNextMillisecond() throws {
    let at = try other.first("SELECT max(at) FROM company_access_change") { $0.text(0) } ?? ""
    while Timestamp.now.text <= at {}
  }

  private func note() throws { states[try newest] = try WorldState(other) }

  // MARK: - Comparing

  /// The query for the rows of a moment, whose change is its argument, so that it is compiled once.
  private static let ofMoment: String = {
    let change: Int64 = 987_654_321
    let relations = Relations(mapping: .hrm, moment: .after(ChangeID(change)))
    return WorldState.query(
      users: relations.users(), companies: relations.companies(), grants: relations.grants()
    ).replacing("\(change)", with: "?1")
  }()

  /// Where the rows of the record differ from those that the tables had after a change; nil if nowhere.
  func difference(after change: Int64) throws -> String? {
    guard let state = states[change], !unseen.contains(change) else { return nil }
    let found = try WorldState.texts(other, RecordHistory.ofMoment, [.integer(change)])
    guard found != state.texts else { return nil }
    let parts = zip(found, state.texts).map { one, other in
      let (one, other) = (Set(one.split(separator: "\n")), Set(other.split(separator: "\n")))
      return "only record \(one.subtracting(other).sorted()), "
        + "only tables \(other.subtracting(one).sorted())"
    }
    return "seed \(seed), moment \(change): \(parts)"
  }

  /// Where some of the moments differ.
  func differences(of count: Int) throws -> String? {
    let changes = states.keys.sorted()
    for _ in 0..<count {
      if let found = try difference(after: dice.pick(changes)) { return found }
    }
    return nil
  }

  /// Compares everything that the library says of a moment with the state at that time.
  func checkFigures(at moment: Moment, _ state: WorldState) throws {
    let about: Comment = "seed \(seed), \(moment)"
    let store = desk.store
    let (users, companies) = (state.userList, state.companyList)
    #expect(try store.users(UserQuery(), limit: 500, at: moment).rows == users, about)
    #expect(try store.companies(CompanyQuery(), limit: 500, at: moment).rows == companies, about)
    #expect(try store.coverage(at: moment) == state.coverage, about)
    #expect(try store.statistics(at: moment) == state.statistics, about)
    var query = UserQuery()
    query.sort = .companies
    #expect(
      try store.users(query, limit: 500, at: moment).rows.map(\.companies)
        == users.map(\.companies).sorted(), about)
    query.access = .none
    #expect(try store.count(query, at: moment) == users.count { $0.companies == 0 }, about)
    var other = CompanyQuery()
    other.sort = .users
    #expect(
      try store.companies(other, limit: 500, at: moment).rows.map(\.users)
        == companies.map(\.users).sorted(), about)
    other.users = .some
    #expect(try store.count(other, at: moment) == companies.count { $0.users > 0 }, about)
    guard !users.isEmpty, !companies.isEmpty else { return }
    let (user, company) = (dice.pick(users).id, dice.pick(companies).id)
    let pair = WorldState.Pair(user: user, company: company)
    #expect(
      try store.mayEnter(user, company, at: moment) == state.grants.contains(pair), about)
  }
}
