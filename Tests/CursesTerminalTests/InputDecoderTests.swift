import TerminalUI
import Testing

@testable import CursesTerminal

/// The events of bytes that arrive together and after which nothing comes for long.
private func events(
  _ bytes: String, keys: [String: Key] = [:], mouse: Bool = false
) -> [Event] {
  events(Array(bytes.utf8), keys: keys, mouse: mouse)
}

private func events(
  _ bytes: [UInt8], keys: [String: Key] = [:], mouse: Bool = false
) -> [Event] {
  let keys = Dictionary(uniqueKeysWithValues: keys.map { (Array($0.key.utf8), $0.value) })
  var decoder = InputDecoder(keys: keys, mouse: mouse)
  return decoder.feed(bytes, at: 0) + decoder.expire(at: 10_000)
}

@Suite struct PlainKeyTests {
  @Test func letters() {
    #expect(events("aZ 7~") == "aZ 7~".unicodeScalars.map { .key(.character($0)) })
  }

  @Test func lettersOfSeveralBytes() {
    let text = "\u{17C}\u{4F01}\u{1F992}"
    #expect(events(text) == text.unicodeScalars.map { .key(.character($0)) })
  }

  @Test func controls() {
    #expect(
      events("\u{01}\u{13}\u{1A}") == [
        .key(.control("a")), .key(.control("s")), .key(.control("z")),
      ])
    #expect(events("\r\n\t") == [.key(.enter), .key(.enter), .key(.tab)])
    #expect(events("\u{7F}\u{08}") == [.key(.backspace), .key(.backspace)])
    #expect(events("\0\u{1C}\u{1D}\u{1E}\u{1F}") == [])
  }

  @Test func bytesThatAreNoText() {
    #expect(events([0xFF, 0xFE, 0xC0, 0xAF, 0x80]) == [])
    // A broken letter does not take the next one with it.
    #expect(
      events([0xC5, 0x41, 0xE4, 0xBC, 0x42]) == [.key(.character("A")), .key(.character("B"))])
    // Surrogates, C1 controls and what is not assigned.
    #expect(
      events([0xED, 0xA0, 0x80, 0xC2, 0x9B, 0xCD, 0xB8, 0x41]) == [
        .key(.character("A"))
      ])
  }

  @Test func letterThatArrivesInPieces() {
    var decoder = InputDecoder()
    #expect(decoder.feed([0xE4], at: 0) == [])
    #expect(decoder.feed([0xBC], at: 100) == [])
    #expect(decoder.feed([0x81], at: 200) == [.key(.character("\u{4F01}"))])
    #expect(decoder.deadline == nil)
    #expect(decoder.feed([0xE4], at: 300) == [])
    #expect(decoder.expire(at: 300 + InputDecoder.sequenceDelay) == [])
    #expect(decoder.feed([0x41], at: 600) == [.key(.character("A"))])
  }
}

@Suite struct EscapeTests {
  @Test func aloneItIsAKeyAfterItsDelay() {
    var decoder = InputDecoder(escapeDelay: 25)
    #expect(decoder.feed([0x1B], at: 100) == [])
    #expect(decoder.holdsEscape)
    #expect(decoder.deadline == 125)
    #expect(decoder.expire(at: 124) == [])
    #expect(decoder.expire(at: 125) == [.key(.escape)])
    #expect(!decoder.holdsEscape)
    #expect(decoder.deadline == nil)
    #expect(decoder.expire(at: 9999) == [])
  }

  @Test func severalInARow() {
    #expect(events("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
    #expect(events("\u{1B}\u{1B}\u{1B}") == [.key(.escape), .key(.escape), .key(.escape)])
    #expect(events("\u{1B}\u{1B}x") == [.key(.escape)])
  }

  @Test func withALetterItIsAltAndDropped() {
    #expect(events("\u{1B}q") == [])
    #expect(events("\u{1B}\u{17C}q") == [.key(.character("q"))])
    #expect(events("\u{1B}\r\u{1B}\u{7F}\u{1B}y") == [])
  }

