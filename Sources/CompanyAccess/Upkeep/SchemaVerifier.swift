internal import Database

/// Compares what a database has with what it should have, object by object.
struct SchemaVerifier {
  private let survey: SchemaSurvey

  init(_ survey: SchemaSurvey) { self.survey = survey }

  private var schema: Schema { survey.schema }
  private var objects: SchemaObjects { survey.objects }
  private var access: SQLName { schema.mapping.access.table }

  /// Every difference, in the order in which the objects are made.
  func differences() throws -> [SchemaDifference] {
    var differences = try settings()
    let isFound = try survey.isAccessFound(version: SchemaStatus.newest)
    for item in schema.additions where !isFound || item != schema.companyIndex {
      guard let there = objects.named(item.name.text) else {
        differences.append(
          SchemaDifference(item.words, "is missing", expected: item.sql, found: nil))
        continue
      }
      if item.name.folded == access.folded, there.kind == "table" {
        differences += try accessTable(item, there)
      } else if schema.lackingAttributes(of: item, there.sql) != [] {
        differences.append(
          SchemaDifference(
            item.words, "is not as it was made", expected: item.sql, found: there.sql))
      }
    }
    return differences + survey.foreignTriggers.compactMap(foreign)
  }

  private func settings() throws -> [SchemaDifference] {
    guard objects.named(SchemaSetting.table) != nil else { return [] }
    let version = try SchemaSetting.version(survey.connection)
    guard version != SchemaStatus.newest else { return [] }
    return [
      SchemaDifference(
        "setting \(SchemaSetting.version)", "is not that of this program",
        expected: "\(SchemaStatus.newest)", found: version.map { "\($0)" })
    ]
  }

  private func accessTable(
    _ item: Schema.Item, _ there: SchemaObject
  ) throws -> [SchemaDifference] {
    guard there.sql != item.sql else { return [] }
    let form = try AccessTableForm(survey.connection, schema.mapping)
    var words = try form.problems(isNew: false).map(\.difference)
    if schema.mapping.access.isDescribed {
      return words.map { SchemaDifference(item.words, $0, expected: nil, found: there.sql) }
    }
    words += form.foreignKeyProblems.map(\.difference)
    words += form.looseColumns.map { "lets \($0) be NULL" }
    let findings = try schema.check(survey.connection)
    if !findings.hasUniquePair { words.append("lets a pair be there twice") }
    if SQLTokens(there.sql ?? "").hasWord("check") { words.append("has a CHECK that is not ours") }
    return words.map {
      SchemaDifference(item.words, $0, expected: item.sql, found: there.sql)
    }
  }

  private func foreign(_ problem: SchemaProblem) -> SchemaDifference? {
    switch problem {
    case .foreignTrigger(let name, let table), .writingTrigger(let name, _, let table):
      SchemaDifference(
        "trigger \(name)", "writes or acts on \(table) and is not ours", expected: nil,
        found: objects.named(name)?.sql)
    default: nil
    }
  }
}

extension SchemaDifference {
  init(_ object: String, _ difference: String, expected: String?, found: String?) {
    self.object = object
    self.difference = difference
    self.expected = expected
    self.found = found
  }

  /// Whether an upgrade has to have put it right.
  var isMendable: Bool { difference == "is missing" || difference == "is not as it was made" }
}

extension SchemaProblem {
  /// What is wrong with a table, as half a sentence after its name.
  fileprivate var difference: String {
    switch self {
    case .missingColumn(_, let column): "lacks the column \(column)"
    case .wrongColumn(_, let column, let expected):
      "has a column \(column) that must be \(expected)"
    case .requiredColumn(_, let column): "has a column \(column) that must be filled"
    case .noForeignKey(_, let column, let parent):
      "lets grants stay when the \(column) goes from \(parent)"
    case .foreignUnique(let name, _, _): "has the UNIQUE index \(name), which is not ours"
    default: description
    }
  }
}
