internal import CompanyAccess
package import TerminalUI

/// The changes on the record, newest first.
package struct LogScreen: Screen {
  /// How many changes are asked for at once, and how many are kept at most.
  private static let page = 100
  private static let kept = 600

  private var changes: [Change] = []
  private var isLoaded = false
  private var hasOlder = false
  private var isAtNewest = true
  private var cursor = LineCursor()

  package init() {}

  package var kind: ScreenKind { .log }

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine([("Log of changes, newest first", .heading)])
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { newest() }

  private mutating func newest() -> [Effect] {
    isAtNewest = true
    return [.ask(.changes(before: nil, limit: Self.page), .page)]
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    let height = desk.body.rows - 1
    switch input {
    case .changed: return newest()
    case .answer(_, .changes(let changes)):
      take(changes)
      return []
    case .answer(_, .failed(let error)): return [.say(Words.problem(error))]
    case .action(.first):
      _ = cursor.move(.first, count: changes.count, height: height)
      return newest()
    case .action(let action):
      guard cursor.move(action, count: changes.count, height: height) else { return nil }
      return older()
    case .press(let position, _):
      let row = position.row - desk.body.row - 1
      return cursor.select(row: row, count: changes.count, height: height) ? [] : nil
    default: return nil
    }
  }

  private mutating func take(_ page: [Change]) {
    isLoaded = true
    hasOlder = page.count == Self.page
    if isAtNewest {
      let id = changes.indices.contains(cursor.index) ? changes[cursor.index].id : nil
      let isOnNewest = cursor.index == 0
      changes = page
      if !isOnNewest, let place = changes.firstIndex(where: { $0.id == id }) {
        cursor.select(place)
      }
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
    return [.ask(.changes(before: last.id, limit: Self.page), .page)]
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    if isLoaded, changes.isEmpty {
      frame.put(
        "Nothing has been changed yet.", at: Position(column: area.column + 2, row: area.row),
        width: area.columns - 2)
      return
    }
    let shown = cursor.visible(count: changes.count, height: area.rows - Table.headerRows)
    Table(
      columns: Self.columns, rows: changes[shown].map(row),
      selected: cursor.index - shown.lowerBound
    ).draw(into: &frame, area: area)
  }

  private static let columns = [
    TableColumn("Change", minimum: 6, maximum: 10, alignment: .right, priority: 9),
    TableColumn("Time", minimum: 16, priority: 8),
    TableColumn("By", minimum: 10, ideal: 12, maximum: 30, priority: 7),
    TableColumn("Did", minimum: 10, ideal: 12, maximum: 15, priority: 10),
    TableColumn("Pairs", minimum: 6, ideal: 8, maximum: 20, alignment: .right, priority: 6),
    TableColumn("Reason", minimum: 6, ideal: 20, maximum: 200, priority: 5),
  ]

  private func row(_ change: Change) -> Table.Row {
    let counts = [
      change.added > 0 ? "+\(Digits.grouped(change.added))" : nil,
      change.removed > 0 ? "-\(Digits.grouped(change.removed))" : nil,
    ].compactMap(\.self).joined(separator: " ")
    let isForeign = change.origin == .external
    let cells = [
      change.id.description, change.at.localMinute, isForeign ? "another program" : change.actor,
      change.undoes.map { "undo of \($0)" } ?? change.action.rawValue, counts, change.reason ?? "",
    ]
    return Table.Row(cells.map { DisplayText($0) }, role: isForeign ? .warning : .normal)
  }
}
