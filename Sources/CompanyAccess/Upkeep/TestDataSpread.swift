/// Spreads grants over users and companies: unevenly, exactly as many as wanted, each pair once.
struct TestDataSpread {
  let companies: Int
  /// How many companies each user has.
  let counts: [Int32]
  private let seed: Int

  init(_ data: TestData) {
    companies = data.companies
    seed = data.seed
    counts = TestDataSpread.counts(data)
  }

  /// Shares the grants by weights of which a few are large; about one user in twelve has none.
  private static func counts(_ data: TestData) -> [Int32] {
    var numbers = SeededNumbers(seed: data.seed, stream: 1)
    let weights = (0..<data.users).map { _ in
      numbers.next(below: 12) == 0 ? 0 : 1 / (0.02 + numbers.fraction())
    }
    let total = weights.reduce(0, +)
    var counts = [Int32](repeating: 0, count: data.users)
    var (given, sum) = (0, 0.0)
    for user in counts.indices where total > 0 {
      sum += weights[user]
      let due = min(data.grants, Int((Double(data.grants) * (sum / total)).rounded()))
      let count = min(data.companies, max(0, due - given))
      counts[user] = Int32(count)
      given += count
    }
    // What did not fit goes to whoever still has room.
    for user in counts.indices where given < data.grants {
      let more = min(data.companies - Int(counts[user]), data.grants - given)
      counts[user] += Int32(more)
      given += more
    }
    return counts
  }

  /// The companies of a user, by number, in order; the first companies are the popular ones.
  func companies(of user: Int) -> [Int] {
    let count = Int(counts[user])
    var numbers = SeededNumbers(seed: seed, stream: UInt64(user) + 16)
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
