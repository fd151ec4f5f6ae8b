import Database
import TestSupport
import Testing

@testable import CompanyAccess

/// Operations of a history that concern the whole file or the record itself.
extension RecordHistory {
  /// Makes a backup, which takes the place of the one before.
  func makeBackup(named name: String) throws {
    let file = desk.folder.file(name)
    try AccessStore.backup(desk.store.path, to: file)
    backup = (file, try WorldState(other))
  }

  /// Brings back the state of the backup, if there is one.
  func restore() throws {
    guard let backup else { return }
    let plan = try AccessStore.planRestore(of: desk.store.path, from: backup.file)
    try AccessStore.restore(plan, reason: ChangeReason(ticket: "R-\(plan.source.utf8.count)"))
    #expect(try WorldState(other).texts == backup.state.texts, "seed \(seed), restored")
  }

  /// Takes the older half of the record away; its moments cannot be asked for any more.
  func prune(to name: String) throws {
    let moments = states.keys.sorted()
    let middle = moments[moments.count / 2]
    guard
      let time = try other.first(
        "SELECT at FROM company_access_change WHERE id = ?", [.integer(middle)],
        { $0.timestamp(0) })
    else { return }
    try desk.store.prune(before: time, to: desk.folder.file(name), reason: "the model")
    guard let kept = try RetentionStart(other)?.change.number else { return }
    states = states.filter { $0.key >= kept }
    seals.removeAll { $0.change.number < kept }
    snapshots = snapshots.filter { $0.value >= kept }
    // Its record is whole from an earlier change on than this one.
    backup = nil
    #expect(throws: AccessError.self, "seed \(seed)") {
      try desk.store.coverage(at: .after(ChangeID(kept - 1)))
    }
  }

  /// Imports a file that names a user and a company who are not there yet.
  func createMissing(_ number: Int) throws {
    let lines = "user,company\nimported\(number),Imported \(number)\nimported\(number),Company 1\n"
    let file = try desk.folder.write("create.csv", lines)
    var options = StagedPairs.Options()
    options.createsMissing = true
    do {
      try ours(.staged(try desk.store.stage(file, options: options)))
    } catch let error as AccessError {
      // The first company has another name, or is not there.
      guard case .noCompanyNamed = error else { throw error }
    }
  }
}
