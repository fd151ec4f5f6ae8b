package import CompanyAccess
internal import Formats
internal import TerminalUI

/// What the desk can write to a file: what a screen shows, from its first row to its last.
package enum DeskDocument: Hashable, Sendable {
  case list(EntityQuery)
  case grid(users: EntityQuery, companies: EntityQuery)
  case page(EntityID)
  /// The changes that a filter as typed finds.
  case log(String)
}

/// A file that the desk is to write.
package struct DeskFile: Hashable, Sendable {
  let document: DeskDocument
  /// The folder that the desk was given for files.
  let folder: String
  /// The name in it.
  let name: String
  /// Whether it takes the place of a file that is there.
  var replaces = false

  /// The endings of names, with the formats that they mean.
  static let endings: [(ending: String, format: OutputFormat)] = [
    (".csv", .csv), (".tsv", .tsv), (".json", .json),
  ]

  /// What keeps a name from being written to.
  enum NameProblem: Hashable, Sendable {
    case empty, slash, dot, hidden, long, ending
  }

  /// Why a name is none for a file in the folder; nil if it is.
  static func problem(with name: String) -> NameProblem? {
    if name.isEmpty { return .empty }
    if name.utf8.contains(0x2F) { return .slash }
    if name.utf8.first == 0x2E { return .dot }
    guard DisplayText(name).string.utf8.elementsEqual(name.utf8) else { return .hidden }
    if name.utf8.count > 200 { return .long }
    return endings.contains { name.utf8.count > $0.ending.utf8.count && name.hasSuffix($0.ending) }
      ? nil : .ending
  }

  private var path: String { "\(folder)/\(name)" }

  private var format: OutputFormat {
    Self.endings.first { name.hasSuffix($0.ending) }?.format ?? .csv
  }

  /// Writes the file; it appears when it is complete.
  ///
  /// - Returns: How many rows it has.
  /// - Throws: `.exists`, `.refusedOutput` or `.cannotCreate`; `.diskFull` or `.diskError`;
  ///   `.cancelled`, and what the database answers.
  package func write(
    from store: AccessStore, at moment: Moment, work: Work
  ) throws(AccessError) -> Int {
    // A record needs a file on a disk, and so no device or pipe takes it.
    let target = OutputPath(
      path, for: .record, existing: .init(replacing: replaces), databases: [store.path])
    var rows = 0
    do {
      try target.write(work: work) { output in
        var options = try GlobalOptions(ParsedArguments(), environment: [:])
        options.format = format
        let context = CommandContext(
          options: options, console: Console(writingTo: output), root: CommandTree.root,
          version: "")
        rows = try DocumentWriter(store: store, moment: moment, work: work, context: context)
          .write(document)
      }
    } catch let error as OutputError {
      throw AccessError(error, path: path)
    } catch let error as AccessError {
      throw error
    } catch {
      throw .unexpected(detail: "\(error)")
    }
    return rows
  }
}
