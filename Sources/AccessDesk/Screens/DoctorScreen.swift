internal import CompanyAccess
package import TerminalUI

/// What an examination of the database finds, with what it means and what mends it.
package struct DoctorScreen: Screen {
  private var diagnosis: Diagnosis?
  private var progress: WorkProgress?
  /// Whether an examination is under way.
  private var isExamining = false
  private var cursor = LineCursor()

  package init() {}

  package var kind: ScreenKind { .doctor }
  package var isWorking: Bool { isExamining }

  package func heading(_ desk: DeskState) -> StyledLine {
    guard let diagnosis, !isExamining else {
      return StyledLine([
        (DoctorMessages.title, .heading), (DoctorMessages.examining, .faint),
      ])
    }
    let style: Style = diagnosis.isInOrder ? .good : .danger
    return StyledLine([
      (DoctorMessages.title + "   ", .heading),
      (DisplayText(DoctorMessages.summary(diagnosis)), style),
    ])
  }

  package mutating func start(_ desk: DeskState) -> [Effect] { examine() }

  private mutating func examine() -> [Effect] {
    (isExamining, progress) = (true, nil)
    return [.ask(.examine, .examination)]
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .progress(let progress, _): self.progress = progress
    case .answer(_, .diagnosis(let diagnosis)):
      isExamining = false
      defer { self.diagnosis = diagnosis }
      return self.diagnosis == nil ? [] : [.say(Message(.done, DoctorMessages.examinedAgain))]
    case .answer(_, .failed(let error)):
      isExamining = false
      return [.say(Messages.problem(error))]
    // What is shown stays what was found: it may take long, and was not asked for again.
    case .changed: return []
    case .action(.examineAgain): return isExamining ? [] : examine()
    default: return cursor.update(input, lines(desk.body.columns), in: desk.body)
    }
    return []
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    guard !isExamining else { return drawProgress(into: &frame, area) }
    cursor.draw(lines(area.columns), into: &frame, area: area)
  }

  private func drawProgress(into frame: inout Frame, _ area: Area) {
    guard let progress else { return }
    Progress(done: progress.done, total: progress.total)
      .draw(into: &frame, area: area.inset(top: 1, left: 3, right: 3))
  }

  // MARK: - Lines

  private func lines(_ columns: Int) -> [PageLine] {
    guard let diagnosis else { return [] }
    return DoctorMessages.lines(diagnosis).flatMap { line in
      let indent = DisplayText(String(repeating: " ", count: line.indent))
      let texts = DisplayText(line.text).wrapped(to: max(20, columns - 4 - line.indent))
      guard !texts.isEmpty else { return [PageLine(StyledLine())] }
      return texts.map { PageLine(StyledLine([(indent, .normal), ($0, line.kind.style)])) }
    }
  }
}

extension DoctorMessages.Line.Kind {
  fileprivate var style: Style {
    switch self {
    case .problem: .danger
    case .note, .title: .heading
    case .example, .fact: .normal
    case .meaning: .faint
    case .remedy: .key
    }
  }
}

extension ScreenKind {
  package static let doctor = ScreenKind(
    "doctor", ScreenTitles.doctor, menu: [.viewDoctor: { DoctorScreen() }],
    actions: .everywhere + .moves + [.examineAgain])
}
