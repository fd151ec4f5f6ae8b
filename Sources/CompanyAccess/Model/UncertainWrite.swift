/// A write whose COMMIT was never answered, because the connection to the server had gone.
///
/// `AccessStore.isMade(_:)` finds out from the record what became of it.
public struct UncertainWrite: Hashable, Sendable {
  /// The number of the change, if it was made.
  public let change: ChangeID
  /// What was done, if it was.
  package let result: ChangeResult
  /// What was to be carried out.
  package let plan: Plan
  let header: ChangeHeader
}
