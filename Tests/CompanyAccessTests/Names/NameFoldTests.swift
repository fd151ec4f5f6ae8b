import Testing

@testable import CompanyAccess

@Suite struct NameFoldTests {
  /// Names that are the same but for case, blanks, what is not seen, and the form of letters.
  @Test(
    "a name in another form is the same name",
    arguments: [
      ("Acme", "ACME"),
      ("Acme Ltd", " acme\u{A0}l\u{200B}td\u{3000}"),
      // Accents, in one scalar or two; a capital with a dot, which has two in lower case.
      ("Jos\u{E9}", "jose\u{301}"), ("\u{212B}ngstr\u{F6}m", "\u{E5}ngstro\u{308}m"),
      ("\u{130}zmir", "i\u{307}zmir"), ("Stra\u{DF}e", "STRASSE"), ("Stra\u{1E9E}e", "strasse"),
      // Soft hyphen, joiners, marks of direction, a Hangul filler, variation selectors, tags.
      ("ann", "a\u{AD}n\u{200D}n\u{202E}\u{3164}\u{FE0F}\u{2060}\u{E0061}"),
      // Full-width, mathematical, circled and raised letters, ligatures, squared units, numbers.
      ("lin", "\u{FF4C}\u{FF49}\u{FF4E}"), ("admin", "\u{1D41A}dm\u{1D422}n"),
      ("admin", "\u{24D0}dmin"), ("admin", "\u{1D43}dmin"), ("finn", "\u{FB01}nn"),
      ("kg", "\u{338F}"), ("a@b.c", "a\u{FF20}b\u{FF0E}c"), ("no7", "\u{2116}\u{2466}"),
      ("dz", "\u{1C5}"), ("x2", "\u{1D54F}\u{1D7DA}"), ("3m", "\u{FF13}\u{FF2D}"),
      ("\u{3C3}\u{3BF}\u{3C6}\u{3CC}\u{3C2}", "\u{3A3}\u{39F}\u{3A6}\u{38C}\u{3A3}"),
    ])
  func same(_ one: String, _ other: String) {
    #expect(Array(NameFold.same(one).utf8) == Array(NameFold.same(other).utf8))
    #expect(Array(NameFold.look(one).utf8) == Array(NameFold.look(other).utf8))
  }

  @Test(
    "names with other letters are other names",
    arguments: [
      ("ann", "anna"), ("jose", "jos\u{E9}"), ("\u{4F5C}\u{54C1}", "\u{4F5C}\u{7269}"),
      ("a-b", "ab"), ("o", "0"), ("\u{130}pek", "ipek"), ("lodz", "\u{142}odz"),
      ("acme", "\u{430}cme"), ("\u{BD}", "12"),
    ])
  func others(_ one: String, _ other: String) {
    #expect(NameFold.same(one) != NameFold.same(other))
  }

  @Test(
    "a search takes letters with and without accents for the same",
    arguments: [
      ("Z\u{FC}rich", "zurich"), ("Zu\u{308}rich", "zurich"), ("Krak\u{F3}w", "krakow"),
      ("\u{130}pek", "ipek"), ("\u{131}\u{15F}\u{131}k", "isik"), ("brz\u{119}cz", "brzecz"),
      ("Stra\u{DF}e", "strasse"), ("Montr\u{E9}al", "montreal"), ("J\u{FC}rgen", "jurgen"),
      ("\u{141}\u{F3}d\u{17A}", "lodz"), ("S\u{F8}ren", "soren"), ("\u{110}or\u{111}e", "dorde"),
      ("\u{126}al", "hal"), ("\u{C6}gir", "aegir"), ("\u{152}uvre", "oeuvre"),
      ("\u{DE}\u{F3}r", "thor"), ("\u{FB01}nn", "finn"), ("\u{FF2C}\u{FF49}\u{FF4E}", "lin"),
      ("O\u{2019}Brien", "o'brien"), ("Nguy\u{1EC5}n", "nguyen"),
      ("\u{401}\u{43B}\u{43A}\u{430}", "\u{435}\u{43B}\u{43A}\u{430}"),
      ("\u{39A}\u{3CE}\u{3C3}\u{3C4}\u{3B1}\u{3C2}", "\u{3BA}\u{3C9}\u{3C3}\u{3C4}\u{3B1}\u{3C3}"),
      ("jo\u{200B}hn", "john"), ("A B", "a b"), ("A\u{A0}B", "a b"),
    ])
  func search(_ text: String, _ folded: String) {
    #expect(Array(NameFold.search(text).utf8) == Array(folded.utf8))
  }

  @Test(
    "letters of other alphabets look like Latin ones, and only look so",
    arguments: [
      ("paypal", "\u{440}\u{430}\u{443}\u{440}\u{430}l"), ("ATL", "\u{391}\u{422}L"),
      ("\u{401}va", "\u{CB}va"), ("hugo", "\u{570}\u{57D}\u{581}\u{585}"), ("jose", "jos\u{E9}"),
    ])
  func looks(_ one: String, _ other: String) {
    #expect(Array(NameFold.look(one).utf8) == Array(NameFold.look(other).utf8))
    #expect(NameFold.same(one) != NameFold.same(other))
  }