  @Test func arrowsThatArriveInPieces() {
    for sequence in ["\u{1B}[A", "\u{1B}OA"] {
      var decoder = InputDecoder(escapeDelay: 25)
      let bytes = Array(sequence.utf8)
      #expect(decoder.feed([bytes[0]], at: 0) == [])
      #expect(decoder.feed([bytes[1]], at: 24) == [])
      // From here it can be nothing else, and a slow line gets more time.
      #expect(!decoder.holdsEscape)
      #expect(decoder.expire(at: 200) == [])
      #expect(decoder.feed([bytes[2]], at: 200) == [.key(.up)])
    }
  }

  @Test func whatIsNeverFinishedIsDropped() {
    var decoder = InputDecoder()
    #expect(decoder.feed(Array("\u{1B}[1;".utf8), at: 0) == [])
    #expect(decoder.expire(at: InputDecoder.sequenceDelay) == [])
    #expect(decoder.feed([0x41], at: 1000) == [.key(.character("A"))])
  }
}

@Suite struct SequenceTests {
  @Test(arguments: [
    ("[A", Key.up), ("OA", .up), ("[B", .down), ("OB", .down), ("[C", .right), ("OD", .left),
    ("[H", .home), ("OH", .home), ("[1~", .home), ("[7~", .home),
    ("[F", .end), ("OF", .end), ("[4~", .end), ("[8~", .end),
    ("[3~", .delete), ("[5~", .pageUp), ("[6~", .pageDown), ("[Z", .backTab),
    ("OP", .function(1)), ("[11~", .function(1)), ("[[A", .function(1)), ("[[E", .function(5)),
    ("OS", .function(4)), ("[15~", .function(5)), ("[17~", .function(6)), ("[21~", .function(10)),
    ("[23~", .function(11)), ("[24~", .function(12)),
    ("OM", .enter), ("Op", .character("0")), ("Oy", .character("9")), ("Ok", .character("+")),
  ])
  func key(_ sequence: String, _ key: Key) {
    #expect(events("\u{1B}\(sequence)x") == [.key(key), .key(.character("x"))])
  }

  /// None of their letters may be taken for a key.
  @Test(arguments: [
    "[1;5Z", "[1;5A", "[1;2P", "[27;5;9~", "[97;5u", "[2~", "[25~", "[99~", "[200000~", "[~", "[I",
    "[O", "[?62;c", "[?1;2$y", "[5$", "[2;1R", "[[Z", "[!p", "[ q", "[<0;1;1M", "[<0;1", "[M !!",
    "[M",
    "Oz", "O5A", "O", "[", "]11;rgb:0000/0000/0000\u{07}", "]52;c;QQ==\u{1B}\\", "P1+r\u{1B}\\",
    "_Gi=1\u{1B}\\", "\u{1B}[A", "\u{1B}OA", "[201~",
  ])
  func unknownOnesAreDroppedWhole(_ sequence: String) {
    var decoder = InputDecoder()
    #expect(decoder.feed(Array("\u{1B}\(sequence)".utf8), at: 0) == [])
    #expect(decoder.expire(at: 10_000) == [])
    #expect(decoder.feed([0x78], at: 20_000) == [.key(.character("x"))])
  }

  @Test func oneThatIsBrokenOff() {
    #expect(events("\u{1B}[1;\u{1B}[Ax") == [.key(.up), .key(.character("x"))])
    #expect(events("\u{1B}O\u{1B}OBx") == [.key(.down), .key(.character("x"))])
    #expect(events("\u{1B}[1\r") == [.key(.enter)])
  }

  @Test func onesOfAnyLength() {
    let long = String(repeating: "1;", count: 5000)
    #expect(events("\u{1B}[\(long)Ax") == [.key(.character("x"))])
    #expect(events("\u{1B}[\(long)~x") == [.key(.character("x"))])
    #expect(events("\u{1B}]\(long)\u{1B}\\x") == [.key(.character("x"))])
  }

  @Test func keysOfTheTerminalsDescription() {
    // One that means something else by default, one that does nothing, one beginning the other.
    let keys: [String: Key] = [
      "\u{1B}[A": .down, "\u{1B}OR\u{01}": .function(7), "\u{1B}x": .function(8),
      "\u{1B}[M": .function(1),
    ]
    #expect(events("\u{1B}[A", keys: keys) == [.key(.down)])
    #expect(events("\u{1B}OR\u{01}y", keys: keys) == [.key(.function(7)), .key(.character("y"))])
    #expect(events("\u{1B}x", keys: keys) == [.key(.function(8))])
    #expect(events("\u{1B}[My", keys: keys) == [.key(.function(1)), .key(.character("y"))])
    #expect(events("\u{1B}[B", keys: keys) == [.key(.down)])
  }

