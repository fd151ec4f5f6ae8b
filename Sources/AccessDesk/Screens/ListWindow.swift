package import CompanyAccess

/// The rows of a list that are at hand, and the one under the cursor.
///
/// A list may have millions of rows. The window holds a few pages around the cursor and asks for
/// more when the cursor comes near an edge; the cursor stays with the key of its row through
/// sorting, filtering and refreshing.
package struct ListWindow: Sendable {
  /// A page to ask the store for.
  package struct WindowRequest: Hashable, Sendable {
    package let page: PageRequest
    package let limit: Int
  }

  /// Where the cursor goes when the list is asked for anew.
  package enum CursorPlacement: Sendable {
    case stays, toFirst
    case to(EntityID)
  }

  /// How many pages are kept at most.
  private static let capacity = 6

  package private(set) var rows: [Entity] = []
  /// How many rows the whole list has; nil while they are being counted.
  package var total: Int?
  /// Whether any page has come yet.
  package private(set) var isLoaded = false
  private var pages: [Page<Entity>] = []
  /// The number of rows that come before the first at hand; nil when unknown.
  private var offset: Int?
  private var index = 0
  private var top = 0
  private var awaited = PendingLoad.nothing
  /// What was asked for when the rows at hand became those of another filter, order or place.
  private var reloading: WindowRequest?
  /// The row that gets the cursor when it comes.
  private var wanted: EntityID?
  /// Set while the first or the last rows are awaited, of which the very first or last gets it.
  private var end: PageAnchor?
  /// How far the cursor still has to go when the awaited rows are at hand.
  private var pendingSteps = 0

  private enum PendingLoad { case nothing, whole, earlier, later }

  package init() {}

  /// The row under the cursor.
  package var selected: Entity? { rows.indices.contains(index) ? rows[index] : nil }
  /// The place of the cursor among the rows at hand.
  package var selectedIndex: Int { index }
  /// The number of the row under the cursor in the whole list, from 1; nil when unknown.
  package var position: Int? { rows.isEmpty ? nil : offset.map { $0 + index + 1 } }
  /// Whether there are rows to wait for before anything can be said of the list.
  package var isWaiting: Bool { !isLoaded || (rows.isEmpty && awaited != .nothing) }
  /// Whether the rows at hand are not those that the list is about to show.
  package var isReloading: Bool { reloading != nil }
  /// Whether every row of the list is at hand.
  package var isWhole: Bool { isLoaded && !hasEarlier && !hasLater }

  private var hasEarlier: Bool { pages.first?.hasEarlier ?? false }
  private var hasLater: Bool { pages.last?.hasLater ?? false }

  /// The rows to show in so many lines.
  package func visible(height: Int) -> Range<Int> {
    guard height > 0, !rows.isEmpty else { return 0..<0 }
    let first = scrolled(height)
    return first..<min(rows.count, first + height)
  }

  /// The first line that keeps the cursor on the screen and moves as little as possible.
  private func scrolled(_ height: Int) -> Int {
    let lowest = max(0, index - height + 1)
    let highest = max(lowest, min(index, rows.count - height))
    return min(max(top, lowest), highest)
  }

  // MARK: - Asking for rows

  /// How many rows a list begins with: all of a short one, so that the cursor's number is known.
  private func limit(_ height: Int) -> Int { max(100, height * 3) }

  /// How many rows a key asks for, which costs what they cost: as many as are needed before the next
  /// ones can be there.
  private func pageLimit(_ height: Int) -> Int { max(50, height * 2) }

  /// The list anew, because its filter or order is another.
  package mutating func reload(height: Int, cursor: CursorPlacement = .stays) -> WindowRequest {
    awaited = .whole
    end = nil
    pendingSteps = 0
    switch cursor {
    case .stays: wanted = selected?.id
    case .toFirst: (wanted, index, top) = (nil, -1, 0)
    case .to(let id): wanted = id
    }
    let wish = WindowRequest(page: wanted.map { .holding($0) } ?? .at(.first), limit: limit(height))
    reloading = wish
    return wish
  }

  /// The same rows again, because some of them may have changed.
  package mutating func refresh(height: Int) -> WindowRequest {
    // The rows at hand say nothing of those that are on their way.
    if let reloading { return reloading }
    awaited = .whole
    let limit = max(limit(height), rows.count)
    guard hasEarlier, let start = pages.first?.start else {
      return WindowRequest(page: .at(.first), limit: limit)
    }
    return WindowRequest(page: .at(.from(start)), limit: limit)
  }

  /// Takes the page that was asked for.
  package mutating func take(_ page: Page<Entity>) {
    switch awaited {
    case .later: append(page)
    case .earlier: prepend(page)
    case .whole, .nothing: replace(with: page)
    }
    awaited = .nothing
    reloading = nil
    isLoaded = true
    index = min(max(0, index + pendingSteps), max(0, rows.count - 1))
    pendingSteps = 0
  }

  /// Stops waiting for a page that will not come.
  package mutating func cancelLoad() {
    awaited = .nothing
    end = nil
    reloading = nil
    pendingSteps = 0
    isLoaded = true
  }

  private mutating func replace(with page: Page<Entity>) {
    let id = wanted ?? selected?.id
    wanted = nil
    let line = max(0, index) - top
    if !page.hasEarlier {
      offset = 0
    } else if page.start == nil || page.start != pages.first?.start {
      offset = page.hasLater ? nil : total.map { $0 - page.rows.count }
    }
    pages = [page]
    rows = page.rows
    if let end {
      (index, top) = (end == .last ? max(0, rows.count - 1) : 0, 0)
      self.end = nil
      return
    }
    // A row that is gone leaves the cursor where it was on the screen.
    index = rows.firstIndex { $0.id == id } ?? min(max(0, index), max(0, rows.count - 1))
    top = max(0, index - line)
  }

  private mutating func append(_ page: Page<Entity>) {
    guard !page.rows.isEmpty else { return }
    pages.append(page)
    rows += page.rows
    while pages.count > Self.capacity, pages[0].rows.count <= index {
      let dropped = pages.removeFirst().rows.count
      rows.removeFirst(dropped)
      offset = offset.map { $0 + dropped }
      index -= dropped
      top = max(0, top - dropped)
    }
  }

  private mutating func prepend(_ page: Page<Entity>) {
    guard !page.rows.isEmpty else { return }
    pages.insert(page, at: 0)
    rows = page.rows + rows
    offset = page.hasEarlier ? offset.map { $0 - page.rows.count } : 0
    index += page.rows.count
    top += page.rows.count
    while pages.count > Self.capacity, rows.count - pages[pages.count - 1].rows.count > index {
      rows.removeLast(pages.removeLast().rows.count)
    }
  }

  // MARK: - Moving

  /// Moves the cursor; gives a wish when more rows are needed.
  package mutating func move(_ action: ActionID, height: Int) -> WindowRequest? {
    let page = max(1, height - 1)
    switch action {
    case .up: return step(-1, height)
    case .down: return step(1, height)
    case .pageUp: return step(-page, height)
    case .pageDown: return step(page, height)
    case .first: return hasEarlier ? jump(to: .first, height) : step(-rows.count, height)
    case .last: return hasLater ? jump(to: .last, height) : step(rows.count, height)
    default: return nil
    }
  }

  /// Puts the cursor on the row that is shown in this line; false when there is none.
  package mutating func select(line: Int, height: Int) -> Bool {
    let shown = visible(height: height)
    guard line >= 0, shown.lowerBound + line < shown.upperBound else { return false }
    top = shown.lowerBound
    index = shown.lowerBound + line
    return true
  }

  /// Asks for the first or last rows; until they come, those at hand stay on the screen.
  private mutating func jump(to anchor: PageAnchor, _ height: Int) -> WindowRequest {
    awaited = .whole
    wanted = nil
    pendingSteps = 0
    end = anchor
    // Those beyond the screen are asked for with the next key, which finds these warm.
    let wish = WindowRequest(page: .at(anchor), limit: height + 1)
    reloading = wish
    return wish
  }

  private mutating func step(_ count: Int, _ height: Int) -> WindowRequest? {
    guard !rows.isEmpty else { return nil }
    top = scrolled(height)
    let wanted = index + count
    index = min(max(0, wanted), rows.count - 1)
    top = scrolled(height)
    guard awaited == .nothing else { return nil }
    if count > 0, hasLater, index + 2 * height >= rows.count, let end = pages.last?.end {
      awaited = .later
      pendingSteps = wanted - index
      return WindowRequest(page: .at(.after(end)), limit: pageLimit(height))
    }
    if count < 0, hasEarlier, index < 2 * height, let start = pages.first?.start {
      awaited = .earlier
      pendingSteps = wanted - index
      return WindowRequest(page: .at(.before(start)), limit: pageLimit(height))
    }
    return nil
  }
}
