package import CompanyAccess
package import TerminalUI

/// One change on the record: who made it, why, and its pairs.
package struct ChangeScreen: Screen {
  /// How many pairs are asked for at once, and how many are shown at most.
  private static let page = 200
  private static let kept = 2_000

  /// How wide labels are.
  private static let labels = 12

  private var id: ChangeID
  private var change: Change?
  private var entities: [ChangedEntity] = []
  private var pairs: [ChangedPair] = []
  private var next: ChangedPairCursor?
  private var cursor = LineCursor()

  package init(_ id: ChangeID) { self.id = id }

  package var kind: ScreenKind { .change }
  package private(set) var isSettling = true

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine(DisplayText(ChangeMessages.heading(id)), .heading)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { again }

  private var again: [Effect] {
    [.ask(.change(id), .subject), .ask(.pairs(of: id, after: nil, limit: Self.page), .page)]
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .changed:
      pairs = []
      return again
    case .answer(_, .change(let change, let entities)):
      (self.change, self.entities) = (change, entities)
      return []
    case .answer(_, .pairs(let page)):
      pairs += page.pairs
      next = page.next
      isSettling = false
      return []
    case .answer(_, .neighbor(let next)):
      guard let next else { return [.say(Message(.notice, LogMessages.steps))] }
      self = ChangeScreen(next)
      return again
    case .answer(_, .moment(let resolved)):
      let past = Past(resolved)
      return [.lookAt(past), .say(Message(.notice, past.words))]
    case .action(.earlier): return [.ask(.neighbor(of: id, newer: false), .count)]
    case .action(.later): return [.ask(.neighbor(of: id, newer: true), .count)]
    case .action(.time):
      return desk.past == nil ? [.ask(.momentAfter(id), .figures)] : nil
    case .answer(_, .failed(let error)):
      isSettling = false
      return [.say(Messages.problem(error))]
    case .action(.undo): return [.open(ConfirmationScreen(.undo(id)))]
    default:
      let isWhy = if case .action(.why) = input { true } else { false }
      let lines = lines
      return cursor.update(
        isWhy ? .action(.open) : input, lines, in: desk.body, nothing: ChangeMessages.noPair
      ).map { $0 + more(lines.count) }
    }
  }

  /// Asks for more pairs when the cursor comes near the last of those at hand.
  private mutating func more(_ count: Int) -> [Effect] {
    guard let place = next, cursor.index + 60 >= count, pairs.count < Self.kept else { return [] }
    next = nil
    return [.ask(.pairs(of: id, after: place, limit: Self.page), .page)]
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    cursor.draw(lines, into: &frame, area: area)
  }

  // MARK: - Lines

  private var lines: [PageLine] {
    guard let change else { return [] }
    var lines = facts(change).map { PageLine($0) }
    lines += entities.flatMap { entity in
      ([line(entity)] + details(entity)).map { PageLine($0) }
    }
    lines.append(PageLine(StyledLine()))
    lines += pairs.map { pair in PageLine(line(pair), opens: { WhyScreen(pair) }) }
    let rest = change.added + change.removed - pairs.count
    if rest > 0, !pairs.isEmpty {
      lines.append(PageLine(StyledLine(DisplayText(ChangeMessages.more(rest)), .faint)))
    }
    return lines
  }

  private func facts(_ change: Change) -> [StyledLine] {
    ChangeMessages.facts(change).map { label, value in
      StyledLine([
        (DisplayText(label).padded(to: Self.labels), .faint), (DisplayText(value), .normal),
      ])
    }
  }

  private func line(_ entity: ChangedEntity) -> StyledLine {
    let event = EntityMessages.event(entity.event)
    return StyledLine([
      (DisplayText(event).padded(to: Self.labels), .warning),
      (DisplayText(ChangeMessages.name(entity)), .normal),
    ])
  }

  /// What was different, a line for each field.
  private func details(_ entity: ChangedEntity) -> [StyledLine] {
    entity.fields.map { field in
      StyledLine([
        (.blanks(Self.labels), .normal), (DisplayText(field.label).padded(to: 12), .faint),
        (DisplayText(EntityMessages.detail(field, entity.event)), .normal),
      ])
    }
  }

  private func line(_ pair: ChangedPair) -> StyledLine {
    let isGrant = pair.outcome == .granted
    return StyledLine([
      (isGrant ? "+ " : "- ", isGrant ? .good : .danger),
      (DisplayText(ChangeMessages.name(pair)), .normal),
      (DisplayText(ChangeMessages.since(pair)), .faint),
    ])
  }
}

extension ScreenKind {
  package static let change = ScreenKind(
    "change", ScreenTitles.change,
    actions: .everywhere + .moves + [.open, .undo, .why, .time, .earlier, .later])
}
