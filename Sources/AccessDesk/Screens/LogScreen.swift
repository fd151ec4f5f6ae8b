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

  package init() {}

  package var kind: ScreenKind { .log }
  package var editsText: Bool { isFiltering }

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine(LogMessages.heading, .heading)
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
    case .back where isFiltering || !filter.isEmpty:
      isFiltering = false
      filter.clear()
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
    TableColumn(ListTitles.time, minimum: 16, priority: 8),
    TableColumn(ListTitles.by, minimum: 10, ideal: 13, maximum: 30, priority: 7),
    TableColumn(ListTitles.did, minimum: 10, ideal: 24, maximum: 40, priority: 10),
    TableColumn(
      ListTitles.pairs, minimum: 6, ideal: 7, maximum: 20, alignment: .right, priority: 6),
    TableColumn(ListTitles.reason, minimum: 6, ideal: 20, maximum: 200, priority: 5),
  ]

  private func row(_ change: Change) -> Table.Row {
    let counts = [
      change.added > 0 ? "+\(Digits.grouped(change.added))" : nil,
      change.removed > 0 ? "-\(Digits.grouped(change.removed))" : nil,
    ].compactMap(\.self).joined(separator: " ")
    let isForeign = change.origin == .external
    let cells = [
      change.id.description, change.at.localMinute,
      isForeign ? LogMessages.otherProgram : change.actor,
      Messages.action(change), counts, change.reason ?? "",
    ]
    return Table.Row(cells.map { DisplayText($0) }, role: isForeign ? .warning : .normal)
  }
}

extension ScreenKind {
  package static let log = ScreenKind(
    "log", ScreenTitles.log, staysAfterWrite: true, menu: [.viewLog: { LogScreen() }],
    actions: .everywhere + .moves + .stays + [.filter])
}
