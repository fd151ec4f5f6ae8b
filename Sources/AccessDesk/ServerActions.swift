/// What the desk does with a file and not yet with a database of a PostgreSQL server.
///
/// This table is the only place that knows; what is not in it works on both.
enum ServerActions {
  /// The actions, with the reason that is said.
  static let missing: [ActionID: String] = [
    .viewDoctor: ServerMessages.missing("the doctor")
  ]
}
