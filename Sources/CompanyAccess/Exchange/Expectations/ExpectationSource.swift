internal import Formats

/// Gives expectations, one at a time.
protocol ExpectationSource {
  mutating func next() throws -> Expectation?
}

/// The expectations that a program gives.
struct GivenExpectations: ExpectationSource {
  private var rest: ArraySlice<Expectation>

  init(_ all: [Expectation]) { rest = all[...] }

  mutating func next() -> Expectation? { rest.popFirst() }
}

/// The expectations of a file of plain lines: one in each line, and remarks behind `#`.
struct ExpectationLines: ExpectationSource {
  private var input: InputBytes
  private var line = ExpectationLine()

  init(_ input: InputBytes) throws {
    self.input = input
    try InputError.translated { try self.input.beginText() }
  }

  mutating func next() throws -> Expectation? {
    try InputError.translated {
      guard try line.read(from: &input) else { return nil }
      return Expectation(try claim(), line: line.number)
    }
  }

  private func claim() throws(ImportError) -> Expectation.Claim {
    let all = line.whole
    if let claim = try listed(all) { return claim }
    let cells = line.split(all, at: ",")
    if cells.count == 3 || cells.count == 4 { return try pair(cells) }
    if let rest = line.rest(of: all, after: "coverage", isWord: false) { return try coverage(rest) }
    if let rest = line.rest(of: all, after: "isolated") { return try isolated(rest) }
    if line.says(all, "nobody", "without", "access") { return .nobodyWithoutAccess }
    if line.says(all, "no", "leaks") { return .noLeaks }
    throw ImportError(line: line.number, .unknownExpectation(try line.text(all)))
  }

  /// `user U: exactly A, B`, `company C: count 3`.
  private func listed(_ all: ExpectationLine.Part) throws(ImportError) -> Expectation.Claim? {
    let ofUser = line.rest(of: all, after: "user")
    guard let subject = ofUser ?? line.rest(of: all, after: "company") else { return nil }
    for colon in line.colons(subject) {
      let rest = line.trimmed(colon + 1..<subject.upperBound)
      let owner = line.trimmed(subject.lowerBound..<colon)
      if let list = line.rest(of: rest, after: "exactly") {
        var names: [ExpectedName] = []
        for part in line.split(list, at: ",") {
          names.append(try line.name(part, ofUser == nil ? "user" : "company"))
        }
        let name = try line.name(owner, ofUser == nil ? "company" : "user")
        return ofUser == nil
          ? .users(of: name, exactly: names) : .companies(of: name, exactly: names)
      }
      if let figure = line.rest(of: rest, after: "count") {
        let count = try number(figure, decimals: 0)
        let name = try line.name(owner, ofUser == nil ? "company" : "user")
        return ofUser == nil ? .userCount(of: name, count) : .companyCount(of: name, count)
      }
    }
    return nil
  }

  private func pair(_ cells: [ExpectationLine.Part]) throws(ImportError) -> Expectation.Claim {
    .access(
      user: try line.name(cells[0], "user"), company: try line.name(cells[1], "company"),
      isGranted: try ExpectationAnswer.read(try line.text(cells[2]), line.number),
      at: cells.count == 4
        ? try ExpectationAnswer.time(try line.text(cells[3]), line.number) : nil)
  }

  /// `>= 40 %`.
  private func coverage(_ rest: ExpectationLine.Part) throws(ImportError) -> Expectation.Claim {
    let text = try line.text(rest)
    for comparison in Expectation.Comparison.allCases
    where text.utf8.starts(with: comparison.rawValue.utf8) {
      let start = rest.lowerBound + comparison.rawValue.utf8.count
      let hasSign = text.utf8.last == UInt8(ascii: "%")
      let figure = line.trimmed(start..<rest.upperBound - (hasSign ? 1 : 0))
      return .coverage(comparison, thousandths: try number(figure, decimals: 3))
    }
    throw ImportError(line: line.number, .unknownExpectation(try line.text(line.whole)))
  }

  /// Two companies, with a comma or a blank between them.
  private func isolated(_ rest: ExpectationLine.Part) throws(ImportError) -> Expectation.Claim {
    let byComma = line.split(rest, at: ",")
    let parts = byComma.count > 1 ? byComma : line.words(rest)
    guard parts.count == 2 else {
      throw ImportError(line: line.number, .unknownExpectation(try line.text(line.whole)))
    }
    return .isolated(try line.name(parts[0], "company"), try line.name(parts[1], "company"))
  }

  /// A number in units of its last allowed decimal.
  private func number(
    _ part: ExpectationLine.Part, decimals: Int
  ) throws(ImportError) -> Int {
    let text = try line.text(part)
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : ""
    let digits = "\(parts[0])\(fraction)"
    let isNumber =
      digits.utf8.allSatisfy { (0x30...0x39).contains($0) } && !parts[0].isEmpty
      && fraction.utf8.count <= decimals && (parts.count == 1 || !fraction.isEmpty)
    let zeros = String(repeating: "0", count: max(0, decimals - fraction.utf8.count))
    guard isNumber, let number = Int(digits + zeros) else {
      throw ImportError(line: line.number, .badFigure(text))
    }
    return number
  }
}

/// Reads the cells of an expectation of a pair.
enum ExpectationAnswer {
  /// Whether `yes` or `no` is expected.
  static func read(_ text: String, _ line: Int) throws(ImportError) -> Bool {
    switch text.lowercased() {
    case "yes": return true
    case "no": return false
    default: throw ImportError(line: line, .badAnswer(text))
    }
  }

  /// The time of which something is expected; nil for an empty text, and a date stands for its end.
  static func time(_ text: String, _ line: Int) throws(ImportError) -> Timestamp? {
    if text.isEmpty { return nil }
    do throws(TimeTextError) {
      return try TimeText.parse(text, .end)
    } catch {
      throw ImportError(line: line, .badTime(error))
    }
  }
}
