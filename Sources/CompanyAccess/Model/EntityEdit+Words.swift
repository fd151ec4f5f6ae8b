extension EntityKind {
  /// The word for several.
  public var plural: String { self == .user ? "users" : "companies" }
}

extension FieldNote: CustomStringConvertible {
  /// The note with the field in front, without a full stop.
  public var description: String { "\(label): \(finding)" }
}

extension FieldNote.Finding: CustomStringConvertible {
  /// What is to be said, without a full stop.
  public var description: String {
    switch self {
    case .empty: "is empty"
    case .tooLong(let count, let limit): "has \(count) characters, and may have \(limit)"
    case .controlCharacter(let number):
      "has a control character, U+\(FieldNote.Finding.hex(number))"
    case .invisibleCharacter(let number):
      "has a character that is not seen, U+\(FieldNote.Finding.hex(number))"
    case .undefinedCharacter(let number):
      "has a character without a meaning of its own, U+\(FieldNote.Finding.hex(number))"
    case .unusualBlank(let number):
      "has a blank that is not the plain one, U+\(FieldNote.Finding.hex(number))"
    case .outerBlank: "begins or ends with a blank"
    case .confusableLetter(let number):
      "has a letter that is easily taken for another, U+\(FieldNote.Finding.hex(number))"
    case .notAnAddress: "is no e-mail address"
    case .notARole(let choices): "is no role here; there are: \(choices.joined(separator: ", "))"
    case .noCompany(let similar):
      "is no company" + (similar.isEmpty ? "" : "; similar: \(similar.joined(separator: ", "))")
    case .severalCompanies(let names):
      "can be any of these; say id:ID: \(names.joined(separator: ", "))"
    case .notFound(let table, let choices):
      "is not in \(table)"
        + (choices.isEmpty ? "" : "; there are: \(choices.joined(separator: ", "))")
    case .severalRows(let table, let keys):
      "is in several rows of \(table), with the keys \(keys.joined(separator: ", "))"
    case .taken(let other): "is taken by \(other)"
    case .same(let other): "differs from \(other) only in \(FieldNote.Finding.forms)"
    case .sameAsLine(let line):
      "is the name of line \(line), or differs from it only in \(FieldNote.Finding.forms)"
    case .isID(let other): "is the id of \(other)"
    case .calls(let company):
      "is also what \(company) is called; commands and files have to say the ids of both"
    case .looksLike(let other): "looks like \(other)"
    case .means(let company): "is \(company)"
    }
  }

  private static let forms = "case, blanks, the form of letters or what is not seen"

  private static func hex(_ number: UInt32) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}

extension EntityObstacle: CustomStringConvertible {
  /// The reason, as the end of a sentence.
  public var description: String {
    switch self {
    case .changedSince(let change?): "was changed since by change \(change)"
    case .changedSince(nil): "was changed since by another program"
    case .idTaken(let other): "cannot come back, because the id now belongs to \(other)"
    case .nameTaken(let other): "cannot be so again, because \(other) has the same"
    case .hasGrants(1): "stays, because one grant has been made since"
    case .hasGrants(let count): "stays, because \(count) grants have been made since"
    case .referred(let references): "stays, because \(AccessError.words(references)) refer to it"
    case .notKept(let columns):
      "cannot come back, because the record does not know \(columns.joined(separator: ", "))"
    case .lacks(let table): "cannot come back, because what it refers to in \(table) is gone"
    }
  }
}

extension AccessError {
  /// `3 rows of contacts, 1 row of deals`.
  static func words(_ references: [Reference]) -> String {
    references.map { "\($0.rows) \($0.rows == 1 ? "row" : "rows") of \($0.table)" }
      .joined(separator: ", ")
  }
}
