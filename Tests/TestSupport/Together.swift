internal import Glibc
internal import Synchronization

/// Runs several things at the same time, each on a thread of its own, and waits for all of them.
///
/// - Parameter bodies: What to do.
/// - Returns: The errors that they threw, in no order.
package func runTogether(_ bodies: [@Sendable () throws -> Void]) -> [any Error] {
  let errors = Errors()
  let threads = bodies.map { body in
    let box = Unmanaged.passRetained(
      Body {
        do { try body() } catch { errors.add(error) }
      })
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, box.toOpaque())
    precondition(failure == 0, "no thread can be started")
    return thread
  }
  for thread in threads { pthread_join(thread, nil) }
  return errors.all
}

private final class Body: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private final class Errors: Sendable {
  private let errors = Mutex<[any Error]>([])
  func add(_ error: any Error) { errors.withLock { $0.append(error) } }
  var all: [any Error] { errors.withLock { $0 } }
}
