internal import Database

/// What is left of this program in a file whose tables of the record another program has dropped, as
/// a migration does that was made by comparing the file with the application's own tables.
///
/// Dropping a table takes its own triggers along, but not those on the application's tables. These
/// name tables that are not there, so that the application can delete nothing any more.
struct Leftovers: Hashable, Sendable {
  private let objects: SchemaObjects
  private let triggers: [SchemaObject]

  init(_ objects: SchemaObjects) {
    self.objects = objects
    let isThere = RecordTable.all.contains { objects.named($0.text) != nil }
    triggers =
      isThere
      ? []
      : objects.all.filter {
        $0.kind == "trigger" && $0.name.lowercased().hasPrefix("company_access_")
          && SQLTokens($0.sql ?? "").mention("company_access_change")
      }
  }

  var isEmpty: Bool { triggers.isEmpty }

  /// The tables on which the triggers are.
  var tables: [String] { Set(triggers.map(\.table)).sorted() }

  var problem: SchemaProblem { .leftovers(tables: tables) }

  /// The objects as examples name them.
  var names: [String] { triggers.map { "\($0.words) on \($0.table)" } }

  /// The table with grants.
  private var access: SchemaMapping.Access? {
    let begun = triggers.first { $0.name.lowercased() == "company_access_grant_inserted" }
    return begun.map { SchemaMapping.Access(table: SQLName(foreign: $0.table)) }
  }

  /// The names of everything that changes when they are taken away, in lower case.
  var changing: Set<String> {
    var names = Set(triggers.map { $0.name.lowercased() })
    if let access {
      names.formUnion(
        [access.table, access.unique, access.companyIndex].map(\.folded))
    }
    return names
  }

  /// The steps that take them away.
  func removing(_ connection: Connection) throws -> [SchemaStep] {
    let purpose = "the tables that it names are gone"
    var steps = triggers.map {
      SchemaStep(.drop, $0.words, purpose, ["DROP TRIGGER \(SQLName(foreign: $0.name))"])
    }
    guard let access else { return steps }
    for name in [access.companyIndex, access.unique] {
      guard let index = objects.named(name.text), index.kind == "index", index.sql != nil else {
        continue
      }
      steps.append(SchemaStep(.drop, index.words, "it was added", ["DROP INDEX \(name)"]))
    }
    return steps
  }
}

extension Schema {
  /// The lines for the env.py of Alembic by which it leaves alone what this program adds.
  ///
  /// - Parameter names: What is added under other names than those of this program's own.
  /// - Returns: A function in Python, and how it is given.
  func alembicLines(adding names: [SQLName]) -> [String] {
    func text(_ name: String) -> String {
      "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    let others = names.map { text($0.text) }.joined(separator: ", ")
    return [
      "def include_object(object, name, type_, reflected, compare_to):",
      "    if name is not None and name.startswith((\"company_access_\", \"ix_company_access_\")):",
      "        return False",
      names.isEmpty ? "    return True" : "    return name not in (\(others),)",
      "context.configure(..., include_object=include_object)",
    ]
  }
}
