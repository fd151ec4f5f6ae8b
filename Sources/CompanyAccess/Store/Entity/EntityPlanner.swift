internal import Database

/// Plans what is done to one user or one company, with what hangs on it.
struct EntityPlanner {
  let queries: PlanQueries
  let edit: EntityEdit
  let table: EntityTable
  let fields: EntityFields

  init(_ connection: any DatabaseSession, _ relations: Relations, _ edit: EntityEdit) throws {
    queries = PlanQueries(connection: connection, relations: relations)
    self.edit = edit
    table = try EntityTable(edit.kind, relations.mapping, connection)
    fields = EntityFields(table)
  }

  private var connection: any DatabaseSession { queries.connection }
  private var mapping: SchemaMapping { queries.mapping }

  /// What is written when the plan is carried out.
  struct Work {
    /// The row as it is; nil for one that is added.
    var row: RowValues?
    var form: EntityForm
    /// What goes into the columns of the row.
    var columns = RowValues()
    /// The company to which a user is to belong, where another table says so.
    var home: StoredValue?
    /// What is worth a second look.
    var notes: [FieldNote] = []
  }

  /// Looks at what is there and at what was typed.
  ///
  /// - Throws: `.invalid` for what cannot be saved, `.editedMeanwhile` if the row is not the one that
  ///   the edit began, `.cannotDeactivate`.
  func work() throws -> Work {
    let form = try fields.form(of: edit.id)
    if let basis = edit.basis, let id = edit.id, basis != form.row {
      throw AccessError.editedMeanwhile(id, name: form.name)
    }
    var work = Work(form: form)
    work.row = try edit.id.flatMap { try table.row($0.key) }
    switch edit.action {
    case .add, .edit:
      let unknown = edit.values.keys.sorted().first { id in !form.fields.contains { $0.id == id } }
      if let unknown {
        throw AccessError.noSuchField(
          unknown, kind: edit.kind, fields: form.fields.map(\.id))
      }
      let outcome = try EntityCheck(entity: fields, id: edit.id?.key, now: form.values)
        .check(edit.values, form.fields)
      guard outcome.problems.isEmpty else { throw AccessError.invalid(outcome.problems) }
      (work.columns, work.home, work.notes) = (outcome.columns, outcome.home, outcome.notes)
      try checkHome(work)
    case .deactivate: work.columns = try activity(false, form)
    case .activate: work.columns = try activity(true, form)
    case .delete: break
    }
    return work
  }

  /// Makes sure that the table with the companies of users can say what is wanted.
  private func checkHome(_ work: Work) throws {
    guard let company = work.home, let homes = try HomeTable(mapping, connection) else { return }
    let now = try edit.id.map { try homes.rows(of: $0) } ?? []
    let key = edit.id?.key ?? .integer(0)
    guard try homes.rows(of: key, in: company, name: "", now: now) == nil else { return }
    throw AccessError.noHome(table: homes.home.table.text, isEmptied: company.value == .null)
  }

  /// What makes the row active, or not.
  private func activity(_ isActive: Bool, _ form: EntityForm) throws -> RowValues {
    guard form.isActive != isActive else { return RowValues() }
    switch table.active {
    case .always: throw AccessError.cannotDeactivate(edit.kind)
    case .flag(let column), .truth(let column):
      return RowValues([(column.text, StoredValue(.integer(isActive ? 1 : 0)))])
    case .equals(let column, let value):
      let other = try isActive ? value : inactiveValue(column, active: value)
      return RowValues([(column.text, StoredValue(other))])
    }
  }

  /// The value that most inactive rows have, or else a plain one.
  ///
  /// - Throws: `.cannotDeactivate` where active rows have none: the others may say when they ended.
  private func inactiveValue(_ column: SQLName, active: Value) throws -> Value {
    guard active != .null else { throw AccessError.cannotDeactivate(edit.kind) }
    let value = try connection.first(
      """
      SELECT l.\(column) FROM \(table.rows("l"))
      WHERE l.\(column) IS NOT NULL AND l.\(column) <> ?
      GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
      """, [active]
    ) { $0.value(0) }
    if let value { return value }
    guard case .integer(let number) = active else { return .text("inactive") }
    return .integer(number == 0 ? 1 : 0)
  }

