internal import Database
internal import Formats

extension AccessStore {
  /// Finds out which expectations of a file hold.
  ///
  /// The file has a header with the columns `user` or `user_id`, `company` or `company_id`, `expect`
  /// (`yes` or `no`) and, if wanted, `as_of`; or plain lines, each of which is one of these:
  ///
  /// ```text
  /// alice, ATL, yes
  /// alice, "Head Office", no, 2026-03-31
  /// user alice: exactly ATL, HQ
  /// company ATL: exactly alice, bob
  /// user id:7: count 3
  /// company ATL: count 2
  /// coverage >= 40 %
  /// nobody without access
  /// isolated ATL HQ
  /// no leaks
  /// ```
  ///
  /// What follows `#` is a remark. Nothing is said of a file in which a line is not clear.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard input.
  ///   - moment: The state to look at, for all lines that ask for none.
  ///   - withAll: Whether the body gets those that hold too.
  ///   - work: Hears how many lines have been read, and can cancel.
  ///   - whenCounted: Is told how many there are before the first result.
  ///   - body: Takes the results one by one, in the order of the file.
  /// - Returns: How many expectations there are, and how many fail.
  /// - Throws: `ImportError` with the lines that are wrong or name no row, or several; `.noSuchFile`,
  ///   `.notAFile`, `.notPermitted` or `.diskError` of the file; `.noSuchChange` or `.notKept` for a
  ///   moment; `.cancelled`, `.busy`, `.damaged`; and what the body throws.
  public func expect(
    file path: String, at moment: Moment = .now, withAll: Bool = false, work: Work? = nil,
    whenCounted: (ExpectationCounts) throws -> Void = { _ in },
    _ body: (ExpectationResult) throws -> Void
  ) throws -> ExpectationCounts {
    let file = try ImportFile(path, work: work)
    var input = file.bytes
    if try JSONPairs.isJSON(&input) {
      throw ImportError(line: 1, .unexpectedJSON("expectations are plain lines or CSV, not JSON"))
    }
    if try ExpectationRows.areIn(&input) {
      var source = try ExpectationRows(input)
      return try expect(&source, moment, withAll, work, whenCounted, body)
    }
    var source = try ExpectationLines(input)
    return try expect(&source, moment, withAll, work, whenCounted, body)
  }

  /// Finds out which expectations hold.
  ///
  /// - Parameters:
  ///   - expectations: What is expected.
  ///   - moment: The state to look at, for all that ask for no other.
  ///   - work: Cancels the work.
  /// - Returns: The results, in the same order.
  /// - Throws: `ImportError` with the numbers of those that name no row, or several; the rest as
  ///   `expect(file:at:withAll:work:whenCounted:_:)`.
  public func expect(
    _ expectations: [Expectation], at moment: Moment = .now, work: Work? = nil
  ) throws -> [ExpectationResult] {
    var source = GivenExpectations(expectations)
    var results: [ExpectationResult] = []
    _ = try expect(&source, moment, true, work, { _ in }) { results.append($0) }
    return results
  }

  private func expect(
    _ source: inout some ExpectationSource, _ moment: Moment, _ withAll: Bool, _ work: Work?,
    _ whenCounted: (ExpectationCounts) throws -> Void, _ body: (ExpectationResult) throws -> Void
  ) throws -> ExpectationCounts {
    let reader = try SnapshotReader(self, work, makesTables: true)
    return try reader.run {
      let moments = ExpectedMoments(moment)
      var table = try ExpectationTable(reader, isOfPast: moment != .now) { [self] in
        try moments.number(at: $0, self)
      }
      try table.take(&source, work)
      let relations = try moments.all.map { try reader.relations(at: $0) }
      try table.resolve(relations)
      let check = try ExpectationCheck(reader.connection, relations, table)
      try check.run()
      var counts = ExpectationCounts()
      counts.expectations = table.count
      counts.notices = moments.notices
      counts.notLookedAt = check.leaks?.notLookedAt ?? []
      counts.failed = try reader.connection.count(
        "SELECT count(*) FROM \(ExpectationTable.failures)")
      try whenCounted(counts)
      try ExpectationResults(check).forEach(withAll: withAll, body)
      return counts
    }
  }
}

/// The moments that expectations ask for, numbered as they come; 0 is the usual one.
private final class ExpectedMoments {
  private(set) var all: [Moment]
  private var numbers: [Timestamp: Int] = [:]
  /// What is to be known about answers for them, each once.
  private(set) var notices: [MomentNotice] = []

  init(_ moment: Moment) { all = [moment] }

  func number(at time: Timestamp?, _ store: AccessStore) throws(AccessError) -> Int {
    guard let time else { return 0 }
    if let known = numbers[time] { return known }
    let resolved = try store.moment(at: time)
    for notice in resolved.notices where !notices.contains(notice) { notices.append(notice) }
    let number = all.firstIndex(of: resolved.moment) ?? all.count
    if number == all.count { all.append(resolved.moment) }
    numbers[time] = number
    return number
  }
}