  @Test func anyBytesInAnyPieces() {
    var generator = Lehmer(seed: 7)
    let alphabet = Array("\u{1B}\u{1B}\u{1B}[[O0159;<MmA~$?]\\\u{07}x\u{17C}".utf8) + [0xFF, 0xE4]
    for _ in 0..<2000 {
      let bytes = (0..<30).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)]
      }
      var whole = InputDecoder(mouse: true)
      var pieces = InputDecoder(mouse: true)
      let expected = whole.feed(bytes, at: 0) + whole.expire(at: 10_000)
      var got: [Event] = []
      for byte in bytes { got += pieces.feed([byte], at: 0) }
      got += pieces.expire(at: 10_000)
      #expect(got == expected, "\(bytes)")
    }
  }
}

@Suite struct PasteTests {
  @Test func textAndLineEnds() {
    #expect(
      events("\u{1B}[200~a\u{17C}\rb\r\nc\nd\te\u{1B}[201~x")
        == [.paste("a\u{17C}\nb\nc\nd\te"), .key(.character("x"))])
  }

  @Test func noControlsAndNoBrokenText() {
    #expect(
      events(
        Array("\u{1B}[200~a\u{1B}]52;c;Q\u{07}\u{9B}b".utf8) + [0xFF, 0x63]
          + Array("\u{1B}[201~".utf8))
        == [.paste("a]52;c;Qbc")])
  }

  @Test func beginningsOfTheEndMarkAreText() {
    #expect(events("\u{1B}[200~1\u{1B}[201\u{1B}\u{1B}[201~") == [.paste("1[201")])
  }

  @Test func anotherBeginningIsText() {
    #expect(events("\u{1B}[200~a\u{1B}[200~q\u{1B}[201~") == [.paste("a[200~q")])
  }

  /// What was begun and never ended must not take the paste's mark with it: its text would be keys.
  @Test(arguments: [
    "\u{1B}", "\u{1B}\u{1B}", "\u{1B}[", "\u{1B}[[", "\u{1B}[<0;1", "\u{1B}[M", "\u{1B}[M a",
    "\u{1B}O", "\u{1B}]11;rgb:0", "\u{1B}]11;rgb:0\u{1B}", "\u{1B}P1$r", "\u{1B}[1;",
    "\u{1B}[200", "\u{1B}[201",
  ])
  func aPasteAfterHalfOfSomethingElse(half: String) {
    let found = events(half + "\u{1B}[200~4\ry\u{1B}[201~", mouse: true)
    #expect(found.filter { $0 != .key(.escape) } == [.paste("4\ny")])
  }

  @Test func escapeRightBeforeAPaste() {
    #expect(events("\u{1B}\u{1B}[200~y\u{1B}[201~") == [.key(.escape), .paste("y")])
  }

  @Test func isBounded() {
    let text = String(repeating: "\u{17C}", count: 100_000)
    #expect(
      events("\u{1B}[200~\(text)\u{1B}[201~x")
        == [
          .paste(String(text.unicodeScalars.prefix(InputDecoder.longestPaste / 2))),
          .key(.character("x")),
        ])
  }

  @Test func endsAfterSilence() {
    var decoder = InputDecoder()
    #expect(decoder.feed(Array("\u{1B}[200~ab".utf8), at: 0) == [])
    #expect(decoder.deadline == InputDecoder.pasteDelay)
    #expect(decoder.feed(Array("c".utf8), at: 900) == [])
    #expect(decoder.expire(at: InputDecoder.pasteDelay) == [])
    #expect(decoder.isPasting)
    #expect(decoder.expire(at: 900 + InputDecoder.pasteDelay) == [.paste("abc")])
    #expect(!decoder.isPasting)
    #expect(decoder.feed([0x78], at: 5000) == [.key(.character("x"))])
  }
}

