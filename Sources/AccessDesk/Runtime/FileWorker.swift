package import CompanyAccess

/// Writes files of the desk, one at a time, on a connection and a thread of its own.
package final class FileWorker: Sendable {
  private let reader: AccessStore
  private let background: BackgroundWork

  /// A worker that writes what the database of a store holds.
  package init(_ reader: AccessStore, _ mailbox: MessageQueue) {
    self.reader = reader
    background = BackgroundWork(mailbox)
  }

  /// Whether a file is being written.
  package var isBusy: Bool { background.isBusy }

  /// Stops the writing; no file appears then.
  package func stop() { background.stop() }

  /// Writes a file; the mailbox gets the progress, and how many rows it has.
  package func write(_ file: DeskFile, at moment: Moment) {
    background.start { [reader] (work) throws(AccessError) in
      let store = try reader.another(access: .readOnly)
      return .fileWritten(rows: try file.write(from: store, at: moment, work: work))
    }
  }
}
