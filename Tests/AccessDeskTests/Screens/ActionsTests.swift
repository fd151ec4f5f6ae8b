import AccessDesk
import TerminalUI
import TestSupport
import Testing

@Suite struct ActionsTests {
  @Test func keysReferenceIsUpToDate() throws {
    #expect(try Recorded.difference(of: KeysReference.text, from: "docs/keys.md") == nil)
  }

  @Test func noKeyMeansTwoThingsOnAScreen() {
    for screen in ScreenKind.allCases {
      var owners: [Key: ActionID] = [:]
      for action in Actions.actions(on: screen) {
        for key in action.keys {
          #expect(owners[key] == nil, "\(key) on \(screen): \(action.id), \(owners[key]!)")
          owners[key] = action.id
        }
      }
    }
  }

  @Test func everyIdentifierHasOneRow() {
    #expect(Actions.all.map(\.id).count == Set(Actions.all.map(\.id)).count)
    #expect(Set(Actions.all.map(\.id)) == Set(ActionID.allCases))
  }

  @Test("every action works on a screen, and every menu entry but Exit opens one")
  func everyActionHasItsScreen() {
    let kinds = ScreenKind.allCases
    let used = kinds.reduce(into: Set<ActionID>()) { $0.formUnion($1.actions) }
    #expect(used == Set(ActionID.allCases))
    let opened = kinds.flatMap { $0.menu.keys }
    #expect(opened.count == Set(opened).count)
    #expect(Set(opened) == Set(Actions.menu.map(\.id)).subtracting([.exit]))
  }

  @Test func theMenuIsNumberedAsPeopleKnowIt() {
    #expect(
      Actions.menu.prefix(8).map { Actions.name($0.keys[0]) + " " + $0.label } == [
        "1 View all users", "2 View all companies", "3 View companies for a user",
        "4 Add company to user", "5 Remove company from user", "6 Bulk add",
        "7 Summary statistics", "8 Exit",
      ])
  }
}
