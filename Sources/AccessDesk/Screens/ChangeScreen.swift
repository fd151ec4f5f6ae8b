package import CompanyAccess
package import TerminalUI

/// One change on the record: who made it, why, and its pairs.
package struct ChangeScreen: Screen {
  /// How many pairs are asked for at once, and how many are shown at most.
  private static let page = 200
  private static let kept = 2_000

  private let id: ChangeID
  private var change: Change?
  private var entities: [ChangedEntity] = []
  private var pairs: [ChangedPair] = []
  private var next: ChangedPairCursor?
  private var cursor = LineCursor()

  package init(_ id: ChangeID) { self.id = id }

  package var kind: ScreenKind { .change }
  package private(set) var isSettling = true

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine(DisplayText("Change \(id)"), .heading)
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
    case .answer(_, .failed(let error)):
      isSettling = false
      return [.say(Messages.problem(error))]
    case .action(.undo): return [.open(ConfirmationScreen(.undo(id)))]
    case .action(.open), .action(.why): return why(desk)
    case .action(let action): return move(action, desk)
    case .press(let position, let double):
      let row = position.row - desk.body.row
      guard cursor.select(row: row, count: lines.count, height: desk.body.rows) else { return nil }
      return double ? why(desk) : []
    default: return nil
    }
  }

  private mutating func move(_ action: ActionID, _ desk: DeskState) -> [Effect]? {
    guard cursor.move(action, count: lines.count, height: desk.body.rows) else { return nil }
    guard let place = next, cursor.index + 60 >= lines.count, pairs.count < Self.kept else {
      return []
    }
    next = nil
    return [.ask(.pairs(of: id, after: place, limit: Self.page), .page)]
  }

  private func why(_ desk: DeskState) -> [Effect] {
    guard lines.indices.contains(cursor.index), let pair = lines[cursor.index].pair else {
      return [.say(Message(.notice, "Enter and w work on the lines with a user and a company."))]
    }
    return [.open(WhyScreen(pair))]
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    let lines = lines
    cursor.draw(count: lines.count, into: &frame, area: area) { lines[$0].text }
  }

  // MARK: - Lines

  private struct Line {
    let text: StyledLine
    var pair: ChangedPair?
  }

  private var lines: [Line] {
    guard let change else { return [] }
    var lines = facts(change).map { Line(text: $0) }
    lines += entities.flatMap { entity in
      [Line(text: line(entity))] + details(entity).map { Line(text: $0) }
    }
    lines.append(Line(text: StyledLine()))
    lines += pairs.map { Line(text: line($0), pair: $0) }
    let rest = change.added + change.removed - pairs.count
    if rest > 0, !pairs.isEmpty {
      lines.append(Line(text: StyledLine(DisplayText("and \(Messages.pairs(rest)) more"), .faint)))
    }
    return lines
  }

  private func facts(_ change: Change) -> [StyledLine] {
    func fact(_ label: String, _ value: String) -> StyledLine {
      StyledLine([(DisplayText(label).padded(to: 10), .faint), (DisplayText(value), .normal)])
    }
    let who = change.origin == .external ? "another program" : change.actor
    let did = Messages.action(change)
    var lines = [
      fact("Did", "\(did), through \(change.origin.rawValue)"), fact("By", who),
      fact("At", change.at.localMinute),
      fact(
        "Pairs",
        "\(Digits.grouped(change.added)) granted, \(Digits.grouped(change.removed)) ended"),
    ]
    if let reason = change.reason { lines.append(fact("Reason", reason)) }
    if let ticket = change.ticket { lines.append(fact("Ticket", ticket)) }
    if let decided = change.decidedAt {
      lines.append(fact("Decided", decided.localMinuteOrDay))
    }
    return lines
  }

  private func line(_ entity: ChangedEntity) -> StyledLine {
    let what =
      switch entity.id {
      case .user(let id): "user \(entity.name ?? "?"), id \(id)"
      case .company(let id): "company \(entity.name ?? "?"), id \(id)"
      }
    let event = EntityMessages.event(entity.event)
    return StyledLine([
      (DisplayText(event).padded(to: 10), .warning), (DisplayText(what), .normal),
    ])
  }

  /// What was different, a line for each field.
  private func details(_ entity: ChangedEntity) -> [StyledLine] {
    entity.fields.map { field in
      let words: String =
        switch entity.event {
        case .made: field.after ?? "none"
        case .gone: field.before ?? "none"
        case .edited: "\(field.before ?? "none") -> \(field.after ?? "none")"
        }
      return StyledLine([
        (.blanks(10), .normal), (DisplayText(field.label).padded(to: 12), .faint),
        (DisplayText(words), .normal),
      ])
    }
  }

  private func line(_ pair: ChangedPair) -> StyledLine {
    let isGrant = pair.outcome == .granted
    let user = "\(pair.username ?? "?"), id \(pair.user)" + (pair.isUserGone ? " (gone)" : "")
    let company = (pair.companyName ?? "?") + (pair.isCompanyGone ? " (gone)" : "")
    let since =
      pair.endedBy.map { "  ended by change \($0)" }
      ?? (isGrant == pair.stands ? "" : pair.stands ? "  holds again" : "  ended since")
    return StyledLine([
      (isGrant ? "+ " : "- ", isGrant ? .good : .danger),
      (DisplayText("\(user): \(company)"), .normal), (DisplayText(since), .faint),
    ])
  }
}
