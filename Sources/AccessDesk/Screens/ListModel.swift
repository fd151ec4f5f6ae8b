package import CompanyAccess
package import TerminalUI

/// A list with its filter: what all lists of the desk have in common.
///
/// A screen gives it the inputs that the screen itself does not consume.
package struct ListModel<Kind: ListKind>: Sendable {
  package private(set) var query: Kind.Query
  package private(set) var window = ListWindow<Kind.Row>()
  package private(set) var filter: TextField
  /// Whether what is typed goes into the filter.
  package private(set) var isFiltering: Bool
  /// What went wrong with the last question, if anything did.
  package private(set) var failure: AccessError?
  /// Whether the filter line is part of the list, as in a picker, and always takes what is typed.
  private let isPicker: Bool
  /// Why the filter can't be changed now; set by a screen with ticks on all that match.
  package var filterLock: String?

  package init(_ query: Kind.Query, picker: Bool = false) {
    self.query = query
    isPicker = picker
    isFiltering = picker
    filter = TextField()
  }

  /// The words of the filter.
  package var search: String { filter.text }

  /// The lines that the rows have in a body of this size.
  ///
  /// One line is the table's heading, one the filter's when it is shown.
  package func height(_ area: Area) -> Int {
    max(1, area.rows - 1 - (showsFilter ? 1 : 0))
  }

  /// Whether the rows that the next key is about are still on their way.
  package var isSettling: Bool { window.isReloading }

  /// Whether the filter has a line of its own.
  package var showsFilter: Bool { isPicker || isFiltering || !filter.text.isEmpty }

  // MARK: - Questions

  package mutating func start(_ desk: DeskState) -> [Effect] {
    reload(desk) + lookAlikes(desk)
  }

  private func lookAlikes(_ desk: DeskState) -> [Effect] {
    Kind.lookAlikes(desk) == nil ? [.ask(Kind.lookAlikes, .lookAlikes)] : []
  }

  /// Asks for another query's rows; the cursor stays with its row if that is among them.
  package mutating func change(_ query: Kind.Query, _ desk: DeskState) -> [Effect] {
    self.query = query
    return reload(desk)
  }

  /// Asks for a query's rows without a search, and puts the cursor on one of them.
  package mutating func show(
    _ id: Kind.Row.ID, in query: Kind.Query, _ desk: DeskState
  ) -> [Effect] {
    self.query = query
    filter = TextField()
    isFiltering = isPicker
    Kind.setSearch("", in: &self.query, showsIDs: false)
    return reload(desk, cursor: .to(id))
  }

  private mutating func reload(
    _ desk: DeskState, cursor: ListWindow<Kind.Row>.CursorPlacement = .stays
  ) -> [Effect] {
    window.total = nil
    let wish = window.reload(height: height(desk.body), cursor: cursor)
    return [
      .ask(Kind.page(query, wish.page, limit: wish.limit), .page), .ask(Kind.count(query), .count),
    ]
  }

  private mutating func refresh(_ desk: DeskState) -> [Effect] {
    let wish = window.refresh(height: height(desk.body))
    return [
      .ask(Kind.page(query, wish.page, limit: wish.limit), .page), .ask(Kind.count(query), .count),
    ]
  }

  /// Why an action that is about the row under the cursor can't be used: there is none.
  package func whyNoRow(for action: ActionID) -> String? {
    guard window.isLoaded, window.rows.isEmpty, Self.aboutRows.contains(action) else { return nil }
    return "There is no row for this key."
  }

  private static var aboutRows: Set<ActionID> {
    [
      .open, .tick, .editEntity, .toggleActive, .deleteEntity, .copyFrom, .usersOfCompany, .why,
      .addHere, .removeHere,
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
    case .progress, .applied, .surveyed, .failed, .handedBack: return nil
    }
  }

  private mutating func take(_ answer: Answer, _ slot: RequestKey) -> [Effect]? {
    if let page = Kind.page(in: answer) {
      failure = nil
      window.take(page)
      if window.isWhole { window.total = window.rows.count }
      return []
    }
    switch answer {
    case .count(let count):
      window.total = count
      return []
    case .failed(let error):
      if slot == .page {
        failure = error
        window.cancelLoad()
      }
      // Whatever keeps names from being read keeps rows from being read, which says so.
      return slot == .lookAlikes ? [] : [.say(Messages.problem(error))]
    default: return nil
    }
  }

  private mutating func act(_ action: ActionID, _ desk: DeskState) -> [Effect]? {
    switch action {
    case .up, .down, .pageUp, .pageDown, .first, .last:
      guard let wish = window.move(action, height: height(desk.body)) else { return [] }
      return [.ask(Kind.page(query, wish.page, limit: wish.limit), .page)]
    case .filter:
      if let filterLock { return [.say(Message(.notice, filterLock))] }
      isFiltering = true
      return []
    case .sort:
      Kind.sortByNext(&query)
      return reload(desk)
    case .reverse:
      Kind.reverse(&query)
      return reload(desk)
    case .back: return leaveFilter(desk)
    default: return nil
    }
  }

  /// Esc first clears the filter, then it is one step back.
  private mutating func leaveFilter(_ desk: DeskState) -> [Effect]? {
    guard !filter.text.isEmpty, filterLock == nil else {
      guard isFiltering, !isPicker else { return nil }
      isFiltering = false
      return []
    }
    filter = TextField()
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
    let showsIDs = Kind.showsIDs(query, desk.facts, width: desk.body.columns - Table.gutter)
    Kind.setSearch(filter.text, in: &query, showsIDs: showsIDs)
    if let id = Kind.id(typed: filter.text) { return reload(desk, cursor: .to(id)) }
    return reload(desk, cursor: isPicker ? .toFirst : .stays)
  }
}
