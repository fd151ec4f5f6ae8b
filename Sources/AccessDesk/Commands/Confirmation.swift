/// Asks on the terminal whether to go on.
struct Confirmation {
  let console: Console

  /// Returns if the answer is yes.
  ///
  /// Where standard input is no terminal nobody is asked, and the answer is no.
  func ask(_ what: String, _ lines: [String]) throws(UsageProblem) {
    guard console.inputIsTerminal, console.messagesAreTerminal else { throw .unconfirmed(what) }
    for line in lines { console.say(line) }
    console.prompt("Type yes to go on: ")
    guard readLine()?.utf8.elementsEqual("yes".utf8) == true else { throw .declined }
  }
}
