/// Asks on the terminal whether to go on.
struct Confirmation {
  let console: Console

  /// Returns if the answer is yes.
  ///
  /// Where standard input is no terminal the answer is no.
  func ask(_ what: String, _ lines: [String]) throws(UsageProblem) {
    try ask(
      .unconfirmed(what), lines, typing: { $0.utf8.elementsEqual("yes".utf8) },
      CommandMessages.typeYes)
  }

  /// The same, where more than a yes has to be typed.
  ///
  /// - Parameters:
  ///   - problem: The problem where standard input is no terminal.
  ///   - lines: What there is to know.
  ///   - isRight: Whether this is what has to be typed.
  ///   - prompt: Says what that is.
  /// - Throws: The problem, or `.declined`.
  func ask(
    _ problem: UsageProblem, _ lines: [String], typing isRight: (String) -> Bool, _ prompt: String
  ) throws(UsageProblem) {
    guard console.inputIsTerminal, console.messagesAreTerminal else { throw problem }
    for line in lines { console.say(line) }
    console.prompt(prompt)
    guard let typed = readLine(), isRight(typed) else { throw .declined }
  }
}
