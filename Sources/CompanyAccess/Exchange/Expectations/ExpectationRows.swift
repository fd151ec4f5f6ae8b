internal import Formats

/// The expectations of a file with a header: a pair in each row, and whether it is granted.
struct ExpectationRows: ExpectationSource {
  /// What a column means.
  private enum Column: String {
    case user
    case userID = "user_id"
    case company
    case companyID = "company_id"
    case expect
    case asOf = "as_of"

    /// The column that a header means; `access` is what `check` writes.
    init?(named name: String) {
      switch name {
      case "username": self = .user
      case "access": self = .expect
      default: self.init(rawValue: name)
      }
    }
  }

  private var reader: DelimitedReader
  private var columns: [Column: Int] = [:]

  init(_ input: InputBytes) throws {
    reader = try InputError.translated { try DelimitedReader(input) }
    for (index, name) in reader.header.enumerated() {
      guard let column = Column(named: name) else { continue }
      if columns[column] != nil {
        throw ImportError(line: reader.line, .repeatedColumn(column.rawValue))
      }
      columns[column] = index
    }
    if columns[.expect] == nil {
      throw ImportError(
        line: reader.line, .missingColumn(Column.expect.rawValue, found: reader.titles))
    }
  }

  /// Whether the first line of a file is a header with a user and a company.
  static func areIn(_ input: inout InputBytes) throws -> Bool {
    let start = try InputError.translated { try input.lookAhead(4_096) }
    let line = start.drop { InputBytes.blanks.contains($0) }.prefix { $0 != 0x0A && $0 != 0x0D }
    let names = line.split(omittingEmptySubsequences: false) { ",;\t".utf8.contains($0) }.map {
      String(decoding: $0.filter { $0 != 0x20 && $0 != 0x22 }, as: UTF8.self).lowercased()
    }
    if line.starts(with: "sep=".utf8) { return true }
    let columns = names.compactMap(Column.init(named:))
    return (columns.contains(.user) || columns.contains(.userID))
      && (columns.contains(.company) || columns.contains(.companyID))
      && !names.contains("yes") && !names.contains("no")
  }

  mutating func next() throws -> Expectation? {
    try InputError.translated {
      repeat { guard try reader.next() else { return nil } } while reader.isBlank
      let user = try name(.user, .userID)
      let company = try name(.company, .companyID)
      let isGranted = try ExpectationAnswer.read(try text(.expect) ?? "", reader.line)
      let time = try ExpectationAnswer.time(try text(.asOf) ?? "", reader.line)
      return Expectation(
        .access(user: user, company: company, isGranted: isGranted, at: time), line: reader.line)
    }
  }

  private func text(_ column: Column) throws -> String? {
    try columns[column].map { try reader.text($0) }
  }

  private func name(_ called: Column, _ id: Column) throws -> ExpectedName {
    func given(_ column: Column) throws -> String? {
      try text(column).flatMap { $0.isEmpty ? nil : $0 }
    }
    let name = ExpectedName(id: try given(id), called: try given(called))
    if name.id == nil, name.called == nil {
      throw ImportError(line: reader.line, .emptyCell(called.rawValue))
    }
    return name
  }
}
