/// What the desk says of a PostgreSQL server.
enum ServerMessages {
  static let isAway = "the connection to the server has gone"
  static let isBack = "The server is back: everything was asked for again."
  static let uncertain =
    "The connection has gone while the change was committed, and it is not known whether it was made. "
    + "The desk finds out as soon as the server is back; Esc stops waiting."

  /// Said when the connection has gone.
  static func lost(_ lost: LostServer) -> String {
    "\(lost.place) cannot be reached: \(lost.detail). Nothing is half done; the desk goes on by "
      + "itself when the server is back."
  }

  /// The same for the title.
  static func lost(since time: String) -> String { "server away since \(time)" }

  static func password(for place: String) -> String { "Password for \(place): " }
}
