package import CompanyAccess
package import TerminalUI

/// The question before every write: what would change, for whom, and whether to do it.
package struct ConfirmationScreen: Screen {
  /// How many pairs may change without their number being typed.
  static let pairsWithoutNumber = 1_000

  private var intent: Intent
  private var stage = Stage.counting
  private var reason = ReasonFields()
  /// The number of pairs, or another text that has to be typed before `y` confirms.
  private var typed = TextField(maximumLength: 400)
  private var scroll = LineScroll()
  /// How many plans with different contents have been shown.
  private var plansShown = 0
  /// The user whose companies are to be granted, if they were picked so.
  private let model: Entity?
  private var underWay = ProgressView()
  private var command = CommandView()

  private enum Stage: Sendable {
    case counting
    case asking(Plan)
    case typingReason(Plan)
    case writing(Plan)
    case failed(AccessError)

    var plan: Plan? {
      switch self {
      case .asking(let plan), .typingReason(let plan), .writing(let plan): plan
      case .counting, .failed: nil
      }
    }
  }

  /// Asks whether an intent is to be carried out.
  ///
  /// - Parameters:
  ///   - intent: What is wanted.
  ///   - model: The user whose companies are to be granted, if they were picked so.
  package init(_ intent: Intent, sameAs model: Entity? = nil) {
    self.intent = intent
    self.model = model
  }

  package var kind: ScreenKind { .confirmation }
  package var holdsWork: Bool { !reason.isEmpty && !isWriting }

  package var editsText: Bool {
    if case .typingReason = stage { return true }
    return demand != nil
  }

  /// Only digits belong to a number, and nothing to a text that is there; other keys keep their
  /// meaning.
  package func types(_ key: Key) -> Bool {
    guard let demand, case .character(let scalar) = key else { return editsText }
    if case .number = demand { return ("0"..."9").contains(scalar) }
    return !isSatisfied
  }

  /// None while another plan is on its way than the one that is shown.
  package var question: Int? {
    guard case .asking(let plan) = stage, !plan.isEmpty, plan.intent == intent else { return nil }
    return plansShown
  }

  private var isWriting: Bool {
    if case .writing = stage { true } else { false }
  }

  /// What has to be typed before `y` confirms.
  private enum Demand: Hashable {
    case number(Int)
    /// One of these.
    case text([String])

    /// What has to be typed.
    var texts: [String] {
      switch self {
      case .number(let number): [String(number)]
      case .text(let texts): texts
      }
    }
  }

  private var demand: Demand? {
    guard case .asking(let plan) = stage else { return nil }
    let texts = plan.textsToType
    if !texts.isEmpty { return .text(texts) }
    return plan.changedPairs > Self.pairsWithoutNumber ? .number(plan.changedPairs) : nil
  }

  /// Whether that has been typed.
  private var isSatisfied: Bool {
    switch (demand, stage) {
    case (.text?, .asking(let plan)): plan.isTyped(typed.text)
    case (.number(let number)?, _): typed.text == String(number)
    default: true
    }
  }

  package func heading(_ desk: DeskState) -> StyledLine {
    StyledLine([(DisplayText(ConfirmationMessages.title(intent, stage.plan)), .heading)])
  }

  package func whyDisabled(_ action: ActionID, _ desk: DeskState) -> String? {
    switch (action, stage) {
    case (.confirm, .asking(let plan)):
      if plan.isEmpty { return Messages.nothingChanged(plan) }
      if plan.intent != intent { return Messages.isBeingCounted }
      return ConfirmationMessages.ticketNeeded(plan, reason.value) ?? whatToType
    case (.overwrite, .asking(let plan)):
      guard case .undo(_, overwrite: false) = intent, plan.leftAlone > 0 else {
        return ConfirmationMessages.nothingLeftAlone
      }
      return nil
    case (.toggleGrantChanges, .asking):
      return intent.withOtherGrants == nil ? ConfirmationMessages.noOtherGrants : nil
    case (.toggleGrantChanges, _), (.confirm, _), (.overwrite, _), (.reason, .counting),
      (.reason, .failed), (.reason, .writing), (.equivalent, .counting), (.equivalent, .failed):
      return ConfirmationMessages.notNow
    default: return nil
    }
  }

  /// What has to be typed before `y`, as a sentence; nil if nothing.
  private var whatToType: String? {
    guard let demand, !isSatisfied else { return nil }
    if case .number(let number) = demand { return ConfirmationMessages.typeNumber(number) }
    return ConfirmationMessages.typeText(demand.texts)
  }

  package mutating func start(_ desk: DeskState) -> [Effect] {
    // Keys pressed before the question was on the screen are not an answer to it.
    [.runtime(.dropTypeahead), .ask(.plan(intent), .plan)]
  }

  package mutating func update(_ input: Input, _ desk: DeskState) -> [Effect]? {
    switch input {
    // One that comes after `y` was asked for before it.
    case .answer(.plan, let answer): return isWriting ? [] : take(answer)
    case .answer(.command, let answer): return command.take(answer, for: intent)
    case .changed: return recount()
    case .key(let key): return type(key)
    case .paste(let text):
      if case .typingReason = stage {
        reason.paste(text)
      } else if demand != nil {
        typed.paste(text)
      }
      return []
    case .action(let action): return act(action, desk)
    case .progress(let progress, let secondsLeft):
      underWay = ProgressView(progress: progress, secondsLeft: secondsLeft)
      return []
    case .applied(let result): return finish(result)
    case .failed(let error): return fail(error)
    case .press, .answer, .surveyed, .handedBack, .fileWritten: return []
    }
  }

  private mutating func take(_ answer: Answer) -> [Effect] {
    switch answer {
    case .plan(let plan):
      let old = stage.plan.flatMap { $0.intent == plan.intent ? $0 : nil }
      let isOther = old.map { !$0.doesTheSame(as: plan) } ?? true
      if isOther { plansShown += 1 }
      if case .typingReason = stage { stage = .typingReason(plan) } else { stage = .asking(plan) }
      let effects = command.ask(intent)
      guard isOther else { return effects }
      return effects + [.runtime(.dropTypeahead)] + (old == nil ? [] : [askAgain()])
    case .failed(.cancelled): return []
    case .failed(let error) where intent.isOfForm(error):
      return [.handBack(.conflict), .say(Messages.problem(error))]
    case .failed(let error):
      stage = .failed(error)
      return [.say(Messages.problem(error))]
    default: return []
    }
  }

  private mutating func askAgain() -> Effect {
    typed.clear()
    return .say(Message(.notice, Messages.countedAgain))
  }

  /// The table moved: a plan is only worth confirming for the state that it was made on.
  private mutating func recount() -> [Effect] {
    isWriting ? [] : [.ask(.plan(intent), .plan)]
  }

  private mutating func type(_ key: Key) -> [Effect]? {
    if case .typingReason(let plan) = stage {
      switch key {
      case .enter:
        if let problem = reason.check() {
          return [.say(Message(.notice, Messages.sentence("\(problem)")))]
        }
        stage = .asking(plan)
      case .escape:
        reason = ReasonFields()
        stage = .asking(plan)
      default: return reason.handle(key) ? [] : nil
      }
      return []
    }
    if typed.handle(key) { return [] }
    guard key == .enter else { return nil }
    return [.say(Message(.notice, whatToType ?? Messages.nowConfirm))]
  }

  private mutating func act(_ action: ActionID, _ desk: DeskState) -> [Effect]? {
    switch (action, stage) {
    case (.confirm, .asking(let plan)):
      stage = .writing(plan)
      return [.runtime(.apply(plan, reason: reason.value))]
    case (.reason, .asking(let plan)):
      if !plan.needsTicket(reason.value).isEmpty { reason.showTicket() }
      stage = .typingReason(plan)
      return []
    case (.toggleGrantChanges, .asking):
      guard let other = intent.withOtherGrants else { return [] }
      intent = other
      typed.clear()
      return [.ask(.plan(intent), .plan)]
    case (.equivalent, _): return command.toggle(intent)
    case (.overwrite, .asking):
      guard case .undo(let change, _) = intent else { return [] }
      intent = .undo(change, overwrite: true)
      return [.ask(.plan(intent), .plan)]
    case (.back, .writing): return [.runtime(.stopWriting)]
    default:
      let count = lines(desk).lines.count
      return scroll.move(action, count: count, height: desk.body.rows - 2) ? [] : nil
    }
  }

  private func finish(_ result: ChangeResult) -> [Effect] {
    guard let plan = stage.plan else { return [.back] }
    var effects: [Effect] = [.backFromWrite, .say(Messages.done(result, of: plan))]
    if case .entity(let edit) = plan.intent, case .add = edit.action, let change = result.change {
      effects.append(.tell(.added(by: change)))
    }
    switch plan.intent {
    case .edits, .revoke: effects.append(.tell(.written))
    default: break
    }
    return effects
  }

  private mutating func fail(_ error: AccessError) -> [Effect] {
    underWay = ProgressView()
    if case .planChanged(let plan) = error {
      stage = .asking(plan)
      plansShown += 1
      return [.runtime(.dropTypeahead), askAgain()]
    }
    if intent.isOfForm(error) { return [.handBack(.conflict), .say(Messages.problem(error))] }
    // The plan still stands; after a look at what went wrong it can be confirmed again.
    if let plan = stage.plan { stage = .asking(plan) }
    return [.say(Messages.problem(error)), .ask(.plan(intent), .plan)]
  }

  // MARK: - Drawing

  /// What there is to read, and which lines are a command.
  private func lines(_ desk: DeskState) -> (lines: [StyledLine], command: Range<Int>) {
    switch stage {
    case .counting: return ([StyledLine(MenuMessages.counting, .faint)], 0..<0)
    case .failed: return ([StyledLine(ConfirmationMessages.failed)], 0..<0)
    case .asking(let plan), .typingReason(let plan), .writing(let plan):
      let shown = command.lines(plan, reason, desk)
      let rest = ConfirmationMessages.lines(
        plan, sameAs: model, reason: reason.value, width: desk.size.columns - 4)
      return (shown.lines + rest, shown.command)
    }
  }

  package func draw(into frame: inout Frame, area: Area, _ desk: DeskState) {
    let (lines, command) = lines(desk)
    let page = QuestionPage(
      lines: lines, scroll: scroll, flush: command,
      wayOut: isWriting ? ConfirmationMessages.wayOut : nil)
    drawQuestion(into: &frame, page.draw(into: &frame, area: area))
  }

  private func drawQuestion(into frame: inout Frame, _ area: Area) {
    let here = Position(column: area.column, row: area.row)
    switch stage {
    case .counting, .failed: break
    case .typingReason: reason.draw(into: &frame, area: area)
    case .writing: underWay.draw(into: &frame, area)
    case .asking(let plan):
      guard !plan.isEmpty else {
        frame.put(DisplayText(Messages.nothingChanged(plan)), at: here, style: .warning)
        return
      }
      let question = ConfirmationMessages.question(plan)
      guard let demand else {
        let keys = ConfirmationMessages.answers
        let words = DisplayText(question).cut(to: area.columns - keys.width)
        let end = frame.put(words + keys, at: here, style: .heading)
        frame.cursor = Position(column: end, row: area.row)
        return
      }
      let short = DisplayText(ConfirmationMessages.typeThenConfirm(demand.texts))
      let words = DisplayText("\(question) ") + short
      let column = frame.put(
        words.width > area.columns - 12 ? short : words,
        at: here, width: area.columns - 12, style: .heading)
      let room = area.columns - (column - area.column)
      typed.draw(
        into: &frame, area: Area(column: column, row: area.row, columns: room, rows: 1),
        isFocused: true)
    }
  }
}

extension ScreenKind {
  package static let confirmation = ScreenKind(
    "confirmation", ScreenTitles.confirmation,
    menu: [
      .bulkAdd: {
        let (users, companies) = (UserQuery(), CompanyQuery())
        return ConfirmationScreen(
          .bulkGrant(.matching(users, except: []), .matching(companies, except: [])))
      }
    ],
    actions: .everywhere + .moves + [
      .confirm, .reason, .overwrite, .toggleGrantChanges, .equivalent,
    ])
}

extension Intent {
  /// The same with the grants that hang on it, or without; nil where they are not to be chosen.
  fileprivate var withOtherGrants: Intent? {
    guard case .entity(var edit) = self else { return nil }
    if case .delete = edit.action { return nil }
    edit.changesGrants.toggle()
    return .entity(edit)
  }

  /// Whether an error is for the form that this comes from to deal with.
  fileprivate func isOfForm(_ error: AccessError) -> Bool {
    guard case .entity(let edit) = self else { return false }
    switch (edit.action, error) {
    case (.add, .invalid), (.edit, .invalid), (.edit, .editedMeanwhile): return true
    default: return false
    }
  }
}
