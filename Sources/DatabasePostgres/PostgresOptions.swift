/// How a PostgreSQL database is opened, beside its location.
package struct PostgresOptions: Sendable {
  /// The name under which the server lists the session, and which triggers put on the record.
  package var applicationName = "company-access"
  /// The password that the operator typed; nil to look into ~/.pgpass, the service file and
  /// PGPASSWORD.
  package var password: String?
  /// The schemas in which names without one are looked up.
  package var schemas = ["public"]
  /// How long to wait for the server to answer, in seconds.
  package var connectSeconds = 10
  /// Asked while the connection is made; true gives up.
  package var shallStop: (@Sendable () -> Bool)?

  package init() {}
}
