internal import CompanyAccess
package import TerminalUI

/// Offers to adopt an application's file: what would be added and granted, and whether to do it.
package struct AdoptScreen: Screen {
  private var stage = Stage.looking
  private var scroll = LineScroll()
  /// How often the file has been looked at.
  private var surveys = 0
  private var underWay = ProgressView()
  /// The text of the mapping by which the file is adopted; nil for a known application.
  private let mapping: String?

  private enum Stage: Sendable {
    case looking
    case asking(AdoptionPlan)
    case adopting(AdoptionPlan)
    case failed

    var plan: AdoptionPlan? {
      switch self {
      case .asking(let plan), .adopting(let plan): plan
      case .looking, .failed: nil
      }
    }
  }

  package init(mapping: String? = nil) { self.mapping = mapping }

  package var kind: ScreenKind { .adopt }

  package var question: Int? {
    guard case .asking(let plan) = stage, plan.status.problems.isEmpty else { return nil }
    return surveys
  }

  private var isAdopting: Bool {
    if case .adopting = stage { true } else { false }
  }

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine(AdoptionMessages.heading, .heading)
  }

  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? {
    guard action == .confirm else { return nil }
    guard case .asking(let plan) = stage else { return ConfirmationMessages.notNow }
    return plan.status.problems.isEmpty ? nil : AdoptionMessages.problemsFirst
  }

  package mutating func start(_ desk: DeskState) -> [Effect] {
    [.runtime(.dropTypeahead), .runtime(.survey(mapping: mapping))]
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .surveyed(let plan):
      stage = .asking(plan)
      surveys += 1
      return [.runtime(.dropTypeahead)]
    case .progress(let progress, let secondsLeft):
      underWay = ProgressView(progress: progress, secondsLeft: secondsLeft)
      return []
    case .failed(let error): return fail(error)
    case .action(let action): return act(action, desk)
    default: return nil
    }
  }

  private mutating func act(_ action: ActionID, _ desk: DeskState) -> [Effect]? {
    switch (action, stage) {
    case (.confirm, .asking(let plan)):
      stage = .adopting(plan)
      return [.runtime(.adopt(mapping: mapping))]
    case (.back, .adopting): return [.runtime(.stopWriting)]
    default:
      let lines = lines(width: desk.size.columns - 4)
      return scroll.move(action, count: lines.count, height: desk.body.rows - 2) ? [] : nil
    }
  }

  /// What was done before it failed stays: a second look tells what is left to do.
  private mutating func fail(_ error: AccessError) -> [Effect] {
    underWay = ProgressView()
    guard isAdopting else {
      stage = .failed
      return [.say(Messages.problem(error))]
    }
    stage = .looking
    return [.say(Messages.problem(error)), .runtime(.survey(mapping: mapping))]
  }

  // MARK: - Drawing

  private func lines(width: Int) -> [StyledLine] {
    switch stage {
    case .looking: return [StyledLine(AdoptionMessages.looking, .faint)]
    case .failed: return [StyledLine(AdoptionMessages.failed)]
    case .asking(let plan), .adopting(let plan):
      let problems = plan.status.problems.flatMap {
        DisplayText("! " + Messages.sentence($0.description)).wrapped(to: width)
      }
      let text = (AdoptionMessages.lines(plan) + [AdoptionMessages.wayBack]).flatMap {
        DisplayText(Messages.capitalized($0)).wrapped(to: width)
      }
      return problems.map { StyledLine($0, .warning) } + text.map { StyledLine($0, .normal) }
    }
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    let page = QuestionPage(
      lines: lines(width: area.columns - 4), scroll: scroll,
      wayOut: isAdopting ? AdoptionMessages.wayOut : nil)
    drawQuestion(into: &frame, page.draw(into: &frame, area: area))
  }

  private func drawQuestion(into frame: inout Frame, _ area: Area) {
    let here = Position(column: area.column, row: area.row)
    switch stage {
    case .looking, .failed: break
    case .asking(let plan) where !plan.status.problems.isEmpty:
      frame.put(AdoptionMessages.notYet, at: here, style: .warning)
    case .asking:
      let end = frame.put(AdoptionMessages.question, at: here, style: .heading)
      frame.cursor = Position(column: end, row: area.row)
    case .adopting: underWay.draw(into: &frame, area)
    }
  }
}

extension ScreenKind {
  package static let adopt = ScreenKind(
    "adopt", ScreenTitles.adopt, actions: .everywhere + .moves + [.confirm])
}
