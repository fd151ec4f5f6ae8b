/// Where a mapping is that an operator gives.
package enum MappingSource: Hashable, Sendable {
  /// In a file.
  case file(String)
  /// Here: the text of such a file.
  case document(String)
}
