import Testing

@testable import TerminalUI

@Suite struct FormTests {
  private let form = Form([
    Form.Line("User name", TextField(text: "ann")),
    Form.Line(
      "Name", TextField(text: "\u{4F5C}\u{54C1}"),
      notes: [Form.Note("looks like another one, which is there already", .warning)]),
    Form.Line("E-mail", TextField(placeholder: "none")),
  ])

  private func shown(_ form: Form, _ columns: Int, _ rows: Int) -> String {
    drawn(columns, rows) { form.draw(into: &$0, area: $1) }.text
  }

  @Test func fieldsStandBelowEachOther() {
    let expected = """
      > User name  ann
        Name       \u{4F5C}\u{54C1}
                   looks like another one,
                   which is there already
        E-mail     none
      """
    #expect(shown(form, 40, 5) == expected)
    #expect(drawn(40, 5) { form.draw(into: &$0, area: $1) }.cursor == Position(column: 16, row: 0))
  }

  @Test func theFocusGoesRound() {
    var form = form
    for (key, focus) in [(Key.tab, 1), (.down, 2), (.tab, 0), (.up, 2), (.backTab, 1)] {
      let isConsumed = form.handle(key)
      #expect(isConsumed && form.focus == focus)
    }
    _ = form.handle(.character("x"))
    form.paste("1\n2\n3\n")
    #expect(form.lines[1].field.text == "\u{4F5C}\u{54C1}x1 2 3")
    let isConsumed = form.handle(.enter)
    #expect(!isConsumed)
  }

  @Test func theFocusIsInSightWithWhatIsSaidOfIt() {
    var form = form
    form.focus(on: 1)
    let expected = """
      > Name       \u{4F5C}\u{54C1}
                   looks like another one,
                   which is there already
      """
    #expect(shown(form, 40, 3) == expected)
    #expect(shown(form, 40, 1) == "> Name       \u{4F5C}\u{54C1}")
    form.focus(on: 9)
    #expect(shown(form, 40, 1) == "> E-mail     none")
  }

  @Test func aClickPutsTheFocusThere() {
    var form = form
    let area = Area(column: 0, row: 3, columns: 40, rows: 5)
    let isField = form.select(row: 5, area: area)
    #expect(isField && form.focus == 1)
    let isOutside = form.select(row: 9, area: area)
    #expect(!isOutside && form.focus == 1)
  }

  @Test func staysInItsArea() {
    #expect(staysInside(columns: 0...40, rows: 0...6) { form.draw(into: &$0, area: $1) })
  }

  @Test func aFormWithoutFieldsTakesNothing() {
    var form = Form([])
    form.paste("x")
    let isConsumed = form.handle(.character("x"))
    #expect(!isConsumed && shown(form, 10, 2) == "\n")
  }
}
