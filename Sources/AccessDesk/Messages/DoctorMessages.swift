internal import CompanyAccess
internal import TerminalUI

/// What was found, as people read it; the same at the desk and by command.
enum DoctorMessages {
  static let title: DisplayText = "Doctor"
  static let examining: DisplayText = "   examining ..."
  static let examinedAgain = "Examined again."

  /// One paragraph.
  struct Line: Hashable {
    enum Kind: Hashable { case problem, note, example, meaning, remedy, title, fact }
    var kind: Kind
    var text: String
    /// How far it stands to the right.
    var indent = 0
  }

  /// All of it: findings, then what was not checked, what the record does not cover, facts.
  static func lines(_ diagnosis: Diagnosis) -> [Line] {
    var lines = diagnosis.findings.flatMap(finding)
    func section(_ title: String, _ texts: [String]) {
      guard !texts.isEmpty else { return }
      lines.append(Line(kind: .title, text: title))
      lines += texts.map { Line(kind: .fact, text: $0, indent: 2) }
      lines.append(Line(kind: .fact, text: ""))
    }
    section("Checks that did not run", diagnosis.unchecked)
    section("Not looked at", diagnosis.limits)
    section("What the record does not cover", diagnosis.uncovered)
    section("The database", diagnosis.facts.map { "\($0.name): \($0.value)" })
    return lines.last?.text == "" ? lines.dropLast() : lines
  }

  private static func finding(_ finding: Diagnosis.Finding) -> [Line] {
    let isProblem = finding.severity == .problem
    let head =
      "\(isProblem ? "PROBLEM" : "note"): \(finding.what): \(Digits.grouped(finding.count)) "
      + "[\(finding.id)]"
    var lines = [Line(kind: isProblem ? .problem : .note, text: head)]
    lines += finding.examples.map { Line(kind: .example, text: $0, indent: 4) }
    if finding.count > finding.examples.count, finding.examples.count == Diagnosis.examples {
      lines.append(Line(kind: .example, text: "and more", indent: 4))
    }
    lines.append(Line(kind: .meaning, text: finding.meaning, indent: 2))
    if let remedy = finding.remedy {
      lines.append(
        Line(kind: .remedy, text: "\(isProblem ? "mend" : "command"): \(remedy)", indent: 2))
    }
    return lines + [Line(kind: .fact, text: "")]
  }

  /// The whole in one sentence.
  static func summary(_ diagnosis: Diagnosis) -> String {
    let notes = diagnosis.findings.count - diagnosis.problems
    let found =
      diagnosis.findings.isEmpty
      ? "nothing found"
      : "\(Digits.counted(diagnosis.problems, "problem")), \(Digits.counted(notes, "note"))"
    let rest = diagnosis.unchecked.isEmpty ? "" : "; not every check ran"
    return "\(found) by \(Digits.counted(diagnosis.checks, "check"))\(rest)"
  }
}
