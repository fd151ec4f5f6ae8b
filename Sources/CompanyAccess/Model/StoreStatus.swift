/// What a store may do, and whether its database is as it should be.
public struct StoreStatus: Hashable, Sendable {
  /// Why nothing may be written; nil if the store may write.
  public let readOnlyReason: ReadOnlyReason?
  /// What keeps the record and is not there or not as it should be, as in
  /// "trigger company_access_user_gone"; reading works without it, writing does not.
  public let missing: [String]
  /// Which application the tables are of: "hrm", "guarding", "workcards", "crm" or "custom".
  public let mapping: String
  /// What is known of users and companies there.
  package var facts = MappingFacts()

  /// Whether the store only reads.
  public var isReadOnly: Bool { readOnlyReason != nil }

  /// A state of a store.
  public init(readOnlyReason: ReadOnlyReason?, missing: [String], mapping: String = "hrm") {
    self.readOnlyReason = readOnlyReason
    self.missing = missing
    self.mapping = mapping
  }
}

/// What an application knows of its users and companies, and how it numbers them.
package struct MappingFacts: Hashable, Sendable {
  package enum IDs: Hashable, Sendable {
    case numbers
    case texts
    case uuids
  }

  package var userIDs = IDs.numbers
  package var companyIDs = IDs.uuids
  package var hasFullNames = true
  package var hasRoles = true
  package var hasEmails = true
  package var hasCodes = true

  package init() {}
}

/// Why a database is only read.
public enum ReadOnlyReason: Hashable, Sendable {
  /// It was asked for.
  case asked
  /// The mode bits of the file forbid this user to write.
  case modeBits
  /// This user may not make files in the folder, as a journal must be.
  case folder
  /// The file system is mounted to be read only.
  case fileSystem
  /// The file is in WAL mode and has so many other names, each of which would have a log of its own.
  case otherNames(Int)
  /// The operator's role permits reading alone.
  case role(OperatorRole)
  /// The schema of the database is not one that this program may write to.
  case schema(SchemaProblem)
}
