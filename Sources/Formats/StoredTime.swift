/// Times as tables hold them, on their way into a file.
package enum StoredTime {
  /// The form of RFC 3339 of a time in UTC, as `2026-03-31T09:00:00.000Z`.
  ///
  /// - Parameter stored: `YYYY-MM-DD HH:MM:SS.SSS`; other programs may have stored another text.
  /// - Returns: The time; a text of another length as it is.
  package static func rfc3339(_ stored: String) -> String {
    stored.utf8.count == 23 ? stored.replacing(" ", with: "T") + "Z" : stored
  }
}