  @Test("nothing that is seen is nothing")
  func nothingVisibleIsNothing() {
    for text in ["  \t\u{200B}\u{2800}\u{AD}", " \u{7F}\n"] {
      #expect(NameFold.look(text) == "" && NameFold.same(text) == "")
    }
  }

  @Test("what is folded stays as it is when it is folded again")
  func foldingIsDoneOnce() {
    for value in UInt32(0)..<0x2_0000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a\(scalar)b"
      for fold in [NameFold.same, NameFold.search, NameFold.look] {
        let once = fold(text)
        if !fold(once).utf8.elementsEqual(once.utf8) {
          Issue.record("U+\(String(value, radix: 16))")
        }
      }
    }
  }
}

@Suite struct NameGateTests {
  @Test(
    "a text with a character that no name may have is refused",
    arguments: [
      ("", FieldNote.Finding.empty), ("\u{200B}\u{2800}", .empty),
      ("a\u{7}b", .controlCharacter(7)), ("a\nb", .controlCharacter(10)),
      ("a\r\nb", .controlCharacter(13)), ("a\u{85}b", .controlCharacter(0x85)),
      ("a\u{7F}", .controlCharacter(0x7F)), ("a\u{2028}b", .controlCharacter(0x2028)),
      ("a\u{1B}]52;c;x\u{7}", .controlCharacter(0x1B)), ("a\u{0}", .controlCharacter(0)),
      ("a\u{378}", .undefinedCharacter(0x378)), ("a\u{E000}", .undefinedCharacter(0xE000)),
      ("a\u{FFFF}", .undefinedCharacter(0xFFFF)), ("a\u{1FFFE}", .undefinedCharacter(0x1FFFE)),
      ("a\(Unicode.Scalar(UInt32(0xFDD0))!)", .undefinedCharacter(0xFDD0)),
      ("a\u{FFFD}", .undefinedCharacter(0xFFFD)),
      ("a\u{A0}b", .unusualBlank(0xA0)), ("a\u{2003}b", .unusualBlank(0x2003)),
      ("a\u{202F}b", .unusualBlank(0x202F)),
      ("a\u{200B}b", .invisibleCharacter(0x200B)), ("a\u{202E}b", .invisibleCharacter(0x202E)),
      ("a\u{2066}b", .invisibleCharacter(0x2066)), ("a\u{E0061}", .invisibleCharacter(0xE0061)),
      ("a\u{2800}b", .invisibleCharacter(0x2800)), ("a\u{3164}b", .invisibleCharacter(0x3164)),
      ("a\u{AD}b", .invisibleCharacter(0xAD)), ("a\u{200D}b", .invisibleCharacter(0x200D)),
      ("a\u{FE0F}b", .invisibleCharacter(0xFE0F)), ("a\u{FEFF}", .invisibleCharacter(0xFEFF)),
      (" a", .outerBlank), ("a ", .outerBlank), ("\u{3000}a", .outerBlank),
    ] as [(String, FieldNote.Finding)])
  func refused(_ text: String, _ finding: FieldNote.Finding) {
    #expect(NameGate.fault(text) == finding)
  }

  @Test(
    "names of all scripts are taken",
    arguments: [
      "ann", "Ann Lee", "O'Brien", "a@b", "-x", "=1+1", "Jos\u{E9}", "jose\u{301}",
      "\u{5C71}\u{7530}\u{3000}\u{592A}\u{90CE}", "\u{39A}\u{3CE}\u{3C3}\u{3C4}\u{3B1}\u{3C2}",
      // Persian and Hindi with joiners, an emoji with one and with a variation selector.
      "\u{639}\u{644}\u{6CC}\u{200C}\u{631}\u{636}\u{627}",
      "\u{915}\u{94D}\u{200D}\u{937}", "\u{1F469}\u{200D}\u{1F680}", "\u{2764}\u{FE0F}",
      "\u{FF2E}\u{FF34}\u{FF34}",
    ])
  func taken(_ text: String) { #expect(NameGate.fault(text) == nil) }

  @Test(
    "letters that are easily taken for others are pointed out",
    arguments: [
      ("admi\u{585}n", 0x585), ("\u{430}dmin", 0x430), ("h_b\u{430}ker", 0x430),
      ("\u{3BF}livia", 0x3BF), ("\u{FF21}dmin", 0xFF21), ("\u{1D41A}dmin", 0x1D41A),
      ("\u{FB01}nn", 0xFB01), ("user1\u{430}", 0x430), ("e\u{301}\u{430}", 0x430),
      ("admin", nil), ("\u{430}\u{434}\u{43C}\u{438}\u{43D}", nil), ("Jos\u{E9}", nil),
      // Two words may be of two alphabets.
      ("\u{391}\u{3B8}\u{3AE}\u{3BD}\u{3B1} Office", nil), ("\u{5C71}\u{7530}Ltd", nil),
    ] as [(String, UInt32?)])
  func pointedOut(_ text: String, _ letter: UInt32?) {
    #expect(NameGate.remark(text) == letter.map { .confusableLetter($0) })
  }
}
