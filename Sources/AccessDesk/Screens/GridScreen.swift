internal import CompanyAccess
package import TerminalUI

/// Users and companies at once: which cells are granted, and what is staged to be changed.
package struct GridScreen: Screen {
  private(set) var rows: ListModel
  private(set) var columns: ListModel
  private(set) var staged = GridPlan()
  private(set) var cells = GridCells()
  /// How much is staged; nil while it is being counted.
  private(set) var tally: PairEditTally?
  /// Where a rectangle begins.
  private var anchor: (user: EntityID, company: EntityID)?
  /// Whether filter, order and preset are those of the companies.
  private(set) var isOnCompanies = false
  /// The users of the grid, while it shows only those for whom something is staged.
  private var allUsers: EntityQuery?
  /// The part that is being read.
  private var awaited: GridCells.Part?
  private var isStale = true
  /// How many regions were asked about when cells were last read.
  private var regionsAsked = 0

  /// The widest heading of a column, found when the companies at hand become others.
  private(set) var widestTitle = 0

  /// The user or company that gets the cursor first.
  private let first: EntityID?

  /// The grid of all users and companies, or of those that two queries find.
  package init(
    users: EntityQuery = EntityQuery(.user), companies: EntityQuery = EntityQuery(.company)
  ) {
    self.init(users, companies, at: nil)
  }

  /// The grid of what a list shows: its users with all companies, or the other way round.
  init(of list: EntityQuery, at subject: EntityID? = nil) {
    var shown = list
    if subject != nil {
      shown = EntityQuery(list.kind)
      shown.among = [.matching(list, except: [])]
    }
    switch list.kind {
    case .user: self.init(shown, EntityQuery(.company), at: subject)
    case .company: self.init(EntityQuery(.user), shown, at: subject)
    }
  }

  private init(_ users: EntityQuery, _ companies: EntityQuery, at first: EntityID?) {
    rows = ListModel(users, columns: false, label: GridMessages.users)
    var companies = companies
    companies.countsGrants = false
    columns = ListModel(companies, columns: true, label: GridMessages.companies)
    self.first = first
  }

  package var kind: ScreenKind { .grid }
  package var editsText: Bool { axis.isFiltering }
  package var isFiltering: Bool { axis.isFiltering }
  package var holdsWork: Bool { !staged.isEmpty }

  package var isSettling: Bool {
    rows.isSettling || columns.isSettling || (awaited != nil && !isCursorKnown)
  }

  private var axis: ListModel { isOnCompanies ? columns : rows }

  /// Whether only users for whom something is staged are shown.
  var showsStagedOnly: Bool { allUsers != nil }

  /// The cell under the cursor.
  var pair: GrantPair? {
    guard let user = rows.window.selected?.id.user,
      let company = columns.window.selected?.id.company
    else { return nil }
    return GrantPair(user, company)
  }

  private var isCursorKnown: Bool {
    guard let pair else { return true }
    return cells.row(pair.user) != nil && cells.column(pair.company) != nil
      && cells.regionCount == staged.regions.count
  }

  package func heading(_ desk: DeskState) -> StyledLine { GridView(self, desk).heading }

  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? {
    switch action {
    case .toggleCell, .rectangle, .wholeRow, .wholeColumn, .why:
      let isEmpty = rows.window.isLoaded && columns.window.isLoaded && pair == nil
      return isEmpty ? GridMessages.noCell : nil
    case .differences: return staged.isEmpty && !showsStagedOnly ? GridMessages.nothingStaged : nil
    default: return nil
    }
  }

  package mutating func start(_ desk: DeskState) -> [Effect] {
    fit(desk)
    let effects = rows.start(desk) + columns.start(desk) + figures(desk)
    switch first {
    case .user(let id): return effects + rows.show(.user(id), in: rows.query, desk)
    case .company(let id): return effects + columns.show(.company(id), in: columns.query, desk)
    case nil: return effects
    }
  }

  /// The figures of the whole table, as far as they are not known.
  private func figures(_ desk: DeskState) -> [Effect] {
    desk.coverage == nil ? [.ask(.coverage, .figures)] : []
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    fit(desk)
    guard let effects = take(input, desk) else { return nil }
    measure(input)
    fit(desk)
    return effects + read(desk)
  }

  /// Finds the widest heading anew after what may have brought other companies.
  private mutating func measure(_ input: Input) {
    guard case .answer(let slot, _) = input, slot == .columns || slot == .columnCount else {
      return
    }
    widestTitle = columns.window.rows.map { GridView.title($0).width }.max() ?? 0
  }

  /// Tells both lists how much of them is in sight.
  private mutating func fit(_ desk: DeskState) {
    let layout = GridView(self, desk).layout
    rows.rowsInSight = layout.visibleRows
    columns.rowsInSight = layout.visibleColumns
  }

  private mutating func take(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .answer(let slot, let answer): return take(answer, slot, desk)
    case .changed:
      isStale = true
      let lists = (rows.update(input, desk) ?? []) + (columns.update(input, desk) ?? [])
      return lists + [.ask(.coverage, .figures)] + count()
    case .key, .paste: return onAxis(input, desk)
    case .press(let position, let double): return press(position, double, desk)
    case .action(let action): return act(action, desk)
    case .handedBack(.written):
      staged = GridPlan()
      tally = nil
      anchor = nil
      return showsStagedOnly ? showAll(desk) : []
    default: return nil
    }
  }

  private mutating func take(
    _ answer: Answer, _ slot: RequestKey, _ desk: DeskState
  ) -> [Effect]? {
    switch (slot, answer) {
    case (.cells, .cells(let window)):
      cells = GridCells(awaited ?? GridCells.Part(), window)
      awaited = nil
      return []
    case (.cells, .failed(let error)):
      awaited = nil
      return [.say(Messages.problem(error))]
    case (.tally, .tally(let tally)):
      self.tally = tally
      return []
    case (.tally, .failed(.noSuchUser(let id))): return drop(.user(id))
    case (.tally, .failed(.noSuchCompany(let id))): return drop(.company(id))
    case (.tally, .failed(let error)): return [.say(Messages.problem(error))]
    case (.columns, _), (.columnCount, _): return columns.update(.answer(slot, answer), desk)
    case (.page, _), (.count, _), (.lookAlikes, _):
      return rows.update(.answer(slot, answer), desk)
    default: return []
    }
  }

  /// Drops what was staged for one who is gone.
  private mutating func drop(_ id: EntityID) -> [Effect] {
    staged.drop(id)
    return [.say(Message(.notice, GridMessages.gone(id)))] + count()
  }

  private mutating func onAxis(_ input: Input, _ desk: DeskState) -> [Effect]? {
    isOnCompanies ? columns.update(input, desk) : rows.update(input, desk)
  }

  // MARK: - Actions

  private mutating func act(_ action: ActionID, _ desk: DeskState) -> [Effect]? {
    if let move = Self.moves[action] { return columns.update(.action(move), desk) }
    switch action {
    case .up, .down, .pageUp, .pageDown, .first, .last: return rows.update(.action(action), desk)
    case .otherAxis: return turnAxis(desk)
    case .show:
      var query = axis.query
      query.preset = query.description.preset(after: query.preset)
      return isOnCompanies ? columns.change(query, desk) : rows.change(query, desk)
    case .filter, .sort, .reverse: return onAxis(.action(action), desk)
    case .back: return back(desk)
    case .toggleCell: return toggle(desk)
    case .rectangle:
      anchor = corner.flatMap { anchor == nil ? $0 : nil }
      return []
    case .wholeRow, .wholeColumn: return turn(action)
    case .differences: return showsStagedOnly ? showAll(desk) : showStaged(desk)
    case .toConfirmation:
      guard !staged.isEmpty else { return [.say(Message(.notice, GridMessages.stageFirst))] }
      return [.open(ConfirmationScreen(.edits(staged.edits)))]
    case .writeFile:
      return DeskDocument.grid(users: rows.query, companies: columns.query).opened(desk)
    case .why: return why()
    case .page: return axis.window.selected.map { [.open(EntityPageScreen(of: $0))] } ?? []
    case .history:
      guard let user = rows.window.selected, let company = columns.window.selected else {
        return []
      }
      return [.open(LogScreen(of: user, with: company))]
    default: return nil
    }
  }

  /// What moves along the columns, as the list of them knows it.
  private static let moves: [ActionID: ActionID] = [
    .left: .up, .right: .down, .pageLeft: .pageUp, .pageRight: .pageDown, .firstColumn: .first,
    .lastColumn: .last,
  ]

  private var corner: (user: EntityID, company: EntityID)? {
    guard let user = rows.window.selected?.id, let company = columns.window.selected?.id else {
      return nil
    }
    return (user, company)
  }

  /// Goes to the filter of the other side while one is typed, and otherwise only turns to it.
  private mutating func turnAxis(_ desk: DeskState) -> [Effect] {
    let isTyping = axis.isFiltering
    var effects: [Effect] = []
    if isTyping { effects += onAxis(.key(.enter), desk) ?? [] }
    isOnCompanies.toggle()
    if isTyping { effects += onAxis(.action(.filter), desk) ?? [] }
    return effects
  }

  /// Esc ends a rectangle, then clears the filters, and then is one step back.
  private mutating func back(_ desk: DeskState) -> [Effect]? {
    guard anchor == nil else {
      anchor = nil
      return []
    }
    if let effects = onAxis(.action(.back), desk) { return effects }
    return isOnCompanies
      ? rows.update(.action(.back), desk) : columns.update(.action(.back), desk)
  }

  private mutating func toggle(_ desk: DeskState) -> [Effect] {
    guard let pair, let row = cells.row(pair.user), let column = cells.column(pair.company) else {
      return []
    }
    if anchor != nil { return turnRectangle() }
    if cells.isBarred(row, column), !cells.isGranted(row, column) {
      return [.say(Message(.notice, GridMessages.barred))]
    }
    let cells = cells
    staged.toggle(pair, has: cells.isGranted(row, column)) { cells.covers($0, row, column) }
    return count()
  }

  /// Whether a cell is, or is to become, granted.
  private func isGranted(_ pair: GrantPair?) -> Bool {
    guard let pair, let row = cells.row(pair.user), let column = cells.column(pair.company) else {
      return false
    }
    return staged.wish(pair) { cells.covers($0, row, column) } ?? cells.isGranted(row, column)
  }

  /// Stages a whole row or column of what matches.
  private mutating func turn(_ action: ActionID) -> [Effect] {
    guard let corner else { return [] }
    let isRow = action == .wholeRow
    return turn(
      isRow ? .these([corner.user]) : .matching(rows.query, except: []),
      isRow ? .matching(columns.query, except: []) : .these([corner.company]), as: pair)
  }

  /// Stages a region as Space would one of its cells.
  private mutating func turn(
    _ users: EntitySelection, _ companies: EntitySelection, as cell: GrantPair?
  ) -> [Effect] {
    staged.turn(users, companies, grants: !isGranted(cell))
    return count()
  }

  private mutating func turnRectangle() -> [Effect] {
    guard let marked = rectangle else {
      return [.say(Message(.notice, GridMessages.tooLarge))]
    }
    return turn(
      .these(rows.window.rows[marked.rows].map(\.id)),
      .these(columns.window.rows[marked.columns].map(\.id)), as: start)
  }

  /// The rows and columns of the rectangle that is marked; nil where none is, or where not all of it
  /// is at hand.
  var rectangle: (rows: ClosedRange<Int>, columns: ClosedRange<Int>)? {
    guard let anchor, let row = rows.window.rows.firstIndex(where: { $0.id == anchor.user }),
      let column = columns.window.rows.firstIndex(where: { $0.id == anchor.company }),
      corner != nil
    else { return nil }
    let (there, here) = (rows.window.selectedIndex, columns.window.selectedIndex)
    return (min(row, there)...max(row, there), min(column, here)...max(column, here))
  }

  /// The cell at which the rectangle begins.
  private var start: GrantPair? {
    guard let user = anchor?.user.user, let company = anchor?.company.company else { return nil }
    return GrantPair(user, company)
  }

  /// Whether a rectangle is being marked.
  var isMarking: Bool { anchor != nil }

  private mutating func showStaged(_ desk: DeskState) -> [Effect] {
    var query = rows.query
    allUsers = query
    query.among = staged.users
    return rows.change(query, desk)
  }

  private mutating func showAll(_ desk: DeskState) -> [Effect] {
    var query = rows.query
    query.among = allUsers?.among
    allUsers = nil
    return rows.change(query, desk)
  }

  private func why() -> [Effect] {
    guard let user = rows.window.selected, let company = columns.window.selected else { return [] }
    return WhyScreen(user, company).map { [.open($0)] } ?? []
  }

  private mutating func press(
    _ position: Position, _ double: Bool, _ desk: DeskState
  ) -> [Effect]? {
    let layout = GridView(self, desk).layout
    let (row, column) = layout.cell(at: position)
    guard rows.window.visible(height: layout.visibleRows).count > row, row >= 0 else { return nil }
    _ = rows.select(line: row, height: layout.visibleRows)
    guard columns.select(line: column, height: layout.visibleColumns) else { return [] }
    return double && desk.whyNoWrite == nil ? toggle(desk) : []
  }

  // MARK: - Questions

  /// Counts what is staged.
  private mutating func count() -> [Effect] {
    tally = nil
    return staged.isEmpty ? [] : [.ask(.tally(staged.edits), .tally)]
  }

  /// Reads the cells in sight, and some around them, unless they are at hand.
  private mutating func read(_ desk: DeskState) -> [Effect] {
    let layout = GridView(self, desk).layout
    guard rows.window.isLoaded, columns.window.isLoaded else { return [] }
    let seen = part(layout, margin: 0)
    let regions = staged.regions
    let knows = (awaited ?? cells.part).holds(seen)
    guard isStale || !knows || regions.count != regionsAsked else { return [] }
    isStale = false
    regionsAsked = regions.count
    let part = part(layout, margin: 1)
    awaited = part
    return [
      .ask(
        .cells(
          part.users, part.companies, regions.map(\.users.users),
          regions.map(\.companies.companies)), .cells)
    ]
  }

  /// The users and companies in sight, with so many half pages around them.
  private func part(_ layout: GridView.Layout, margin: Int) -> GridCells.Part {
    func ids(_ window: ListWindow, _ height: Int) -> [EntityID] {
      let shown = window.visible(height: height)
      let more = margin * height / 2
      let first = max(0, shown.lowerBound - more)
      let last = min(window.rows.count, shown.upperBound + more)
      return first < last ? window.rows[first..<last].map(\.id) : []
    }
    return GridCells.Part(
      users: ids(rows.window, layout.visibleRows).compactMap(\.user),
      companies: ids(columns.window, layout.visibleColumns).compactMap(\.company))
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    GridView(self, desk).draw(into: &frame)
  }
}

extension ScreenKind {
  package static let grid = ScreenKind(
    "grid", ScreenTitles.grid, staysAfterWrite: true, menu: [.viewGrid: { GridScreen() }],
    actions: .everywhere + .moves + [
      .filter, .sort, .reverse,
      .left, .right, .pageLeft, .pageRight, .firstColumn, .lastColumn, .otherAxis, .show,
      .toggleCell, .rectangle, .wholeRow, .wholeColumn, .differences, .toConfirmation, .why,
      .history, .page, .undo, .writeFile,
      .time, .earlier, .later,
    ])
}
