import Testing

@testable import TerminalUI

@Suite struct FigureTests {
  @Test func numbers() {
    #expect(Digits.grouped(0) == "0")
    #expect(Digits.grouped(999) == "999")
    #expect(Digits.grouped(1_000) == "1,000")
    #expect(Digits.grouped(-1_234_567) == "-1,234,567")
    #expect(Digits.grouped(.min) == "-9,223,372,036,854,775,808")
    #expect(Digits.counted(1, "user") == "1 user")
    #expect(Digits.counted(0, "user") == "0 users")
    #expect(Digits.counted(1_200, "company", "companies") == "1,200 companies")
    #expect(Digits.percent(tenths: 339) == "33.9 %")
    #expect(Digits.percent(tenths: 0) == "0.0 %")
    #expect(Digits.percent(tenths: 1_000) == "100.0 %")
    #expect(Digits.percent(tenths: -5) == "-0.5 %")
    #expect(Digits.percent(tenths: nil) == "n/a")
  }

  @Test(arguments: [
    (-1, "0 s"), (59, "59 s"), (60, "1 min"), (125, "2 min 5 s"), (3_600, "1 h"),
    (12_000, "3 h 20 min"), (86_400, "1 day"), (187_200, "2 days 4 h"),
  ])
  func durations(seconds: Int, words: String) {
    #expect(Digits.duration(seconds: seconds) == words)
  }

  @Test(arguments: [
    (0, "a few seconds left"), (5, "about 10 s left"), (41, "about 50 s left"),
    (54, "about 60 s left"), (55, "about 1 min left"), (89, "about 1 min left"),
    (90, "about 2 min left"), (3_569, "about 59 min left"), (3_570, "about 1 h left"),
    (4_900, "about 1 h 20 min left"), (200_000, "more than a day left"),
    (Int.max, "more than a day left"),
  ])
  func timeLeft(seconds: Int, words: String) {
    #expect(Digits.timeLeft(seconds: seconds) == words)
  }

  @Test func barsNeverMislead() {
    let full = String(repeating: "\u{2588}", count: 4)
    #expect(BarGlyphs.bar(0, of: 10, columns: 4).string == "    ")
    #expect(BarGlyphs.bar(1, of: 1_000_000, columns: 4).string == "\u{258F}   ")
    #expect(BarGlyphs.bar(1, of: 2, columns: 4).string == "\u{2588}\u{2588}  ")
    #expect(BarGlyphs.bar(3, of: 8, columns: 1).string == "\u{258D}")
    #expect(
      BarGlyphs.bar(999_999, of: 1_000_000, columns: 4).string == "\u{2588}\u{2588}\u{2588}\u{2589}"
    )
    #expect(BarGlyphs.bar(10, of: 10, columns: 4).string == full)
    #expect(BarGlyphs.bar(.max, of: .max, columns: 4).string == full)
    #expect(BarGlyphs.bar(.max - 1, of: .max, columns: 4).string != full)
    #expect(BarGlyphs.bar(5, of: 0, columns: 4).string == "    ")
    #expect(BarGlyphs.bar(-5, of: 9, columns: 4).string == "    ")
    #expect(BarGlyphs.bar(1, of: 1, columns: 0).isEmpty)
    var last = 0
    for part in 0...1_000 {
      let eighths = BarGlyphs.eighths(part, of: 1_000, columns: 7)
      #expect(eighths >= last)
      last = eighths
    }
  }

  @Test func progress() {
    let progress = Progress(done: 1_234_567, total: 10_000_000, secondsLeft: 125)
    #expect(
      drawn(58, 2) { progress.draw(into: &$0, area: $1) }.text == """
        [██████                                           ]   12 %
        1,234,567 / 10,000,000   about 2 min left
        """)
    #expect(
      drawn(78, 1) { progress.draw(into: &$0, area: $1) }.text == """
        [███▎                      ]   12 %  1,234,567 / 10,000,000   about 2 min left
        """)
    #expect(
      drawn(30, 1) { progress.draw(into: &$0, area: $1) }.text == """
        [██▋                  ]   12 %
        """)
    #expect(Progress(done: 9_999, total: 10_000).percent == "99 %")
    #expect(Progress(done: 10_000, total: 10_000, secondsLeft: 3).words == "10,000 / 10,000")
    #expect(Progress(done: 10_000, total: 10_000).percent == "100 %")
    #expect(Progress(done: .max, total: 1).percent == "100 %")
    #expect(Progress(done: -1, total: 10).percent == "0 %")
    #expect(
      drawn(58, 2) { Progress(done: 4_200, total: 0).draw(into: &$0, area: $1) }.text
        == "4,200 done\n")
  }

  private func buckets(_ values: [(value: Int, count: Int)], rows: Int) -> [String] {
    BarChart(histogram: values, rows: rows).bars.map { "\($0.label):\($0.count)" }
  }

  @Test func histograms() {
    #expect(buckets([], rows: 5) == [])
    #expect(buckets([(0, 7)], rows: 5) == ["0:7"])
    #expect(buckets([(3, 7)], rows: 5) == ["3:7"])
    #expect(buckets([(0, 7), (1, 2), (4, 1)], rows: 5) == ["0:7", "1:2", "2:0", "3:0", "4:1"])
    #expect(buckets([(0, 7), (1, 2), (6, 1)], rows: 3) == ["0:7", "1-3:2", "4-6:1"])
    #expect(buckets([(1, 1), (2, 2), (7, 3)], rows: 3) == ["1-3:3", "4-6:0", "7:3"])
    #expect(buckets([(0, 7), (6, 1)], rows: 1) == ["0-6:8"])
    #expect(buckets([(0, 7)], rows: 1) == ["0:7"])
    #expect(buckets([(0, 7), (6, 1)], rows: 0) == [])
    #expect(buckets([(5, .max), (5, .max)], rows: 2) == ["5:\(Int.max)"])
    #expect(buckets([(0, 1), (.max, 1)], rows: 2) == ["0:1", "1-\(Int.max):1"])
  }

  @Test func histogramsLoseNothing() {
    for highest in 0...60 {
      for rows in 1...12 {
        let values = (0...highest).map { (value: $0, count: $0 + 1) }
        let bars = BarChart(histogram: values, rows: rows).bars
        #expect(bars.count <= rows)
        #expect(bars.reduce(0) { $0 + $1.count } == values.reduce(0) { $0 + $1.count })
      }
    }
  }

  @Test func charts() {
    let chart = BarChart([.init("0", 12), .init("1-2", 1_200), .init("3-5", 1), .init("6", 0)])
    #expect(
      drawn(40, 4) { chart.draw(into: &$0, area: $1) }.text == """
        0       12  ▎
        1-2  1,200  ████████████████████████████
        3-5      1  ▏
        6        0
        """)
    #expect(
      drawn(40, 3) { chart.draw(into: &$0, area: $1) }.text == """
        0          12  ▎
        1-2     1,200  █████████████████████████
        2 more      1
        """)
  }
}
