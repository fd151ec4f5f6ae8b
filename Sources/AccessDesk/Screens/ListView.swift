internal import CompanyAccess
internal import TerminalUI

/// Draws a list with its heading, its filter line and its empty states.
enum ListView {
  /// The heading of a list: what it shows, how many, where the cursor is, and what is left out.
  static func heading<Kind: ListKind>(
    _ subject: String, _ list: ListModel<Kind>, note: String? = nil
  ) -> StyledLine {
    var line = StyledLine(DisplayText(subject), .heading)
    if let note { line.append(DisplayText("   " + note), .warning) }
    line.append(DisplayText("   " + place(list)), .faint)
    return line
  }

  private static func place<Kind: ListKind>(_ list: ListModel<Kind>) -> String {
    guard let total = list.window.total else { return "counting" }
    guard let position = list.window.position else { return Digits.grouped(total) }
    return "\(Digits.grouped(position)) of \(Digits.grouped(total))"
  }

  /// Draws the rows that fit.
  ///
  /// - Parameters:
  ///   - list: The list.
  ///   - columns: The columns of the table.
  ///   - frame: Where to draw.
  ///   - area: The body of the screen.
  ///   - empty: What to say when the list has no rows although nothing is filtered.
  ///   - tick: Whether a row is ticked, for lists that can be.
  ///   - row: The cells of a row, and what the row means.
  static func draw<Kind: ListKind>(
    _ list: ListModel<Kind>, columns: [TableColumn], into frame: inout Frame, area: Area,
    empty: [String], tick: ((Kind.Row) -> Table.Tick)? = nil,
    row: (Kind.Row) -> (cells: [DisplayText], role: Role)
  ) {
    var area = area
    if list.showsFilter {
      drawFilter(list, into: &frame, area)
      area = area.inset(top: 1)
    }
    guard !list.window.rows.isEmpty else {
      drawEmpty(list, empty, into: &frame, area)
      return
    }
    let shown = list.window.visible(height: area.rows - Table.headerRows)
    let rows = list.window.rows[shown].map { item in
      let content = row(item)
      return Table.Row(content.cells, role: content.role, tick: tick?(item))
    }
    let cursor = frame.cursor
    Table(
      columns: columns, rows: rows, selected: list.window.selectedIndex - shown.lowerBound,
      showsTicks: tick != nil
    ).draw(into: &frame, area: area)
    if list.isFiltering { frame.cursor = cursor }
  }

  private static func drawFilter<Kind: ListKind>(
    _ list: ListModel<Kind>, into frame: inout Frame, _ area: Area
  ) {
    let start = Position(column: area.column + 2, row: area.row)
    let column = frame.put("Filter: ", at: start, style: .heading)
    list.filter.draw(
      into: &frame,
      area: Area(column: column, row: area.row, columns: area.columns - column - 1, rows: 1),
      isFocused: list.isFiltering)
  }

  private static func drawEmpty<Kind: ListKind>(
    _ list: ListModel<Kind>, _ empty: [String], into frame: inout Frame, _ area: Area
  ) {
    let words: [String] =
      if list.failure != nil {
        ["This can't be shown now."]
      } else if list.window.isWaiting {
        ["..."]
      } else if !list.filter.text.isEmpty {
        ["Nothing matches \"\(list.filter.text)\".", "Esc clears the filter."]
      } else {
        empty
      }
    for (index, line) in words.enumerated() {
      frame.put(
        DisplayText(line), at: Position(column: area.column + 2, row: area.row + 1 + index),
        width: area.columns - 4, style: index == 0 ? .normal : .faint)
    }
  }
}

/// The columns of a list of users.
enum UserColumns {
  static func columns(_ query: UserQuery) -> [TableColumn] {
    func order(_ sort: UserSort) -> TableColumn.Order? {
      query.sort == sort ? (query.descending ? .descending : .ascending) : nil
    }
    var columns = [
      TableColumn(
        "Id", minimum: 3, ideal: 5, maximum: 8, alignment: .right, priority: 9, order: order(.id)),
      TableColumn(
        "Username", minimum: 12, ideal: 18, maximum: 30, priority: 10, order: order(.username)),
      TableColumn(
        "Full name", minimum: 10, ideal: 24, maximum: 60, priority: 6, order: order(.name)),
      TableColumn("Role", minimum: 8, ideal: 16, maximum: 24, priority: 5, order: order(.role)),
      TableColumn("Status", minimum: 8, ideal: 8, maximum: 8, priority: 7, order: order(.status)),
    ]
    if query.company == nil {
      columns.append(
        TableColumn(
          "Companies", minimum: 10, ideal: 11, maximum: 11, alignment: .right, priority: 8,
          order: order(.companies)))
    } else {
      columns += standing(order(.granted))
    }
    return columns
  }

  static func cells(_ row: UserSummary, _ query: UserQuery) -> (cells: [DisplayText], role: Role) {
    let user = row.user
    var cells = [
      DisplayText(user.id.description), DisplayText.name(user.username),
      DisplayText(user.fullName ?? ""), DisplayText(user.role ?? ""),
      DisplayText(Words.status(isActive: user.isActive)),
    ]
    cells +=
      query.company == nil ? [DisplayText(Digits.grouped(row.companies))] : cellsOf(row.standing)
    return (cells, user.isActive ? .normal : .warning)
  }
}

/// The columns of a list of companies.
enum CompanyColumns {
  static func columns(_ query: CompanyQuery) -> [TableColumn] {
    func order(_ sort: CompanySort) -> TableColumn.Order? {
      query.sort == sort ? (query.descending ? .descending : .ascending) : nil
    }
    var columns = [
      TableColumn("Code", minimum: 6, ideal: 10, maximum: 20, priority: 9, order: order(.code)),
      TableColumn("Name", minimum: 14, ideal: 30, maximum: 60, priority: 10, order: order(.name)),
      TableColumn("Status", minimum: 8, ideal: 8, maximum: 8, priority: 7, order: order(.status)),
    ]
    if query.user == nil {
      columns.append(
        TableColumn(
          "Users", minimum: 7, ideal: 9, maximum: 11, alignment: .right, priority: 8,
          order: order(.users)))
    } else {
      columns += standing(order(.granted))
    }
    columns.append(TableColumn("Id", minimum: 36, ideal: 36, maximum: 36, priority: 1))
    return columns
  }

  static func cells(
    _ row: CompanySummary, _ query: CompanyQuery
  ) -> (cells: [DisplayText], role: Role) {
    let company = row.company
    var cells = [
      DisplayText(company.code ?? ""), DisplayText.name(company.name),
      DisplayText(Words.status(isActive: company.isActive)),
    ]
    cells += query.user == nil ? [DisplayText(Digits.grouped(row.users))] : cellsOf(row.standing)
    cells.append(DisplayText(company.id.description))
    return (cells, company.isActive ? .normal : .warning)
  }
}

private func standing(_ order: TableColumn.Order?) -> [TableColumn] {
  [
    TableColumn("Since", minimum: 16, ideal: 16, maximum: 16, priority: 8, order: order),
    TableColumn("Change", minimum: 6, ideal: 6, maximum: 10, alignment: .right, priority: 4),
  ]
}

private func cellsOf(_ standing: Standing?) -> [DisplayText] {
  guard let standing else { return [.empty, .empty] }
  return [
    DisplayText(standing.grantedAt.localMinute), DisplayText(standing.change?.description ?? "-"),
  ]
}
