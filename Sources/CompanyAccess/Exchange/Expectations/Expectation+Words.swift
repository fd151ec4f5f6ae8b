extension ExpectedName: CustomStringConvertible {
  /// The name as a line of a file has it.
  public var description: String {
    id.map { "id:" + ExpectedName.written($0) } ?? ExpectedName.written(called ?? "")
  }

  /// A text in quotes, unless it is a plain word.
  static func written(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || "._-@+".utf8.contains(byte)
      }
    return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
  }
}

extension Expectation: CustomStringConvertible {
  /// The line of a file that says it.
  public var description: String { description(names: .max) }

  /// The line, with at most so many names of a list.
  package func description(names limit: Int) -> String {
    func list(_ names: [ExpectedName]) -> String {
      let shown = names.prefix(limit).map(\.description).joined(separator: ", ")
      return names.count > limit ? "\(shown), ... (\(names.count))" : shown
    }
    return switch claim {
    case .access(let user, let company, let isGranted, let time):
      "\(user), \(company), \(isGranted ? "yes" : "no")"
        + (time.map { ", \($0.rfc3339)" } ?? "")
    case .companies(let user, let companies): "user \(user): exactly \(list(companies))"
    case .users(let company, let users): "company \(company): exactly \(list(users))"
    case .companyCount(let user, let count): "user \(user): count \(count)"
    case .userCount(let company, let count): "company \(company): count \(count)"
    case .coverage(let comparison, let thousandths):
      "coverage \(comparison.rawValue) \(Expectation.percent(thousandths)) %"
    case .nobodyWithoutAccess: "nobody without access"
    case .isolated(let one, let other): "isolated \(one) \(other)"
    case .noLeaks: "no leaks"
    }
  }

  /// A number of thousandths as a decimal fraction.
  private static func percent(_ thousandths: Int) -> String {
    var digits = String(thousandths % 1_000 + 1_000).dropFirst()
    while digits.last == "0" { digits = digits.dropLast() }
    return "\(thousandths / 1_000)" + (digits.isEmpty ? "" : ".\(digits)")
  }
}

extension ExpectationFailure: CustomStringConvertible {
  /// What is so instead, without a full stop.
  public var description: String {
    switch self {
    case .access(let isGranted): isGranted ? "yes" : "no"
    case .differs(let missing, let unexpected):
      [
        ExpectationFailure.words("missing", missing),
        ExpectationFailure.words("not expected", unexpected),
      ].compactMap(\.self).joined(separator: "; ")
    case .count(let count): "\(count)"
    case .coverage(let coverage):
      "\(coverage.percent ?? "no pair is permitted"), "
        + "\(coverage.grants) of \(coverage.permitted) pairs"
    case .withoutAccess(let users):
      ExpectationFailure.words("without access", users) ?? "nobody"
    case .shared(let users): ExpectationFailure.words("in both", users) ?? "nobody"
    case .leaks(let counts):
      counts.tables.filter { $0.leaks > 0 }.map(\.description).joined(separator: "; ")
    }
  }

  private static func words(_ what: String, _ names: Affected<String>) -> String? {
    guard names.count > 0 else { return nil }
    let more = names.count - names.first.count
    return "\(what): " + names.first.map(NameInMessage.shown).joined(separator: ", ")
      + (more > 0 ? " and \(more) more" : "")
  }
}