  // MARK: - The plan

  func plan(_ intent: Intent) throws -> Plan {
    let work = try work()
    var plan = try grants(intent, work)
    plan.notices += work.notes.compactMap { note in
      if case .means = note.finding { nil } else { .field(note) }
    }
    if let entity = try entity(work) { plan.entities = [entity] }
    if case .delete(let id) = edit.action { try planDeletion(id, work, &plan) }
    plan.after = try after(plan, work)
    if plan.removed > 0 || !plan.entities.isEmpty {
      plan.leavesNoAdministrator = try leavesNoAdministrator(plan, work)
    }
    return plan
  }

  /// What happens to the grants.
  private func grants(_ intent: Intent, _ work: Work) throws -> Plan {
    switch edit.action {
    case .delete(let id): return try revocation(intent, id)
    case .deactivate(let id):
      let plan = try revocation(intent, id)
      guard !edit.changesGrants else { return plan }
      var kept = try Plan(
        intent: intent, unchanged: queries.coverage(), basis: queries.newestChange())
      if plan.removed > 0, !work.columns.columns.isEmpty {
        kept.notices = [.keepsGrants(plan.removed)]
      }
      return kept
    case .add, .edit, .activate: return try ruleGrants(intent, work)
    }
  }

  /// Takes away everything that the user or company has.
  private func revocation(_ intent: Intent, _ id: EntityID) throws -> Plan {
    let (users, companies) = EntityPlanner.everything(of: id)
    var plan = try GrantPlanner(connection, queries.relations, users, companies)
      .plan(intent, grants: false)
    // A deleted user is not left with nothing.
    switch id.kind {
    case .user: plan.usersLeftWithNone = Affected(count: 0, first: [])
    case .company: plan.companiesLeftWithNone = Affected(count: 0, first: [])
    }
    return plan
  }

  /// The grants of one user or of one company.
  static func everything(of id: EntityID) -> (UserSelection, CompanySelection) {
    switch id {
    case .user(let user):
      var query = CompanyQuery()
      query.user = user
      return (.these([user]), .matching(query, except: []))
    case .company(let company):
      var query = UserQuery()
      query.company = company
      return (.matching(query, except: []), .these([company]))
    }
  }

  // MARK: - What the rule gives

  /// Grants what the rule gives the user or company as it will be, or says how much that would be.
  private func ruleGrants(_ intent: Intent, _ work: Work) throws -> Plan {
    let isEmpty = work.columns.columns.isEmpty && work.home == nil
    var plan = try Plan(
      intent: intent, unchanged: queries.coverage(), basis: queries.newestChange())
    guard !isEmpty else { return plan }
    let pairs = try rulePairs(work)
    if edit.changesGrants {
      plan.added = pairs.count
      plan.pairs = pairs.count <= Plan.listedPairs ? pairs : []
    } else if !pairs.isEmpty, concernsRule(work) {
      plan.notices.append(.ruleWouldGrant(pairs.count))
    }
    if let kept = try oldHome(work) { plan.notices.append(.keepsOldCompany(kept)) }
    return plan
  }

  /// Whether what is different decides about what the rule gives.
  private func concernsRule(_ work: Work) -> Bool {
    guard case .edit = edit.action else { return true }
    var columns = [table.homeColumn]
    if edit.kind == .user {
      switch mapping.users.role {
      case .none: break
      case .column(let column), .lookup(let column, _): columns.append(column)
      }
    }
    return work.home != nil || columns.contains { $0.map { work.columns[$0.text] != nil } ?? false }
  }

  /// The company that a user belonged to and still may enter.
  private func oldHome(_ work: Work) throws -> Company? {
    guard case .edit(.user(let id)) = edit.action else { return nil }
    let old: StoredValue?
    let new: StoredValue?
    if let column = table.homeColumn {
      (old, new) = (work.row?[column.text], work.columns[column.text])
    } else {
      (old, new) = (try fields.home(ofUser: id.key), work.home)
    }
    guard let old, let new, old.value != .null, old != new else { return nil }
    return try connection.rows(
      """
      SELECT \(queries.companyColumns) FROM \(queries.relations.companies()[0]) AS c
      WHERE c.id = ?1 AND \(queries.relations.exists(user: "?2", company: "?1"))
      """, [old.value, id.value]
    ) { $0.company(0) }.first
  }

