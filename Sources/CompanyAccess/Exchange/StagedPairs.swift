/// The pairs of a file, which a store keeps in a temporary table until they are written.
public struct StagedPairs: Hashable, Sendable {
  /// What a store does with the pairs of a file.
  public struct Options: Hashable, Sendable {
    /// Whether unknown users and companies are created.
    public var createsMissing = false
    /// Whether every grant that is not in the file is revoked.
    public var isSync = false

    /// Pairs of known users and companies are granted or revoked, and others stay as they are.
    public init() {}
  }

  /// What is done with the pairs.
  public let options: Options
  /// How many lines the file has pairs in.
  public let lines: Int
  /// How many of them repeat an earlier pair.
  public let duplicates: Int
  /// How many users would be created.
  public let newUsers: Int
  /// How many companies would be created.
  public let newCompanies: Int
  /// Columns of the file that mean nothing.
  public let ignoredColumns: [String]
  /// When the pairs were decided, if the file says so in a column `decided`.
  public let decidedAt: Timestamp?
  /// Which file of the store's life it is: only the newest is kept.
  let generation: Int
}
