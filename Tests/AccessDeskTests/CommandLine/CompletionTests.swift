import Testing

@testable import AccessDesk

struct CompletionTests {
  private static let names = [
    ("company", "Acme"), ("company", "Acme Tools & Co"), ("company", "A:b=c"), ("user", "ann"),
    ("user", "-x"), ("user", "bell\u{7}"), ("user", "bob"),
  ]

  private let hook = CompletionHook(
    completion: Completion(root: SmallTree.root, globals: SmallTree.globals) {
      kind, prefix, database in
      let wanted = kind == .user ? "user" : "company"
      return CompletionTests.names.filter { $0.0 == wanted && $0.1.utf8.starts(with: prefix.utf8) }
        .map { Completion.Candidate(text: $0.1, note: database ?? "") }
    })

  private func fish(_ words: String...) -> [String] {
    hook.answer(["fish"] + words).map { String($0.split(separator: "\t")[0]) }
  }

  /// What bash puts in for a line whose last part it replaces.
  private func bash(_ line: String, _ replaced: String) -> [String] {
    hook.answer(["bash", line, replaced]).map { String($0.split(separator: "\t")[0]) }
  }

  @Test func commandsAndOptions() {
    #expect(fish("") == ["give", "list", "schema", "help"])
    #expect(fish("gi") == ["give"])
    #expect(fish("schema", "") == ["list"])
    #expect(fish("list", "s") == ["some"])
    #expect(fish("give", "--q") == ["--quiet"])
    #expect(fish("give", "--quiet", "--q") == [])
    #expect(fish("give", "--tag", "x", "--ta") == ["--tag"])
    #expect(fish("give", "--on-duplicate", "") == ["ignore", "error"])
    #expect(fish("give", "--on-duplicate=e") == ["--on-duplicate=error"])
    #expect(fish("--format", "t") == ["table", "tsv", "tap"])
  }

  @Test func namesStandWhereTheFormHasThem() {
    #expect(fish("give", "a") == ["ann"])
    #expect(fish("give", "ann", "Acme") == ["Acme", "Acme Tools & Co"])
    #expect(fish("give", "ann", "Acme", "Acm") == ["Acme Tools & Co"])
    #expect(fish("give", "--company", "Acme", "ann", "") == ["-x", "bob"])
    #expect(fish("give", "--", "-") == ["-x"])
    #expect(fish("list", "all", "") == [])
    #expect(hook.answer(["zsh", "--db", "x", "give", "an"]) == ["ann\tx"])
  }

  @Test func filesAreLeftToTheShell() {
    #expect(hook.answer(["zsh", "--db", ""]) == ["\tfiles"])
    #expect(hook.answer(["zsh", "./x"]) == ["\tfiles"])
    #expect(hook.answer(["zsh", "zebra"]) == ["\tfiles"])
    #expect(hook.answer(["zsh", "x.db", ""]) == [])
    #expect(hook.answer(["csh", ""]) == [])
    #expect(hook.answer([]) == [])
  }

  @Test func bashGetsBackWhatItReplaces() {
    #expect(bash("tool give ann Acm", "Acm") == ["Acme", "Acme\\ Tools\\ \\&\\ Co"])
    #expect(bash("tool give ann \"Acme T", "\"Acme T") == ["Acme Tools & Co"])
    #expect(bash("tool give ann 'Acme T", "'Acme T") == ["Acme Tools & Co"])
    #expect(bash("tool give ann Acme\\ T", "Acme\\ T") == ["Acme\\ Tools\\ \\&\\ Co"])
    #expect(bash("tool give ann A:", ":") == ["b=c"])
    #expect(bash("tool give ann A:b=", "=") == ["c"])
    #expect(bash("tool give --on-duplicate=", "=") == ["ignore", "error"])
    #expect(bash("tool give --on-duplicate=e", "e") == ["error"])
    #expect(bash("LANG=C tool give a", "a") == ["ann"])
    #expect(bash("tool give 'ann' Acme\\ Tools\\ \\&\\ Co A:", ":") == ["b=c"])
  }

  @Test func quotedTextIsReadBackAsItWas() {
    for text in ["a b", "it's", "$x", "a\\b", "\"", "caf\u{E9}", "#1", "~", "*", "a\"'`"] {
      for (quote, open) in [(ShellLine.Quote.none, ""), (.single, "'"), (.double, "\"")] {
        let line = ShellLine(open + ShellLine.quoted(text, in: quote))
        #expect(line.current == text)
      }
    }
  }
}
