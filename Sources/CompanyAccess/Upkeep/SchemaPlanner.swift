internal import Database

extension Schema {
  /// What keeps a pair from being there twice where the table itself does not.
  var uniqueIndex: Item {
    let name = mapping.access.unique
    return Item(
      kind: .index, name: name,
      sql: """
        CREATE UNIQUE INDEX \(name) ON \(mapping.access.table) \
        (\(mapping.access.user), \(mapping.access.company))
        """)
  }

  /// The names of all objects that this program adds, in lower case.
  var objectNames: Set<String> {
    let access = mapping.access
    return Set((additions.map(\.name) + [access.unique, access.userIndex]).map(\.folded))
  }

  /// The names of the tables among them, in lower case.
  var tableNames: Set<String> {
    Set(additions.filter { $0.kind == .table }.map { $0.name.folded })
  }
}

extension SQLName {
  /// The name in lower case: SQLite does not tell the cases apart.
  var folded: String { text.lowercased() }
}

/// Works out the steps from the schema as it is to the schema as it has to be, and back.
struct SchemaPlanner {
  let survey: SchemaSurvey
  /// Who makes the change, for the record.
  let actor: String
  let origin: Origin
  /// Why, in the words of the operator.
  let reason: ChangeReason
  /// Whether an application's own access table gets indexes for both ways through it.
  var addsIndex = false
  /// What the operator trusts of the application's schema, if that has been said.
  var trust: String?

  private var connection: Connection { survey.connection }
  private var schema: Schema { survey.schema }
  private var mapping: SchemaMapping { schema.mapping }
  private var access: SQLName { mapping.access.table }

  // MARK: - Up

  /// The steps to the newest version; none if there is nothing to do.
  func upgrade() throws -> [SchemaStep] {
    switch try survey.version() {
    case 0: try adopting()
    case VersionOne.number: try fromVersionOne()
    case SchemaStatus.newest: try remedy() + describing() + trusting()
    default: []
    }
  }

  /// From a file that has only the application's tables.
  private func adopting() throws -> [SchemaStep] {
    var steps: [SchemaStep] = []
    let found = survey.objects.named(access.text)
    var kept = 0
    if found != nil {
      kept = try connection.count("SELECT count(*) FROM \(mapping.access.grants)")
      steps.append(
        SchemaStep(.keep, "table \(access.text)", "it is there, with \(kept) rows", []))
      steps += try lacking(in: schema.check(connection))
      if addsIndex { steps += try indexes() }
    } else {
      steps.append(make(schema.accessTable))
    }
    if found == nil { steps.append(make(schema.companyIndex)) }
    return steps + schema.recordTables.map(make) + [beginning(kept: kept, found: found)]
      + filling() + schema.triggers.map(make)
  }

  /// The indexes for the companies of a user and the users of a company that are not there.
  private func indexes() throws -> [SchemaStep] {
    let items = [
      (mapping.access.user, schema.userIndex), (mapping.access.company, schema.companyIndex),
    ]
    return try items.filter { try !survey.hasIndex(beginningWith: $0.0) }.map { make($0.1) }
  }

  /// From a file of version 1.
  private func fromVersionOne() throws -> [SchemaStep] {
    let one = VersionOne(
      mapping: mapping, objects: survey.objects,
      isFound: try survey.isAccessFound(version: VersionOne.number))
    return one.steps(header(.upgrade, because: "from version \(VersionOne.number)"), make)
      + schema.triggers.map(make) + (try trusting())
  }

  /// A statement that puts a change of this program on the record: why in the words of the operator,
  /// and then in those of this program.
  private func header(
    _ action: ChangeAction, because words: String?, at time: String = Timestamp.now.text
  ) -> String {
    func literal(_ text: String?) -> String { text.map { SQLText.literal($0) } ?? "NULL" }
    let why = [reason.text, words].compactMap(\.self)
    return """
      INSERT INTO \(RecordTable.change)
        (at, actor, origin, action, reason, ticket, decided_at, added, removed)
      VALUES (\(literal(time)), \(literal(actor)), '\(origin.rawValue)', '\(action.rawValue)',
        \(literal(why.isEmpty ? nil : why.joined(separator: "; "))), \(literal(reason.ticket)),
        \(literal(reason.decidedAt?.text)), 0, 0)
      """
  }

