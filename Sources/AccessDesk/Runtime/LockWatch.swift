package import CompanyAccess

/// A database that another program keeps from being written.
package struct HeldDatabase: Hashable, Sendable {
  package let holder: LockHolder
  /// When it was first seen to be so.
  package let since: Timestamp

  package init(holder: LockHolder, since: Timestamp) {
    self.holder = holder
    self.since = since
  }

  /// What the title says.
  package var title: String {
    let time = since.localMinute.split(separator: " ").last.map(String.init) ?? since.text
    return Messages.held(by: holder, since: time)
  }
}

/// Looks now and then who writes the database, and tells when that takes longer than writes do.
struct LockWatch {
  /// What has to be said: which program holds the database, or that none does any more.
  struct LockEvent {
    let held: HeldDatabase?
  }

  /// How often in a row the same program must have been seen at the same write.
  private static let patience = 3

  private var seen: HeldDatabase?
  private var version: Int?
  private var times = 0

  /// Looks once; nil when there is nothing new to say.
  ///
  /// - Parameters:
  ///   - store: The database.
  ///   - version: Its number of commits, so that many short writes are not taken for a long one.
  /// - Returns: What has to be said.
  mutating func look(at store: AccessStore, version: Int?) -> LockEvent? {
    let wasTold = times >= Self.patience
    guard let holder = store.writerElsewhere, holder == seen?.holder, version == self.version else {
      seen = store.writerElsewhere.map { HeldDatabase(holder: $0, since: .now) }
      self.version = version
      times = seen == nil ? 0 : 1
      return wasTold ? LockEvent(held: nil) : nil
    }
    times += 1
    return times == Self.patience ? LockEvent(held: seen) : nil
  }
}
