package import CompanyAccess
package import TerminalUI

/// Offers mappings for the file of an application that is not known, the likeliest first.
package struct SuggestScreen: Screen {
  private let suggestions: [MappingSuggestion]
  private var number = 0
  private var scroll = LineScroll()

  /// The screen.
  ///
  /// - Parameter suggestions: What can be chosen; at least one.
  package init(_ suggestions: [MappingSuggestion]) { self.suggestions = suggestions }

  package var kind: ScreenKind { .suggest }

  private var suggestion: MappingSuggestion { suggestions[number] }

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine(
      DisplayText(SuggestionMessages.heading(number + 1, of: suggestions.count)), .heading)
  }

  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? {
    switch action {
    case .previousChoice where number == 0: SuggestionMessages.first
    case .nextChoice where number == suggestions.count - 1: SuggestionMessages.last
    case .toConfirmation where suggestion.mapping == nil: SuggestionMessages.noMapping
    default: nil
    }
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    guard case .action(let action) = input else { return nil }
    switch action {
    case .previousChoice: number -= 1
    case .nextChoice: number += 1
    case .toConfirmation: return [.open(AdoptScreen(mapping: suggestion.mapping))]
    default:
      let lines = lines(width: desk.size.columns - 4)
      return scroll.move(action, count: lines.count, height: desk.body.rows - 2) ? [] : nil
    }
    scroll = LineScroll()
    return []
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    let page = QuestionPage(lines: lines(width: area.columns - 4), scroll: scroll)
    let place = page.draw(into: &frame, area: area)
    frame.put(
      SuggestionMessages.nothingIsDone, at: Position(column: place.column, row: place.row),
      width: place.columns, style: .faint)
  }

  private func lines(width: Int) -> [StyledLine] {
    SuggestionMessages.lines(suggestion, isLikeliest: number == 0).flatMap { line in
      let blanks = String(repeating: " ", count: line.lead.count)
      let texts = DisplayText(line.text).wrapped(to: max(20, width - line.lead.count))
      return texts.enumerated().map { place, text in
        StyledLine([
          (DisplayText(place == 0 ? line.lead : blanks), .normal),
          (text, line.isTitle ? .heading : .normal),
        ])
      }
    }
  }
}

extension ScreenKind {
  package static let suggest = ScreenKind(
    "suggest", ScreenTitles.suggest,
    actions: .everywhere + .moves + [.toConfirmation, .previousChoice, .nextChoice])
}
