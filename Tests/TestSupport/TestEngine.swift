internal import Glibc
internal import Synchronization
package import Testing

/// An engine that a test runs on.
package enum TestEngine: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite, postgres

  package var testDescription: String { rawValue }

  /// Those that are installed; SQLite alone where there is no PostgreSQL.
  package static let available = allCases.filter { $0 == .sqlite || PostgresServer.isInstalled }

  /// The engine of the databases that the running test makes.
  @TaskLocal package static var current = TestEngine.sqlite

  /// Whether the running test goes on: it is about files, and left out on a server.
  package static func isForFiles() -> Bool {
    if current != .sqlite { run?.isLeftOut.store(true, ordering: .relaxed) }
    return current == .sqlite
  }

  /// What is to be known of a test that runs on an engine.
  fileprivate final class Run: Sendable {
    let isLeftOut = Atomic<Bool>(false)
  }

  @TaskLocal fileprivate static var run: Run?

  /// Whether `OnEachEngine` runs the test, and notes it.
  static var isCounted: Bool { run != nil }

  /// Writes down that the running test has used the engine, in the file that `COMPANY_ACCESS_ENGINES`
  /// names, if it does.
  package func note() {
    guard let path = getenv("COMPANY_ACCESS_ENGINES"), let test = Test.current,
      let file = fopen(path, "ae")
    else { return }
    // One write for a line, because others write, too.
    fputs("\(rawValue) \(test.id)\n", file)
    fclose(file)
  }
}

/// Runs each test of a suite, or one test, once on every engine that is installed: what it makes by
/// `TestEngine.current` is a database of that engine.
package struct OnEachEngine: TestTrait, SuiteTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func scopeProvider(for test: Test, testCase: Test.Case?) -> OnEachEngine? {
    testCase == nil ? nil : self
  }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    for engine in TestEngine.available {
      let named = IssueHandlingTrait.compactMapIssues { issue in
        var issue = issue
        issue.comments.append("on \(engine.rawValue)")
        return issue
      }
      let run = TestEngine.Run()
      try await TestEngine.$current.withValue(engine) {
        try await TestEngine.$run.withValue(run) {
          try await named.provideScope(for: test, testCase: testCase, performing: function)
        }
      }
      if !run.isLeftOut.load(ordering: .relaxed) { engine.note() }
    }
  }
}

extension Trait where Self == OnEachEngine {
  /// Runs each test on every engine that is installed.
  package static var onEachEngine: OnEachEngine { OnEachEngine() }
}
