internal import Synchronization

/// The `sqlite3` shell, kept open on a file as another program keeps it.
package final class ForeignShell: Sendable {
  private let process: Mutex<ChildProcess?>

  /// Opens a file; the shell waits ten seconds for locks.
  package init(_ path: String) throws {
    let child = try ChildProcess("/usr/bin/sqlite3", ["-batch", path], testEnvironment())
    process = Mutex(child)
    try ask(".timeout 10000")
  }

  deinit { process.withLock { $0.take()?.end() } }

  /// Runs SQL or a command of the shell, and returns what it printed, errors among it.
  @discardableResult
  package func ask(_ sql: String, seconds: Double = 60) throws -> String {
    let mark = "-- that was all --"
    let answer = try process.withLock { child in
      try child?.ask("\(sql)\n.print '\(mark)'\n", until: mark, seconds: seconds) ?? ""
    }
    return answer.hasSuffix("\n") ? String(answer.dropLast()) : answer
  }

  /// Runs a statement, or several in one line, again and again until the shell goes: as fast as it
  /// can, or about 200 times a second.
  package func repeatForever(_ sql: String, resting: Bool = false) {
    let source = resting ? "while echo '\(sql)'; do sleep 0.004; done" : "yes '\(sql)'"
    process.withLock { $0?.send(".read \"|\(source)\"\n") }
  }
}
