/// Shares in per cent with one decimal, which never say all or none where that is not so.
public enum Percentage {
  /// A share in tenths of a per cent: rounded half up, but neither to 0 nor to 1,000 unless it is none or
  /// all; nil if there is no whole.
  public static func tenths(_ part: Int, of whole: Int) -> Int? {
    guard whole > 0 else { return nil }
    let rounded = Int((Double(part) * 1_000 / Double(whole)).rounded(.toNearestOrAwayFromZero))
    if part > 0, rounded == 0 { return 1 }
    if part < whole, rounded == 1_000 { return 999 }
    return rounded
  }

  /// Whether the tenths are only a bound of a share: less than 0.1 %, or more than 99.9 %.
  private static func isBound(_ part: Int, of whole: Int) -> (isBelow: Bool, isAbove: Bool) {
    (part > 0 && part * 1_000 < whole, part < whole && part * 1_000 > whole * 999)
  }

  /// A share for people: `33.9 %`, `< 0.1 %`, `> 99.9 %`; nil if there is no whole.
  public static func words(_ part: Int, of whole: Int) -> String? {
    guard let number = number(part, of: whole) else { return nil }
    let bound = isBound(part, of: whole)
    return (bound.isBelow ? "< " : bound.isAbove ? "> " : "") + number + " %"
  }

  /// A share for programs: `33.9`; nil if there is no whole.
  ///
  /// It is never 0.0 or 100.0 unless it is none or all.
  public static func number(_ part: Int, of whole: Int) -> String? {
    tenths(part, of: whole).map { "\($0 / 10).\($0 % 10)" }
  }
}
