internal import CompanyAccess
internal import TerminalUI

/// What workers say: answers to questions, how writes go, and what other programs do to the database.
extension DeskModel {
  /// Takes what a worker says.
  package mutating func receive(_ message: WorkerMessage) -> [RuntimeEffect] {
    switch message {
    case .answer(let answer, let ticket): return receive(answer, for: ticket)
    case .answering(let progress, let ticket):
      guard let asker = screens.asker(of: ticket) else { return [] }
      return send(.progress(progress, secondsLeft: nil), to: asker) ?? []
    case .changed: return databaseChanged()
    case .held(let held):
      state.held = held
      // What could not be read meanwhile is asked for again.
      return held == nil ? databaseChanged() : []
    case .lost(let lost): return connection(lost: lost)
    case .uncertain:
      self.message = Message(.problem, ServerMessages.uncertain)
      return []
    case .progress(let progress, let seconds):
      return send(.progress(progress, secondsLeft: seconds)) ?? []
    case .surveyed(let plan): return send(.surveyed(plan)) ?? []
    case .applied(let result, let intent):
      state.isWriting = false
      note(result.change, of: intent)
      return (send(.applied(result)) ?? []) + databaseChanged()
    case .adopted(let adoption):
      state.isWriting = false
      return [.reopen(adoption)]
    case .fileWritten(let rows):
      state.isWriting = false
      return send(.fileWritten(rows: rows)) ?? []
    case .writeFailed(let error):
      state.isWriting = false
      return send(.failed(error)) ?? []
    }
  }

  /// Takes the answer to a question; answers to forgotten questions have no effect.
  private mutating func receive(_ answer: Answer, for ticket: RequestToken) -> [RuntimeEffect] {
    switch answer {
    case .coverage(let coverage, let former, let newest):
      (state.coverage, state.formerGrants, state.newest) = (coverage, former, newest)
    case .lookAlikes(let kind, let names): state.lookAlikes[kind] = names
    default: break
    }
    guard let asker = screens.asker(of: ticket) else { return [] }
    screens.close(ticket)
    if case .step(let step) = answer { return stepped(step) }
    if case .failed = answer { heldInputs = [] }
    let effects = send(.answer(ticket.slot, answer), to: asker) ?? []
    return effects + takeHeldInputs()
  }

  /// Says that the connection to the server has gone, or asks everything anew because it is back.
  private mutating func connection(lost: LostServer?) -> [RuntimeEffect] {
    state.lost = lost
    if let lost {
      message = Message(.problem, ServerMessages.lost(lost))
      return []
    }
    if !state.isWriting { message = Message(.done, ServerMessages.isBack) }
    return databaseChanged()
  }

  /// Asks everything anew, because another connection, or this desk, changed the database.
  mutating func databaseChanged() -> [RuntimeEffect] {
    screens.outdateBelow()
    state.lookAlikes = [:]
    return refreshTop()
  }

  /// Notes a change for the key that undoes the newest one.
  private mutating func note(_ change: ChangeID?, of intent: Intent) {
    guard let change else { return }
    if case .undo(let undone, _) = intent {
      state.ownChanges.removeAll { $0 == undone }
    } else {
      state.ownChanges.append(change)
    }
  }
}
