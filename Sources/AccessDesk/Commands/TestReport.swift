internal import CompanyAccess
internal import Formats

/// Formats of test programs.
enum TestFormat: String, Hashable, Sendable, CaseIterable {
  /// The Test Anything Protocol, version 13.
  case tap
  /// The XML of JUnit, which build servers read.
  case junit
}

/// Writes a result for each expectation, as test programs do.
final class TestReport {
  private let format: TestFormat
  private let output: ByteWriter
  private var number = 0

  init(_ format: TestFormat, _ output: ByteWriter) {
    self.format = format
    self.output = output
  }

  /// Writes what comes in front of the results.
  func begin(_ counts: ExpectationCounts) throws(OutputError) {
    switch format {
    case .tap:
      try output.write("TAP version 13\n1..\(counts.expectations)\n")
    case .junit:
      try output.write(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites>
        <testsuite name="company-access expect" tests="\(counts.expectations)" \
        failures="\(counts.failed)" errors="0" skipped="0">

        """)
    }
  }

  /// Writes one result.
  func write(_ result: ExpectationResult) throws(OutputError) {
    number += 1
    let line = result.expectation.line
    let expected = TestReport.plain(result.expectation.description)
    let found = result.failure.map { TestReport.plain($0.description) }
    switch format {
    case .tap:
      let name = expected.replacing("\\", with: "\\\\").replacing("#", with: "\\#")
      try output.write("\(found == nil ? "ok" : "not ok") \(number) - line \(line): \(name)\n")
      guard let found else { return }
      try output.write("  ---\n  line: \(line)\n  found: \(quoted(found))\n  ...\n")
    case .junit:
      let name = TestReport.escaped("line \(line): \(expected)")
      let start = "<testcase classname=\"expect\" name=\"\(name)\""
      guard let found else { return try output.write(start + "/>\n") }
      try output.write(
        start + "><failure message=\"found: \(TestReport.escaped(found))\"/></testcase>\n")
    }
  }

  /// Writes what comes behind the results.
  func finish() throws(OutputError) {
    if format == .junit { try output.write("</testsuite>\n</testsuites>\n") }
  }

  /// A text in one line, with marks in place of characters that would break it.
  private static func plain(_ text: String) -> String {
    var plain = ""
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
        || [0x2028, 0x2029, 0xFFFE, 0xFFFF].contains(scalar.value)
      {
        plain += HiddenScalars.mark(scalar)
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }

  /// A text in double quotes, as YAML has it.
  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// A text within an attribute of XML.
  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
