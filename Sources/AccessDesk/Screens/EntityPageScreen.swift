internal import CompanyAccess
package import TerminalUI

/// The page of one user or company: what is known, what is granted since when, by whom and why, what
/// the rule would give, and the last changes.
package struct EntityPageScreen: Screen {
  private var subject: Entity
  private var page: EntityPage?
  private var cursor = LineCursor()
  package private(set) var isSettling = true

  init(of subject: Entity) { self.subject = subject }

  package var kind: ScreenKind { subject.kind == .user ? .userPage : .companyPage }

  package func heading(_ desk: DeskState) -> StyledLine {
    let words = PageMessages.heading(subject)
    return StyledLine([
      (DisplayText(words), .heading),
      (DisplayText(subject.note.map { "   " + $0 } ?? ""), .warning),
    ])
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { ask }

  private var ask: [Effect] { [.ask(.page(subject.id, .whole), .subject)] }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .changed: return ask
    case .answer(_, .page(let page)):
      isSettling = false
      guard let page else {
        return [.say(Message(.problem, Messages.gone(subject.longName))), .back]
      }
      (self.page, subject) = (page, page.entity)
      return []
    case .answer(_, .failed(let error)):
      isSettling = false
      return [.say(Messages.problem(error))]
    case .action(.history): return [.open(LogScreen(of: subject))]
    case .action(.addHere): return [.open(TickScreen(.grant, for: subject))]
    case .action(.removeHere): return [.open(TickScreen(.revoke, for: subject))]
    case .action(.editEntity): return [.open(FormScreen(editing: subject.id))]
    case .action(.writeFile): return DeskDocument.page(subject.id).opened(desk)
    case .action(.grid):
      return [.open(GridScreen(of: EntityQuery(about: subject.id), at: subject.id))]
    default:
      return cursor.update(input, lines(desk), in: desk.body, nothing: PageMessages.noTarget)
    }
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    guard page != nil else { return ListView.drawLines([ListMessages.waiting], into: &frame, area) }
    cursor.draw(lines(desk), into: &frame, area: area)
  }

  private func lines(_ desk: DeskState) -> [PageLine] {
    guard let page else { return [] }
    return EntityPageView(page: page, width: desk.body.columns - 5).lines
  }
}

/// The lines of a page.
struct EntityPageView {
  let page: EntityPage
  let width: Int

  private var labels: Int { max(14, (page.facts.map(\.label.count).max() ?? 0) + 2) }

  var lines: [PageLine] {
    facts + access + rule + changes
  }

  private var blank: PageLine { PageLine(StyledLine()) }

  private func title(_ words: String) -> PageLine {
    PageLine(StyledLine(DisplayText(words), .heading))
  }

  private var facts: [PageLine] {
    let labels = labels
    return page.facts.flatMap { fact in
      DisplayText(fact.value).wrapped(to: max(10, width - labels)).enumerated().map {
        PageLine(
          StyledLine([
            (DisplayText($0 == 0 ? fact.label : "").padded(to: labels), .faint),
            ($1, .normal),
          ]))
      }
    }
  }

  private var access: [PageLine] {
    let entity = page.entity
    guard !page.grants.isEmpty else {
      return [blank, title(PageMessages.noAccess(entity))]
    }
    let rest = entity.grants - page.grants.count
    let more = rest > 0 ? [PageLine(StyledLine(DisplayText(PageMessages.more(rest)), .faint))] : []
    return [blank, title(PageMessages.access(entity))] + page.grants.map(grant) + more
  }

  /// A grant: of what, since when, and by which change, where there is room.
  private func grant(_ row: Entity) -> PageLine {
    let names = width >= 60 ? 30 : max(10, width - 20)
    let since = row.standing.map { ListTitles.since($0) } ?? ""
    let author = row.standing?.change.flatMap { page.authors[$0] }
    let words = author.map { PageMessages.author($0) } ?? ""
    let line = StyledLine([
      (DisplayText(row.longName).padded(to: names), row.isActive ? .normal : .warning),
      ("  ", .normal), (DisplayText(since), .normal), ("  ", .normal),
      (DisplayText((row.note.map { $0 + "  " } ?? "") + words), .faint),
    ])
    return PageLine(
      line, choose: WhyScreen(page.entity, row).map { screen in { [.open(screen)] } })
  }

  private var rule: [PageLine] {
    guard let rule = page.rule else { return [] }
    let groups: [(RuleDifference.Kind, String)] = [
      (.missing, PageMessages.missing), (.beyond, PageMessages.beyond),
      (.moved, PageMessages.moved),
    ]
    let lines = groups.flatMap { kind, label -> [PageLine] in
      let names = rule.filter { $0.kind == kind }.map { $0.company.code ?? $0.company.name }
      guard !names.isEmpty else { return [] }
      let parts = DisplayText(names.joined(separator: ", ")).wrapped(to: max(10, width - 24))
      return parts.enumerated().map {
        PageLine(
          StyledLine([
            (DisplayText($0 == 0 ? label : "").padded(to: 24), .faint), ($1, .normal),
          ]))
      }
    }
    return [blank, title(PageMessages.rule)]
      + (lines.isEmpty ? [PageLine(StyledLine(DisplayText(PageMessages.asTheRule)))] : lines)
  }

  private var changes: [PageLine] {
    guard let changes = page.changes else { return [] }
    return [blank, title(PageMessages.changes)]
      + changes.map { change in
        PageLine(
          StyledLine([
            (DisplayText("\(change.id)").padded(to: 7, alignment: .right), .normal),
            (DisplayText("  \(change.at.localMinute)  "), .normal),
            (DisplayText(Messages.story(change)), .normal),
            (DisplayText("  " + PageMessages.reason(change)), .faint),
          ]), opens: { ChangeScreen(change.id) })
      }
  }
}

extension ScreenKind {
  package static let userPage = ScreenKind(
    "userPage", ScreenTitles.userPage, staysAfterWrite: true, actions: pageActions)

  package static let companyPage = ScreenKind(
    "companyPage", ScreenTitles.companyPage, staysAfterWrite: true, actions: pageActions)

  private static let pageActions: [ActionID] =
    .everywhere + .moves + .stays + [
      .history, .addHere, .removeHere, .editEntity, .grid, .writeFile,
    ]
}