  /// What puts all users, companies and grants on a record that is empty.
  private func filling() -> [SchemaStep] {
    let filling = RecordFilling(mapping: mapping)
    return [
      SchemaStep(
        .write, "all users and companies", "they go on the record", filling.lifetimes)
    ] + schema.lifetimeIndexes.map(make) + [
      SchemaStep(.write, "all grants", "they go on the record", filling.grants)
    ] + Schema.grantIndexes.map(make)
  }

  /// What the access table that is there lacks.
  private func lacking(in findings: SchemaFindings) -> [SchemaStep] {
    var steps: [SchemaStep] = []
    if !findings.hasUniquePair { steps.append(make(schema.uniqueIndex)) }
    return steps
  }

  /// Begins the record and says in the file what was done.
  private func beginning(kept: Int, found: SchemaObject?) -> SchemaStep {
    let now = Timestamp.now.text
    let words = kept > 0 ? "\(kept) grants were there already" : nil
    var settings = [
      (SchemaSetting.version, "\(SchemaStatus.newest)"),
      (SchemaSetting.recordBegins, SQLText.literal(now)),
      (SchemaSetting.database, SQLText.literal(TimeOrderedID.next())),
    ]
    settings += mapping.settings.map { ($0.key, SQLText.literal($0.value)) }
    if let sql = found?.sql { settings.append((SchemaSetting.accessFound, SQLText.literal(sql))) }
    if let trust { settings.append((SchemaSetting.trust, SQLText.literal(trust))) }
    let rows = settings.map { "(\(SQLText.literal($0.0)), \($0.1))" }.joined(separator: ", ")
    return SchemaStep(
      .write, SchemaStep.firstChange, "the record begins",
      [
        header(.recordBegan, because: words, at: now),
        "INSERT INTO company_access_now (one) VALUES (1)",
        "INSERT INTO company_access_setting (key, value) VALUES \(rows)",
      ])
  }

  /// What other programs have dropped or changed, and what no trigger has seen.
  private func remedy() throws -> [SchemaStep] {
    let findings = try schema.check(connection)
    let missing = findings.missingTables.map { "table \($0)" } + findings.missing
    var steps = widening()
    // Before the columns are there the attributes cannot be compared.
    let differs = try !steps.isEmpty || difference()?.isEmpty != true
    guard !missing.isEmpty || !steps.isEmpty else { return differs ? try found() : [] }
    for item in schema.additions where item.kind == .table {
      if findings.missingTables.contains(item.name.text) { steps.append(make(item)) }
    }
    if !findings.missingTables.contains(access.text) { steps += lacking(in: findings) }
    steps += findings.items.map { item in
      guard survey.objects.named(item.name.text) != nil else { return make(item) }
      // One that is there under the name is not the one that it should be.
      return SchemaStep(
        .replace, item.words, item.purpose,
        ["DROP \(item.kind.rawValue.uppercased()) \(item.name)", item.sql])
    }
    return steps + [resuming(missing)] + (differs ? try found() : [])
  }

  /// Gives the record columns for what a new mapping names and the former did not.
  private func widening() -> [SchemaStep] {
    schema.lackingAttributes(survey.objects).map { table, attributes in
      let names = attributes.map(\.text).joined(separator: ", ")
      return SchemaStep(
        .replace, "table \(table.text)", "the record keeps \(names), too",
        attributes.map { "ALTER TABLE \(table) ADD COLUMN \($0)" })
    }
  }

