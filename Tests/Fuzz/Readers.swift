#if FUZZING
  @testable internal import AccessDesk
  @testable internal import CompanyAccess
  internal import Formats
  internal import Glibc
  internal import TerminalUI

  /// What reads text that anybody may have written.
  ///
  /// A trap is a find, and so is a promise that is not kept.
  enum Reader: String, CaseIterable {
    case arguments, csv, times, filter

    func read(_ bytes: [UInt8]) {
      switch self {
      case .arguments: Reader.arguments(bytes)
      case .csv: Reader.delimited(bytes)
      case .times: Reader.times(bytes)
      case .filter: Reader.filter(bytes)
      }
    }

    // MARK: - Arguments

    private static var parser: CommandParser {
      CommandParser(
        root: CommandTree.root, globals: GlobalOptions.everywhere + GlobalOptions.ofTheDesk
      ) { $0 == "there" }
    }

    /// Words are separated by NUL or a line's end.
    private static func arguments(_ bytes: [UInt8]) {
      let words = bytes.split(omittingEmptySubsequences: false) { $0 == 0 || $0 == 0x0A }.map {
        String(decoding: $0, as: UTF8.self)
      }
      do {
        guard case .command(let path, let parsed) = try parser.parse(words) else { return }
        _ = try GlobalOptions(parsed, environment: [:])
        _ = try path.last?.make(parsed)
      } catch let problem as UsageProblem {
        precondition(!"\(problem)".isEmpty)
      } catch {
        let report = ErrorReport(error, program: "company-access")
        precondition(report.code == .usage, "\(error)")
        precondition(report.lines.allSatisfy { !$0.isEmpty })
      }
    }

    // MARK: - Files

    /// What is read is written and read again, and must be the same.
    private static func delimited(_ bytes: [UInt8]) {
      json(bytes)
      guard let rows = try? rows(bytes) else { return }
      for style in [DelimitedWriter.Style.csv, .tsv] {
        let output = ByteWriter()
        let writer = DelimitedWriter(style, output)
        // The header decides about the separator, and must have more than one cell for that.
        let cells = rows.map { $0 + ["end"] }
        for row in [Array(repeating: "h", count: cells[0].count)] + cells {
          do { try writer.row(row.map { Cell.text($0) }) } catch { preconditionFailure("\(error)") }
        }
        guard let again = try? Self.rows(Array(output.text.utf8)) else {
          preconditionFailure("what was written cannot be read: \(output.text)")
        }
        precondition(again.count == cells.count + 1)
        for (one, other) in zip(cells, again.dropFirst()) {
          precondition(
            one.map { Array($0.utf8) } == other.map { Array($0.utf8) }, "\(one) \(other)")
        }
      }
    }

    private static func rows(_ bytes: [UInt8]) throws -> [[String]] {
      var reader = try DelimitedReader(InputBytes(bytes))
      var rows = [reader.header]
      while try reader.next() {
        // Spreadsheets leave rows of nothing but separators, of any number of cells.
        if reader.isBlank { continue }
        rows.append(try (0..<reader.count).map { try reader.text($0) })
      }
      return rows
    }

    private static func json(_ bytes: [UInt8]) {
      do {
        var reader = try JSONReader(InputBytes(bytes))
        while let token = try reader.next() {
          if case .key(let key) = token { precondition(key.utf8.count <= JSONReader.longestString) }
        }
      } catch {
        precondition(!"\(error)".isEmpty)
      }
    }

    // MARK: - Times

    private static let now = Timestamp(stored: "2026-10-01 12:00:00.000")

    /// What is understood is a time of the past that reads back as itself.
    private static func times(_ bytes: [UInt8]) {
      let text = String(decoding: bytes, as: UTF8.self)
      for edge in [TimeText.Edge.start, .end] {
        do {
          let time = try TimeText.parse(text, edge, now: now)
          guard let milliseconds = time.millisecondsSince1970 else {
            preconditionFailure("\(text) became \(time.text)")
          }
          precondition(milliseconds <= now.millisecondsSince1970 ?? 0)
          let again = try TimeText.parse(time.rfc3339, edge, now: now)
          precondition(again == time, "\(text): \(time) \(again)")
        } catch {
          precondition(!error.description.isEmpty)
        }
      }
    }

    // MARK: - Filters

    private static let store: AccessStore? = {
      let path = "/tmp/company-access-fuzz-\(getpid()).db"
      unlink(path)
      try? AccessStore.create(path, sample: true)
      defer { unlink(path) }
      return try? AccessStore.open(path, access: .readOnly)
    }()

    /// A filter finds rows or none; it never fails, and finds what has all its words.
    private static func filter(_ bytes: [UInt8]) {
      guard let store else { preconditionFailure("no store") }
      let text = String(decoding: bytes, as: UTF8.self)
      do {
        var users = UserQuery()
        users.search = text
        _ = try store.users(users, limit: 5)
        var companies = CompanyQuery()
        companies.search = text
        _ = try store.companies(companies, limit: 5)
      } catch {
        preconditionFailure("\(error)")
      }
      if case .failure(let refusal) = LogFilter(text: text).query(in: store, at: .now) {
        precondition(!refusal.description.isEmpty)
      }
      let words = SearchWords(text)
      for word in words.first where !words.isVain {
        precondition(TextSearch.contains(word, foldedWord: word))
      }
    }
  }
#endif
