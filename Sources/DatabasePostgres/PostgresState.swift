internal import Database

extension DatabaseError.Category {
  /// The category of an error of PostgreSQL, by its SQLSTATE.
  ///
  /// The codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
  init(state: String) {
    self = Self.exact[state] ?? Self.classes[String(state.prefix(2))] ?? .other
  }

  private static let exact: [String: Self] = [
    "23505": .constraint(.unique), "23502": .constraint(.notNull), "23514": .constraint(.check),
    "23503": .constraint(.foreignKey), "23001": .constraint(.foreignKey),
    "23P01": .constraint(.unique), "25006": .readOnly(.permissions),
    "40001": .conflict, "40P01": .conflict, "55P03": .busy, "55006": .busy, "57014": .interrupted,
    "42501": .notPermitted, "28P01": .notPermitted, "28000": .notPermitted,
    "3D000": .cannotOpen, "3F000": .missingObject, "42P01": .missingObject,
    "42703": .missingObject, "42883": .missingObject, "42704": .missingObject,
    "428C9": .notWritable, "55000": .notWritable, "2BP01": .brokenSchema, "53100": .full,
    "53200": .outOfMemory, "53300": .connectionLost, "58030": .inputOutput,
    "57P01": .connectionLost, "57P02": .connectionLost, "57P03": .connectionLost,
    "57P05": .connectionLost, "25P03": .connectionLost, "P0001": .constraint(.trigger),
    "XX001": .damaged, "XX002": .damaged,
  ]

  private static let classes: [String: Self] = [
    "08": .connectionLost, "22": .statement, "23": .constraint(.other), "25": .statement,
    "28": .notPermitted, "42": .statement, "44": .constraint(.check), "53": .full,
    "58": .inputOutput, "P0": .constraint(.trigger), "0A": .statement, "21": .statement,
  ]
}

/// What a text of libpq means, where there is no SQLSTATE beside it.
///
/// This is the only place that looks at such texts. They are not translated, because a connection
/// asks for messages with their SQLSTATE until it stands.
enum PostgresText {
  /// The SQLSTATE in a message of a server that refused the connection, such as
  /// `FATAL:  28P01: password authentication failed`; nil where the server has not answered.
  ///
  /// - Parameter message: The message, in the form that libpq calls verbose.
  /// - Returns: The SQLSTATE, and the words behind it up to the end of the line.
  static func refusal(_ message: String) -> (state: String, words: String)? {
    for line in message.split(separator: "\n") {
      let parts = line.split(separator: ": ", omittingEmptySubsequences: false)
      for (place, part) in parts.enumerated().dropFirst() {
        let state = part.drop { $0 == " " }
        // FATAL has five letters, too.
        let isState =
          state.utf8.count == 5 && state.contains(where: \.isNumber)
          && state.allSatisfy { $0.isASCII && ($0.isNumber || $0.isUppercase) }
        guard isState, place + 1 < parts.count else { continue }
        return (String(state), parts[(place + 1)...].joined(separator: ": "))
      }
    }
    return nil
  }
}