  /// Keeps the description by which the tables are found, if it is another one: the application may
  /// have renamed them.
  private func describing() throws -> [SchemaStep] {
    guard survey.objects.named(SchemaSetting.table) != nil, try survey.isDescribedOtherwise() else {
      return []
    }
    return mapping.settings.map { setting in
      SchemaStep(
        .write, "setting \(setting.key)", "where the application keeps users and companies",
        [
          """
          INSERT INTO company_access_setting (key, value)
          VALUES (\(SQLText.literal(setting.key)), \(SQLText.literal(setting.value)))
          ON CONFLICT (key) DO UPDATE SET value = excluded.value
          """
        ])
    }
  }

  /// Keeps what the operator has said about the application's schema, if that is new.
  private func trusting() throws -> [SchemaStep] {
    guard let trust,
      try SchemaSetting.value(SchemaSetting.trust, connection) != .text(trust)
    else { return [] }
    return [
      SchemaStep(
        .write, "setting \(SchemaSetting.trust)", "the application's schema is trusted",
        [
          """
          INSERT INTO company_access_setting (key, value)
          VALUES ('\(SchemaSetting.trust)', \(SQLText.literal(trust)))
          ON CONFLICT (key) DO UPDATE SET value = excluded.value
          """
        ])
    ]
  }

  /// Writes on the record that it resumes.
  private func resuming(_ missing: [String]) -> SchemaStep {
    let triggers = Set(schema.triggers.map(\.words))
    let lacksAll = triggers.isSubset(of: missing)
    let others = lacksAll ? missing.filter { !triggers.contains($0) } : missing
    let words = [
      lacksAll ? "all triggers were missing" : nil,
      others.isEmpty ? nil : "missing: " + others.joined(separator: ", "),
    ]
    return SchemaStep(
      .write, SchemaStep.change, "the record resumes",
      [
        header(.recordResumed, because: words.compactMap(\.self).joined(separator: "; ")),
        """
        INSERT INTO company_access_now (one) VALUES (1)
        ON CONFLICT (one) DO UPDATE SET external_day = NULL
        """,
      ])
  }

  // MARK: - What no trigger has seen

  /// How the record and the tables differ; nil if not all of them are there.
  func difference() throws -> RecordDifference? {
    let tables = RecordTable.all + [access] + schema.requiredTables
    guard tables.allSatisfy({ survey.objects.named($0.text)?.kind == "table" }),
      schema.lackingAttributes(survey.objects).isEmpty
    else { return nil }
    return try Reconciliation(mapping: mapping).counts(connection)
  }

  /// The steps that put on the record what the tables say and the record does not.
  func found() throws -> [SchemaStep] {
    let newest = try connection.first(
      "SELECT id, at FROM \(RecordTable.change) ORDER BY id DESC LIMIT 1"
    ) { "since change \($0.integer(0)) of \($0.text(1))" }
    let change = "(SELECT max(id) FROM \(RecordTable.change))"
    return [
      SchemaStep(
        .write, SchemaStep.foundChange, "what the tables say and the record does not",
        [
          header(.found, because: newest),
          "UPDATE \(RecordTable.now) SET external_day = NULL",
        ]
          + Reconciliation(mapping: mapping)
          .statements(as: change) + [
            """
            UPDATE \(RecordTable.change) SET
              added = (SELECT count(*) FROM \(RecordTable.currentGrant) WHERE began_change = \(change)),
              removed = (SELECT count(*) FROM \(RecordTable.endedGrant) WHERE ended_change = \(change))
            WHERE id = \(change)
            """
          ])
    ]
  }

  /// The steps that take the triggers away, so that the application can be migrated.
  func pausing() -> [SchemaStep] {
    schema.triggers.flatMap { item -> [SchemaStep] in
      guard survey.objects.named(item.name.text)?.kind == "trigger" else { return [] }
      return [
        SchemaStep(
          .drop, item.words, "until \"schema upgrade\"", ["DROP TRIGGER \(item.name)"])
      ]
    }
  }

  private func make(_ item: Schema.Item) -> SchemaStep {
    SchemaStep(.make, item.words, item.purpose, [item.sql])
  }

