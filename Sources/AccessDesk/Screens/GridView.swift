internal import CompanyAccess
internal import TerminalUI

/// Draws the grid: names of users at the left, companies above, and the cells between.
struct GridView {
  private let grid: GridScreen
  private let desk: DeskState
  let layout: Layout

  init(_ grid: GridScreen, _ desk: DeskState) {
    (self.grid, self.desk) = (grid, desk)
    layout = Layout(grid, desk.body)
  }

  /// Where the parts of the grid stand.
  struct Layout {
    /// The lines below the cells: the cell under the cursor, and what is staged.
    private static let notes = 2
    /// How wide a column is whose heading stands upright.
    private static let upright = 3

    let area: Area
    /// Whether there is a line for the filters.
    let hasFilters: Bool
    /// How wide the names of users are, with the mark of the row.
    let names: Int
    /// How wide a column is.
    let column: Int
    /// Whether the letters of a heading stand below each other.
    let isUpright: Bool
    /// How many lines the headings have.
    let headings: Int

    init(_ grid: GridScreen, _ area: Area) {
      self.area = area
      hasFilters = grid.rows.showsFilter || grid.columns.showsFilter
      names = min(26, max(14, area.columns / 4))
      let title = grid.widestTitle
      let widest = min(12, max(3, title)) + 2
      let count = grid.columns.window.total ?? grid.columns.window.rows.count
      isUpright = count * widest > area.columns - names
      column = isUpright ? Self.upright : widest
      let tallest = area.rows >= 14 ? 6 : 4
      headings = isUpright ? min(tallest, max(1, title)) : 1
    }

    private var top: Int { area.row + (hasFilters ? 1 : 0) }
    /// The first line with cells.
    var firstRow: Int { top + headings }
    var visibleRows: Int {
      max(1, area.rows - (hasFilters ? 1 : 0) - headings - Self.notes)
    }
    var visibleColumns: Int { max(1, (area.columns - names) / column) }
    var filters: Area { Area(column: area.column, row: area.row, columns: area.columns, rows: 1) }
    var heading: Area {
      Area(column: area.column, row: top, columns: area.columns, rows: headings)
    }
    /// The line about the cell under the cursor; what is staged stands below it.
    var note: Int { area.row + area.rows - Self.notes }
    func start(_ column: Int) -> Int { area.column + names + column * self.column }

    /// The line and the column in sight at a place of the window; negative where there is none.
    func cell(at position: Position) -> (row: Int, column: Int) {
      let offset = position.column - start(0)
      return (position.row - firstRow, offset < 0 ? -1 : offset / column)
    }
  }

  /// What stands above a column.
  static func title(_ company: Entity) -> DisplayText {
    let name = DisplayText.name(company.shortName).cut(to: 12)
    return company.isActive ? name : "(" + name + ")"
  }

  private var shownRows: Range<Int> { grid.rows.window.visible(height: layout.visibleRows) }
  private var shownColumns: Range<Int> {
    grid.columns.window.visible(height: layout.visibleColumns)
  }

  var heading: StyledLine {
    typealias Words = GridMessages
    let (rows, columns) = (grid.rows, grid.columns)
    var line = StyledLine(Words.heading, .heading)
    let places = Words.places(
      ListMessages.place(rows.window.position, of: rows.window.total),
      ListMessages.place(columns.window.position, of: columns.window.total))
    line.append(DisplayText("   " + places), .faint)
    let notes = [
      grid.isMarking ? Words.rectangle : nil,
      grid.showsStagedOnly ? Words.stagedOnly : nil, EntityWords.user.note(rows.query.preset),
      EntityWords.company.note(columns.query.preset).map { Words.ofCompanies($0) },
      rows.query.among != nil && !grid.showsStagedOnly || columns.query.among != nil
        ? Words.selection : nil,
      grid.isOnCompanies ? Words.onCompanies : nil,
    ].compactMap(\.self)
    for note in notes { line.append(DisplayText("   " + note), .warning) }
    return line
  }

  // MARK: - Drawing

