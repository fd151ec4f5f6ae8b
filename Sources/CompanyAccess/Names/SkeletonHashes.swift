/// Finds names that look like others, in memory of eight bytes a name.
///
/// Names are read twice: first for the numbers that some of them share, then for those names. That
/// two names share a number by chance is as likely as for any hash of 64 bits.
struct SkeletonHashes {
  private var numbers: [Int] = []

  /// The number that all names share which look alike; nil if nothing of the name is visible.
  static func number(of name: String) -> Int? {
    let folded = NameFold.look(name)
    return folded.isEmpty ? nil : folded.hashValue
  }

  mutating func add(_ name: String) {
    if let number = SkeletonHashes.number(of: name) { numbers.append(number) }
  }

  /// The numbers that several names have, and how many have each.
  mutating func shared() -> [(number: Int, names: Int)] {
    numbers.sort()
    var shared: [(number: Int, names: Int)] = []
    var start = 0
    while start < numbers.count {
      var end = start + 1
      while end < numbers.count, numbers[end] == numbers[start] { end += 1 }
      if end - start > 1 { shared.append((numbers[start], end - start)) }
      start = end
    }
    return shared
  }
}
