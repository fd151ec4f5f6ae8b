import Glibc
import Synchronization
import TestSupport
import Testing

/// Two desks, two loops of commands and a program in Python on one file.
@Suite struct ManyHandsTests {
  private static let seconds = Sweep.number("COMPANY_ACCESS_MANY_HANDS", sample: 3, full: 600)
  private static let python = "/usr/bin/python3"

  @Test(.enabled(if: access(python, X_OK) == 0))
  func nothingIsLostAndNobodyIsLockedOut() throws {
    let database = try DeskDatabase()
    let path = database.path
    let before = try database.pairs()
    let end = monotonicSeconds() + Double(Self.seconds)
    let tally = Tally()
    let errors = runTogether([
      { try DeskHand.work(path, tally, seed: Sweep.seed, until: end) },
      { try DeskHand.work(path, tally, seed: Sweep.seed &+ 1, until: end) },
      { try Self.commands(path, tally, seed: Sweep.seed &+ 2, until: end) },
      { try Self.commands(path, tally, seed: Sweep.seed &+ 3, until: end) },
      { try Self.writer(path, tally, until: end) },
      { try Self.watch(path, tally, until: end) },
    ])
    #expect(errors.map { "\($0)" } == [], "seed \(Sweep.seed)")
    try database.expectSound()
    // The record alone, played from the beginning, gives the table.
    let replay = try database.replay(from: before)
    let now = try database.pairs()
    #expect(replay == now)
    // What anybody was told was done is on the record.
    let changes = try database.newChanges()
    #expect(tally.told.subtracting(changes) == [])
    #expect(try database.foreignPairs() == tally.foreign)
    Sweep.figure(
      "changes by many hands in \(Self.seconds) s", swept: changes.count,
      good: replay == now && errors.isEmpty ? changes.count : 0,
      note: "\(tally.told.count) by desks and commands, \(tally.foreign) pairs by Python")
    let (fresh, looks, longest) = tally.freshness
    Sweep.figure(
      "looks at screens, current within a second", swept: looks, good: fresh,
      note: "longest \(longest) ms")
  }

  /// Grants and revokes by commands, one after the other.
  private static func commands(
    _ path: String, _ tally: Tally, seed: UInt64, until end: Double
  ) throws {
    var numbers = SeededNumbers(seed)
    let users = ["h_baker", "john_smith", "a_nowak", "sarah_admin", "k_ivanova"]
    let companies = ["NYC", "LA", "CHI", "MTL", "ATH", "NYR"]
    while monotonicSeconds() < end {
      let verb = Bool.random(using: &numbers) ? "grant" : "revoke"
      let user = users.randomElement(using: &numbers) ?? ""
      let company = companies.randomElement(using: &numbers) ?? ""
      let result = try runProgram(
        builtProduct("company-access"), ["--db", path, verb, user, company, "--yes"])
      guard result.status == 0 else {
        throw Complaint(description: "\(verb) \(user) \(company): \(result.stderr)")
      }
      if let change = Tally.change(in: result.stderr) { tally.tell(change) }
    }
  }

  /// A program that knows nothing of the record; it says how many pairs it has given and taken.
  private static func writer(_ path: String, _ tally: Tally, until end: Double) throws {
    let script = """
      import random, sqlite3, sys, time, uuid
      path, seconds = sys.argv[1], float(sys.argv[2])
      c = sqlite3.connect(path, timeout=20, isolation_level=None)
      c.execute("PRAGMA foreign_keys=ON")
      done, end = 0, time.monotonic() + seconds
      while time.monotonic() < end:
          c.execute("BEGIN IMMEDIATE")
          if random.random() < 0.5:
              done += c.execute(
                  "INSERT OR IGNORE INTO hrm_user_company_access "
                  "(id, user_id, company_id, created_at, modified_at) "
                  "SELECT ?, u.id, c.id, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000' "
                  "FROM hrm_users u, hrm_company c ORDER BY random() LIMIT 1",
                  (uuid.uuid4().hex,)).rowcount
          else:
              done += c.execute(
                  "DELETE FROM hrm_user_company_access WHERE id = "
                  "(SELECT id FROM hrm_user_company_access ORDER BY random() LIMIT 1)").rowcount
          c.execute("COMMIT")
          time.sleep(random.random() * 0.2)
      print(done)
      """
    let left = max(1, end - monotonicSeconds())
    let result = try runProgram(python, ["-c", script, path, "\(left)"], seconds: left + 60)
    guard result.status == 0, let pairs = Int(result.stdout.trimmingNewline) else {
      throw Complaint(description: "python3: \(result.stderr)")
    }
    tally.foreign = pairs
  }

