internal import CompanyAccess
package import TerminalUI

/// All users, or all companies, or those that a statistic counts.
package struct EntityListScreen: ListScreen {
  private(set) var list: ListModel
  /// What is ticked.
  private var ticks = Ticks()
  /// What stands beside the list.
  private var preview: EntityPage?
  /// Of whom that is asked.
  private var previewed: EntityID?
  /// Whether the list is about to go to a row that has just been added.
  private var isAwaitingNew = false

  package init(_ query: EntityQuery) { list = ListModel(query) }

  package var kind: ScreenKind { list.query.description.screens.list }
  package var isSettling: Bool { list.isSettling || isAwaitingNew }

  private var words: EntityWords { list.query.description.words }

  package func heading(_ desk: DeskState) -> StyledLine {

    ListView.heading(
      words.allOfThem, list,
      note: ticks.isEmpty ? words.note(list.query) : ticks.words, desk)

  }

  package mutating func start(_ desk: DeskState) -> [Effect] {
    list.columnsInSight = preview(desk)?.list
    return list.start(desk)
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    list.columnsInSight = preview(desk)?.list
    if case .changed = input { previewed = nil }
    if case .answer(.preview, let answer) = input {
      if case .page(let page) = answer { preview = page }
      return []
    }
    return take(input, desk).map { $0 + askForPreview(desk) }
  }

  /// Where the window is wide: how wide the list is, and what is left for the page beside it.
  private func preview(_ desk: DeskState) -> (list: Int, page: Int)? {
    let columns = desk.body.columns
    guard columns >= 120 else { return nil }
    let list = max(74, columns * 3 / 5)
    return (list, columns - list - 2)
  }

  /// Asks for the page of the row under the cursor, unless it is there or on its way.
  private mutating func askForPreview(_ desk: DeskState) -> [Effect] {
    guard preview(desk) != nil, let id = list.window.selected?.id, id != previewed else {
      return []
    }
    previewed = id
    return [.ask(.page(id, .summary), .preview)]
  }

  private mutating func take(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .answer(.subject, .change(_, let entities)):
      isAwaitingNew = false
      return show(entities, desk)
    case .answer(.subject, .failed(let error)):
      isAwaitingNew = false
      return [.say(Messages.problem(error))]
    case .handedBack(.added(let change)):
      isAwaitingNew = true
      return [.ask(.change(change), .subject)]
    case .press(_, double: true): return act(.open, desk)
    case .action(let action): return act(action, desk) ?? list.update(input, desk)
    default: return list.update(input, desk)
    }
  }

  private mutating func act(_ action: ActionID, _ desk: DeskState) -> [Effect]? {
    switch action {
    case .addEntity: [.open(FormScreen(adding: list.query.kind))]
    case .page: list.window.selected.map { [.open(EntityPageScreen(of: $0))] } ?? []
    case .history: list.window.selected.map { [.open(LogScreen(of: $0))] } ?? []
    case .mark: tick(desk)
    case .back where !ticks.isEmpty && list.search.isEmpty && !list.isFiltering: untick()
    case .grid: [.open(grid)]
    case .addHere where !ticks.isEmpty, .removeHere where !ticks.isEmpty: [.open(grid)]
    case .copyFrom where !ticks.isEmpty, .editEntity where !ticks.isEmpty,
      .toggleActive where !ticks.isEmpty, .deleteEntity where !ticks.isEmpty:
      [.say(Message(.notice, TickMessages.oneOnly))]
    case .writeFile: DeskDocument.list(list.query).opened(desk)
    case .show: show(list.query.description.preset(after: list.query.preset), desk)
    case .open, .usersOfCompany, .addHere, .removeHere, .copyFrom, .editEntity, .toggleActive,
      .deleteEntity:
      list.window.selected.flatMap { screen(for: action, $0) }.map { [.open($0)] } ?? []
    default: nil
    }
  }

  private mutating func tick(_ desk: DeskState) -> [Effect] {
    guard let row = list.window.selected else { return [] }
    ticks.toggle(row.id)
    return list.update(.action(.down), desk) ?? []
  }

  private mutating func untick() -> [Effect] {
    ticks = Ticks()
    return []
  }

  /// The grid of what is ticked, or else of what the list shows.
  private var grid: GridScreen {
    guard !ticks.isEmpty else { return GridScreen(of: list.query) }
    var query = EntityQuery(list.query.kind)
    query.among = [ticks.selection]
    return GridScreen(of: query)
  }

  /// The tick of a row, once something is ticked.
  private var tickOfRow: ((Entity) -> Table.Tick)? {
    ticks.isEmpty ? nil : { ticks.contains($0.id) ? .on : .off }
  }

  /// What an action on the row under the cursor opens.
  private func screen(for action: ActionID, _ row: Entity) -> (any Screen)? {
    switch action {
    case .open, .usersOfCompany: GrantsScreen(of: row)
    case .addHere: TickScreen(.grant, for: row)
    case .removeHere: TickScreen(.revoke, for: row)
    case .copyFrom: PickScreen(row.kind, for: .copy(to: row))
    case .editEntity: FormScreen(editing: row.id)
    case .toggleActive:
      ConfirmationScreen(
        .entity(EntityEdit(row.isActive ? .deactivate(row.id) : .activate(row.id))))
    case .deleteEntity: ConfirmationScreen(.entity(EntityEdit(.delete(row.id))))
    default: nil
    }
  }

  private mutating func show(_ preset: ListPreset, _ desk: DeskState) -> [Effect] {
    var query = list.query
    query.preset = preset
    return list.change(query, desk)
  }

  /// Puts the cursor on one that has just been added; no filter hides it.
  private mutating func show(_ entities: [ChangedEntity], _ desk: DeskState) -> [Effect] {
    let isAdded = { (entity: ChangedEntity) in entity.event == .made }
    guard let id = entities.first(where: isAdded)?.id, id.kind == list.query.kind else { return [] }
    var query = list.query
    query.preset = .everything
    return list.show(id, in: query, desk)
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    let empty = words.empty(list.query.preset, canWrite: desk.whyNoWrite == nil)
    guard let parts = preview(desk) else {
      return ListView.draw(
        list, into: &frame, area: area, empty: empty, desk, tick: tickOfRow)
    }
    let left = Area(column: area.column, row: area.row, columns: parts.list, rows: area.rows)
    ListView.draw(list, into: &frame, area: left, empty: empty, desk, tick: tickOfRow)
    let right = Area(
      column: area.column + parts.list + 2, row: area.row, columns: parts.page, rows: area.rows)
    drawPreview(into: &frame, right)
  }

  private func drawPreview(into frame: inout Frame, _ area: Area) {
    for row in area.row..<area.row + area.rows {
      frame.put("\u{2502}", at: Position(column: area.column - 1, row: row), style: .faint)
    }
    guard let page = preview, page.entity.id == list.window.selected?.id else { return }
    let lines = EntityPageView(page: page, width: area.columns - 2).lines.prefix(area.rows)
    for (row, line) in lines.enumerated() {
      frame.put(
        line.text, at: Position(column: area.column + 1, row: area.row + row),
        width: area.columns - 2)
    }
  }
}

extension ScreenKind {
  package static let users = ScreenKind(
    "users", ScreenTitles.users, staysAfterWrite: true,
    menu: [.viewUsers: { EntityListScreen(EntityQuery(.user)) }],
    actions: entityActions + [.copyFrom])

  package static let companies = ScreenKind(
    "companies", ScreenTitles.companies, staysAfterWrite: true,
    menu: [.viewCompanies: { EntityListScreen(EntityQuery(.company)) }],
    actions: entityActions + [.usersOfCompany])

  private static let entityActions: [ActionID] =
    .lists + .stays + [
      .addHere, .removeHere, .addEntity, .editEntity, .toggleActive, .deleteEntity, .show, .grid,
      .history, .page, .mark, .writeFile,
    ]
}
