import CSystem
import TestSupport
import Testing

@testable import TerminalUI

/// Every scalar there is, alone, after a letter and after another mark.
@Suite struct EveryScalarTests {
  @Test(arguments: 0..<17)
  func nothingUnsafePasses(plane: UInt32) {
    csystem_use_utf8()
    var failures: [Unicode.Scalar] = []
    // Many in one text, because making a text costs more than one scalar in it.
    for start in stride(from: plane << 16, to: (plane + 1) << 16, by: 64) {
      let scalars = (start..<start + 64).compactMap { Unicode.Scalar($0) }
      if !passes(scalars) { failures += scalars.filter { !passes([$0]) } }
      failures += scalars.filter { csystem_width($0.value) >= 0 && !passesAlone($0) }
    }
    #expect(failures.map { String($0.value, radix: 16) } == [])
    let swept = (plane << 16..<(plane + 1) << 16).count { Unicode.Scalar($0) != nil }
    Sweep.figure("scalars through screen cells", swept: swept, good: swept - Set(failures).count)
  }

  private func passes(_ scalars: [Unicode.Scalar]) -> Bool {
    var text = ""
    var expected = ""
    var width = 0
    for scalar in scalars {
      text += "a"
      text.unicodeScalars.append(scalar)
      text += "\n"
      text.unicodeScalars.append(scalar)
      let shown = ListFilterPreset(scalar)
      expected += "a\(shown.after)^J\(shown.alone)"
      width += 3 + 2 * shown.width + (shown.isMark ? 1 : 0)
    }
    let display = DisplayText(text)
    return display.width == width && Array(display.string.utf8) == Array(expected.utf8)
  }

  private func passesAlone(_ scalar: Unicode.Scalar) -> Bool {
    let display = DisplayText(String(scalar))
    let shown = ListFilterPreset(scalar)
    return Array(display.string.utf8) == Array(shown.alone.utf8)
      && display.width == shown.width + (shown.isMark ? 1 : 0)
  }

  /// What the rules say, put in another way than the code does.
  private struct ListFilterPreset {
    var after: String
    var width: Int
    var isMark = false
    var alone: String { isMark ? "\u{25CC}\(after)" : after }

    init(_ scalar: Unicode.Scalar) {
      after = String(scalar)
      width = Int(csystem_width(scalar.value))
      let properties = scalar.properties
      let category = properties.generalCategory
      if scalar.isASCII, category == .control {
        after = "^" + (scalar.value == 0x7F ? "?" : String(UnicodeScalar(UInt8(scalar.value) + 64)))
        width = 2
      } else if width < 0 || Self.unsafe.contains(category)
        || properties.isDefaultIgnorableCodePoint
      {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        after = "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
        width = after.utf8.count
      } else if width == 0 {
        isMark = true
      }
    }

    private static let unsafe: Set<Unicode.GeneralCategory> = [
      .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator,
      .paragraphSeparator,
    ]
  }
}