  /// Notes how many grants there are from moment to moment, to compare the screens with.
  ///
  /// A state that it misses looks like one that a screen kept from long ago: it hardly rests.
  private static func watch(_ path: String, _ tally: Tally, until end: Double) throws {
    let shell = try ForeignShell(path)
    while monotonicSeconds() < end + 2 {
      if let count = Int(try shell.ask("SELECT count(*) FROM hrm_user_company_access;")) {
        tally.saw(count, at: monotonicSeconds())
      }
      poll(nil, 0, 1)
    }
  }
}

struct Complaint: Error, CustomStringConvertible {
  let description: String
}

extension String {
  fileprivate var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}

// MARK: - Somebody at a desk

/// Opens the desk and adds, removes, bulk-adds and undoes until the time is over.
private struct DeskHand {
  private let desk: TerminalProgram
  private let tally: Tally
  private var numbers: SeededNumbers

  init(_ path: String, _ tally: Tally, seed: UInt64) throws {
    desk = try TerminalProgram(builtProduct("company-access"), [path], environment: ["TZ": "UTC"])
    self.tally = tally
    numbers = SeededNumbers(seed)
    try desk.wait(heading: "coverage")
  }

  static func work(_ path: String, _ tally: Tally, seed: UInt64, until end: Double) throws {
    var hand = try DeskHand(path, tally, seed: seed)
    try hand.work(until: end)
  }

  private mutating func work(until end: Double) throws {
    while monotonicSeconds() < end {
      switch Int.random(in: 0..<6, using: &numbers) {
      case 0..<2: try answer("6")
      case 2: try answer("u")
      default: try look()
      }
    }
    desk.key(.control("c"))
    desk.key(.control("c"))
    _ = try desk.waitExit()
    let output = String(decoding: desk.output, as: UTF8.self)
    for words in ["locked", "Another program holds"] where output.contains(words) {
      throw Complaint(description: "a screen said \"\(words)\"")
    }
  }

  /// Looks at the menu for a while: its figures must follow the table.
  private func look() throws {
    let end = monotonicSeconds() + 1.5
    var glances: [Tally.Glance] = []
    try desk.wait("a look") {
      let now = monotonicSeconds()
      if now >= end - 1, isOnMenu, let count = grants { glances.append((count, now)) }
      return now >= end && !glances.isEmpty
    }
    tally.looked(glances)
  }

  /// How many grants the menu says there are.
  private var grants: Int? {
    let words = desk.heading.split(separator: " ")
    return words.firstIndex(of: "grants").flatMap { $0 > 0 ? Int(words[$0 - 1]) : nil }
  }

  /// Opens a question and answers it, again if it is counted again, until others leave it a moment
  /// or patience ends: a table that never rests is no fault of the desk.
  private func answer(_ key: String) throws {
    let typed = monotonicSeconds()
    desk.type(key)
    try desk.wait("a question or a word") {
      monotonicSeconds() > typed + 0.3
        && (isAsked || needsWords || saysNothingToDo)
    }
    var isOpen = isAsked
    var attempts = 0
    while isOpen, attempts < 20 {
      attempts += 1
      let typed = monotonicSeconds()
      try desk.confirm()
      // What was on the screen before is no outcome.
      try desk.wait("an outcome", seconds: 40) {
        monotonicSeconds() > typed + 0.3
          && (Tally.change(in: words) != nil || words.contains("counted again") || saysNothingToDo
            || words.contains("Undid change") || words.contains("press y again") || needsWords)
      }
      if let change = Tally.change(in: words) { tally.tell(change) }
      isOpen =
        (words.contains("counted again") || words.contains("press y again")) && !saysNothingToDo
      if isOpen {
        try desk.wait("the question again") { isAsked || needsWords }
        isOpen = isAsked
      }
    }
    // A question stands right above the menu. Others change its figures meanwhile, so that a picture
    // that changed says nothing of the key; and on the menu a second Esc is not needed.
    if !isOnMenu {
      desk.key(.escape)
      try desk.wait("the menu") { isOnMenu }
    }
  }

  private var isOnMenu: Bool { desk.heading.contains("coverage") }

  private var isAsked: Bool { desk.text().contains("? y / Esc") }

  /// What takes the last administrator away is left alone.
  private var needsWords: Bool { desk.text().contains("then press y:") }

