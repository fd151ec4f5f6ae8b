package import Formats

/// What is exported.
public enum ExportSubject: String, Hashable, Sendable, CaseIterable {
  /// Every grant: username, company, since when, by whom.
  case grants
  case users
  case companies
  /// Everything with ids and times, as one JSON document that an empty database can take in.
  case all
}

/// In which form something is exported.
public enum ExportFormat: String, Hashable, Sendable, CaseIterable {
  /// Comma-separated, as in RFC 4180, with cells that no spreadsheet runs.
  case csv
  /// Tab-separated, with backslash escapes.
  case tsv
  /// JSON, which loses nothing.
  case json
}

extension AccessStore {
  /// Writes data of the database to a file, all of the same state.
  ///
  /// The file appears when it is complete, readable for its owner alone. A link is refused, and so is
  /// every database and what SQLite keeps beside one; a device or a pipe is written to.
  ///
  /// - Parameters:
  ///   - subject: What to write; `.all` is always written as JSON.
  ///   - format: In which form.
  ///   - moment: The state to write; `.all` is always written as it is now.
  ///   - path: The file; `-` is standard output.
  ///   - replacing: Whether a file that is there is replaced.
  /// - Throws: `.exists`, `.refusedOutput`, `.cannotCreate`, `.diskFull` or `.diskError` of the
  ///   file; `.noSuchChange` or `.notKept` for the moment; `.busy` or `.damaged` of the database.
  public func export(
    _ subject: ExportSubject, as format: ExportFormat, at moment: Moment = .now, to path: String,
    replacing: Bool = false
  ) throws(AccessError) {
    do {
      let target = OutputPath(
        path, for: .document, existing: .init(replacing: replacing), databases: [self.path])
      try target.write { output in
        try export(subject, as: format, at: moment, to: output)
      }
    } catch let error as OutputError {
      throw AccessError(error, path: path)
    } catch {
      throw AccessError(any: error, path: path)
    }
  }

  /// Writes data of the database, all of the same state.
  package func export(
    _ subject: ExportSubject, as format: ExportFormat, at moment: Moment = .now,
    to output: ByteWriter, work: Work? = nil
  ) throws {
    let reader = try ExportReader(self, moment, work)
    if subject == .all { return try reader.writeAll(to: output) }
    switch format {
    case .json:
      reader.hasRowTimes = moment == .now
      let json = JSONWriter(output)
      try json.beginObject()
      try json.key(subject.rawValue)
      try json.beginArray()
      let columns = try reader.columns(subject)
      let count = try reader.forEach(subject) { cells in
        try json.newLine()
        try json.beginObject()
        for (column, cell) in zip(columns, cells) { try json.member(column.key, cell) }
        try json.endObject()
      }
      try json.endArray()
      try json.member("total", Cell(count))
      try json.endObject()
      try json.finish()
    case .csv, .tsv:
      let writer = DelimitedWriter(format == .csv ? .csv : .tsv, output)
      try writer.header(try reader.columns(subject))
      _ = try reader.forEach(subject) { try writer.row($0) }
    }
  }
}
