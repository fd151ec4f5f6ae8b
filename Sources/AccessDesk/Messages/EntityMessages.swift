internal import CompanyAccess
internal import TerminalUI

/// What is said of something done to one user or one company.
enum EntityMessages {
  /// What has to be typed before the last user who may enter everything loses that.
  static let noAdministrator = "no administrator"

  static let administratorWarning =
    "no user would be left who is active and has every active company by a role for all of them"

  /// The same, with who that is now.
  static func administratorWarning(_ plan: Plan) -> String {
    guard !plan.lastAdministrators.isEmpty else { return administratorWarning }
    let names = plan.lastAdministrators.map(Messages.name).joined(separator: "; ")
    return "\(administratorWarning); now that is \(names)"
  }

  /// `delete user ann, id 7`.
  static func title(_ edit: EntityEdit, _ plan: Plan?) -> String {
    let verb = verb(edit.action)
    guard let entity = plan?.entities.first else { return "\(verb) \(edit.kind.rawValue)" }
    return "\(verb) \(name(entity))"
  }

  static func verb(_ action: EntityEdit.Action) -> String {
    switch action {
    case .add: "add"
    case .edit: "edit"
    case .deactivate: "deactivate"
    case .activate: "activate"
    case .delete: "delete"
    }
  }

  /// `Added user ann`.
  static func done(_ action: EntityEdit.Action, _ entity: PlannedEntity) -> String {
    let verb =
      switch action {
      case .add: "Added"
      case .edit: "Saved"
      case .deactivate: "Deactivated"
      case .activate: "Activated"
      case .delete: "Deleted"
      }
    return "\(verb) \(entity.kind.rawValue) \(entity.name)"
  }

  /// `user ann, id 7`; one who is not there yet has no id.
  static func name(_ entity: PlannedEntity) -> String {
    "\(entity.kind.rawValue) \(entity.name)" + (entity.id.map { ", id \(id($0))" } ?? "")
  }

  static func id(_ id: EntityID) -> String {
    switch id {
    case .user(let id): id.description
    case .company(let id): id.description
    }
  }

  /// What happens to users and companies themselves: `bring back company Acme`, or, when it is done,
  /// `brought back company Acme`.
  static func phrase(_ plan: Plan, done isDone: Bool = false) -> String? {
    guard let first = plan.entities.first else { return nil }
    if case .entity(let edit) = plan.intent {
      return isDone
        ? done(edit.action, first).lowercasedFirst
        : "\(verb(edit.action)) \(first.kind.rawValue) \(first.name)"
    }
    let events: [(ChangedEntity.Event, String, String)] = [
      (.made, "bring back", "brought back"), (.gone, "delete", "deleted"),
      (.edited, "change back", "changed back"),
    ]
    let parts = events.compactMap { event, planned, done -> String? in
      let verb = isDone ? done : planned
      let found = plan.entities.filter { $0.event == event }
      guard let first = found.first else { return nil }
      return found.count == 1
        ? "\(verb) \(first.kind.rawValue) \(first.name)"
        : "\(verb) \(Digits.grouped(found.count)) users and companies"
    }
    return parts.joined(separator: ", ")
  }

  // MARK: - Lines

  /// What is different about each, with labels: the fields, and rows of other tables.
  static func lines(_ plan: Plan) -> [(label: String, value: String)] {
    var lines: [(label: String, value: String)] = []
    for entity in plan.entities.prefix(Plan.namedEntities) {
      if plan.entities.count > 1 { lines.append((event(entity.event), name(entity))) }
      lines += entity.fields.map { ($0.label, change($0)) }
    }
    if plan.entities.count > Plan.namedEntities {
      lines.append(("", "and \(plan.entities.count - Plan.namedEntities) more"))
    }
    return lines + plan.cascades.map { ("Employee records", words($0, plan)) }
  }

  /// `ann -> lin`, or what comes or goes alone.
  static func change(_ field: FieldChange) -> String {
    switch (field.before, field.after) {
    case (let before?, let after?): "\(before) -> \(after)"
    case (nil, let after?): after
    case (let before?, nil): "\(before) -> none"
    case (nil, nil): "none"
    }
  }

