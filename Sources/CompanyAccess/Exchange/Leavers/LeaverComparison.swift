internal import Database

/// Compares the lines of a file of an HR system with the users of a moment.
struct LeaverComparison {
  private let options: LeaverOptions
  private let lines: [LeaverLine]
  /// The day on which people are employed whose last day it is.
  private let day: String
  private var places: [String: Int] = [:]
  /// The user of each line.
  private var users: [User?]
  private var findings: [LeaverFinding] = []
  private var strangers: [LeaverFinding] = []
  private var counts = LeaverCounts()
  private var problems: [ImportProblem] = []
  /// Users who are active or have access, and those of them who have gone by the file.
  private var counting = (all: 0, gone: 0)

  init(_ lines: [LeaverLine], _ options: LeaverOptions, day: String) {
    self.lines = lines
    self.options = options
    self.day = day
    users = Array(repeating: nil, count: lines.count)
    for (place, line) in lines.enumerated() { places[LeaverFile.folded(line.key)] = place }
    counts.lines = lines.count
  }

  /// Takes in one user.
  mutating func add(_ user: User, companies: Int) {
    counts.users += 1
    let matters = user.isActive || companies > 0
    if matters { counting.all += 1 }
    guard let key = key(of: user) else { return addStranger(user, companies, .withoutKey) }
    guard let place = places[LeaverFile.folded(key)] else {
      if matters { counting.gone += 1 }
      return addStranger(user, companies, .notInFile)
    }
    let line = lines[place]
    if let other = users[place] {
      problems.append(ImportProblem(line: line.line, .sharedKey(line.key, [other, user])))
    }
    users[place] = user
    func add(_ kind: LeaverFinding.Kind, other: String? = nil) {
      findings.append(
        LeaverFinding(
          kind: kind, line: line.line, key: line.key, user: user, companies: companies,
          leftOn: line.leftOn, other: other))
    }
    if let other = difference(user, line) {
      counts.differs += 1
      return add(.differs, other: other)
    }
    guard hasLeft(line) else {
      counts.employed += 1
      return
    }
    counts.left += 1
    if matters { counting.gone += 1 }
    if user.isActive { add(.leftButActive) }
    if companies > 0 { add(.leftWithAccess) }
  }

  private func hasLeft(_ line: LeaverLine) -> Bool { line.leftOn.map { $0 < day } ?? false }

  private func key(of user: User) -> String? {
    let key =
      switch options.key {
      case .email: user.email
      case .username: user.username
      case .id: user.id.description
      }
    return key.flatMap { LeaverFile.folded($0).isEmpty ? nil : $0 }
  }

  private mutating func addStranger(
    _ user: User, _ companies: Int, _ kind: LeaverFinding.Kind
  ) {
    guard user.isActive || companies > 0 else {
      counts.usersOfNoMatter += 1
      return
    }
    strangers.append(
      LeaverFinding(
        kind: kind, line: nil, key: nil, user: user, companies: companies, leftOn: nil,
        other: nil))
  }

  /// What the file says otherwise of a user with the key.
  private func difference(_ user: User, _ line: LeaverLine) -> String? {
    let pairs = [(line.username, user.username), (line.email, user.email)]
    for case (let there?, let here?) in pairs
    where !here.isEmpty && LeaverFile.folded(there) != LeaverFile.folded(here) {
      return there
    }
    return nil
  }

  /// Everything that differs, in the order of the lines, and then those who are not in the file.
  ///
  /// - Throws: `ImportError` if the file cannot be trusted.
  mutating func result() throws(ImportError) -> (findings: [LeaverFinding], counts: LeaverCounts) {
    if !problems.isEmpty {
      throw ImportError(
        problems: Array(problems.prefix(ImportError.kept)), count: problems.count)
    }
    guard !lines.isEmpty else { throw ImportError(line: 1, .empty) }
    if users.allSatisfy({ $0 == nil }) {
      throw ImportError(line: 1, .noUserMatches(options.key.rawValue, lines: lines.count))
    }
    if lines.allSatisfy(hasLeft) { throw ImportError(line: 1, .everybodyLeft(lines.count)) }
    if counting.gone * 100 > counting.all * options.mostGone {
      throw ImportError(
        line: 1, .tooManyGone(counting.gone, of: counting.all, percent: options.mostGone))
    }
    for (line, user) in zip(lines, users) where user == nil {
      if hasLeft(line) {
        counts.left += 1
        continue
      }
      counts.notHere += 1
      findings.append(
        LeaverFinding(
          kind: .notHere, line: line.line, key: line.key, user: nil, companies: 0,
          leftOn: line.leftOn, other: nil))
    }
    // The findings of one line stay in the order in which they were made.
    let ordered = findings.enumerated().sorted {
      ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
    }
    let all = ordered.map(\.element) + strangers
    counts.findings = all.count
    return (all, counts)
  }
}

extension AccessStore {
  /// Compares a file of an HR system with the users, and says where they differ; nothing is changed.
  ///
  /// The file is CSV or TSV with a header: a column with the key, and one with the last day of those who
  /// leave, which is empty for the others. Someone has left on the day after. A file that cannot be
  /// trusted is refused, and nothing is concluded from it: lines without a key, one key in two lines or
  /// of two users, dates that are not certain, no line that is a user, no line that is employed, and more
  /// users gone than `mostGone` allows.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard input.
  ///   - options: How it is compared.
  ///   - moment: The state of the users to look at.
  ///   - time: The time by which days are counted, on the local clock.
  ///   - work: Cancels the reading.
  /// - Returns: The findings, in the order of the lines, and then those who are not in the file by
  ///   username; and how every line was accounted for.
  /// - Throws: `ImportError` with what is wrong with the file; `.noSuchFile`, `.notAFile`, `.notPermitted`
  ///   or `.diskError` of the file; `.noSuchChange` or `.notKept` for the moment; `.cancelled`, `.busy`
  ///   or `.damaged`.
  public func leavers(
    file path: String, _ options: LeaverOptions, at moment: Moment = .now,
    on time: Timestamp = .now, work: Work? = nil
  ) throws -> (findings: [LeaverFinding], counts: LeaverCounts) {
    let file = try ImportFile(path, work: work)
    var reader = try LeaverFile(file.bytes, options)
    let day = String(time.localMinute.prefix(10))
    var comparison = LeaverComparison(try reader.lines(work), options, day: day)
    let snapshot = try SnapshotReader(self, work)
    try snapshot.run {
      let relations = try snapshot.relations(at: moment).leavingOut(.both, snapshot.connection)
      try snapshot.connection.forEach(
        """
        SELECT u.id, u.username, u.full_name, u.email, \(relations.roleName("u.role")),
          u.is_active, \(relations.count(user: "u.id"))
        FROM \(ExportReader.all(relations.users())) AS u ORDER BY u.username, u.id
        """
      ) { comparison.add(User($0), companies: $0.int(6)) }
    }
    return try comparison.result()
  }
}
