internal import Database
internal import Glibc

/// Who can go past the operators.
extension DoctorCheck {
  static let operators = DoctorCheck(
    "operator-bypass", .rows, "ways past the operators", severity: .problem,
    meaning: """
      Operators bind those who come through this program. Who can write the file with another program \
      is bound by nothing, and who can read it sees everything. One account should own the file, and \
      operators should reach it only through that account: docs/operators.md says how.
      """,
    remedy: "chmod 600 {file}"
  ) { context in
    let list = try RecordedSetting<OperatorList>(context.opened()).value()
    let bound = list.all.filter { !$0.isUnrestricted }.map(\.login)
    guard !bound.isEmpty else { return CheckResult() }
    let (mode, owner) = (context.status.st_mode, Actor.name(context.status.st_uid))
    var found = CheckResult()
    if bound.contains(owner) { found.add("the operator \(owner) owns the file") }
    if mode & (S_IWGRP | S_IRGRP) != 0 { found.add("the group of the file can read or write it") }
    if mode & (S_IWOTH | S_IROTH) != 0 { found.add("every account can read or write it") }
    return found
  }
}
