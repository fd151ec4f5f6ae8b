/// Spreads grants over users and companies: unevenly, exactly as many as wanted, each pair once.
///
/// Nothing is kept for each user: the numbers are gone through in order, as often as
/// needed, and they are worked out anew.
struct TestDataSpread {
  let companies: Int
  private let data: TestData
  /// What the weights of all users come to.
  private let weight: Double
  /// How many grants are left when every user has got a share.
  private let rest: Int

  init(_ data: TestData) {
    companies = data.companies
    self.data = data
    var weights = GrantWeights(data)
    var weight = 0.0
    for _ in 0..<data.users { weight += weights.next() }
    self.weight = weight
    var shares = GrantShares(data, weight: weight, rest: 0)
    var given = 0
    for _ in 0..<data.users { given += shares.next() }
    rest = data.grants - given
  }

  /// How many companies each user has, in the order of the users.
  var counts: GrantShares { GrantShares(data, weight: weight, rest: rest) }

  /// Weights of which a few are large; about one user in twelve has none.
  private struct GrantWeights {
    private var numbers: SeededNumbers

    init(_ data: TestData) { numbers = SeededNumbers(seed: data.seed, stream: 1) }

    mutating func next() -> Double {
      numbers.next(below: 12) == 0 ? 0 : 1 / (0.02 + numbers.fraction())
    }
  }

  /// Shares the grants by the weights, from the first user on.
  struct GrantShares {
    private let data: TestData
    private let weight: Double
    private var weights: GrantWeights
    private var sum = 0.0
    private var given = 0
    private var rest: Int

    fileprivate init(_ data: TestData, weight: Double, rest: Int) {
      self.data = data
      self.weight = weight
      self.rest = rest
      weights = GrantWeights(data)
    }

    /// How many companies the next user has.
    mutating func next() -> Int {
      guard weight > 0 else { return withRest(0) }
      sum += weights.next()
      let due = min(data.grants, Int((Double(data.grants) * (sum / weight)).rounded()))
      let count = min(data.companies, max(0, due - given))
      given += count
      return withRest(count)
    }

    /// What did not fit goes to users who still have room.
    private mutating func withRest(_ count: Int) -> Int {
      let more = min(data.companies - count, rest)
      rest -= more
      return count + more
    }
  }

  /// The companies of a user, by number, in order; the first companies are the popular ones.
  func companies(of user: Int, count: Int) -> [Int] {
    var numbers = SeededNumbers(seed: data.seed, stream: UInt64(user) + 16)
    guard count * 4 <= companies else { return sample(count, &numbers) }
    var picked = Set<Int>(minimumCapacity: count)
    while picked.count < count {
      let fraction = numbers.fraction()
      picked.insert(Int(fraction * fraction * Double(companies)))
    }
    return picked.sorted()
  }

  /// A sample in one pass (Knuth, TAOCP 2, algorithm S).
  private func sample(_ count: Int, _ numbers: inout SeededNumbers) -> [Int] {
    var picked: [Int] = []
    picked.reserveCapacity(count)
    for company in 0..<companies where picked.count < count {
      if numbers.next(below: companies - company) < count - picked.count { picked.append(company) }
    }
    return picked
  }
}
