internal import CompanyAccess

/// Which users or companies a list shows: what the key `f` goes through.
///
/// One value gives the note in the heading and the words for an empty list, for every state and for
/// both kinds of lists.
struct ListPreset: Equatable {
  let presence: Presence
  let activity: Activity

  init(_ presence: Presence, _ activity: Activity) {
    self.presence = presence
    self.activity = activity
  }

  /// The states, in the order of the key.
  static let all = [
    ListPreset(.any, .any), ListPreset(.some, .any), ListPreset(.none, .any),
    ListPreset(.any, .inactive), ListPreset(.some, .inactive),
  ]

  var next: ListPreset {
    let place = Self.all.firstIndex(of: self).map { ($0 + 1) % Self.all.count } ?? 0
    return Self.all[place]
  }

  /// What is shown, for the heading; nil when everything is.
  func note(_ kind: EntityKind) -> String? {
    let words = [activityWord, presenceWords(kind)].compactMap(\.self)
    return words.isEmpty ? nil : "only " + words.joined(separator: " ")
  }

  /// What to say when there are none.
  func emptyWords(_ kind: EntityKind, _ desk: DeskState) -> [String] {
    let plural = kind == .user ? "users" : "companies"
    guard note(kind) != nil else {
      let add = "a adds one; the application that they belong to may do so, too."
      return ["There are no \(plural) in this database."] + (desk.whyNoWrite == nil ? [add] : [])
    }
    let words = [activityWord, kind.rawValue, presenceWords(kind)].compactMap(\.self)
    return ["There is no \(words.joined(separator: " ")).", "f shows other \(plural)."]
  }

  private var activityWord: String? {
    switch activity {
    case .any: nil
    case .active: "active"
    case .inactive: "inactive"
    }
  }

  private func presenceWords(_ kind: EntityKind) -> String? {
    let what = kind == .user ? "access" : "users"
    return switch presence {
    case .any: nil
    case .some: "with \(what)"
    case .none: "without \(what)"
    }
  }
}