  func draw(into frame: inout Frame) {
    if layout.hasFilters { drawFilters(into: &frame) }
    let focus = frame.cursor
    guard !grid.rows.window.rows.isEmpty, !grid.columns.window.rows.isEmpty else {
      let area = layout.hasFilters ? layout.area.inset(top: 1) : layout.area
      return ListView.drawLines(whyEmpty, into: &frame, area)
    }
    for (place, index) in shownColumns.enumerated() { drawHeading(index, place, into: &frame) }
    let marked = grid.rectangle
    let columns = shownColumns.map { index in
      let company = grid.columns.window.rows[index]
      return ShownColumn(
        index: index, company: company, number: company.id.company.flatMap(grid.cells.column))
    }
    for (line, index) in shownRows.enumerated() {
      drawRow(index, line, columns, marked, into: &frame)
    }
    if grid.editsText { frame.cursor = focus }
    drawNotes(into: &frame)
  }

  private func drawFilters(into frame: inout Frame) {
    let half = (layout.area.columns - 3) / 2
    for (place, list) in [grid.rows, grid.columns].enumerated() {
      let isFocused = list.isFiltering && (place == 1) == grid.isOnCompanies
      list.filter.draw(
        into: &frame,
        area: Area(
          column: layout.area.column + 2 + place * (half + 1), row: layout.area.row,
          columns: half - 1, rows: 1),
        isFocused: isFocused)
    }
  }

  private var whyEmpty: [String] {
    for list in [grid.rows, grid.columns] {
      if list.failure != nil { return [ListMessages.failed] }
      if list.window.isWaiting { return [ListMessages.waiting] }
      guard list.window.rows.isEmpty else { continue }
      return list.search.isEmpty
        ? list.query.description.words.empty(list.query.preset, canWrite: false)
        : ListMessages.noMatch(list.search)
    }
    return []
  }

  private func drawHeading(_ index: Int, _ place: Int, into frame: inout Frame) {
    let company = grid.columns.window.rows[index]
    let isSelected = index == grid.columns.window.selectedIndex
    let style = Style(company.isActive ? .heading : .warning, selected: isSelected)
    let area = Area(
      column: layout.start(place), row: layout.heading.row, columns: layout.column,
      rows: layout.headings)
    if isSelected { frame.fill(area, style) }
    guard layout.isUpright else {
      let title = Self.title(company).padded(to: layout.column, alignment: .center)
      frame.put(title, at: Position(column: area.column, row: area.row), style: style)
      return
    }
    let letters = Self.letters(company, layout.headings)
    for (row, letter) in letters.enumerated() {
      let line = area.row + layout.headings - letters.count + row
      frame.put(letter, at: Position(column: area.column + 1, row: line), width: 2, style: style)
    }
  }

  /// The letters of an upright heading; of a long one the end, by which codes differ.
  private static func letters(_ company: Entity, _ most: Int) -> [DisplayText] {
    let bracketed = title(company).cells
    let all = bracketed.count <= most ? bracketed : DisplayText.name(company.shortName).cells
    let letters = all.map { DisplayText($0.text) }
    return letters.count <= most ? letters : ["\u{2026}"] + letters.suffix(most - 1)
  }

  /// A column that is drawn, found once for all its cells.
  private struct ShownColumn {
    /// Its place in the list of companies.
    let index: Int
    let company: Entity
    /// Its place in what has been read of the grid; nil if it is not in that.
    let number: Int?
  }