  /// The pairs that the rule gives and that do not hold, as everything will be.
  private func rulePairs(_ work: Work) throws -> [PairResult] {
    let key = try key(work)
    let whatIf = try whatIf(work)
    var arguments = Bindings()
    let prefix = whatIf.prefix(&arguments)
    let id = arguments.bind(key.value)
    let rule = BackfillRule(mapping)
    let column = edit.kind == .user ? "user_id" : "company_id"
    let other: EntityKind = edit.kind == .user ? .company : .user
    let isHeld = queries.relations.exists(user: "e.user_id", company: "e.company_id")
    let name = try name(work)
    let columns = other == .user ? queries.userColumns : queries.companyColumns
    let source = other == .user ? queries.relations.users()[0] : queries.relations.companies()[0]
    let row = other == .user ? "u" : "c"
    return try connection.rows(
      """
      \(prefix)SELECT \(columns) FROM (\(rule.expected())) AS e
      JOIN \(source) AS \(row) ON \(row).id = e.\(other.rawValue)_id
      WHERE e.\(column) = \(id) AND NOT \(isHeld)
      ORDER BY \(row).\(other == .user ? "username" : "name"), \(row).id
      """, arguments.values
    ) { row in
      switch other {
      case .company:
        let user = User(
          id: UserID(key), username: name, fullName: nil, email: nil, role: nil, isActive: true)
        return PairResult(user: user, company: row.company(0), outcome: .granted)
      case .user:
        let company = Company(id: CompanyID(key), name: name, code: nil, isActive: true)
        return PairResult(user: row.user(0), company: company, outcome: .granted)
      }
    }
  }

  /// The key, which may have been typed; a free one where the engine or this program gives it.
  private func key(_ work: Work) throws -> Key {
    try edit.id?.key ?? work.columns[table.key.text].map { Key($0.value) } ?? table.freeKey()
  }

  /// What people will call the user or company.
  private func name(_ work: Work) throws -> String {
    try table.name(of: work.columns) ?? work.form.name
  }

  /// The tables with the row as it will be.
  func whatIf(_ work: Work) throws -> TableOverlay {
    let key = try key(work)
    var whatIf = TableOverlay(mapping)
    var row: RowValues?
    if case .delete = edit.action {
      row = nil
    } else {
      var values = work.row ?? RowValues([(table.key.text, StoredValue(key.value))])
      if work.row == nil {
        for (column, value) in newActivity() { values[column] = value }
      }
      for column in work.columns.columns { values[column.name] = column.value }
      row = values
    }
    whatIf.put(row, inPlaceOf: key, key: table.key, in: table.table, table.columns)
    if let company = work.home, let homes = try HomeTable(mapping, connection) {
      let home = RowValues([
        (homes.home.user.text, StoredValue(key.value)), (homes.home.company.text, company),
      ])
      whatIf.put(
        home, inPlaceOf: key, key: homes.home.user, in: homes.home.table, homes.columns)
    }
    return whatIf
  }

  /// What makes a new row an active user or company.
  func newActivity() -> [(column: String, value: StoredValue)] {
    let made = edit.kind == .user ? mapping.users.made : mapping.companies.made
    return made.map { ($0.column.text, StoredValue($0.value)) }
  }

  // MARK: - The user or company itself

