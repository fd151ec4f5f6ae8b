internal import CSystem
package import CompanyAccess
internal import Glibc
internal import Synchronization

/// Answers questions on a thread of its own, and notices when the database changes.
///
/// The rows of a list come first: a count or a statistic that is being worked out is stopped for
/// them, and begun again afterwards.
package final class ReaderWorker: Sendable {
  private struct Task: Sendable {
    let question: Question
    let ticket: RequestToken
    let moment: Moment
    let work: Work

    init(_ question: Question, _ ticket: RequestToken, at moment: Moment, _ mailbox: MessageQueue) {
      self.question = question
      self.ticket = ticket
      self.moment = moment
      work = question == .examine ? Work { mailbox.post(.answering($0, ticket)) } : Work()
    }
  }

  private struct State {
    var waiting: [Task] = []
    var current: Task?
    /// Whether the current task is to be done again because another was more urgent.
    var isPostponed = false
    var isPaused = false
    var isStopping = false
  }

  /// How often an idle worker looks whether another program changed the file, or asks a server.
  private static let (fileMilliseconds, serverMilliseconds): (Int32, Int32) = (400, 1_000)

  private var idleMilliseconds: Int32 {
    store.isOnServer ? Self.serverMilliseconds : Self.fileMilliseconds
  }

  private let store: AccessStore
  private let mailbox: MessageQueue
  private let bell = csystem_event_counter()
  private let state = Mutex(State())
  /// Held while the database is read.
  private let reading = Mutex(())

  package init(_ store: AccessStore, _ mailbox: MessageQueue) {
    self.store = store
    self.mailbox = mailbox
  }

  deinit { close(bell) }

  /// Begins to answer; false when there can be no more threads.
  package func start() -> Bool { Thread.start { self.run() } }

  /// Ends the thread after what it does at present.
  package func stop() {
    state.withLock { state in
      state.isStopping = true
      state.waiting = []
      state.current?.work.cancel()
    }
    csystem_event_add(bell)
  }

  package func ask(_ question: Question, _ ticket: RequestToken, at moment: Moment) {
    state.withLock { state in
      let task = Task(question, ticket, at: moment, mailbox)
      if ticket.slot.isUrgent {
        let place = state.waiting.firstIndex { !$0.ticket.slot.isUrgent } ?? state.waiting.count
        state.waiting.insert(task, at: place)
        if let current = state.current, !current.ticket.slot.isUrgent {
          state.isPostponed = true
          current.work.cancel()
        }
      } else {
        state.waiting.append(task)
      }
    }
    csystem_event_add(bell)
  }

  /// Runs the body while nothing is read, so that no lock on the database is held meanwhile.
  ///
  /// What is being worked out is begun again afterwards.
  package func whileIdle(_ body: () -> Void) {
    state.withLock { state in
      state.isPaused = true
      state.isPostponed = state.current != nil
      state.current?.work.cancel()
    }
    reading.withLock { _ in body() }
    state.withLock { $0.isPaused = false }
    csystem_event_add(bell)
  }

  /// Drops a question whose answer no screen waits for any more.
  package func forget(_ ticket: RequestToken) {
    state.withLock { state in
      state.waiting.removeAll { $0.ticket == ticket }
      guard state.current?.ticket == ticket else { return }
      state.isPostponed = false
      state.current?.work.cancel()
    }
  }

  // MARK: - The thread

  private func run() {
    var version = try? store.dataVersion()
    var watch = LockWatch()
    // Something could not be read because another program held the file.
    var isMissing = false
    while !state.withLock({ $0.isStopping }) {
      if let task = next() {
        let answer = reading.withLock { _ in
          task.question.answer(from: store, at: task.moment, work: task.work)
        }
        if case .failed(.busy) = answer { isMissing = true }
        if case .failed(.serverUnavailable(let place, let detail)) = answer {
          askAgain(task)
          version = waitForServer(LostServer(place: place, detail: detail, since: .now))
          continue
        }
        finish(task, answer)
        continue
      }
      let isIdle = wait(idleMilliseconds)
      if store.isOnServer {
        if isIdle || version == nil { version = look(since: version, &isMissing) }
        continue
      }
      let look = reading.withLock { _ -> (news: LockWatch.LockEvent?, found: Int?) in
        let news = isIdle ? watch.look(at: store, version: version) : nil
        if isIdle { store.releaseMemory() }
        return (news, isIdle || version == nil ? try? store.dataVersion() : nil)
      }
      if let news = look.news { mailbox.post(.held(news.held)) }
      guard let found = look.found else { continue }
      if isMissing || version.map({ $0 != found }) == true { mailbox.post(.changed) }
      isMissing = false
      version = found
    }
  }

  /// Waits for something to do, and at most so long; true if nothing came.
  private func wait(_ milliseconds: Int32) -> Bool {
    var poller = pollfd(fd: bell, events: Int16(POLLIN), revents: 0)
    let isIdle = poll(&poller, 1, milliseconds) == 0
    csystem_event_drain(bell)
    return isIdle
  }

  // MARK: - A server

  /// Asks a server for its newest change, and says that there is one.
  ///
  /// - Parameters:
  ///   - version: The newest that is known.
  ///   - isMissing: Whether something could not be read, and is to be asked for again.
  /// - Returns: The newest change.
  private func look(since version: Int?, _ isMissing: inout Bool) -> Int? {
    do throws(AccessError) {
      let found = try reading.withLock { _ throws(AccessError) in try store.dataVersion() }
      if isMissing || version.map({ $0 != found }) == true { mailbox.post(.changed) }
      isMissing = false
      return found
    } catch .serverUnavailable(let place, let detail) {
      return waitForServer(LostServer(place: place, detail: detail, since: .now))
    } catch {
      return version
    }
  }

  /// Says that the connection has gone, tries to open another one each second, and says that it is
  /// there.
  ///
  /// What is asked meanwhile waits.
  ///
  /// - Returns: The newest change.
  private func waitForServer(_ lost: LostServer) -> Int? {
    mailbox.post(.lost(lost))
    while !state.withLock({ $0.isStopping }) {
      _ = wait(Self.serverMilliseconds)
      if let found = try? store.dataVersion() {
        mailbox.post(.lost(nil))
        return found
      }
    }
    return nil
  }

  /// Puts a question back that was not answered because the connection has gone.
  private func askAgain(_ task: Task) {
    state.withLock { state in
      defer { (state.current, state.isPostponed) = (nil, false) }
      // The screen that asked may have gone meanwhile.
      guard !task.work.isCancelled || state.isPostponed else { return }
      state.waiting.insert(Task(task.question, task.ticket, at: task.moment, mailbox), at: 0)
    }
  }

  private func next() -> Task? {
    state.withLock { state in
      guard !state.isStopping, !state.isPaused, !state.waiting.isEmpty else { return nil }
      let task = state.waiting.removeFirst()
      state.current = task
      return task
    }
  }

  private func finish(_ task: Task, _ answer: Answer) {
    let isDone = state.withLock { state in
      defer {
        state.current = nil
        state.isPostponed = false
      }
      guard state.isPostponed, answer == .failed(.cancelled) else { return true }
      // The same once more, after it was stopped for something more urgent.
      state.waiting.append(Task(task.question, task.ticket, at: task.moment, mailbox))
      return false
    }
    if isDone { mailbox.post(.answer(answer, task.ticket)) }
  }
}

extension RequestKey {
  /// Whether the operator waits for the answer before anything can go on.
  fileprivate var isUrgent: Bool {
    switch self {
    case .page, .columns, .cells, .subject, .plan, .step, .names: true
    case .count, .columnCount, .tally, .figures, .examination, .lookAlikes, .preview, .command:
      false
    }
  }
}
