internal import CompanyAccess
package import TerminalUI

/// Asks for the name of a file, and has what the screen below shows written to it.
package struct FileScreen: Screen {
  private enum Stage: Hashable, Sendable {
    case typing
    case writing
    /// There is a file of that name.
    case asking
  }

  private let document: DeskDocument
  private let folder: String
  private var field = TextField(FileMessages.label, maximumLength: 200)
  private var stage = Stage.typing
  private var questions = 0
  private var underWay = ProgressView()

  /// Asks for a file; nil where the desk has no folder for files.
  init?(_ document: DeskDocument, _ desk: DeskState) {
    guard let folder = desk.files else { return nil }
    (self.document, self.folder) = (document, folder)
  }

  package var kind: ScreenKind { .file }
  package var editsText: Bool { stage == .typing }
  package var question: Int? { stage == .asking ? questions : nil }

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine(DisplayText(FileMessages.heading(document, folder)), .heading)
  }

  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? {
    action == .replaceFile && stage != .asking ? ConfirmationMessages.notNow : nil
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    case .key(.enter): return write(replacing: false)
    case .key(let key): return field.handle(key) ? [] : nil
    case .paste(let text):
      field.paste(text)
      return []
    case .action(.replaceFile): return write(replacing: true)
    case .action(.back) where stage == .writing: return [.runtime(.stopWriting)]
    case .action(.back) where stage == .asking:
      stage = .typing
      return []
    case .progress(let progress, let secondsLeft):
      underWay = ProgressView(progress: progress, secondsLeft: secondsLeft)
      return []
    case .fileWritten(let rows):
      return [.back, .say(Message(.done, FileMessages.done(rows, field.text)))]
    case .failed(let error): return fail(error)
    default: return nil
    }
  }

  private mutating func write(replacing: Bool) -> [Effect] {
    if let problem = DeskFile.problem(with: field.text) {
      return [.say(Message(.notice, FileMessages.words(problem)))]
    }
    stage = .writing
    underWay = ProgressView()
    let file = DeskFile(
      document: document, folder: folder, name: field.text, replaces: replacing)
    return [.runtime(.writeFile(file))]
  }

  private mutating func fail(_ error: AccessError) -> [Effect] {
    if case .exists(_, canBeReplaced: true) = error {
      stage = .asking
      questions += 1
      return [.runtime(.dropTypeahead)]
    }
    stage = .typing
    return [.say(Messages.problem(error))]
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    let line = Area(column: 2, row: area.row, columns: area.columns - 4, rows: 1)
    field.draw(into: &frame, area: line, isFocused: stage == .typing)
    let hints = FileMessages.hints(document).flatMap {
      DisplayText($0).wrapped(to: area.columns - 4)
    }
    for (index, hint) in hints.enumerated() {
      frame.put(
        hint, at: Position(column: 2, row: area.row + 2 + index),
        width: area.columns - 4, style: .faint)
    }
    let last = Area(column: 2, row: area.row + area.rows - 1, columns: area.columns - 3, rows: 1)
    switch stage {
    case .typing: break
    case .writing: underWay.draw(into: &frame, last)
    case .asking:
      let keys = ConfirmationMessages.answers
      let words = DisplayText(FileMessages.replace(field.text)).cut(to: last.columns - keys.width)
      let end = frame.put(
        words + keys, at: Position(column: last.column, row: last.row), style: .heading)
      frame.cursor = Position(column: end, row: last.row)
    }
  }
}

extension ScreenKind {
  package static let file = ScreenKind(
    "file", ScreenTitles.file, actions: .everywhere + [.replaceFile])
}

extension DeskDocument {
  /// What opens the screen that asks for the name of the file.
  func opened(_ desk: DeskState) -> [Effect] { FileScreen(self, desk).map { [.open($0)] } ?? [] }
}
