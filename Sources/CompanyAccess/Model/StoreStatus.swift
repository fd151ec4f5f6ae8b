/// What a store may do, and whether its database is as it should be.
public struct StoreStatus: Hashable, Sendable {
  /// Why nothing may be written; nil if the store may write.
  public let readOnlyReason: ReadOnlyReason?
  /// What keeps the record and is not there or not as it should be, as in
  /// "trigger company_access_user_gone"; reading works without it, writing does not.
  public let missing: [String]

  /// Whether the store only reads.
  public var isReadOnly: Bool { readOnlyReason != nil }

  /// A state of a store.
  public init(readOnlyReason: ReadOnlyReason?, missing: [String]) {
    self.readOnlyReason = readOnlyReason
    self.missing = missing
  }
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
}
