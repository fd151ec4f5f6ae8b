package import CompanyAccess

/// Which users or companies a list shows: what the key `f` goes through.
///
/// `EntityWords` says the note in the heading and the words for an empty list.
package struct ListPreset: Hashable, Sendable {
  package let presence: Presence
  package let activity: Activity

  package init(_ presence: Presence, _ activity: Activity = .any) {
    self.presence = presence
    self.activity = activity
  }

  package static let everything = ListPreset(.any)

  /// The states, in the order of the key.
  static let all = [
    everything, ListPreset(.some), ListPreset(.none), ListPreset(.any, .inactive),
    ListPreset(.some, .inactive),
  ]
}
