import Glibc
import TestSupport
import Testing

/// Whatever a terminal may send, in any order and in any piece.
@Suite struct RandomTerminalTests {
  private static let count = Sweep.number("COMPANY_ACCESS_TERMINAL_KEYS", sample: 300, full: 20_000)
  /// More than the largest window needs.
  private static let mostMemory = 300 << 10

  /// Without a `y` as a key nothing is ever written, and no `y` of a paste is a key.
  @Test func nothingIsGrantedAndNothingBreaks() throws {
    let database = try DeskDatabase()
    let before = try database.grants()
    var numbers = SeededNumbers(Sweep.seed)
    var desk = try database.open(["--mouse"])
    var memory = 0
    var visits = 1
    for index in 0..<Self.count {
      act(on: desk, &numbers)
      guard index % 10 == 9 else { continue }
      let until = monotonicSeconds() + 0.005
      do {
        try desk.wait("what is painted") { monotonicSeconds() > until }
      } catch {
        let status = try desk.waitExit()
        #expect([0, 130, 131].contains(status), "seed \(Sweep.seed), after \(index)")
        #expect(desk.leftovers == [], "seed \(Sweep.seed), after \(index)")
        desk = try database.open(["--mouse"])
        visits += 1
      }
      memory = max(memory, Self.memory(of: desk.process))
    }
    kill(desk.process, SIGTERM)
    _ = try desk.waitExit()
    #expect(try database.changes() == [], "seed \(Sweep.seed)")
    #expect(try database.grants() == before)
    #expect(memory > 0 && (isSanitized || memory < Self.mostMemory), "\(memory) kB")
    try database.expectSound()
    Sweep.figure(
      "keys, halves, pastes, sizes (terminal)", swept: Self.count, good: Self.count,
      note: "\(visits) visits, at most \(memory >> 10) MB")
  }

  private func act(on desk: TerminalProgram, _ numbers: inout SeededNumbers) {
    switch Int.random(in: 0..<20, using: &numbers) {
    case 0: desk.paste("4\n1\ny\ny")
    case 1:
      let columns = Int.random(in: 1...1_024, using: &numbers)
      desk.resize(columns: columns, rows: Int.random(in: 1...512, using: &numbers))
    case 2: desk.resize(columns: 80, rows: 24)
    case 3: desk.resize(columns: Int.random(in: 1...70, using: &numbers), rows: 15)
    case 4..<7: desk.write(Self.sequence(&numbers))
    case 7: desk.click(column: Int.random(in: 0..<80, using: &numbers), row: 8)
    default: desk.type(Self.keys.randomElement(using: &numbers) ?? "")
    }
  }

  private static let keys = [
    "1", "2", "3", "4", "5", "6", "7", "l", "c", "?", "/", "s", " ", "*", "+", "-", "=", "u", "t",
    "w", "r", "j", "k", "g", "G", "n", "o", "\r", "\r", "\t", "john", "NYC", "12345", "\u{E9}",
    "\u{4F01}", "\u{202E}", "q", "8",
  ]

  /// The beginning, the middle or all of what keys and reports look like.
  private static func sequence(_ numbers: inout SeededNumbers) -> [UInt8] {
    let whole = [
      "\u{1B}", "\u{1B}[A", "\u{1B}[B", "\u{1B}OC", "\u{1B}[5~", "\u{1B}[6~", "\u{1B}[1;5D",
      "\u{1B}[<0;12;9M", "\u{1B}[<64;1;1M", "\u{1B}[<99999;99999;99999M", "\u{1B}[M abc",
      "\u{1B}[200~x", "\u{1B}[201~", "\u{1B}]11;rgb:0/0/0\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\",
      "\u{1B}[?1;2c", "\u{1B}[999999999999;1R", "\u{1B}\u{1B}\u{1B}", "\u{1B}[\u{1B}[", "\u{9B}A",
      "\u{0}\u{1}\u{2}\u{7F}", "\u{1B}[27;5;106~",
    ].randomElement(using: &numbers)
    let bytes = Array((whole ?? "").utf8)
    let part = bytes.prefix(Int.random(in: 1...bytes.count, using: &numbers))
    let noise = (0..<Int.random(in: 0...3, using: &numbers)).map { _ in
      UInt8.random(in: 0...255, using: &numbers)
    }
    // The signals of the line discipline and the answer that would be an answer are left out.
    return (part + noise).filter { ![0x79, 0x03, 0x1A, 0x1C, 0x11, 0x13].contains($0) }
  }

  /// The most that a process ever had in memory, in kB.
  private static func memory(of process: pid_t) -> Int {
    guard let bytes = try? readFile("/proc/\(process)/status") else { return 0 }
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
  }
}
