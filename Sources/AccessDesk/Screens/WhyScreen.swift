package import CompanyAccess
package import TerminalUI

/// The whole life of a pair: when it was granted and ended, by whom and why.
package struct WhyScreen: Screen {
  private let user: UserID
  private let company: CompanyID
  private let subject: String
  private var life: GrantTimeline?
  /// The end of the time that the life covers.
  private var until: Timestamp?
  private var cursor = LineCursor()

  package init(_ user: User, _ company: Company) {
    self.user = user.id
    self.company = company.id
    subject = "\(Messages.name(user)) and \(Messages.name(company))"
  }

  init(_ pair: ChangedPair) {
    user = pair.user
    company = pair.company
    subject = "\(pair.username ?? "?"), id \(pair.user) and \(pair.companyName ?? "?")"
  }

  package var kind: ScreenKind { .why }
  package private(set) var isSettling = true

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine(DisplayText("Why: \(subject)"), .heading)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { ask(desk) }

  private func ask(_ desk: DeskState) -> [Effect] {
    [.ask(.life(user, company, until: desk.past?.at), .figures)]
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .changed: return ask(desk)
    case .answer(_, .life(let life, let time)):
      (self.life, until) = (life, time)
      isSettling = false
      return []
    case .answer(_, .failed(let error)):
      isSettling = false
      return [.say(Messages.problem(error))]
    case .action(.open): return open()
    case .action(let action):
      return cursor.move(action, count: lines(desk).count, height: desk.body.rows) ? [] : nil
    default: return nil
    }
  }

  /// Enter on an episode opens the change that ended it or, if it stands, that granted it.
  private func open() -> [Effect] {
    let lines = lines(nil)
    guard lines.indices.contains(cursor.index), let change = lines[cursor.index].change else {
      return [.say(Message(.notice, "Enter works on the lines with a change."))]
    }
    return [.open(ChangeScreen(change))]
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    let lines = lines(desk)
    cursor.draw(count: lines.count, into: &frame, area: area) { lines[$0].text }
  }

  // MARK: - Lines

  private struct Line {
    let text: StyledLine
    var change: ChangeID?
  }

  private func lines(_ desk: DeskState?) -> [Line] {
    guard let life else { return [] }
    var lines = [Line(text: verdict(life))]
    if let desk { lines.append(Line(text: timeline(life, columns: desk.body.columns - 6))) }
    if desk == nil { lines.append(Line(text: StyledLine())) }
    lines.append(Line(text: held(life)))
    lines.append(Line(text: StyledLine()))
    for episode in life.episodes {
      lines.append(event("granted", .good, episode.from, episode.grantedBy))
      if let to = episode.to { lines.append(event("ended", .danger, to, episode.endedBy)) }
    }
    lines += life.notes.map {
      Line(text: StyledLine(DisplayText("! " + Messages.sentence($0.description)), .warning))
    }
    return lines
  }

  private func verdict(_ life: GrantTimeline) -> StyledLine {
    guard let last = life.episodes.last else {
      return StyledLine("Has no access, and never had any that is on record.", .heading)
    }
    let words =
      last.to.map { "Has no access since \($0.localMinute)." }
      ?? "Has access since \(last.from.localMinute)."
    return StyledLine(DisplayText(words), .heading)
  }

  private func held(_ life: GrantTimeline) -> StyledLine {
    let times = Digits.counted(life.episodes.count, "time")
    return StyledLine(
      DisplayText("Granted \(times), held \(Digits.duration(seconds: life.secondsHeld)) in all."))
  }

  /// The life on one line: dark where the pair held.
  private func timeline(_ life: GrantTimeline, columns: Int) -> StyledLine {
    guard let until, let timeline = Timeline(life, until: until) else { return StyledLine() }
    let start = DisplayText(timeline.firstDay + " ")
    let end = DisplayText(" " + timeline.lastDay)
    let width = max(10, columns - start.width - end.width)
    let marks = timeline.marks(width).map { $0 ? "\u{2588}" : "\u{2500}" }
    return StyledLine([
      (start, .faint), (DisplayText(marks.joined()), .good), (end, .faint),
    ])
  }

  private func event(
    _ what: String, _ style: Style, _ time: Timestamp, _ change: Change?
  ) -> Line {
    let by =
      change.map { change in
        let who = change.origin == .external ? "another program" : change.actor
        return "change \(change.id), \(Messages.action(change)) by \(who)"
      } ?? "before the record began"
    let reason = change?.reason.map { ": \($0)" } ?? ""
    return Line(
      text: StyledLine([
        (DisplayText(time.localMinute + "  "), .normal), (DisplayText(what).padded(to: 9), style),
        (DisplayText(by), .normal), (DisplayText(reason), .faint),
      ]), change: change?.id)
  }
}
