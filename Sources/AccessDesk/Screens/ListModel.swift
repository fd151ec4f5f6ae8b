package import CompanyAccess
package import TerminalUI

/// A list with its filter: what all lists of the desk have in common.
///
/// A screen gives it the inputs that the screen itself does not consume.
package struct ListModel: Sendable {
  package private(set) var query: EntityQuery
  package private(set) var window = ListWindow()
  package private(set) var filter = TextField(ListMessages.filter)
  /// Whether what is typed goes into the filter.
  package private(set) var isFiltering: Bool
  /// What went wrong with the last question, if anything did.
  package private(set) var failure: AccessError?
  /// Whether the filter line is part of the list, as in a picker, and always takes what is typed.
  let isPicker: Bool
  /// Why the filter can't be changed now; set by a screen with ticks on all that match.
  package var filterLock: String?
  /// How many rows are in sight, where that is not for the body of the window to say.
  package var rowsInSight: Int?
  /// How wide the list is, where it has not the whole window.
  package var columnsInSight: Int?
  /// Whether it asks under the names of columns, beside a list that asks under those of rows.
  private let isOfColumns: Bool

  package init(_ query: EntityQuery, picker: Bool = false) {
    self.query = query
    isPicker = picker
    isFiltering = picker
    isOfColumns = false
  }

  /// One of the two lists of a grid: the rows, or the columns.
  init(_ query: EntityQuery, columns: Bool, label: DisplayText) {
    self.query = query
    isPicker = false
    isFiltering = false
    isOfColumns = columns
    filter = TextField(label, text: query.search)
  }

  /// The words of the filter.
  package var search: String { filter.text }

  /// The lines that the rows have in a body of this size.
  ///
  /// One line is the table's heading, one the filter's when it is shown.
  package func height(_ area: Area) -> Int {
    rowsInSight ?? max(1, area.rows - 1 - (showsFilter ? 1 : 0))
  }

  /// Whether the rows that the next key is about are still on their way.
  package var isSettling: Bool { window.isReloading }

  /// Whether the filter has a line of its own.
  package var showsFilter: Bool { isPicker || isFiltering || !filter.text.isEmpty }

  /// Puts the cursor on the row that is shown in this line; false when there is none.
  mutating func select(line: Int, height: Int) -> Bool { window.select(line: line, height: height) }

  // MARK: - Questions

  package mutating func start(_ desk: DeskState) -> [Effect] {
    if query.subject == nil, let order = desk.orders[query.kind] {
      (query.sort, query.descending) = (order.sort, order.descending)
    }
    return reload(desk) + lookAlikes(desk)
  }

  private func lookAlikes(_ desk: DeskState) -> [Effect] {
    !isOfColumns && desk.lookAlikes[query.kind] == nil
      ? [.ask(.lookAlikes(query.kind), .lookAlikes)] : []
  }

  /// Asks for another query's rows; the cursor stays with its row if that is among them.
  package mutating func change(_ query: EntityQuery, _ desk: DeskState) -> [Effect] {
    self.query = query
    return reload(desk)
  }

  /// Asks for a query's rows without a search, and puts the cursor on one of them.
  package mutating func show(
    _ id: EntityID, in query: EntityQuery, _ desk: DeskState
  ) -> [Effect] {
    self.query = query
    filter.clear()
    isFiltering = isPicker
    (self.query.search, self.query.findsPartsOfIDs) = ("", false)
    return reload(desk, cursor: .to(id))
  }

  private mutating func reload(
    _ desk: DeskState, cursor: ListWindow.CursorPlacement = .stays
  ) -> [Effect] {
    window.total = nil
    let wish = window.reload(height: height(desk.body), cursor: cursor)
    return ask(wish) + count
  }

  private mutating func refresh(_ desk: DeskState) -> [Effect] {
    let wish = window.refresh(height: height(desk.body))
    return ask(wish) + count
  }

  private func ask(_ request: ListWindow.WindowRequest) -> [Effect] {
    let key: RequestKey = isOfColumns ? .columns : .page
    return [.ask(.rows(query, request.page, limit: request.limit), key)]
  }

  private var count: [Effect] { [.ask(.count(query), isOfColumns ? .columnCount : .count)] }

  /// Why an action that is about the row under the cursor can't be used: there is none.
  package func whyNoRow(for action: ActionID) -> String? {
    guard window.isLoaded, window.rows.isEmpty, Self.aboutRows.contains(action) else { return nil }
    return ListMessages.noRow
  }

  private static var aboutRows: Set<ActionID> {
    [
      .open, .tick, .editEntity, .toggleActive, .deleteEntity, .copyFrom, .usersOfCompany, .why,
      .history, .page, .mark, .pickSeveral, .addHere, .removeHere,
    ]
  }

  // MARK: - Inputs

  /// Takes an input; nil when it is not one for a list.
  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .answer(let slot, let answer): return take(answer, slot)
    case .changed: return refresh(desk) + lookAlikes(desk)
    case .key(let key): return type(key, desk)
    case .paste(let text):
      filter.paste(text)
      return search(desk)
    case .press(let position, _):
      let line = position.row - desk.body.row - (showsFilter ? 2 : 1)
      return window.select(line: line, height: height(desk.body)) ? [] : nil
    case .action(let action): return act(action, desk)
    case .progress, .applied, .surveyed, .failed, .handedBack, .fileWritten:
      return nil
    }
  }

  private mutating func take(_ answer: Answer, _ slot: RequestKey) -> [Effect]? {
    switch answer {
    case .rows(let page):
      failure = nil
      window.take(page)
      if window.isWhole { window.total = window.rows.count }
      return []
    case .count(let count):
      window.total = count
      return []
    case .failed(let error):
      if slot == .page || slot == .columns {
        failure = error
        window.cancelLoad()
      }
      // An error that keeps names from being read keeps rows from being read too, and is told there.
      return slot == .lookAlikes ? [] : [.say(Messages.problem(error))]
    default: return nil
    }
  }

  private mutating func act(_ action: ActionID, _ desk: DeskState) -> [Effect]? {
    switch action {
    case .up, .down, .pageUp, .pageDown, .first, .last:
      guard let wish = window.move(action, height: height(desk.body)) else { return [] }
      return ask(wish)
    case .filter:
      if let filterLock { return [.say(Message(.notice, filterLock))] }
      isFiltering = true
      return []
    case .sort:
      query.sortByNext()
      return sorted(desk)
    case .sortLeft, .sortRight:
      query.sort(by: action == .sortLeft ? -1 : 1, desk.facts)
      return sorted(desk)
    case .reverse:
      query.descending.toggle()
      return sorted(desk)
    case .back: return leaveFilter(desk)
    default: return nil
    }
  }

  /// The list in another order, which other lists of its kind begin with from now on.
  private mutating func sorted(_ desk: DeskState) -> [Effect] {
    let order = ListOrder(sort: query.sort, descending: query.descending)
    let isRemembered = query.subject == nil && !isOfColumns
    return reload(desk) + (isRemembered ? [.remember(query.kind, order)] : [])
  }

  /// Esc first clears the filter, then it is one step back.
  private mutating func leaveFilter(_ desk: DeskState) -> [Effect]? {
    guard !filter.text.isEmpty, filterLock == nil else {
      guard isFiltering, !isPicker else { return nil }
      isFiltering = false
      return []
    }
    filter.clear()
    isFiltering = isPicker
    return search(desk)
  }

  private mutating func type(_ key: Key, _ desk: DeskState) -> [Effect]? {
    guard isFiltering else { return nil }
    if key == .enter, !isPicker {
      isFiltering = false
      return []
    }
    // Home and End belong to the rows while a picker's filter is empty.
    if filter.text.isEmpty, key == .home || key == .end { return nil }
    let before = filter.text
    guard filter.handle(key) else { return nil }
    return filter.text == before ? [] : search(desk)
  }

  private mutating func search(_ desk: DeskState) -> [Effect] {
    query.search = filter.text
    query.findsPartsOfIDs = query.showsIDs(
      desk.facts, width: (columnsInSight ?? desk.body.columns) - Table.gutter)
    if let id = query.description.idOfText(filter.text) { return reload(desk, cursor: .to(id)) }
    return reload(desk, cursor: isPicker ? .toFirst : .stays)
  }
}
