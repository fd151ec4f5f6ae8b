internal import CompanyAccess
package import TerminalUI

/// The changes on the record, newest first.
package struct LogScreen: Screen {
  /// How many changes are asked for at once, and how many are kept at most.
  private static let page = 100
  private static let kept = 600

  private var changes: [Change] = []
  private var isLoaded = false
  package private(set) var isSettling = false
  private var hasOlder = false
  private var isAtNewest = true
  private var cursor = LineCursor()
  private var filter = TextField(
    ListMessages.filter, placeholder: LogMessages.example, maximumLength: 300)
  package private(set) var isFiltering = false
  /// Why the filter can't be applied; no rows are shown then.
  private var refusal: String?

  /// Of whom it is the history; empty for the log of everything.
  private let subjects: [String]
  /// The filter with which it was opened, to which Esc goes back.
  private let firstFilter: String

  package init() { self.init(user: nil, company: nil) }

  /// The changes of a user, of a company, or of what is between both, by their names.
  init(user: String?, company: String?) {
    subjects = [user, company].compactMap(\.self)
    firstFilter = [
      user.map { LogFilter.word(.user, $0) }, company.map { LogFilter.word(.company, $0) },
    ].compactMap(\.self).joined(separator: " ")
    filter.text = firstFilter
  }

  /// The history of a row, and of what is between it and the one that its list is about.
  init(of row: Entity, with subject: Entity? = nil) {
    let both = [row, subject].compactMap(\.self)
    self.init(
      user: both.first { $0.kind == .user }?.name,
      company: both.first { $0.kind == .company }?.shortName)
  }

  package var kind: ScreenKind { .log }
  package var editsText: Bool { isFiltering }

  package func heading(_ desk: DeskState) -> StyledLine {
    subjects.isEmpty
      ? StyledLine(LogMessages.heading, .heading)
      : StyledLine(DisplayText(LogMessages.history(subjects)), .heading)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { reload() }

  /// The log anew, because its filter is another or the cursor goes to its beginning.
  private mutating func reload() -> [Effect] {
    isSettling = true
    return newest()
  }

  private mutating func newest() -> [Effect] {
    isAtNewest = true
    return [.ask(.changes(filter.text, before: nil, limit: Self.page), .page)]
  }

  private func height(_ desk: DeskState) -> Int {
    desk.body.rows - Table.headerRows - (showsFilter ? 1 : 0)
  }

  private var showsFilter: Bool { isFiltering || !filter.isEmpty }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .changed: return newest()
    case .answer(_, .changes(let changes)):
      take(changes)
      return []
    case .answer(_, .refused(let words)):
      (changes, hasOlder, isLoaded) = ([], false, true)
      refusal = Messages.sentence(words)
      isSettling = false
      return []
    case .answer(_, .moment(let resolved)):
      let past = Past(resolved)
      return [.lookAt(past), .say(Message(.notice, past.words))]
    case .answer(_, .names(let names)): return complete(from: names)
    case .answer(_, .failed(let error)):
      isSettling = false
      return [.say(Messages.problem(error))]
    case .key(let key): return type(key)
    case .paste(let text):
      filter.paste(text)
      return search()
    case .action(let action): return act(action, desk)
    case .press(let position, let double):
      let row = position.row - desk.body.row - (showsFilter ? 2 : 1)
      guard cursor.select(row: row, count: changes.count, height: height(desk)) else { return nil }
      return double ? open() : []
    default: return nil
    }
  }

  private mutating func act(_ action: ActionID, _ desk: DeskState) -> [Effect]? {
    switch action {
    case .open: return open()
    case .undo:
      guard let change = selected else { return [] }
      return [.open(ConfirmationScreen(.undo(change.id)))]
    case .filter:
      isFiltering = true
      return []
    case .complete: return complete()
    case .writeFile: return DeskDocument.log(filter.text).opened(desk)
    case .time:
      guard desk.past == nil, let change = selected else { return nil }
      return [.ask(.momentAfter(change.id), .subject)]
    case .back where isFiltering || filter.text != firstFilter:
      isFiltering = false
      filter.text = firstFilter
      return search()
    case .first:
      _ = cursor.move(.first, count: changes.count, height: height(desk))
      return reload()
    default:
      return cursor.move(action, count: changes.count, height: height(desk)) ? older() : nil
    }
  }

  private mutating func type(_ key: Key) -> [Effect]? {
    if key == .enter {
      isFiltering = false
      return []
    }
    let before = filter.text
    guard filter.handle(key) else { return nil }
    return filter.text == before ? [] : search()
  }

  /// Completes the word that is being typed, or asks for what could stand behind it.
  private mutating func complete() -> [Effect] {
    guard isFiltering else { return [.say(Message(.notice, LogMessages.completeFirst))] }
    let last = LogFilter(text: filter.text).last
    if let kind = last.kind { return [.ask(.names(kind, last.value), .names)] }
    return complete(
      from: LogWord.allCases.map { $0.rawValue + ":" }.filter { $0.hasPrefix(last.value) })
  }

  /// Takes what the word could be: all of it, if it is one, or what they have in common.
  private mutating func complete(from names: [String]) -> [Effect] {
    let typed = LogFilter(text: filter.text)
    guard let first = names.first else {
      return [.say(Message(.notice, LogMessages.noneBegins(typed.last.value)))]
    }
    let common = names.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    let value = common.count < typed.last.value.count ? typed.last.value : common
    filter.text = typed.completed(value, isWhole: names.count == 1)
    let news: [Effect] =
      names.count == 1 ? [] : [.say(Message(.notice, LogMessages.several(names)))]
    return news + search()
  }

  /// Applies the filter as it stands.
  private mutating func search() -> [Effect] {
    cursor.select(0)
    return reload()
  }

  private var selected: Change? {
    changes.indices.contains(cursor.index) ? changes[cursor.index] : nil
  }

  private func open() -> [Effect] { selected.map { [.open(ChangeScreen($0.id))] } ?? [] }

  private mutating func take(_ page: [Change]) {
    isLoaded = true
    isSettling = false
    refusal = nil
    hasOlder = page.count == Self.page
    if isAtNewest {
      let id = cursor.index == 0 ? nil : selected?.id
      changes = page
      cursor.select(changes.firstIndex { $0.id == id } ?? min(cursor.index, max(0, page.count - 1)))
    } else {
      changes += page
      let surplus = min(changes.count - Self.kept, cursor.index)
      if surplus > 0 {
        changes.removeFirst(surplus)
        cursor.select(cursor.index - surplus)
      }
    }
  }

  private mutating func older() -> [Effect] {
    guard hasOlder, cursor.index + 50 >= changes.count, let last = changes.last else { return [] }
    isAtNewest = false
    hasOlder = false
    return [.ask(.changes(filter.text, before: last.id, limit: Self.page), .page)]
  }

  // MARK: - Drawing

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    var area = area
    if showsFilter {
      area = ListView.drawFilter(filter, isFocused: isFiltering, into: &frame, area)
    }
    guard !changes.isEmpty else {
      let style: Style = refusal == nil ? .normal : .warning
      return ListView.drawLines(whyEmpty, style: style, into: &frame, area)
    }
    let focus = frame.cursor
    let shown = cursor.visible(count: changes.count, height: area.rows - Table.headerRows)
    Table(
      columns: Self.columns, rows: changes[shown].map(row),
      selected: cursor.index - shown.lowerBound
    ).draw(into: &frame, area: area)
    if isFiltering { frame.cursor = focus }
  }

  /// What there is to say where there are no rows.
  private var whyEmpty: [String] {
    if let refusal { return [refusal, ListMessages.clearFilter] }
    if !isLoaded { return [ListMessages.waiting] }
    return filter.isEmpty ? [LogMessages.empty] : ListMessages.noMatch(filter.text)
  }

  private static let columns = [
    TableColumn(ListTitles.change, minimum: 6, maximum: 10, alignment: .right, priority: 9),
    TableColumn(ListTitles.what, minimum: 30, ideal: 40, maximum: 80, priority: 10),
    TableColumn(
      ListTitles.pairs, minimum: 6, ideal: 7, maximum: 20, alignment: .right, priority: 6),
    TableColumn(ListTitles.time, minimum: 16, priority: 8),
    TableColumn(ListTitles.by, minimum: 10, ideal: 13, maximum: 30, priority: 7),
    TableColumn(ListTitles.reason, minimum: 10, ideal: 20, maximum: 200, priority: 5),
  ]

  private func row(_ change: Change) -> Table.Row {
    let counts = [
      change.added > 0 ? "+\(Digits.grouped(change.added))" : nil,
      change.removed > 0 ? "-\(Digits.grouped(change.removed))" : nil,
    ].compactMap(\.self).joined(separator: " ")
    let isForeign = change.origin == .external
    let cells = [
      change.id.description, Messages.story(change), counts, change.at.localMinute,
      change.isAnonymous ? LogMessages.otherProgram : change.actor,
      [change.ticket, change.reason].compactMap(\.self).joined(separator: ": "),
    ]
    return Table.Row(cells.map { DisplayText($0) }, role: isForeign ? .warning : .normal)
  }
}

extension String {
  /// What both begin with, in any case of letters.
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0.lowercased() == $1.lowercased() }.map(\.0))
  }
}

extension ScreenKind {
  package static let log = ScreenKind(
    "log", ScreenTitles.log, staysAfterWrite: true, menu: [.viewLog: { LogScreen() }],
    actions: .everywhere + .moves + .stays + [.filter, .complete, .writeFile])
}
