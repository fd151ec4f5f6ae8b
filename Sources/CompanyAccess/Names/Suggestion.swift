/// Finds the word that a mistyped one probably means.
package enum Suggestion {
  /// The nearest of the candidates if it is near enough to be meant, the first of several; else
  /// the only one that begins with the word.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let typed = Array(word.unicodeScalars.prefix(64))
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(typed, Array(candidate.unicodeScalars))
      // Two mistakes in a short word would make it any other word.
      guard distance <= min(2, max(1, candidate.unicodeScalars.count / 2)) else { continue }
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    if let best { return best.candidate }
    let continued = candidates.filter { $0.utf8.starts(with: word.utf8) }
    return word.utf8.count > 1 && continued.count == 1 ? continued[0] : nil
  }

  /// How many single insertions, deletions, replacements or swaps of neighbours lead from one
  /// word to the other.
  package static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...other.count)
    for i in one.indices {
      var current = [i + 1]
      for j in other.indices {
        let replaced = previous[j] + (one[i] == other[j] ? 0 : 1)
        var least = min(replaced, previous[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
          least = min(least, beforePrevious[j - 1] + 1)
        }
        current.append(least)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[other.count]
  }
}
