package import CompanyAccess
package import TerminalUI

/// A question on its way: which screen asked it, and where its answer belongs.
package struct RequestToken: Hashable, Sendable {
  package let layer: Int
  package let slot: RequestKey
  package let number: Int
}

/// What the model wants the runtime to do.
package enum DeskEffect: Sendable {
  /// Asks about the state of a moment.
  case ask(Question, RequestToken, Moment)
  case forget(RequestToken)
  case apply(Plan, reason: ChangeReason)
  /// Looks at the application's file, or adopts it.
  case survey
  case adopt
  /// Opens the file again, which has been adopted.
  case reopen(Adoption)
  case stopWriting
  case dropTypeahead
  case leave(status: Int32)
}

/// The whole desk as a value: a stack of screens, and what surrounds them.
///
/// Events go in, effects come out, and `frame` shows the state. Nothing here waits or reads.
package struct DeskModel: Sendable {
  package private(set) var state: DeskState
  package private(set) var message: Message? { didSet { state.messageRows = messageRows } }
  private var layers: [Layer] = []
  private var numbers = 0
  /// Set when leaving was asked for once although something is ticked or typed.
  private(set) var isLeavingAsked = false
  /// Keys and pastes that came before the rows that they are about.
  private var heldInputs: [Event] = []
  private var gate = ConfirmationGate()
  /// The time that was last told.
  private var now = Duration.zero

  private struct Layer: Sendable {
    let number: Int
    var screen: any Screen
    var open: [RequestKey: RequestToken] = [:]
    /// The database changed while another screen was on top.
    var isStale = false
  }

  /// A desk; `message` is what it says first.
  package init(
    _ state: DeskState, first: any Screen = MenuScreen(), message: Message? = nil
  ) {
    self.state = state
    layers = [Layer(number: 0, screen: first)]
    self.message = message ?? state.readOnly.map { Message(.notice, Messages.onlyReading($0)) }
    self.state.messageRows = messageRows
  }

  /// The screen on top.
  package var top: any Screen { layers[layers.count - 1].screen }
  /// How many screens are open.
  package var depth: Int { layers.count }

  /// The effects with which the desk begins.
  package mutating func start() -> [DeskEffect] {
    startTop()
  }

  // MARK: - What happens

  /// Takes an event of the terminal.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - now: When it came, by a clock that goes on evenly.
  /// - Returns: What the runtime is to do.
  package mutating func handle(_ event: Event, at now: Duration) -> [DeskEffect] {
    self.now = now
    if case .resize = event { return handle(event) }
    let asked = asked
    let isDropped = gate.input(at: now)
    let effects = handle(event)
    if isDropped, message == nil, asked == self.asked {
      message = Message(.notice, Messages.confirmAlone)
    }
    return effects
  }

  /// Takes the news that bytes came from the keyboard that are no event.
  package mutating func takeOtherInput(at now: Duration) {
    if gate.input(at: now), message == nil { message = Message(.notice, Messages.confirmAlone) }
  }

  /// Takes the news that the present frame is on the screen.
  package mutating func painted(at now: Duration) {
    gate.painted(isTooSmall ? nil : asked, at: now)
  }

  /// When `tick` is to be called, if nothing happens until then.
  package var deadline: Duration? { gate.deadline }

  /// Takes the time; carries out what has been confirmed.
  package mutating func tick(at now: Duration) -> [DeskEffect] {
    self.now = now
    // What is asked may have become another question meanwhile.
    guard let confirmed = gate.confirmed(at: now), confirmed == asked else { return [] }
    return perform(.confirm)
  }

  /// What `y` would answer now.
  private var asked: ConfirmationGate.Asked? {
    let layer = layers[layers.count - 1]
    return layer.screen.question.map { .init(layer: layer.number, question: $0) }
  }

  private mutating func confirm() -> [DeskEffect] {
    guard let asked, let refusal = gate.answer(asked, at: now) else { return [] }
    message = Message(
      .notice, refusal == .tooEarly ? Messages.confirmLater : Messages.confirmAlone)
    return []
  }

  private mutating func handle(_ event: Event) -> [DeskEffect] {
    switch event {
    case .resize(let size):
      state.size = size
      state.messageRows = messageRows
      return refreshTop()
    case .key(let key):
      if isTooSmall { return key == .character("q") ? leaveSmallWindow() : [] }
      return holds(key) ? [] : press(key)
    case .paste(let text):
      if isTooSmall { return [] }
      guard heldInputs.isEmpty, top.editsText || !top.isSettling else {
        heldInputs.append(event)
        return []
      }
      return paste(text)
    case .mouse(let action, let position):
      return isTooSmall ? [] : mouse(action, position)
    }
  }

  /// Keeps a key until the rows that it is about are there.
  ///
  /// What is typed fast must not pick or tick a row of the list before, nor be lost. Text, the way
  /// back, help and another time need no rows.
  private mutating func holds(_ key: Key) -> Bool {
    let action = isText(key) ? nil : Actions.action(for: key, on: top.kind)?.id
    if action == .back {
      heldInputs = []
      return false
    }
    let needsRows = action != .help && action != .time && !edits(key)
    guard !heldInputs.isEmpty || (top.isSettling && needsRows) else { return false }
    heldInputs.append(.key(key))
    return true
  }

  /// Whether a key changes the text of a field, if one has the focus.
  private func edits(_ key: Key) -> Bool {
    switch key {
    case .character, .control, .backspace, .delete, .left, .right: top.types(key)
    default: false
    }
  }

  /// Does what the kept inputs say, as far as their rows have come.
  private mutating func takeHeldInputs() -> [DeskEffect] {
    var effects: [DeskEffect] = []
    while !heldInputs.isEmpty, !top.isSettling {
      switch heldInputs.removeFirst() {
      case .key(let key): effects += press(key)
      case .paste(let text): effects += paste(text)
      case .resize, .mouse: break
      }
    }
    return effects
  }

  /// Gives a paste to the field that has the focus; without one it means nothing.
  private mutating func paste(_ text: String) -> [DeskEffect] {
    top.editsText ? send(.paste(text)) ?? [] : []
  }

  private mutating func press(_ key: Key) -> [DeskEffect] {
    message = nil
    if top.types(key), let effects = send(.key(key)) {
      isLeavingAsked = false
      return effects
    }
    if isText(key) { return [] }
    guard let action = Actions.action(for: key, on: top.kind) else {
      isLeavingAsked = false
      message = Message(.notice, Messages.noMeaning(key, on: top.kind))
      return []
    }
    if action.id == .confirm, whyDisabled(.confirm) == nil {
      isLeavingAsked = false
      return confirm()
    }
    return perform(action.id)
  }

  /// Whether a printable key would be typed into a field.
  func isText(_ key: Key) -> Bool {
    if case .character = key { top.types(key) } else { false }
  }

  /// Does what an action says, if it may be done now.
  package mutating func perform(_ id: ActionID) -> [DeskEffect] {
    if id != .back { isLeavingAsked = false }
    if let reason = whyDisabled(id) {
      message = Message(.notice, reason)
      return []
    }
    if let effects = send(.action(id)) { return effects }
    switch id {
    case .back: return back()
    case .help: return push(HelpScreen(lines: helpLines(), of: top.title))
    case .undo: return undo()
    case .time: return state.past == nil ? push(TimeScreen()) : lookAt(nil)
    default: return []
    }
  }

  /// Why an action can't be used now; nil when it can.
  package func whyDisabled(_ id: ActionID) -> String? {
    if let reason = state.whyNoWrite, Actions.action(id)?.writes == true {
      return Messages.notPossible(reason)
    }
    return top.whyDisabled(id, state)
  }

  private mutating func mouse(_ action: MouseAction, _ position: Position) -> [DeskEffect] {
    switch action {
    case .wheelUp: return perform(.up)
    case .wheelDown: return perform(.down)
    case .press: return send(.press(position, double: false)) ?? []
    case .doublePress: return send(.press(position, double: true)) ?? []
    }
  }

  /// Takes the answer to a question; answers to forgotten questions have no effect.
  package mutating func receive(_ answer: Answer, for ticket: RequestToken) -> [DeskEffect] {
    switch answer {
    case .coverage(let coverage, let newest): (state.coverage, state.newest) = (coverage, newest)
    case .lookAlikeUsers(let users): state.lookAlikeUsers = users
    case .lookAlikeCompanies(let companies): state.lookAlikeCompanies = companies
    default: break
    }
    guard let place = layers.firstIndex(where: { $0.open[ticket.slot] == ticket }) else {
      return []
    }
    layers[place].open[ticket.slot] = nil
    if case .failed = answer { heldInputs = [] }
    let effects = send(.answer(ticket.slot, answer), to: place) ?? []
    return effects + takeHeldInputs()
  }

  /// Takes how far the answer to a question is.
  package mutating func receive(_ progress: WorkProgress, for ticket: RequestToken) -> [DeskEffect]
  {
    guard let place = layers.firstIndex(where: { $0.open[ticket.slot] == ticket }) else {
      return []
    }
    return send(.progress(progress, secondsLeft: nil), to: place) ?? []
  }

  /// Takes the news that another connection, or this desk, changed the database.
  package mutating func databaseChanged() -> [DeskEffect] {
    for place in layers.indices.dropLast() { layers[place].isStale = true }
    (state.lookAlikeUsers, state.lookAlikeCompanies) = (nil, nil)
    return refreshTop()
  }

  /// Takes the news that another program keeps the database from being written, or no longer.
  package mutating func databaseHeld(_ held: HeldDatabase?) -> [DeskEffect] {
    state.held = held
    // What could not be read meanwhile is asked for again.
    return held == nil ? databaseChanged() : []
  }

  /// Takes the progress of the write that is under way.
  package mutating func receive(_ progress: WorkProgress, secondsLeft: Int?) -> [DeskEffect] {
    send(.progress(progress, secondsLeft: secondsLeft)) ?? []
  }

  /// Takes the result of a write.
  package mutating func applied(_ result: ChangeResult, of intent: Intent) -> [DeskEffect] {
    state.isWriting = false
    if let change = result.change {
      if case .undo(let undone, _) = intent {
        state.ownChanges.removeAll { $0 == undone }
      } else {
        state.ownChanges.append(change)
      }
    }
    let effects = send(.applied(result)) ?? []
    return effects + databaseChanged()
  }

  /// Takes what adopting the file would do.
  package mutating func surveyed(_ plan: AdoptionPlan) -> [DeskEffect] {
    send(.surveyed(plan)) ?? []
  }

  /// Takes the news that the file has been adopted.
  package mutating func adopted(_ adoption: Adoption) -> [DeskEffect] {
    state.isWriting = false
    return [.reopen(adoption)]
  }

  /// Takes the news that a write did not happen.
  package mutating func writeFailed(_ error: AccessError) -> [DeskEffect] {
    state.isWriting = false
    return send(.failed(error)) ?? []
  }

  /// Takes `q` in a window that shows nothing else: asks once, like Ctrl-C, before work is lost.
  private mutating func leaveSmallWindow() -> [DeskEffect] {
    if state.isWriting { return [.stopWriting] }
    isLeavingAsked = !isLeavingAsked && layers.contains { $0.screen.holdsWork }
    return isLeavingAsked ? [] : leave(status: 0)
  }

  /// Takes Ctrl-C: stops a running write or examination, otherwise leaves.
  package mutating func interrupt() -> [DeskEffect] {
    if state.isWriting { return [.stopWriting] }
    if top.isWorking, layers.count > 1 {
      message = Message(.notice, Messages.cancelled)
      return pop()
    }
    if !isLeavingAsked, layers.contains(where: { $0.screen.holdsWork }) {
      isLeavingAsked = true
      message = Message(.notice, Messages.leavingLosesWork("Ctrl-C"))
      return []
    }
    return leave(status: 130)
  }

  // MARK: - The stack

  private mutating func undo() -> [DeskEffect] {
    guard let change = state.ownChanges.last else {
      message = Message(.notice, Messages.nothingToUndo)
      return []
    }
    return push(ConfirmationScreen(.undo(change)))
  }

  private mutating func lookAt(_ past: Past?) -> [DeskEffect] {
    state.past = past
    state.coverage = nil
    if past == nil { message = Message(.notice, "Back to now.") }
    return databaseChanged()
  }

  private mutating func back() -> [DeskEffect] {
    if state.isWriting { return [.stopWriting] }
    if top.holdsWork, !isLeavingAsked {
      isLeavingAsked = true
      message = Message(.notice, Messages.leavingLosesWork("Esc"))
      return []
    }
    isLeavingAsked = false
    return layers.count > 1 ? pop() : leave(status: 0)
  }

  private func leave(status: Int32) -> [DeskEffect] { [.leave(status: status)] }

  private mutating func push(_ screen: any Screen) -> [DeskEffect] {
    numbers += 1
    layers.append(Layer(number: numbers, screen: screen))
    return startTop()
  }

  private mutating func pop() -> [DeskEffect] {
    heldInputs = []
    let gone = layers.removeLast()
    let forgotten = gone.open.values.map { DeskEffect.forget($0) }
    guard layers[layers.count - 1].isStale else { return forgotten }
    return forgotten + refreshTop()
  }

  private mutating func pop(to kinds: Set<ScreenKind>) -> [DeskEffect] {
    var effects: [DeskEffect] = []
    while layers.count > 1, !kinds.contains(top.kind) { effects += pop() }
    return effects
  }

  private mutating func startTop() -> [DeskEffect] {
    let place = layers.count - 1
    let effects = layers[place].screen.start(state)
    return perform(effects, for: layers[place].number)
  }

  private mutating func refreshTop() -> [DeskEffect] {
    layers[layers.count - 1].isStale = false
    return send(.changed) ?? []
  }

  // MARK: - Inputs and effects

  private mutating func send(_ input: Input) -> [DeskEffect]? {
    send(input, to: layers.count - 1)
  }

  private mutating func send(_ input: Input, to place: Int) -> [DeskEffect]? {
    let number = layers[place].number
    guard let effects = layers[place].screen.update(input, state) else { return nil }
    return perform(effects, for: number)
  }

  private mutating func perform(_ effects: [Effect], for layer: Int) -> [DeskEffect] {
    effects.flatMap { perform($0, for: layer) }
  }

  private mutating func perform(_ effect: Effect, for layer: Int) -> [DeskEffect] {
    switch effect {
    case .ask(let question, let slot): return ask(question, slot, for: layer)
    case .apply(let plan, let reason):
      state.isWriting = true
      return [.apply(plan, reason: reason)]
    case .survey: return [.survey]
    case .adopt:
      state.isWriting = true
      return [.adopt]
    case .stopWriting: return [.stopWriting]
    case .open(let screen): return push(screen)
    case .backTo(let kinds): return pop(to: kinds)
    case .back: return back()
    case .say(let words):
      message = words
      return []
    case .lookAt(let past): return lookAt(past)
    case .dropTypeahead:
      heldInputs = []
      return [.dropTypeahead]
    case .perform(let action): return perform(action)
    case .run(.confirm):
      // The question must be on the screen when it is answered.
      message = Message(.notice, Messages.confirmsHere)
      return pop()
    case .run(let action): return pop() + perform(action)
    case .handBack(let value): return pop() + (send(.handedBack(value)) ?? [])
    case .tell(let value): return send(.handedBack(value)) ?? []
    }
  }

  private mutating func ask(_ question: Question, _ slot: RequestKey, for layer: Int)
    -> [DeskEffect]
  {
    guard let place = layers.firstIndex(where: { $0.number == layer }) else { return [] }
    numbers += 1
    let ticket = RequestToken(layer: layer, slot: slot, number: numbers)
    let old = layers[place].open.updateValue(ticket, forKey: slot)
    return (old.map { [.forget($0)] } ?? []) + [.ask(question, ticket, state.moment)]
  }
}
