package import CompanyAccess
package import TerminalUI

/// Fills in what is known of a user or a company: a new one, or one who is there.
package struct FormScreen: Screen {
  private let entity: EntityKind
  private let id: EntityID?
  /// What can be filled in, as it was when the screen was opened, or when a conflict was shown.
  private var form: EntityForm?
  private var fields = Form([])
  private var notes: [FieldNote] = []
  /// Fields in which something has been typed, or that were complained of.
  private var touched: Set<String> = []
  /// The values that others have saved in fields meanwhile.
  private var theirs: [String: String] = [:]
  /// Whether the confirmation is to follow when what was typed has been checked.
  private var isGoingOn = false

  /// A form for a new user or company.
  package init(adding kind: EntityKind) { (entity, id) = (kind, nil) }

  /// A form for one who is there.
  package init(editing id: EntityID) { (entity, self.id) = (id.kind, id) }

  package var kind: ScreenKind { .form }
  /// While what was typed is being checked, nothing more goes into the fields.
  package var editsText: Bool { !isSettling }
  package var isSettling: Bool { form == nil || isGoingOn }
  package var awaitsText: Bool { form == nil }

  /// Whether something was typed that is not saved.
  package var holdsWork: Bool { form.map { !changed($0).isEmpty } ?? false }

  package func heading(_ desk: DeskState) -> StyledLine {
    let words = FormMessages.heading(entity, id, name: form?.name)
    var line = StyledLine(DisplayText(words), .heading)
    if id != nil, form?.isActive == false { line.append(FormMessages.inactive, .warning) }
    return line
  }

  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? {
    switch action {
    case .choose where choices == nil: FormMessages.noChoice
    case .useSavedValue where field.map { theirs[$0.id] == nil } ?? true:
      FormMessages.notChanged
    default: nil
    }
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { [.ask(.form(entity, id), .subject)] }

  // MARK: - Inputs

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .answer(_, .form(let form)): return take(form)
    case .answer(_, .notes(let notes)): return take(notes)
    case .answer(_, .failed(.noSuchUser)), .answer(_, .failed(.noSuchCompany)):
      return [.say(Message(.problem, Messages.gone(form?.name ?? FormMessages.it))), .back]
    case .answer(_, .failed(let error)):
      isGoingOn = false
      return [.say(Messages.problem(error))]
    case .changed: return [.ask(.form(entity, id), .subject)]
    case .key(let key): return type(key)
    case .paste(let text):
      fields.paste(text)
      return edited()
    case .press(let position, _):
      return fields.select(row: position.row, area: room(desk.body)) ? [] : nil
    case .action(let action): return act(action)
    case .handedBack(let value): return take(value)
    default: return nil
    }
  }

  private mutating func type(_ key: Key) -> [Effect]? {
    // What leaves the form, or opens something over it, stands in the table of actions.
    switch key {
    case .enter, .escape, .function: return nil
    default: break
    }
    let before = fields
    guard fields.handle(key) else { return nil }
    let isTyped = fields.focus == before.focus
    return isTyped && fields != before ? edited() : []
  }

  private mutating func edited() -> [Effect] {
    isGoingOn = false
    if let field { touched.insert(field.id) }
    return [.ask(.notes(edit), .count)]
  }

  private mutating func act(_ action: ActionID) -> [Effect]? {
    switch action {
    case .toConfirmation:
      isGoingOn = true
      return [.ask(.notes(edit), .plan)]
    case .choose: return choose()
    case .useSavedValue:
      guard let field, let value = theirs.removeValue(forKey: field.id) else { return [] }
      set(value, of: field.id)
      return edited()
    default: return nil
    }
  }

  // MARK: - Answers

  /// The form as it is now: the first time it is filled in, later it is compared with what was read.
  private mutating func take(_ now: EntityForm) -> [Effect] {
    guard let old = form else {
      form = now
      fields = Form(
        now.fields.map { field in
          Form.Line(
            DisplayText(field.label),
            TextField(text: now.values[field.id] ?? "", maximumLength: Self.longest))
        })
      return []
    }
    guard old.row != now.row else { return [] }
    let mine = changed(old)
    for field in now.fields {
      let (was, isNow) = (old.values[field.id] ?? "", now.values[field.id] ?? "")
      guard !same(was, isNow) else { continue }
      // A field that was not edited here takes the saved value; others show both.
      if let typed = mine[field.id], !same(typed, isNow) {
        theirs[field.id] = isNow
      } else {
        set(isNow, of: field.id)
      }
    }
    form = now
    return [.say(Message(.notice, FormMessages.changedMeanwhile)), .ask(.notes(edit), .count)]
  }

  private mutating func take(_ notes: [FieldNote]) -> [Effect] {
    self.notes = notes
    guard isGoingOn else { return [] }
    isGoingOn = false
    guard let problem = notes.first(where: \.isProblem) else {
      return [.open(ConfirmationScreen(.entity(edit)))]
    }
    touched.formUnion(notes.map(\.field))
    if let place = form?.fields.firstIndex(where: { $0.id == problem.field }) {
      fields.focus(on: place)
    }
    return [.say(Message(.problem, Messages.sentence("\(problem)")))]
  }

  private mutating func take(_ value: HandedBack) -> [Effect]? {
    switch value {
    case .choice(let text):
      guard let field else { return [] }
      set(text, of: field.id)
      return edited()
    case .conflict: return [.ask(.form(entity, id), .subject), .ask(.notes(edit), .count)]
    case .added, .written: return nil
    }
  }

  // MARK: - What was typed

  /// A text of any length is taken, so that its length can be complained of.
  private static let longest = 20_000

  /// The field that has the focus.
  private var field: EntityField? {
    guard let form, form.fields.indices.contains(fields.focus) else { return nil }
    return form.fields[fields.focus]
  }

  private mutating func set(_ text: String, of id: String) {
    guard let place = form?.fields.firstIndex(where: { $0.id == id }) else { return }
    fields.lines[place].field.text = text
  }

  /// The fields in which another text stands than was read, with that text.
  private func changed(_ form: EntityForm) -> [String: String] {
    var values: [String: String] = [:]
    for (field, line) in zip(form.fields, fields.lines)
    where !same(line.field.text, form.values[field.id] ?? "") {
      values[field.id] = line.field.text
    }
    return values
  }

  /// By bytes: a name in another form of the same letters is another text.
  private func same(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

  /// What would be done.
  private var edit: EntityEdit {
    let values = form.map { changed($0) } ?? [:]
    guard let id else { return EntityEdit(.add(entity), values: values, changesGrants: true) }
    return EntityEdit(.edit(id), values: values, basis: form?.row)
  }

  // MARK: - Choosing

  private enum Choices {
    case companies
    case texts([String])
  }

  /// What the field with the focus can be filled from.
  private var choices: Choices? {
    guard let field else { return nil }
    if field.kind == .company { return .companies }
    return field.choices.isEmpty ? nil : .texts(field.choices)
  }

  private func choose() -> [Effect] {
    guard let field, let choices else { return [] }
    switch choices {
    case .companies: return [.open(PickScreen(.company, for: .choice))]
    case .texts(let texts):
      let now = fields.lines[fields.focus].field.text
      return [.open(ChoiceScreen(field.label, texts, selected: texts.firstIndex(of: now)))]
    }
  }

  // MARK: - Drawing

  private func room(_ area: Area) -> Area { area.inset(left: 1, right: 1) }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    guard let form else {
      frame.put("...", at: Position(column: 2, row: area.row + 1), style: .faint)
      return
    }
    var shown = fields
    for (index, field) in form.fields.enumerated() {
      shown.lines[index].notes = lines(field, index)
    }
    shown.draw(into: &frame, area: room(area))
  }

  /// What stands below a field.
  private func lines(_ field: EntityField, _ index: Int) -> [Form.Note] {
    var lines: [Form.Note] = []
    if let value = theirs[field.id] {
      lines.append(Form.Note(DisplayText(FormMessages.saved(value)), .warning))
    }
    for note in notes where note.field == field.id {
      // An empty field is no error before it could be filled in.
      guard note.finding != .empty || touched.contains(field.id) else { continue }
      let role: Role = note.isProblem ? .danger : note.isRemark ? .faint : .warning
      lines.append(Form.Note(DisplayText("\(note.finding)"), role))
    }
    let isBlank = fields.lines[index].field.isEmpty
    if lines.isEmpty, index == fields.focus, let hint = FormMessages.hint(field, isBlank: isBlank) {
      lines.append(Form.Note(DisplayText(hint), .faint))
    }
    return lines
  }
}

extension ScreenKind {
  package static let form = ScreenKind(
    "form", ScreenTitles.form, actions: .everywhere + [.toConfirmation, .choose, .useSavedValue])
}

extension FieldNote {
  /// Whether it only says what a text stands for.
  fileprivate var isRemark: Bool {
    if case .means = finding { true } else { false }
  }
}

/// What a screen gives to the one that opened it.
package enum HandedBack: Hashable, Sendable {
  /// A text that was picked.
  case choice(String)
  /// What was to be saved is not what was read.
  case conflict
  /// A change has added a user or company.
  case added(by: ChangeID)
  /// What was staged has been written.
  case written
}