  private func drawRow(
    _ index: Int, _ line: Int, _ columns: [ShownColumn],
    _ marked: (rows: ClosedRange<Int>, columns: ClosedRange<Int>)?,
    into frame: inout Frame
  ) {
    let user = grid.rows.window.rows[index]
    let row = layout.firstRow + line
    let isSelected = index == grid.rows.window.selectedIndex
    let isAlike = desk.lookAlikes[.user]?.contains(user.id) == true
    let style = Style(user.isActive && !isAlike ? .normal : .warning, selected: isSelected)
    let name = (isAlike ? "~ " : "") + DisplayText.name(user.name)
    let label = user.isActive ? name.cut(to: layout.names - 3) : inBrackets(name)
    let start = Position(column: layout.area.column, row: row)
    frame.put(
      ((isSelected ? "> " : "  ") + label).padded(to: layout.names - 1), at: start, style: style)
    let number = user.id.user.flatMap(grid.cells.row)
    let selected = isSelected ? grid.columns.window.selectedIndex : nil
    for (place, column) in columns.enumerated() {
      let cell = state(user, number, column.company, column.number)
      let isHere = column.index == selected
      let isMarked =
        marked.map { $0.rows.contains(index) && $0.columns.contains(column.index) } ?? false
      let area = Area(
        column: layout.start(place), row: row, columns: layout.column, rows: 1)
      let style = cell.style.selected(isHere || isMarked)
      if isHere || isMarked { frame.fill(area, style) }
      let middle = Position(column: area.column + (layout.column - 1) / 2, row: row)
      frame.put(cell.mark, at: middle, style: style)
      if isHere { frame.cursor = middle }
    }
  }

  private func inBrackets(_ name: DisplayText) -> DisplayText {
    "(" + name.cut(to: layout.names - 5) + ")"
  }

  // MARK: - Cells

  private func state(_ user: Entity, _ company: Entity) -> GridCell {
    state(
      user, user.id.user.flatMap(grid.cells.row), company,
      company.id.company.flatMap(grid.cells.column))
  }

  private func state(_ user: Entity, _ row: Int?, _ company: Entity, _ column: Int?) -> GridCell {
    guard let row, let column else { return .unknown }
    let has = grid.cells.isGranted(row, column)
    // What is staged is for now.
    guard desk.past == nil, !grid.staged.isEmpty else {
      return has ? .granted : grid.cells.isBarred(row, column) ? .barred : .none
    }
    guard let userID = user.id.user, let companyID = company.id.company else { return .unknown }
    let pair = GrantPair(userID, companyID)
    if let cell = grid.staged.cell(pair), cell.had != has { return .changed }
    if grid.cells.isBarred(row, column), !has { return .barred }
    let wish = grid.staged.wish(pair) { grid.cells.covers($0, row, column) } ?? has
    return wish == has ? (has ? .granted : .none) : (wish ? .added : .removed)
  }

  // MARK: - Notes

  private func drawNotes(into frame: inout Frame) {
    let width = layout.area.columns - 2
    if let user = grid.rows.window.selected, let company = grid.columns.window.selected {
      let state = state(user, company)
      let words = DisplayText(GridMessages.state(state))
      let about = DisplayText(GridMessages.about(user, company))
      frame.put(
        StyledLine([(words, state.style), ("  ", .normal), (about, .normal)]),
        at: Position(column: layout.area.column + 1, row: layout.note), width: width)
    }
    let place = Position(column: layout.area.column + 1, row: layout.note + 1)
    guard !grid.staged.isEmpty, desk.past == nil else {
      let canWrite = desk.whyNoWrite == nil
      frame.put(GridMessages.legend(canWrite: canWrite), at: place, width: width, style: .faint)
      return
    }
    frame.put(stagedLine(width), at: place, width: width)
  }

  private func stagedLine(_ width: Int) -> StyledLine {
    guard let tally = grid.tally else { return StyledLine(GridMessages.counting, .faint) }
    var line = StyledLine([
      (GridMessages.staged, .heading), (DisplayText(GridMessages.counts(tally)), .normal),
    ])
    if tally.usersLeftWithNone > 0 {
      line.append(DisplayText(GridMessages.leftWithNone(tally.usersLeftWithNone)), .warning)
    }
    if let coverage = desk.coverage {
      line.append(DisplayText(GridMessages.coverage(coverage, tally.after(coverage))))
    }
    return line
  }
}

extension GridCell {
  fileprivate var style: Style {
    switch self {
    case .unknown, .none, .barred: .faint
    case .granted: .normal
    case .added: .good
    case .removed: .danger
    case .changed: .warning
    }
  }

  fileprivate var mark: DisplayText {
    Self.marks[self] ?? .empty
  }

  private static let marks: [GridCell: DisplayText] = [
    .unknown: " ", .none: ".", .granted: "x", .added: "+", .removed: "-", .barred: "/",
    .changed: "!",
  ]
}
