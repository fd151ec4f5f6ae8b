package import CompanyAccess
package import TerminalUI

/// Names one of the questions that a screen may have open at a time.
///
/// A new question in the same slot cancels the one before it, and an answer to the old one is
/// dropped.
package enum RequestKey: String, Hashable, Sendable {
  case page, count, subject, figures, plan, examination, lookAlikes
  /// Of the grid: its columns and their number, its cells, and how much is staged.
  case columns, columnCount, cells, tally
  /// Another moment that was asked for by the change next to it, or names for a filter.
  case step, names
  /// What stands beside a list.
  case preview
  /// The command for what a confirmation asks.
  case command
}

/// A question on its way: which screen asked it, and where its answer belongs.
package struct RequestToken: Hashable, Sendable {
  package let layer: Int
  package let slot: RequestKey
  package let number: Int
}

/// What a screen wants done by the desk around it.
package enum Effect: Sendable {
  case ask(Question, RequestKey)
  /// Something that the model leaves to the runtime.
  case runtime(RuntimeEffect)
  case open(any Screen)
  /// Leaves the steps that led to a write, down to a screen on which the desk stays after it.
  case backFromWrite
  /// Lists of this kind begin in this order from now on.
  case remember(EntityKind, ListOrder)
  case back
  case say(Message)
  /// Shows the past from now on; nil for the present.
  case lookAt(Past?)
  /// Runs an action on this screen, as if its key had been pressed.
  case perform(ActionID)
  /// Leaves this screen and runs an action on the one below.
  case run(ActionID)
  /// Leaves this screen and gives the one below something.
  case handBack(HandedBack)
  /// Gives the screen that is on top by now something.
  case tell(HandedBack)
}

/// What the runtime carries out: the workers, the terminal and the end of the program.
package enum RuntimeEffect: Sendable {
  /// Asks about the state of a moment.
  case ask(Question, RequestToken, Moment)
  /// Drops a question whose answer no screen waits for any more.
  case forget(RequestToken)
  /// Carries out a plan; progress and the result come back as inputs.
  case apply(Plan, reason: ChangeReason)
  /// Looks at the application's file that the desk was opened on, by this mapping if it is not known.
  case survey(mapping: String?)
  /// Adopts it.
  case adopt(mapping: String?)
  /// Opens the file again, which has been adopted.
  case reopen(Adoption)
  /// Writes a file with what holds at a moment.
  case writeFile(DeskFile)
  /// Stops the write that is under way.
  case stopWriting
  /// Throws away keys that were pressed before a question was on the screen.
  case dropTypeahead
  case leave(status: Int32)
}

/// What happens to a screen.
package enum Input: Sendable {
  /// A key, while the screen edits text.
  case key(Key)
  case paste(String)
  case action(ActionID)
  case press(Position, double: Bool)
  case answer(RequestKey, Answer)
  /// The database changed, through this desk or another program.
  case changed
  case progress(WorkProgress, secondsLeft: Int?)
  case applied(ChangeResult)
  /// What adopting the file would do.
  case surveyed(AdoptionPlan)
  case failed(AccessError)
  /// A file is written, with so many rows.
  case fileWritten(rows: Int)
  /// A screen that was opened from here has gone and left this.
  case handedBack(HandedBack)
}

/// A line for the operator, above the footer.
package struct Message: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case done, notice, problem }
  package let kind: Kind
  package let text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