  private static func words(_ cascade: Cascade, _ plan: Plan) -> String {
    let (number, isOne) = (Digits.grouped(cascade.rows), cascade.rows == 1)
    let kinds = Set(plan.entities.map(\.kind))
    let whom = kinds.count == 1 ? kinds.first?.rawValue ?? "" : "user or company"
    let what =
      switch cascade.effect {
      case .deleted: "\(isOne ? "is" : "are") deleted with the \(whom)"
      case .detached: "\(isOne ? "stays" : "stay"), without the \(whom)"
      case .broughtBack: "\(isOne ? "comes" : "come") back with the \(whom)"
      }
    return "\(number) \(what) (table \(cascade.table))"
  }

  /// What happened, as a column of a listing says it.
  static func event(_ event: ChangedEntity.Event) -> String {
    switch event {
    case .gone: "deleted"
    case .edited: "edited"
    case .made: "added"
    case .firstKnown: "first known"
    }
  }

  /// What was different, in one line; nil if the record does not say.
  static func details(_ entity: ChangedEntity) -> String? {
    let parts = entity.fields.map { "\($0.label) \(detail($0, entity.event))" }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// What was different in one field.
  static func detail(_ field: FieldChange, _ event: ChangedEntity.Event) -> String {
    switch event {
    case .made, .firstKnown: field.after ?? "none"
    case .gone: field.before ?? "none"
    case .edited: "\(field.before ?? "none") -> \(field.after ?? "none")"
    }
  }

  /// What grants are called that lead nowhere.
  static let orphans = "grants of missing users or companies"

  static func notice(_ notice: PlanNotice) -> String? {
    switch notice {
    case .field(let note): "\(note)"
    case .looksLike(let id, let name, let other, let otherName):
      "\(id.kind.rawValue) \(name), id \(EntityMessages.id(id)), is easily taken for \(otherName), id "
        + EntityMessages.id(other)
    case .keepsGrants(let count): "keeps \(Messages.grants(count)), marked as inactive"
    case .orphans(let count):
      "\(EntityMessages.orphans): \(Digits.grouped(count)); they count as no pair, and doctor names them"
    case .ruleGrants(let count):
      "\(Messages.grants(count)) not in the file: every new company comes to users by their role"
    case .ruleWouldGrant(let count):
      "by the role or the home company \(Messages.grants(count)) more would be due, not part of this"
    case .keepsOldCompany(let company):
      "still may enter \(Messages.name(company)), the company until now"
    case .entityLeftAlone(let id, let name, let obstacle):
      "left alone: \(id.kind.rawValue) \(name ?? "?"), id \(EntityMessages.id(id)), \(obstacle)"
    case .restoredInPart(let id, let name, let missing):
      "of \(id.kind.rawValue) \(name ?? "?"), id \(EntityMessages.id(id)), the record does not know "
        + missing.joined(separator: ", ")
    case .moreEntitiesLeftAlone(let count):
      "\(Digits.grouped(count)) more users and companies are left alone"
    default: nil
    }
  }
}

extension Plan {
  /// What has to be typed, letter by letter, before the plan is carried out: one of these; empty if
  /// nothing.
  var textsToType: [String] {
    if leavesNoAdministrator { return [EntityMessages.noAdministrator] }
    guard let nameToType else { return [] }
    let code = deleted.flatMap(\.code).flatMap { $0.isEmpty || $0 == nameToType ? nil : $0 }
    return [nameToType] + (code.map { [$0] } ?? [])
  }

  /// The user or company that is deleted, if it is one.
  private var deleted: PlannedEntity? {
    let deleted = entities.filter { $0.event == .gone }
    return deleted.count == 1 ? deleted.first : nil
  }

  /// Whether a text is what has to be typed; a name may be written in another form of the same
  /// letters, and where it cannot be typed, the code of a company or the id does.
  func isTyped(_ text: String) -> Bool {
    let texts = textsToType
    if texts.isEmpty || texts.contains(text) { return true }
    return !leavesNoAdministrator && deleted?.id.map { EntityMessages.id($0) } == text
  }
}

extension String {
  /// With a small letter at the beginning.
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
