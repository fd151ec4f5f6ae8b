/// What a text of SQLite means, where its result code does not tell.
///
/// This is the only place that looks at such texts. `DatabaseErrorTests` makes SQLite say each of them.
enum SQLiteText: Hashable, CaseIterable {
  /// An object that a statement names is not there.
  case missingObject
  /// A view, a generated column or a table of SQLite's own cannot be written.
  case notWritable
  /// An object of the schema refers to something that is not there or does not fit.
  case brokenSchema
  /// The schema would run something that is not trusted.
  case unsafe
  /// The file is of a later version of SQLite.
  case unsupportedFormat
  /// An integrity check has found a row that breaks a rule of its table.
  case brokenRule

  /// The meaning of a text; nil if it has none of these.
  init?(_ text: String) {
    let beginnings: [(SQLiteText, [String])] = [
      (.unsafe, ["unsafe use of "]), (.missingObject, ["no such ", "unknown function: "]),
      (.notWritable, ["cannot modify ", "cannot INSERT into ", "cannot UPDATE "]),
      (.brokenRule, ["NULL value in ", "CHECK constraint failed in "]),
      (.unsupportedFormat, ["unsupported file format"]),
      (.brokenSchema, ["foreign key mismatch - "]),
    ]
    let meaning = beginnings.first { $0.1.contains { text.hasPrefix($0) } }?.0
    if let meaning {
      self = meaning
    } else if text.contains(" - unsafe use of ") {
      // "malformed database schema (t) - unsafe use of f()"; `UntrustedSchemaTests` has such a file.
      self = .unsafe
    } else if text.hasPrefix("error in ") {
      self = .brokenSchema
    } else if text.contains(" has no column named ") {
      self = .missingObject
    } else if text.hasSuffix(" may not be modified") {
      self = .notWritable
    } else {
      return nil
    }
  }
}
