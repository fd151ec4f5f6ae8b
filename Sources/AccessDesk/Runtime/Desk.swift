internal import CompanyAccess
internal import CursesTerminal
internal import Glibc
internal import TerminalUI

/// The desk in a terminal: the main loop between the terminal, the model and the workers.
package struct Desk {
  /// Opens the desk and works until the operator leaves.
  ///
  /// - Parameter options: The database, and how to show it.
  /// - Returns: The exit status: 0, or 128 and the number of the signal that ended it.
  /// - Throws: `AccessError` for a database that can't be opened, `TerminalError` for a terminal
  ///   that can't show the desk.
  package static func run(_ options: DeskOptions) throws -> Int32 {
    let store = try AccessStore.open(
      options.path, access: options.readOnly ? .readOnly : .automatic, origin: .desk)
    let terminal = try CursesTerminal(
      CursesTerminal.Options(
        color: options.color ? .auto : .never, mouse: options.mouse, ascii: options.ascii))
    defer { terminal.close() }
    var desk = Desk(terminal, store, try DeskState(of: store, size: terminal.size))
    return desk.loop()
  }

  private let terminal: CursesTerminal
  private let reader: ReaderWorker
  private let writer: WriterWorker
  private let mailbox: Mailbox
  private var model: DeskModel
  private var exitStatus: Int32?

  private init(_ terminal: CursesTerminal, _ store: AccessStore, _ state: DeskState) {
    self.terminal = terminal
    let waker = terminal.waker
    mailbox = Mailbox { waker.wake() }
    reader = ReaderWorker(store, mailbox)
    writer = WriterWorker(path: store.path, mailbox)
    model = DeskModel(state)
  }

  private mutating func loop() -> Int32 {
    terminal.paint(model.frame())
    guard reader.start() else { return 71 }
    carryOut(model.start())
    while exitStatus == nil {
      handle(terminal.wait(milliseconds: nil))
      for delivery in mailbox.collect() { carryOut(receive(delivery)) }
      if exitStatus == nil { terminal.paint(model.frame()) }
    }
    reader.stop()
    waitForRollback()
    return exitStatus ?? 0
  }

  /// A write that is under way when the desk ends is taken back before the program ends.
  private func waitForRollback() {
    while writer.isBusy {
      writer.stop()
      _ = terminal.wait(milliseconds: 50)
    }
  }

  private mutating func handle(_ events: [TerminalEvent]) {
    for event in events where exitStatus == nil {
      switch event {
      case .event(let event):
        // A question was opened: what was typed before it was on the screen is no answer.
        if carryOut(model.handle(event)) { return }
      case .signal(SIGINT): carryOut(model.interrupt())
      case .signal(let number): exitStatus = 128 + number
      case .hangUp: exitStatus = 128 + SIGHUP
      case .woken: break
      }
    }
  }

  private mutating func receive(_ delivery: Delivery) -> [DeskEffect] {
    switch delivery {
    case .answer(let answer, let ticket): model.receive(answer, for: ticket)
    case .changed: model.databaseChanged()
    case .progress(let progress, let seconds): model.receive(progress, secondsLeft: seconds)
    case .applied(let result, let intent): model.applied(result, of: intent)
    case .writeFailed(let error): model.writeFailed(error)
    }
  }

  /// Carries out effects; true when waiting keys were thrown away.
  @discardableResult
  private mutating func carryOut(_ effects: [DeskEffect]) -> Bool {
    var isDropping = false
    for effect in effects {
      switch effect {
      case .ask(let question, let ticket, let moment): reader.ask(question, ticket, at: moment)
      case .forget(let ticket): reader.forget(ticket)
      case .apply(let plan, let reason): writer.apply(plan, reason: reason)
      case .stopWriting: writer.stop()
      case .dropTypeahead:
        terminal.dropTypeahead()
        isDropping = true
      case .leave(let status): exitStatus = status
      }
    }
    return isDropping
  }
}
