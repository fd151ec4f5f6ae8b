internal import Glibc

/// How much of a sweep a test makes: a sample, unless `COMPANY_ACCESS_SWEEP` says `full`.
package enum Sweep {
  package static let isFull = variable("COMPANY_ACCESS_SWEEP") == "full"

  /// The seed of this run's samples: afresh each time, or that of `COMPANY_ACCESS_SEED`.
  package static let seed: UInt64 =
    variable("COMPANY_ACCESS_SEED").flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999_999)

  /// A number from the environment that makes a sweep longer or shorter.
  package static func number(_ name: String, sample: Int, full: Int) -> Int {
    variable(name).flatMap { Int($0) } ?? (isFull ? full : sample)
  }

  /// Adds a row to the table of figures that `COMPANY_ACCESS_FIGURES` names, if it does.
  package static func figure(_ what: String, swept: Int, good: Int, note: String = "") {
    guard let path = variable("COMPANY_ACCESS_FIGURES"), let file = fopen(path, "ae") else {
      return
    }
    // One write, because other processes add theirs.
    fputs("\(what)\t\(swept)\t\(good)\t\(note)\n", file)
    fclose(file)
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}

/// Numbers that follow from a seed (SplitMix64).
package struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  package init(_ seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
