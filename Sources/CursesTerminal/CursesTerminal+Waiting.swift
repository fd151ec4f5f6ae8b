internal import CSystem
internal import Glibc
internal import TerminalUI

extension CursesTerminal {
  /// Waits for the keyboard, wakers and signals, and returns everything that is there.
  ///
  /// Not one by one, so that the caller paints once for all. Empty when nothing came within the
  /// given time; nil waits for ever.
  package func wait(milliseconds: Int? = nil) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    let end = milliseconds.map { Self.now() + max(0, $0) }
    while true {
      var descriptors = [
        pollfd(fd: signalDescriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: waker.counter.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: readsKeys ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
      ]
      // An ESC at the end is waited for, since painting first would make its time uncertain.
      let until = [events.isEmpty ? end : nil, decoder.deadline].compactMap { $0 }.min()
      let timeout = until.map { Int32(clamping: max(0, $0 - Self.now())) } ?? -1
      let count = poll(&descriptors, nfds_t(descriptors.count), timeout)
      if descriptors[0].revents != 0 { events += takeSignals() }
      if descriptors[1].revents != 0 {
        csystem_event_drain(waker.counter.descriptor)
        events.append(.woken)
      }
      if count > 0 && descriptors[2].revents != 0 {
        // A flood must not keep signals and wakers waiting.
        events += readKeys(atMost: 16).map { .event($0) }
        if decoder.takeOtherInput() { events.append(.otherInput) }
      } else {
        events += decoder.expire(at: Self.now()).map { .event($0) }
      }
      if connection == .lost {
        connection = .gone
        events.append(.hangUp)
      }
      if !events.isEmpty && !decoder.holdsEscape { return events }
      if let end, events.isEmpty, Self.now() >= end { return [] }
    }
  }

  /// A terminal that has hung up is always ready, with nothing.
  private var readsKeys: Bool { ownsScreen && connection == .up }

  private func takeSignals() -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    while case let number = csystem_next_signal(signalDescriptor), number != 0 {
      switch number {
      case SIGWINCH:
        guard ownsScreen else { continue }
        resize()
        events.append(.event(.resize(size)))
      case SIGTSTP: events += stopAndContinue()
      case SIGCONT: events += continued()
      default: events.append(.signal(number))
      }
    }
    return events
  }

  /// Gives the terminal to the shell until it says `fg`.
  ///
  /// After `bg` the process stops again because it wants the terminal, as programs do that have
  /// one, but not before it has seen what else was sent to it.
  private func stopAndContinue() -> [TerminalEvent] {
    var isInFront = suspend()
    while !isInFront {
      var wasContinued = false
      var events: [TerminalEvent] = []
      while case let number = csystem_next_signal(signalDescriptor), number != 0 {
        if number == SIGCONT { wasContinued = true }
        if Self.endingSignals.contains(number) { events.append(.signal(number)) }
      }
      if !events.isEmpty { return events }
      // No process could continue it, so it was not stopped either.
      if !wasContinued {
        connection = .lost
        return []
      }
      aroundStop { csystem_stop(SIGTTOU) }
      isInFront = isInForeground
    }
    takeScreen()
    return [.event(.resize(size))]
  }

  /// Another process stopped this one, or the shell that did it changed the terminal.
  private func continued() -> [TerminalEvent] {
    guard isInForeground else { return ownsScreen ? stopAndContinue() : [] }
    takeScreen()
    return [.event(.resize(size))]
  }

  /// What the keyboard has sent, in at most so many reads.
  func readKeys(atMost reads: Int) -> [Event] {
    var events: [Event] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    for _ in 0..<reads where readsKeys {
      var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      if poll(&input, 1, 0) <= 0 { break }
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0 && (errno == EAGAIN || errno == EINTR) { break }
      if count > 0 {
        events += decoder.feed(buffer[..<count], at: Self.now())
      } else {
        connection = .lost
      }
    }
    return events
  }

  private static let endingSignals: Set<Int32> = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// Milliseconds of the monotonic clock.
  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
