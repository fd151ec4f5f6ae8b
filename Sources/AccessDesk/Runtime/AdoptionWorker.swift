internal import CompanyAccess

/// Looks at an application's file and adopts it, on a thread of its own.
package final class AdoptionWorker: Sendable {
  private let path: String
  private let background: BackgroundWork

  package init(path: String, _ mailbox: MessageQueue) {
    self.path = path
    background = BackgroundWork(mailbox)
  }

  /// Whether something is under way.
  package var isBusy: Bool { background.isBusy }

  /// Stops what is under way.
  package func stop() { background.stop() }

  /// Finds out what adopting the file would do.
  ///
  /// - Parameter mapping: The text of a mapping; nil for a known application.
  package func survey(mapping: String?) {
    background.start { [path] (work) throws(AccessError) in
      .surveyed(
        try AccessStore.adoptionPlan(
          path, by: mapping.map(MappingSource.document), work: work))
    }
  }

  /// Adopts the file; the mailbox gets the progress and the result.
  ///
  /// - Parameter mapping: The text of a mapping; nil for a known application.
  package func adopt(mapping: String?) {
    background.start { [path] (work) throws(AccessError) in
      .adopted(
        try AccessStore.adopt(
          path, by: mapping.map(MappingSource.document), origin: .desk, work: work))
    }
  }
}