  // MARK: - Down

  /// The steps that take away exactly what an upgrade added; none if there is nothing.
  func downgrade() throws -> [SchemaStep] {
    guard let version = try survey.version(), version > 0 else { return [] }
    let isFound = try survey.isAccessFound(version: version)
    var steps: [SchemaStep] = []
    for item in schema.triggers.reversed() { steps += drop(item.kind.rawValue, item.name) }
    for item in ([schema.userIndex, schema.companyIndex] + schema.recordIndexes).reversed() {
      steps += drop(item.kind.rawValue, item.name)
    }
    if isFound {
      if survey.objects.named(mapping.access.unique.text)?.sql == schema.uniqueIndex.sql {
        steps += drop("index", mapping.access.unique)
      }
      steps.append(
        SchemaStep(.keep, "table \(access.text)", "the application had made it", []))
    } else {
      steps += drop("table", access)
    }
    for item in schema.recordTables.reversed() { steps += drop("table", item.name) }
    return steps
  }

  private func drop(_ kind: String, _ name: SQLName) -> [SchemaStep] {
    guard let there = survey.objects.named(name.text), there.kind == kind, there.sql != nil else {
      return []
    }
    return [
      SchemaStep(
        .drop, there.words, "it was added", ["DROP \(kind.uppercased()) \(name)"])
    ]
  }

  /// What goes with the tables.
  func loss() throws -> SchemaLoss {
    guard let version = try survey.version(), version > 0 else {
      return SchemaLoss(grants: 0, ended: 0, changes: 0, entities: 0)
    }
    let isFound = try survey.isAccessFound(version: version)
    return SchemaLoss(
      grants: isFound ? 0 : try rows(access),
      ended: try rows(RecordTable.endedGrant),
      changes: max(0, try rows("company_access_change") - 1),
      entities: try rows(RecordTable.rowImage))
  }

  private func rows(_ table: SQLName) throws -> Int {
    guard survey.objects.named(table.text)?.kind == "table" else { return 0 }
    return try connection.count("SELECT count(*) FROM \(table)")
  }

  /// Views and triggers of the application that a downgrade would break.
  func dependents() throws -> [SchemaProblem] {
    let names = schema.objectNames
    let isFound = try survey.isAccessFound(version: SchemaStatus.newest)
    var tables = schema.tableNames
    if isFound { tables.remove(access.folded) }
    return survey.objects.all.compactMap { object in
      guard object.kind == "view" || object.kind == "trigger",
        !names.contains(object.name.lowercased())
      else { return nil }
      let tokens = SQLTokens(object.sql ?? "")
      return tables.sorted().first { tokens.mention($0) }.map {
        .dependent(kind: object.kind, name: object.name, table: $0)
      }
    }
  }
}

extension Schema.Item {
  /// The object in words.
  var words: String { "\(kind.rawValue) \(name.text)" }

  /// What it is for, as half a sentence.
  var purpose: String {
    switch name.text {
    case "company_access_change": "one row for each operation"
    case "company_access_user_lifetime", "company_access_company_lifetime":
      "every life of a user or a company"
    case "company_access_former_user", "company_access_former_company":
      "what they were before an edit"
    case "company_access_current_grant": "grants that stand"
    case "company_access_ended_grant": "grants that have ended"
    case "company_access_row_image": "what this program changed in a row"
    case "company_access_now": "the change that is being written"
    case "company_access_setting": "what the file says about itself"
    case let name where kind == .trigger:
      name.hasPrefix("company_access_grant_")
        ? "grants go on the record" : "users and companies go on the record"
    case let name where kind == .index && name.hasPrefix("ix_company_access_"):
      "finds rows of the record"
    case let name where kind == .index:
      name.hasPrefix("uq_")
        ? "no pair twice"
        : name.hasSuffix("_user") ? "the companies of a user" : "the users of a company"
    default: "who may enter what"
    }
  }
}
