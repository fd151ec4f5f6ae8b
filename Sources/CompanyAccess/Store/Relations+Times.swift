internal import Database

extension Relations {
  /// An expression that comes before every time.
  var earliest: String { mapping.engine == .postgres ? "'-infinity'" : "''" }

  /// A truth, an expression, as 1 or 0, which lists are sorted by.
  func number(ofTruth truth: String) -> String {
    mapping.engine == .postgres ? "CASE WHEN \(truth) THEN 1 ELSE 0 END" : "(\(truth))"
  }

  /// An expression: a time of the application, an expression, in the form of the record, whether it is
  /// a text with a T or an offset, or a number of seconds, milliseconds or microseconds.
  ///
  /// It is what `Timestamp` makes of the value when a row is read.
  func utc(_ time: String) -> String {
    if mapping.engine == .postgres { return time }
    let seconds = """
      CASE WHEN abs(\(time)) <= 1e11 THEN \(time) WHEN abs(\(time)) <= 1e14 THEN \(time) / 1e3
        ELSE \(time) / 1e6 END
      """
    return """
      CASE WHEN typeof(\(time)) IN ('integer', 'real')
        THEN strftime('%Y-%m-%d %H:%M:%f', \(seconds), 'unixepoch')
        ELSE coalesce(strftime('%Y-%m-%d %H:%M:%f', \(time)), \(time)) END
      """
  }
}
