internal import CCurses
internal import CSystem
internal import TerminalUI

/// A row as it was painted.
struct PaintedRow {
  var runs: [Frame.Run] = []
  var hasGlyphs = false
}

/// A glyph that is written past curses.
struct PlacedGlyph {
  var row: Int32
  var cell: SkeletonLine.Glyph
}

/// A row taken apart: its ASCII, with blanks for all other glyphs, and those.
///
/// Terminals disagree with libc, and with each other, on the width of many glyphs, and curses
/// writes a row from left to right. One wrong width would then shift all columns after it. So
/// curses paints the ASCII only, whose widths are certain, and every other glyph is written
/// upon its blanks at an absolute position.
struct SkeletonLine {
  struct Glyph {
    var column: Int
    var width: Int
    var text: String
    var look: Palette.Look
  }

  private struct Segment {
    var column: Int
    var letters: [wchar_t]
    var look: Palette.Look
  }

  private(set) var glyphs: [Glyph] = []
  private var segments: [Segment] = []

  init(_ runs: [Frame.Run], columns: Int, _ palette: Palette) {
    for run in runs where run.column < columns {
      let look = palette.look(run.style)
      var segment = Segment(column: run.column, letters: [], look: look)
      for scalar in run.text.unicodeScalars {
        let column = run.column + segment.letters.count
        let width = scalar.isASCII ? 1 : max(0, Int(csystem_width(scalar.value)))
        if width == 0 {
          addMark(scalar, &segment)
          continue
        }
        guard column + width <= columns else { break }
        if scalar.isASCII {
          segment.letters.append(wchar_t(scalar.value))
        } else {
          segment.letters += Array(repeating: blank, count: width)
          glyphs.append(Glyph(column: column, width: width, text: String(scalar), look: look))
        }
      }
      segments.append(segment)
    }
    glyphs = glyphs.flatMap { glyph in
      // What a glyph that came out too wide has covered must not be lost: it may be a digit.
      [glyph] + [neighbor(of: glyph)].compactMap { $0 }
    }
  }

  /// The letter that follows a glyph, to be written once more.
  private func neighbor(of glyph: Glyph) -> Glyph? {
    let column = glyph.column + glyph.width
    for segment in segments {
      let index = column - segment.column
      guard segment.letters.indices.contains(index) else { continue }
      guard segment.letters[index] != blank, let letter = UInt8(exactly: segment.letters[index])
      else { return nil }
      return Glyph(
        column: column, width: 1, text: String(Unicode.Scalar(letter)), look: segment.look)
    }
    return nil
  }

  func write(to screen: UnsafeMutablePointer<WINDOW>?, row: Int32) {
    // The frame may be narrower than the one before.
    wmove(screen, row, 0)
    wclrtoeol(screen)
    for segment in segments where !segment.letters.isEmpty {
      wattr_set(screen, segment.look.attributes, segment.look.pair, nil)
      wmove(screen, row, Int32(segment.column))
      waddnwstr(screen, segment.letters, Int32(segment.letters.count))
    }
    wattr_set(screen, 0, 0, nil)
  }

  /// A mark upon the glyph before it, which is a glyph by that even if its letter is ASCII.
  private mutating func addMark(_ mark: Unicode.Scalar, _ segment: inout Segment) {
    guard let last = segment.letters.last else { return }
    if last != blank, let letter = Unicode.Scalar(UInt32(last)) {
      segment.letters[segment.letters.count - 1] = blank
      glyphs.append(
        Glyph(
          column: segment.column + segment.letters.count - 1, width: 1, text: String(letter),
          look: segment.look))
    }
    guard !glyphs.isEmpty else { return }
    glyphs[glyphs.count - 1].text.unicodeScalars.append(mark)
  }
}

private let blank: wchar_t = 0x20