@Suite struct MouseTests {
  private let here = Position(column: 4, row: 2)

  @Test func pressesAndWheel() {
    #expect(
      events("\u{1B}[<0;5;3M\u{1B}[<0;5;3m\u{1B}[<64;5;3M\u{1B}[<65;5;3M", mouse: true)
        == [.mouse(.press, here), .mouse(.wheelUp, here), .mouse(.wheelDown, here)])
    #expect(events("\u{1B}[M %#", mouse: true) == [.mouse(.press, here)])
    #expect(events("\u{1B}[<16;5;3M", mouse: true) == [.mouse(.press, here)])
  }

  @Test func pressesInOnePlaceWithinAMomentAreDouble() {
    var decoder = InputDecoder(mouse: true)
    let press = Array("\u{1B}[<0;5;3M\u{1B}[<0;5;3m".utf8)
    #expect(decoder.feed(press, at: 0) == [.mouse(.press, here)])
    #expect(decoder.feed(press, at: 400) == [.mouse(.doublePress, here)])
    #expect(decoder.feed(press, at: 500) == [.mouse(.press, here)])
    #expect(decoder.feed(press, at: 901) == [.mouse(.press, here)])
    #expect(
      decoder.feed(Array("\u{1B}[<0;6;3M".utf8), at: 902)
        == [.mouse(.press, Position(column: 5, row: 2))])
  }

  @Test func otherButtonsAndNonsense() {
    #expect(events("\u{1B}[<1;5;3M\u{1B}[<2;5;3M\u{1B}[<32;5;3M\u{1B}[<35;5;3M", mouse: true) == [])
    #expect(events("\u{1B}[<0;0;3M\u{1B}[<0;5M\u{1B}[<0;;3M\u{1B}[<0;5;999999M", mouse: true) == [])
  }
}

@Suite struct DiscardTests {
  @Test func whatHasBegunIsDropped() {
    for (beginning, rest) in [("\u{1B}", "[5~y"), ("\u{1B}[", "5~y"), ("\u{1B}[1;", "5Ay")] {
      var decoder = InputDecoder()
      _ = decoder.feed(Array(beginning.utf8), at: 0)
      decoder.discard()
      #expect(decoder.feed(Array(rest.utf8), at: 1) == [.key(.character("y"))])
    }
    var decoder = InputDecoder()
    _ = decoder.feed([0x1B], at: 0)
    decoder.discard()
    #expect(decoder.expire(at: 1000) == [])
    #expect(decoder.feed([0x1B], at: 2000) == [])
    #expect(decoder.expire(at: 3000) == [.key(.escape)])
  }

  @Test func aPasteIsDroppedToItsEnd() {
    var decoder = InputDecoder()
    _ = decoder.feed(Array("\u{1B}[200~4".utf8), at: 0)
    decoder.discard()
    #expect(decoder.feed(Array("1\ry\r\u{1B}[201~x".utf8), at: 1) == [.key(.character("x"))])
    _ = decoder.feed(Array("\u{1B}[200~4".utf8), at: 2)
    decoder.discard()
    #expect(decoder.expire(at: 5000) == [])
    #expect(decoder.feed(Array("\u{1B}[200~4\u{1B}[201~".utf8), at: 6000) == [.paste("4")])
  }

  /// A key is alone only if nothing else came, with or without a meaning.
  @Test(arguments: [
    ("y", false), ("\u{1B}[A", false), ("y\u{1B}[99;9z", true), ("\u{1B}[99;9zy", true),
    ("y\u{1B}[", true), ("\u{1B}[200~y", true), ("\u{1B}[200~y\u{1B}[201~", false),
    ("y\u{0}", true), ("\u{1B}[<0;1;1My", true),
  ])
  func tellsWhatCameBesideEvents(bytes: String, hasOther: Bool) {
    var decoder = InputDecoder()
    _ = decoder.feed(Array(bytes.utf8), at: 0)
    #expect(decoder.takeOtherInput() == hasOther)
  }

  @Test func nothingHasBegun() {
    var decoder = InputDecoder()
    decoder.discard()
    #expect(decoder.feed([0x78], at: 0) == [.key(.character("x"))])
  }
}

/// Random numbers that are the same on every run.
private struct Lehmer: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
