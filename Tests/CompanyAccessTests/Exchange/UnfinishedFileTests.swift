import Glibc
import TestSupport
import Testing

@testable import CompanyAccess

/// Files that a program is making, and those that a killed one has left.
@Suite struct UnfinishedFileTests {
  let folder: TemporaryFolder
  let path: String
  /// Names as a killed program leaves them.
  let left = (1...2).map { ".company-access-" + String(repeating: "a", count: 31) + "\($0)" }

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("hrm.db")
    try AccessStore.create(path, sample: true)
    for name in left { try folder.write(name, "a copy") }
    try folder.write(left[0] + "-journal", "its journal")
  }

  private func unfinished() throws -> UnfinishedFile {
    try UnfinishedFile(
      for: OutputPath(folder.file("new.db"), for: .database, existing: .kept, databases: []))
  }

  /// Names that are not ours, or not a file of this program's form, stay.
  private func writeOthers() throws -> [String] {
    try folder.write(".company-access-settings", "mine")
    try folder.write(left[0] + ".bak", "mine")
    symlink("hrm.db", folder.file(".company-access-" + String(repeating: "b", count: 32)))
    return folder.names.filter { !$0.hasPrefix(left[0].dropLast()) || $0.hasSuffix(".bak") }
  }

  @Test func aBackupRemovesWhatKilledProgramsHaveLeft() throws {
    let kept = try writeOthers()
    let making = try unfinished()
    try AccessStore.backup(path, to: folder.file("copy.db"))
    let name = String(making.path.dropFirst(folder.path.count + 1))
    #expect(Set(folder.names) == Set(kept + ["copy.db", name]))
    making.discard()
    #expect(Set(folder.names) == Set(kept + ["copy.db"]))
  }

  @Test func aRestorationRemovesThemToo() throws {
    let away = try TemporaryFolder()
    try AccessStore.backup(path, to: away.file("copy.db"))
    #expect(folder.names.count == 4)
    try AccessStore.restore(AccessStore.planRestore(of: path, from: away.file("copy.db")))
    #expect(folder.names.allSatisfy { $0.hasPrefix("hrm.db") })
  }

  @Test func theDoctorNamesThemAndWhatRemovesThem() throws {
    _ = try writeOthers()
    let making = try unfinished()
    defer { making.discard() }
    let finding = try #require(try AccessStore.examine(path).findings.first)
    #expect(finding.id == "leftover-file" && finding.severity == .problem)
    let places = [left[0], left[0] + "-journal", left[1]].map(folder.file)
    #expect(finding.examples == places && finding.count == 3)
    #expect(finding.remedy == "rm " + places.joined(separator: " "))
    let names = folder.names
    try #expect(runProgram("/bin/sh", ["-c", finding.remedy ?? ""]).status == 0)
    #expect(Set(names).subtracting(folder.names) == Set(left + [left[0] + "-journal"]))
    #expect(try AccessStore.examine(path, access: .readOnly).problems == 0)
  }

  /// Another program that looks for leftovers may have seen the file before it was marked.
  @Test func twoProgramsDoNotTakeEachOthersFiles() throws {
    let folder = folder
    let errors = runTogether(
      (0..<4).map { number in
        {
          for round in 0..<20 {
            let copy = folder.file("copy-\(number)-\(round).db")
            try AccessStore.backup(folder.file("hrm.db"), to: copy)
          }
        }
      })
    #expect(errors.isEmpty, "\(errors)")
    #expect(folder.names.count == 1 + 4 * 20)
  }

  /// The plans were made in the same second, so that both name the same copy.
  @Test func twoRestorationsInOneSecondKeepTwoCopies() throws {
    try AccessStore.backup(path, to: folder.file("copy.db"))
    let plan = try AccessStore.planRestore(of: path, from: folder.file("copy.db"))
    let first = try AccessStore.restore(plan)
    let second = try AccessStore.restore(plan)
    let kept = [first, second].compactMap { $0.kept?.path }
    #expect(kept.first == plan.keptAs && Set(kept).count == 2)
    for path in kept { #expect(try AccessStore.open(path).coverage().grants > 0) }
    let newest = try AccessStore.open(path).changes(limit: 1)
    #expect(newest.first?.reason?.hasSuffix(kept[1]) == true)
  }

  @Test func aNameThatIsTakenMeanwhileIsKept() throws {
    let making = try unfinished()
    defer { making.discard() }
    try folder.write("new.db", "mine")
    #expect(throws: AccessError.exists(path: folder.file("new.db"))) { try making.place() }
    #expect(try folder.read("new.db") == Array("mine".utf8))
  }

  /// A path of the library may hold what no word of a shell can.
  @Test func aPathWithANULIsRefused() throws {
    let store = try AccessStore.open(path)
    let error = #expect(throws: AccessError.self) {
      try store.export(.grants, as: .csv, to: folder.file("a\0b"))
    }
    #expect(error == .cannotCreate(path: folder.file("a\0b"), detail: "a path holds no NUL"))
    #expect(!folder.names.contains("a"))
  }
}
