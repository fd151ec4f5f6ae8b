import Database
import DatabasePostgres
import Glibc
import Synchronization
import TestSupport
import Testing
@testable import CompanyAccess

/// An application that makes, edits and deletes users as fast as it can, until it is told to stop.
final class WritingApplication: Sendable {
  private let database: PostgresDatabase
  private let isStopping = Atomic<Bool>(false)
  private let hasEnded = Atomic<Bool>(false)
  let done = Atomic<Int>(0)
  let longest = Atomic<Int>(0)
  let failure = Mutex<(any Error)?>(nil)

  init(_ database: PostgresDatabase) {
    self.database = database
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<WritingApplication>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, argument)
    pthread_detach(thread)
  }

  func wait(for rounds: Int) {
    let goal = done.load(ordering: .acquiring) + rounds
    while done.load(ordering: .acquiring) < goal, !hasEnded.load(ordering: .acquiring) {
      usleep(1_000)
    }
  }

  func stop() throws {
    isStopping.store(true, ordering: .releasing)
    while !hasEnded.load(ordering: .acquiring) { usleep(1_000) }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  private func run() {
    do {
      var options = PostgresOptions()
      options.applicationName = "the application"
      let session = try database.open(options)
      while !isStopping.load(ordering: .acquiring) {
        let number = done.load(ordering: .relaxed)
        let start = monotonicSeconds()
        switch number % 4 {
        case 0:
          try session.run(
            "INSERT INTO hrm_users (username, role_id) VALUES ('live\(number)', 2)")
        case 1:
          try session.run(
            """
            INSERT INTO hrm_employee (id, user_id, company_id, full_name)
            SELECT gen_random_uuid(), max(id), '00000000-0000-0000-0000-000000000003', 'x' FROM hrm_users
            """)
        case 2:
          try session.run(
            "UPDATE hrm_users SET full_name = 'Edited \(number)' WHERE id = \(number % 40 + 1)")
        default:
          try session.run(
            """
            DELETE FROM hrm_employee WHERE user_id = (SELECT min(id) FROM hrm_users WHERE id > 1);
            DELETE FROM hrm_users WHERE id = (SELECT min(id) FROM hrm_users WHERE id > 1)
            """)
        }
        let took = Int((monotonicSeconds() - start) * 1_000)
        longest.store(max(took, longest.load(ordering: .relaxed)), ordering: .relaxed)
        done.add(1, ordering: .releasing)
        usleep(2_000)
      }
    } catch {
      failure.withLock { $0 = error }
    }
    hasEnded.store(true, ordering: .releasing)
  }
}
