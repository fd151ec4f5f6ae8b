internal import CompanyAccess
package import TerminalUI

/// The whole desk as a value: a stack of screens, and what surrounds them.
///
/// Events go in, effects come out, and `frame` shows the state. Nothing here waits or reads.
package struct DeskModel: Sendable {
  package internal(set) var state: DeskState
  package internal(set) var message: Message? { didSet { state.messageRows = messageRows } }
  var screens: ScreenStack
  /// Set when leaving was asked for once although something is ticked or typed.
  private(set) var isLeavingAsked = false
  /// Keys and pastes that came before the rows that they are about.
  var heldInputs: [Event] = []
  private var gate = ConfirmationGate()
  /// The time that was last told.
  private var now = Duration.zero

  /// A desk; `message` is what it says first.
  package init(
    _ state: DeskState, first: any Screen = MenuScreen(), message: Message? = nil
  ) {
    self.state = state
    screens = ScreenStack(first)
    self.message = message ?? state.readOnly.map { Message(.notice, Messages.onlyReading($0)) }
    self.state.messageRows = messageRows
  }

  /// The screen on top.
  package var top: any Screen { screens.top }
  /// How many screens are open.
  package var depth: Int { screens.depth }

  /// The effects with which the desk begins.
  package mutating func start() -> [RuntimeEffect] {
    startTop()
  }

  // MARK: - What happens

  /// Takes an event of the terminal.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - now: When it came, by a clock that goes on evenly.
  /// - Returns: What the runtime is to do.
  package mutating func handle(_ event: Event, at now: Duration) -> [RuntimeEffect] {
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
  package mutating func tick(at now: Duration) -> [RuntimeEffect] {
    self.now = now
    // What is asked may have become another question meanwhile.
    guard let confirmed = gate.confirmed(at: now), confirmed == asked else { return [] }
    return perform(answer)
  }

  /// What `y` does on the screen on top, if it asks something.
  private var answer: ActionID {
    top.kind.actions.contains(.replaceFile) ? .replaceFile : .confirm
  }

  /// The action that a key starts here, if it starts one.
  private func action(for key: Key) -> Action? {
    Actions.action(for: key, on: top.kind).flatMap { isThere($0.id) ? $0 : nil }
  }

  /// Whether there is such an action: files are written only where the desk has a folder for them.
  func isThere(_ id: ActionID) -> Bool { id != .writeFile || state.files != nil }

  /// What `y` would answer now.
  private var asked: ConfirmationGate.Asked? {
    top.question.map { .init(layer: screens.number, question: $0) }
  }

  private mutating func confirm() -> [RuntimeEffect] {
    guard let asked, let refusal = gate.answer(asked, at: now) else { return [] }
    message = Message(
      .notice, refusal == .tooEarly ? Messages.confirmLater : Messages.confirmAlone)
    return []
  }

  private mutating func handle(_ event: Event) -> [RuntimeEffect] {
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
    let action = isText(key) || isTextToCome(key) ? nil : action(for: key)?.id
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
  mutating func takeHeldInputs() -> [RuntimeEffect] {
    var effects: [RuntimeEffect] = []
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
  private mutating func paste(_ text: String) -> [RuntimeEffect] {
    top.editsText ? send(.paste(text)) ?? [] : []
  }

  private mutating func press(_ key: Key) -> [RuntimeEffect] {
    message = nil
    if top.types(key), let effects = send(.key(key)) {
      isLeavingAsked = false
      return effects
    }
    if isText(key) { return [] }
    guard let action = action(for: key) else {
      isLeavingAsked = false
      message = Message(.notice, Messages.noMeaning(key))
      return []
    }
    if action.id == answer, whyDisabled(answer) == nil {
      isLeavingAsked = false
      return confirm()
    }
    return perform(action.id)
  }

  /// Whether a printable key would be typed into a field.
  func isText(_ key: Key) -> Bool {
    if case .character = key { top.types(key) } else { false }
  }

  /// Whether a printable key is meant for a field that is not there yet.
  private func isTextToCome(_ key: Key) -> Bool {
    if case .character = key { top.isSettling && top.awaitsText } else { false }
  }

  /// Does what an action says, if it may be done now.
  package mutating func perform(_ id: ActionID) -> [RuntimeEffect] {
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
    case .earlier, .later: return step(newer: id == .later)
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

  private mutating func mouse(_ action: MouseAction, _ position: Position) -> [RuntimeEffect] {
    switch action {
    case .wheelUp: return perform(.up)
    case .wheelDown: return perform(.down)
    case .press: return send(.press(position, double: false)) ?? []
    case .doublePress: return send(.press(position, double: true)) ?? []
    }
  }

  /// Takes `q` in a window that shows nothing else: asks once, like Ctrl-C, before work is lost.
  private mutating func leaveSmallWindow() -> [RuntimeEffect] {
    if state.isWriting { return [.stopWriting] }
    isLeavingAsked = !isLeavingAsked && screens.holdsWork
    return isLeavingAsked ? [] : leave(status: 0)
  }

  /// Takes Ctrl-C: stops a running write or examination, otherwise leaves.
  package mutating func interrupt() -> [RuntimeEffect] {
    if state.isWriting { return [.stopWriting] }
    if top.isWorking, depth > 1 {
      message = Message(.notice, Messages.cancelled)
      return pop()
    }
    if !isLeavingAsked, screens.holdsWork {
      isLeavingAsked = true
      message = Message(.notice, Messages.leavingLosesWork(.control("c")))
      return []
    }
    return leave(status: 130)
  }

  // MARK: - The stack

  private mutating func undo() -> [RuntimeEffect] {
    guard let change = state.ownChanges.last else {
      message = Message(.notice, Messages.nothingToUndo)
      return []
    }
    return push(ConfirmationScreen(.undo(change)))
  }

  private mutating func lookAt(_ past: Past?) -> [RuntimeEffect] {
    state.past = past
    state.coverage = nil
    if past == nil { message = Message(.notice, Messages.backToNow) }
    return databaseChanged()
  }

  /// Goes to the moment of the change before or after the one that is shown.
  private mutating func step(newer: Bool) -> [RuntimeEffect] {
    guard state.past != nil || !newer else {
      message = Message(.notice, LogMessages.steps)
      return []
    }
    return ask(.step(newer: newer), .step, for: screens.number)
  }

  /// Shows the moment that was stepped to.
  mutating func stepped(_ step: MomentStep) -> [RuntimeEffect] {
    switch step {
    case .nowhere:
      message = Message(.notice, LogMessages.steps)
      return []
    case .toNow: return lookAt(nil)
    case .to(let resolved):
      let past = Past(resolved)
      message = Message(.notice, past.words)
      return lookAt(past)
    }
  }

  private mutating func back() -> [RuntimeEffect] {
    if state.isWriting { return [.stopWriting] }
    if top.holdsWork, !isLeavingAsked {
      isLeavingAsked = true
      message = Message(.notice, Messages.leavingLosesWork(.escape))
      return []
    }
    isLeavingAsked = false
    return depth > 1 ? pop() : leave(status: 0)
  }

  private func leave(status: Int32) -> [RuntimeEffect] { [.leave(status: status)] }

  private mutating func push(_ screen: any Screen) -> [RuntimeEffect] {
    screens.push(screen)
    return startTop()
  }

  private mutating func pop() -> [RuntimeEffect] {
    heldInputs = []
    let (open, isStale) = screens.pop()
    let forgotten = open.map { RuntimeEffect.forget($0) }
    return isStale ? forgotten + refreshTop() : forgotten
  }

  private mutating func popSteps() -> [RuntimeEffect] {
    var effects: [RuntimeEffect] = []
    while depth > 1, !top.kind.staysAfterWrite { effects += pop() }
    return effects
  }

  private mutating func startTop() -> [RuntimeEffect] {
    let effects = screens.start(state)
    return perform(effects, for: screens.number)
  }

  mutating func refreshTop() -> [RuntimeEffect] {
    screens.renewTop()
    return send(.changed) ?? []
  }

  // MARK: - Inputs and effects

  mutating func send(_ input: Input) -> [RuntimeEffect]? {
    send(input, to: screens.number)
  }

  mutating func send(_ input: Input, to number: Int) -> [RuntimeEffect]? {
    guard let effects = screens.update(input, state, of: number) else { return nil }
    return perform(effects, for: number)
  }

  private mutating func perform(_ effects: [Effect], for layer: Int) -> [RuntimeEffect] {
    effects.flatMap { perform($0, for: layer) }
  }

  private mutating func perform(_ effect: Effect, for layer: Int) -> [RuntimeEffect] {
    switch effect {
    case .ask(let question, let slot): return ask(question, slot, for: layer)
    case .runtime(let effect):
      switch effect {
      case .apply, .adopt, .writeFile: state.isWriting = true
      case .dropTypeahead: heldInputs = []
      default: break
      }
      return [effect]
    case .open(let screen): return push(screen)
    case .backFromWrite: return popSteps()
    case .remember(let kind, let order):
      state.orders[kind] = order
      return []
    case .back: return back()
    case .say(let words):
      message = words
      return []
    case .lookAt(let past): return lookAt(past)
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
    -> [RuntimeEffect]
  {
    guard let (token, earlier) = screens.ask(slot, for: layer) else { return [] }
    return (earlier.map { [.forget($0)] } ?? []) + [.ask(question, token, state.moment)]
  }
}
