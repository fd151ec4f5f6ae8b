internal import CSystem
internal import Database
internal import Glibc

/// What a report is called, for its first page.
public struct ReportOptions: Hashable, Sendable {
  /// What is reported on, such as the name of the application; nil for the name of the file.
  public var title: String?
  /// Whose system it is.
  public var organisation: String?
  /// The call that writes the report, as it was typed; nil if it was not typed.
  public var commandLine: String?

  /// A report that is called by its file.
  public init() {}
}

/// Where, when and by whom a report was written, and what can be known only then.
///
/// The manifest keeps it, so that the report can be written again later and compared.
struct ReportCircumstances: Hashable, Sendable {
  var actor: String
  var generatedAt: Timestamp
  var toolVersion: String
  /// The file, as a path without symbolic links.
  var location: String
  var host: String
  /// The difference of the local clock to UTC in the course of the period.
  var zone: String
  var commandLine: String?
  var title: String?
  var organisation: String?
  /// Who can write the file or take another into its place, by the rights of the file system; of a
  /// server, the roles that can write the tables and the record.
  var access: [String]
  /// Which record it is: copies of one file have the same.
  var record: String?

  init(
    _ store: AccessStore, _ options: ReportOptions, _ toolVersion: String, _ now: Timestamp,
    _ record: String?
  ) throws(AccessError) {
    actor = store.actor
    generatedAt = now
    self.toolVersion = toolVersion
    location = store.path
    host = Actor.host()
    zone = ReportCircumstances.zone(at: now)
    commandLine = options.commandLine
    title = options.title
    organisation = options.organisation
    access = try store.writers()
    self.record = record
  }

  /// The zones of the local clock in the year before a time.
  static func zone(at time: Timestamp) -> String {
    LocalClock.local.zones(until: (time.millisecondsSince1970 ?? 0) / 1_000)
  }

  /// The members of the manifest, in order; nil is left away.
  var named: [(name: String, value: String?)] {
    [
      ("generated_at", generatedAt.rfc3339), ("generated_by", actor), ("host", host),
      ("location", location), ("record", record), ("time_zone", zone),
      ("command_line", commandLine), ("title", title), ("organisation", organisation),
    ]
  }
}

extension AccessStore {
  /// Who can write the database, in words.
  fileprivate func writers() throws(AccessError) -> [String] {
    guard isOnServer else { return FileRights.words(of: path) }
    let mapping = mapping
    return try read { try ServerRights($0, mapping).words() }
  }
}

/// The rights to a file, in words.
enum FileRights {
  /// Who can write the file, and who can put another into its place.
  static func words(of path: String) -> [String] {
    let folder = FileCheck.folder(of: path)
    return [("the file", path), ("its folder", folder)].compactMap { name, path in
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      return words(name, status)
    }
  }

  private static func words(_ name: String, _ status: stat) -> String {
    let (owner, group) = (Actor.name(status.st_uid), FileRights.group(status.st_gid))
    let mode = status.st_mode & 0o7777
    var writers = mode & S_IWUSR != 0 ? ["the user \(owner)"] : []
    if mode & S_IWGRP != 0 { writers.append("the group \(group)") }
    if mode & S_IWOTH != 0 { writers.append("every account") }
    let octal = String(mode, radix: 8)
    let who = writers.isEmpty ? "only root" : writers.joined(separator: " and ")
    let andRoot = writers.isEmpty ? "" : ", and root"
    return """
      \(name) has the owner \(owner), the group \(group) and the mode \
      \(String(repeating: "0", count: max(0, 4 - octal.utf8.count)))\(octal): \
      \(who) may write it\(andRoot)
      """
  }

  private static func group(_ id: gid_t) -> String {
    var entry = Glibc.group()
    var found: UnsafeMutablePointer<Glibc.group>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getgrgid_r(id, &entry, &buffer, buffer.count, &found) == 0, found != nil,
      let name = entry.gr_name
    else { return String(id) }
    return String(cString: name)
  }
}

extension ReportCircumstances {
  /// What a manifest says; nil where it lacks what every report has.
  init?(_ texts: [String: String], _ access: [String]) {
    guard let actor = texts["generated_by"], let at = texts["generated_at"],
      let version = texts["tool_version"], let location = texts["location"],
      let host = texts["host"], let zone = texts["time_zone"]
    else { return nil }
    (self.actor, generatedAt, toolVersion) = (actor, Timestamp(anyForm: at), version)
    (self.location, self.host, self.zone, self.access) = (location, host, zone, access)
    (record, commandLine) = (texts["record"], texts["command_line"])
    (title, organisation) = (texts["title"], texts["organisation"])
  }
}
