internal import CompanyAccess

/// The life of a pair on one line.
struct Timeline {
  private let life: GrantTimeline
  /// The days, on the local clock, on which it begins and ends.
  let firstDay: String
  let lastDay: String
  private let first: Int64
  private let length: Int64

  /// Nil if no time passed, or the clocks do not tell.
  init?(_ life: GrantTimeline, until: Timestamp) {
    guard let start = life.episodes.first?.from, let first = start.millisecondsSince1970,
      let last = until.millisecondsSince1970, last > first
    else { return nil }
    self.life = life
    firstDay = String(start.localMinute.prefix(10))
    lastDay = String(until.localMinute.prefix(10))
    self.first = first
    length = last - first
  }

  /// For each part of the time, all as long: whether the pair held in it.
  func marks(_ count: Int) -> [Bool] {
    var marks = Array(repeating: false, count: count)
    for episode in life.episodes {
      let from = min(count - 1, place(episode.from, count))
      let to = episode.to.map { place($0, count) } ?? count
      for index in from..<min(count, max(from + 1, to)) { marks[index] = true }
    }
    return marks
  }

  private func place(_ time: Timestamp, _ count: Int) -> Int {
    let passed = (time.millisecondsSince1970 ?? first + length) - first
    return min(count, max(0, Int(Double(passed) / Double(length) * Double(count))))
  }

  /// The first day, a line that is thick where the pair held, and the last day.
  func text(columns: Int) -> String {
    let width = max(10, columns - firstDay.utf8.count - lastDay.utf8.count - 2)
    return firstDay + " " + marks(width).map { $0 ? "#" : "-" }.joined() + " " + lastDay
  }
}
