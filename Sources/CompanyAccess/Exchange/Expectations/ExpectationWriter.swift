internal import Database
package import Formats

/// Writes the expectations that hold of a moment: the companies of every user, and how many users every
/// company has.
///
/// The lists tell of every grant that comes or goes, and the numbers also of a grant of a new user.
struct ExpectationWriter {
  private let connection: any DatabaseSession
  private let relations: Relations
  private let names: ExportNames
  private let output: ByteWriter
  private let work: Work?
  private var count = 0

  init(
    _ reader: SnapshotReader, _ moment: Moment, _ output: ByteWriter, _ work: Work?
  ) throws {
    connection = reader.connection
    let relations = try reader.relations(at: moment)
    names = try ExportNames(reader.connection, relations)
    self.relations = try relations.leavingOut(.both, reader.connection)
    self.output = output
    self.work = work
  }

  /// Writes all of them; says how many there are.
  mutating func write() throws -> Int {
    try output.write(
      """
      # Every user with exactly these companies, and every company with its number of users.

      """)
    try writeUsers()
    try writeCompanies()
    return count
  }

  private mutating func write(_ claim: Expectation.Claim) throws {
    count += 1
    if count & 1_023 == 0 { work?.report(count, of: 0, .writing) }
    try output.write(Expectation(claim).description + "\n")
  }

  private mutating func writeUsers() throws {
    let companies = """
      SELECT c.id, c.name, c.code FROM \(relations.grants(user: "?1")) AS g
      CROSS JOIN \(ExportReader.all(relations.companies())) AS c ON c.id = g.company_id
      ORDER BY c.name, c.id
      """
    try connection.forEach(
      """
      SELECT u.id, u.username FROM \(ExportReader.all(relations.users())) AS u
      ORDER BY u.username, u.id
      """
    ) { row in
      let user = ExpectedName(names.user(row, 1), id: row.userID(0).description)
      let list = try connection.rows(companies, [row.value(0)]) { [names] row in
        ExpectedName(names.company(row, name: 1, code: 2), id: row.companyID(0).description)
      }
      try write(list.isEmpty ? .companyCount(of: user, 0) : .companies(of: user, exactly: list))
    }
  }

  private mutating func writeCompanies() throws {
    try connection.forEach(
      """
      SELECT c.id, c.name, c.code, \(relations.count(company: "c.id"))
      FROM \(ExportReader.all(relations.companies())) AS c ORDER BY c.name, c.id
      """
    ) { row in
      let name = names.company(row, name: 1, code: 2)
      try write(.userCount(of: ExpectedName(name, id: row.companyID(0).description), row.int(3)))
    }
  }
}

extension ExpectedName {
  /// What a file calls a user or a company: the name if that is enough, else the id.
  fileprivate init(_ name: ExportNames.Name, id: String) {
    if name.isClear, case .text(let called) = name.cell {
      self.init(id: nil, called: called)
    } else {
      self.init(id: id, called: nil)
    }
  }
}

extension AccessStore {
  /// Writes a file of the expectations that hold of a moment, which `expect(file:)` reads.
  ///
  /// The file appears when it is complete, readable for its owner alone; what is refused is as for
  /// `export`.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard output.
  ///   - moment: The state to write.
  ///   - replacing: Whether a file that is there is replaced.
  ///   - work: Hears how many lines have been written, and can cancel.
  /// - Returns: How many expectations there are.
  /// - Throws: `.exists`, `.refusedOutput`, `.cannotCreate`, `.diskFull` or `.diskError` of the file;
  ///   `.noSuchChange` or `.notKept` for the moment; `.cancelled`, `.busy` or `.damaged`.
  public func writeExpectations(
    to path: String, at moment: Moment = .now, replacing: Bool = false, work: Work? = nil
  ) throws(AccessError) -> Int {
    do {
      let target = OutputPath(
        path, for: .document, existing: .init(replacing: replacing), databases: [self.path])
      var count = 0
      try target.write(work: work) { count = try writeExpectations(to: $0, at: moment, work: work) }
      return count
    } catch let error as OutputError {
      throw AccessError(error, path: path)
    } catch {
      throw AccessError(any: error, path: path)
    }
  }

  /// Writes the expectations that hold of a moment.
  package func writeExpectations(
    to output: ByteWriter, at moment: Moment, work: Work? = nil
  ) throws -> Int {
    let reader = try SnapshotReader(self, work)
    return try reader.run {
      var writer = try ExpectationWriter(reader, moment, output, work)
      return try writer.write()
    }
  }
}

extension AccessError {
  /// Why a file could not be written.
  package init(_ error: OutputError, path: String) {
    if case .full = error {
      self = .diskFull(path: path)
    } else {
      self = .diskError(path: path, detail: "\(error)")
    }
  }
}
