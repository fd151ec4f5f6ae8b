package import CompanyAccess

/// A connection to a server that has gone.
package struct LostServer: Hashable, Sendable {
  /// Where the database is, without a password.
  package let place: String
  /// Why, in words.
  package let detail: String
  /// When that was noticed.
  package let since: Timestamp

  package init(place: String, detail: String, since: Timestamp) {
    (self.place, self.detail, self.since) = (place, detail, since)
  }

  /// What the title says.
  package var title: String {
    let time = since.localMinute.split(separator: " ").last.map(String.init) ?? since.text
    return ServerMessages.lost(since: time)
  }
}
