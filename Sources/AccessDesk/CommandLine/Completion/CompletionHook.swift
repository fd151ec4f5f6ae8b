/// Answers a shell's question what may follow: one candidate a line, with a note behind a tab.
struct CompletionHook {
  let completion: Completion

  /// The answer to the words behind the hook's name.
  ///
  /// Anything unexpected is answered with nothing.
  func answer(_ words: [String]) -> [String] {
    guard let shell = words.first.flatMap(CompletionScript.init) else { return [] }
    let rest = Array(words.dropFirst())
    guard shell == .bash else {
      let offer = completion.offer(after: Array(rest.dropLast()), typing: rest.last ?? "")
      return lines(offer) { $0 }
    }
    let line = ShellLine(rest.first ?? "")
    let replaced = rest.count > 1 ? rest[1] : ""
    let offer = completion.offer(after: Array(line.words.dropFirst()), typing: line.current)
    return lines(offer) { line.insertion($0, replacing: replaced) }
  }

  private func lines(_ offer: Completion.CompletionItem, _ write: (String) -> String) -> [String] {
    guard case .candidates(let candidates) = offer else { return [CompletionScript.files] }
    return candidates.filter { CompletionHook.isPlain($0.text) }.map { candidate in
      let note = CompletionHook.isPlain(candidate.note) ? candidate.note : ""
      return write(candidate.text) + (note.isEmpty ? "" : "\t" + note)
    }
  }

  /// Whether the text can stand in a line; a name with a line break in it cannot be offered.
  private static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
    }
  }
}