  private func entity(_ work: Work) throws -> PlannedEntity? {
    var changes: [FieldChange] = []
    for field in work.form.fields {
      let isHome = field.id == EntityFields.home && table.homeColumn == nil
      let stored = isHome ? work.home : work.columns[field.column.text]
      guard let stored else { continue }
      let before = work.form.values[field.id].flatMap { $0.isEmpty ? nil : $0 }
      let after = isHome ? try fields.companyName(stored) : try fields.words(stored, of: field, nil)
      guard before != nil || after != nil else { continue }
      changes.append(
        FieldChange(field: field.id, label: field.label, before: before, after: after))
    }
    switch edit.action {
    case .deactivate, .activate:
      guard !work.columns.columns.isEmpty else { return nil }
      changes = [FieldChange.activity(work.form.isActive, !work.form.isActive)]
    case .edit where changes.isEmpty: return nil
    default: break
    }
    let event: ChangedEntity.Event =
      switch edit.action {
      case .add: .made
      case .delete: .gone
      case .edit, .activate, .deactivate: .edited
      }
    return PlannedEntity(
      kind: edit.kind, id: edit.id, name: try name(work),
      code: edit.kind == .company ? work.form.values["code"] : nil, event: event, fields: changes)
  }

  /// What else goes, and whether it may.
  private func planDeletion(_ id: EntityID, _ work: Work, _ plan: inout Plan) throws {
    let references = try Deletion(table: table, id: id).references()
    guard references.isEmpty else {
      throw AccessError.cannotDelete(
        name: work.form.name, references, canDeactivate: table.activeColumn != nil)
    }
    if plan.removed > 0 {
      plan.nameToType = work.form.name
    }
    guard let homes = try HomeTable(mapping, connection) else { return }
    let rows = try homes.rows(of: id)
    guard !rows.isEmpty else { return }
    let stays = try !homes.rows(rows, without: id).isEmpty
    plan.cascades = [
      Cascade(
        table: homes.home.table.text, rows: rows.count, effect: stays ? .detached : .deleted)
    ]
  }

  /// The figures afterwards.
  private func after(_ plan: Plan, _ work: Work) throws -> Coverage {
    let difference = edit.id == nil ? 1 : 0
    let gone = if case .delete = edit.action { 1 } else { 0 }
    let count = difference - gone
    let users = plan.before.users + (edit.kind == .user ? count : 0)
    let companies = plan.before.companies + (edit.kind == .company ? count : 0)
    var arguments = Bindings()
    let prefix = try whatIf(work).prefix(&arguments)
    let permitted = try queries.permitted(prefix, arguments)
    // What goes was planned with its figures.
    let grants = plan.removed > 0 ? plan.after : plan.before.changed(added: plan.added, removed: 0)
    return Coverage(
      users: users, companies: companies, grants: grants.grants, orphans: grants.orphans,
      permitted: permitted ?? users * companies)
  }

  private func leavesNoAdministrator(_ plan: Plan, _ work: Work) throws -> Bool {
    guard let rule = AdministratorRule(mapping) else { return false }
    let whatIf = try whatIf(work)
    var arguments = Bindings()
    let prefix = whatIf.prefix(&arguments)
    let access = mapping.access.grants
    var grants: String?
    if plan.added > 0 {
      grants = """
        (SELECT user_id, company_id FROM \(access)
          UNION ALL \(BackfillRule(mapping).expected()))
        """
    }
    let column = edit.kind == .user ? "a.user_id" : "a.company_id"
    let remaining =
      try plan.removed > 0 ? "\(column) IS NOT \(arguments.bind(key(work).value))" : nil
    return try rule.isBroken(
      by: rule.holds(access: grants, remaining: remaining), prefix: prefix, arguments,
      connection)
  }
}

extension FieldChange {
  /// Whether a user or company is active.
  static func activity(_ before: Bool, _ after: Bool) -> FieldChange {
    func word(_ isActive: Bool) -> String { isActive ? "active" : "inactive" }
    return FieldChange(
      field: EntityFields.active, label: "Status", before: word(before), after: word(after))
  }
}

extension Plan {
  /// A plan that does nothing to the grants.
  init(intent: Intent, unchanged coverage: Coverage, basis: ChangeID?) {
    self.init(
      intent: intent, added: 0, removed: 0, unchanged: 0, leftAlone: 0, selectedUsers: nil,
      selectedCompanies: nil, pairs: [], before: coverage, after: coverage,
      usersLeftWithNone: Affected(count: 0, first: []),
      companiesLeftWithNone: Affected(count: 0, first: []), companiesOfUser: nil,
      usersOfCompany: nil, notices: [], basis: basis)
  }
}
