internal import CompanyAccess
package import TerminalUI

/// The whole life of a pair: when it was granted and ended, by whom and why.
package struct WhyScreen: Screen {
  private let user: UserID
  private let company: CompanyID
  private let subject: String
  /// What both are called in the log.
  private let names: (user: String?, company: String?)
  private var life: GrantTimeline?
  /// The end of the time that the life covers.
  private var until: Timestamp?
  private var cursor = LineCursor()

  /// The life of what is between two; nil if they are no user and company.
  init?(_ one: Entity, _ other: Entity) {
    switch (one.id, other.id) {
    case (.user(let user), .company(let company)):
      (self.user, self.company) = (user, company)
      subject = WhyMessages.subject(one.longName, other.longName)
      names = (one.name, other.shortName)
    case (.company(let company), .user(let user)):
      (self.user, self.company) = (user, company)
      subject = WhyMessages.subject(other.longName, one.longName)
      names = (other.name, one.shortName)
    case (.user, .user), (.company, .company): return nil
    }
  }

  init(_ pair: ChangedPair) {
    user = pair.user
    company = pair.company
    subject = WhyMessages.subject(
      ChangeMessages.user(pair), pair.companyName ?? ChangeMessages.noName)
    names = (pair.username, pair.companyName)
  }

  package var kind: ScreenKind { .why }
  package private(set) var isSettling = true

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine(DisplayText(WhyMessages.heading(subject)), .heading)
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
    case .action(.history): return [.open(LogScreen(user: names.user, company: names.company))]
    default:
      return cursor.update(input, lines(desk), in: desk.body, nothing: WhyMessages.noChange)
    }
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    cursor.draw(lines(desk), into: &frame, area: area)
  }

  // MARK: - Lines

  /// Enter on an episode opens the change that ended it or, if it stands, that granted it.
  private func lines(_ desk: DeskState) -> [PageLine] {
    guard let life else { return [] }
    var lines = [
      PageLine(StyledLine(DisplayText(WhyMessages.verdict(life)), .heading)),
      PageLine(timeline(life, columns: desk.body.columns - 6)),
      PageLine(StyledLine(DisplayText(WhyMessages.held(life)))), PageLine(StyledLine()),
    ]
    for episode in life.episodes {
      lines.append(event(WhyMessages.granted, .good, episode.from, episode.grantedBy))
      if let to = episode.to {
        lines.append(event(WhyMessages.ended, .danger, to, episode.endedBy))
      }
    }
    lines += life.notes.map {
      PageLine(StyledLine(DisplayText("! " + Messages.sentence($0.description)), .warning))
    }
    return lines
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
  ) -> PageLine {
    let reason = change?.reason.map { ": \($0)" } ?? ""
    let text = StyledLine([
      (DisplayText(time.localMinute + "  "), .normal), (DisplayText(what).padded(to: 9), style),
      (DisplayText(WhyMessages.by(change)), .normal), (DisplayText(reason), .faint),
    ])
    return PageLine(text, choose: change.map { change in { [.open(ChangeScreen(change.id))] } })
  }
}

extension ScreenKind {
  package static let why = ScreenKind(
    "why", ScreenTitles.why, actions: .everywhere + .moves + [.open, .time, .history])
}
