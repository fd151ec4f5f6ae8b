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
    let start = try open(options)
    let terminal = try CursesTerminal(
      CursesTerminal.Options(
        color: options.color ? .auto : .never, mouse: options.mouse, ascii: options.ascii))
    defer { terminal.close() }
    switch start {
    case .open(let store):
      var desk = Desk(terminal, options, first: AdoptScreen())
      try desk.open(store)
      return try desk.loop()
    case .adopt(let first):
      var desk = Desk(terminal, options, first: first)
      try desk.offerAdoption()
      return try desk.loop()
    }
  }

  /// What the desk begins with.
  private enum Start {
    case open(AccessStore)
    /// The file of an application, which can be adopted.
    case adopt(any Screen)
  }

  /// Opens the database, or finds out how it can be adopted.
  private static func open(_ options: DeskOptions) throws(AccessError) -> Start {
    do throws(AccessError) {
      if let password = options.password {
        return .open(
          try AccessStore.open(
            server: options.path, password: password,
            access: options.readOnly ? .readOnly : .automatic, origin: .desk))
      }
      return .open(
        try AccessStore.open(
          options.path, access: options.readOnly ? .readOnly : .automatic, origin: .desk))
    } catch {
      guard case .noTables(_, _, let mapping) = error, !options.readOnly else { throw error }
      if mapping != nil { return .adopt(AdoptScreen()) }
      let suggestions = try AccessStore.suggestMappings(options.path)
      guard suggestions[0].mapping != nil else { throw error }
      return .adopt(SuggestScreen(suggestions))
    }
  }

  private let terminal: CursesTerminal
  private let path: String
  private let mailbox: MessageQueue
  private let adopter: AdoptionWorker
  /// Both are there when the database is open.
  private var reader: ReaderWorker?
  private var writer: WriterWorker?
  private var filer: FileWorker?
  /// The folder for files, if there is one.
  private let files: String?
  private var model: DeskModel
  private var exitStatus: Int32?
  private let clock = ContinuousClock()
  private let began: ContinuousClock.Instant

  private init(_ terminal: CursesTerminal, _ options: DeskOptions, first: any Screen) {
    self.terminal = terminal
    path = options.path
    files = options.files
    began = clock.now
    let waker = terminal.waker
    mailbox = MessageQueue { waker.wake() }
    adopter = AdoptionWorker(path: path, mailbox)
    model = DeskModel(DeskState(adopting: path, size: terminal.size), first: first)
  }

  /// Works on a database from now on.
  private mutating func open(_ store: AccessStore, after adoption: Adoption? = nil) throws {
    var state = try DeskState(of: store, size: terminal.size)
    if store.isOnServer { state.path = ServerLocation.forCommands(path) }
    state.files = files
    state.ownChanges = [adoption?.backfill.change].compactMap(\.self)
    let message = adoption.map { Message(.done, Messages.sentence(AdoptionMessages.done($0))) }
    model = DeskModel(state, message: message)
    writer = WriterWorker(store, mailbox)
    filer = FileWorker(store, mailbox)
    let reader = ReaderWorker(store, mailbox)
    self.reader = reader
    // A stopped desk must not keep other programs from the database.
    terminal.aroundStop = { reader.whileIdle($0) }
    paint()
    guard reader.start() else { throw AccessError.outOfMemory }
    _ = try perform(model.start())
  }

  /// Shows how the file can be adopted.
  private mutating func offerAdoption() throws {
    paint()
    _ = try perform(model.start())
  }

  /// The time since the desk began, by a clock that goes on evenly.
  private var now: Duration { began.duration(to: clock.now) }

  private mutating func paint() {
    terminal.paint(model.frame())
    model.painted(at: now)
  }

  private mutating func loop() throws -> Int32 {
    while exitStatus == nil {
      try handle(terminal.wait(milliseconds: millisecondsToWait))
      for delivery in mailbox.collect() { _ = try perform(model.receive(delivery)) }
      _ = try perform(model.tick(at: now))
      if exitStatus == nil { paint() }
    }
    reader?.stop()
    waitForRollback()
    return exitStatus ?? 0
  }

  /// Until the model wants to be told the time, whole milliseconds; nil if it does not.
  private var millisecondsToWait: Int? {
    model.deadline.map { Int((max(.zero, $0 - now) / .milliseconds(1)).rounded(.up)) }
  }

  /// A write that is under way when the desk ends is taken back before the program ends.
  private func waitForRollback() {
    while writer?.isBusy == true || filer?.isBusy == true || adopter.isBusy {
      writer?.stop()
      filer?.stop()
      adopter.stop()
      _ = terminal.wait(milliseconds: 50)
    }
  }

  private mutating func handle(_ events: [TerminalEvent]) throws {
    let now = now
    for event in events where exitStatus == nil {
      switch event {
      case .event(let event):
        // A question was opened: what was typed before it was on the screen is no answer.
        if try perform(model.handle(event, at: now)) { return }
      case .otherInput: model.takeOtherInput(at: now)
      case .signal(SIGINT): _ = try perform(model.interrupt())
      case .signal(let number): exitStatus = 128 + number
      case .hangUp: exitStatus = 128 + SIGHUP
      case .woken: break
      }
    }
  }

  /// Carries out effects; true when waiting keys were thrown away.
  private mutating func perform(_ effects: [RuntimeEffect]) throws -> Bool {
    var isDropping = false
    for effect in effects {
      switch effect {
      case .ask(let question, let ticket, let moment): reader?.ask(question, ticket, at: moment)
      case .forget(let ticket): reader?.forget(ticket)
      case .apply(let plan, let reason): writer?.apply(plan, reason: reason)
      case .survey(let mapping): adopter.survey(mapping: mapping)
      case .adopt(let mapping): adopter.adopt(mapping: mapping)
      case .reopen(let adoption):
        try open(try AccessStore.open(path, origin: .desk), after: adoption)
      case .writeFile(let file): filer?.write(file, at: model.state.moment)
      case .stopWriting:
        writer?.stop()
        filer?.stop()
        adopter.stop()
      case .dropTypeahead:
        terminal.dropTypeahead()
        isDropping = true
      case .leave(let status): exitStatus = status
      }
    }
    return isDropping
  }
}