  private var saysNothingToDo: Bool { words.contains("Nothing to ") }

  /// The message, in one line.
  private var words: String {
    desk.text().split(separator: "\n").suffix(7).joined(separator: " ")
  }
}

// MARK: - What is noted

/// What the hands were told, and what was to be seen when.
private final class Tally: Sendable {
  /// A number of grants, and when it was seen.
  typealias Glance = (count: Int, time: Double)

  private struct State {
    var told: Set<Int> = []
    var foreign = 0
    var looks: [[Glance]] = []
    var sightings: [Glance] = []
  }
  private let state = Mutex(State())

  var told: Set<Int> { state.withLock { $0.told } }
  var foreign: Int {
    get { state.withLock { $0.foreign } }
    set { state.withLock { $0.foreign = newValue } }
  }

  func tell(_ change: Int) { _ = state.withLock { $0.told.insert(change) } }
  func saw(_ count: Int, at time: Double) { state.withLock { $0.sightings.append((count, time)) } }
  func looked(_ glances: [Glance]) { state.withLock { $0.looks.append(glances) } }

  /// How many looks of a second showed what the table held within the second before, of all, and
  /// how old the freshest figure of a look was at most, in milliseconds.
  ///
  /// Who watches the table misses states that last a moment, and a glance may show one of those.
  var freshness: (fresh: Int, looks: Int, longest: Int) {
    state.withLock { state in
      let ages = state.looks.map { glances in
        glances.map { age(of: $0, state.sightings) }.min() ?? .infinity
      }
      let longest = min(ages.max() ?? 0, 3_600)
      return (ages.count { $0 <= 1 }, ages.count, Int(longest * 1_000))
    }
  }

  /// How long ago the table last held what the screen showed.
  private func age(of glance: Glance, _ sightings: [Glance]) -> Double {
    let place = sightings.lastIndex { $0.time <= glance.time && $0.count == glance.count }
    guard let place else { return .infinity }
    let next = place + 1
    let isCurrent = next >= sightings.count || sightings[next].time > glance.time
    return isCurrent ? 0 : glance.time - sightings[next].time
  }

  /// The number of the change in what was said.
  static func change(in words: String) -> Int? {
    for mark in ["; change ", " Change "] {
      var rest = words[...]
      while !rest.isEmpty, !rest.hasPrefix(mark) { rest = rest.dropFirst() }
      if let number = Int(rest.dropFirst(mark.count).prefix { $0.isNumber }) { return number }
    }
    return nil
  }
}

// MARK: - The record

extension DeskDatabase {
  fileprivate func pairs() throws -> Set<Substring> {
    Set(try sql("SELECT user_id, company_id FROM hrm_user_company_access").split(separator: "\n"))
  }

  /// The table as the record says that it came to be, change by change.
  fileprivate func replay(from pairs: Set<Substring>) throws -> Set<Substring> {
    let steps = try sql(
      """
      SELECT id, sign, user_id, company_id FROM (
        SELECT ended_change AS id, 0 AS sign, user_id, company_id FROM \(RecordQueries.ended)
        UNION ALL SELECT began_change, 1, user_id, company_id FROM \(RecordQueries.ended)
        UNION ALL SELECT began_change, 1, user_id, company_id FROM \(RecordQueries.current))
      WHERE id > 38 ORDER BY id, sign
      """)
    var pairs = pairs
    for step in steps.split(separator: "\n") {
      let parts = step.split(separator: "|", maxSplits: 2)
      let isBeginning = parts[1] == "1"
      if isBeginning { pairs.insert(parts[2]) } else { pairs.remove(parts[2]) }
    }
    return pairs
  }

  fileprivate func newChanges() throws -> Set<Int> {
    Set(
      try sql("SELECT id FROM company_access_change WHERE id > 38").split(separator: "\n")
        .compactMap { Int($0) })
  }

  /// How many pairs other programs have given and taken, by the record.
  fileprivate func foreignPairs() throws -> Int {
    let external = "(SELECT id FROM company_access_change WHERE id > 38 AND origin = 'external')"
    return Int(
      try sql(
        """
        SELECT (SELECT count(*) FROM \(RecordQueries.current) WHERE began_change IN \(external))
          + (SELECT count(*) FROM \(RecordQueries.ended) WHERE began_change IN \(external))
          + (SELECT count(*) FROM \(RecordQueries.ended) WHERE ended_change IN \(external))
        """)) ?? -1
  }
}
