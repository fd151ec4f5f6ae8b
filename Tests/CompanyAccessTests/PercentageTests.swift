import Testing

@testable import CompanyAccess

@Suite struct PercentageTests {
  @Test(
    "A share is never rounded to all or none",
    arguments: [
      (0, 3_000, "0.0 %", "0.0"), (1, 3_000, "< 0.1 %", "0.1"), (3, 3_000, "0.1 %", "0.1"),
      (57, 168, "33.9 %", "33.9"), (999, 1_000, "99.9 %", "99.9"),
      (1_999, 2_000, "> 99.9 %", "99.9"), (2_000, 2_000, "100.0 %", "100.0"),
    ])
  func isNeverALie(part: Int, whole: Int, words: String, number: String) {
    #expect(Percentage.words(part, of: whole) == words)
    #expect(Percentage.number(part, of: whole) == number)
  }

  @Test func ofNothingThereIsNoShare() {
    #expect(Percentage.words(0, of: 0) == nil && Percentage.number(0, of: 0) == nil)
    #expect(Coverage(users: 0, companies: 3, grants: 0, permitted: 0).exactPercent == nil)
  }

  @Test func theExactShareIsNotRounded() {
    let coverage = Coverage(users: 2_000, companies: 1, grants: 1_999, permitted: 2_000)
    #expect(coverage.exactPercent == 99.95 && coverage.percent == "> 99.9 %")
  }
}
