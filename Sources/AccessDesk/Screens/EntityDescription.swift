internal import CompanyAccess
internal import TerminalUI

/// All that tells the screens about users from those about companies.
///
/// A third kind of thing would be another such value.
package struct EntityDescription: Sendable {
  let words: EntityWords
  /// How the store is asked.
  let source: EntitySource
  /// The screens that list them, list the grants of one, and pick one.
  let screens: (list: ScreenKind, grants: ScreenKind, pick: ScreenKind)
  /// The states of the key `f`.
  let presets = ListPreset.all
  /// What the key `s` goes through, the usual order first.
  let sorts: [EntitySort]
  let sortByGrants: EntitySort
  let sortByTime: EntitySort
  /// The columns, without those of which the application knows nothing.
  let columns: @Sendable (MappingFacts) -> [EntityColumn]
  /// The id that was typed into a filter, if the text can be one.
  let idOfText: @Sendable (String) -> EntityID?

  static func of(_ kind: EntityKind) -> EntityDescription {
    switch kind {
    case .user: .user
    case .company: .company
    }
  }

  /// The state of the key `f` that follows one.
  func preset(after preset: ListPreset) -> ListPreset {
    presets[presets.firstIndex(of: preset).map { ($0 + 1) % presets.count } ?? 0]
  }

  private static let user = EntityDescription(
    words: .user, source: .users, screens: (.users, .companiesOfUser, .pickUser),
    sorts: [.username, .name, .role, .status, .companies, .id].map { .users($0) },
    sortByGrants: .users(.companies), sortByTime: .users(.granted),
    columns: { facts in
      let fullName = EntityColumn(
        ListTitles.fullName, 10, ideal: 24, 60, priority: 6, sort: .users(.name)
      ) { DisplayText($0.fullName ?? "") }
      let role = EntityColumn(ListTitles.role, 8, ideal: 16, 24, priority: 5, sort: .users(.role)) {
        DisplayText($0.role ?? "")
      }
      let email = EntityColumn(ListTitles.email, 20, ideal: 28, 40, priority: 2) {
        DisplayText($0.email ?? "")
      }
      return [
        .id(facts.userIDs, sort: .users(.id)),
        EntityColumn(
          ListTitles.username, 12, ideal: 18, 30, priority: 10, sort: .users(.username),
          isName: true
        ) { .name($0.name) },
      ] + (facts.hasFullNames ? [fullName] : []) + (facts.hasRoles ? [role] : [])
        + (facts.hasEmails ? [email] : []) + [
          .status(sort: .users(.status)),
          .grants(ListTitles.companies, 10, ideal: 11, sort: .users(.companies)),
        ]
    },
    idOfText: { Int64($0).map { .user(UserID($0)) } })

  private static let company = EntityDescription(
    words: .company, source: .companies, screens: (.companies, .usersOfCompany, .pickCompany),
    sorts: [.name, .code, .status, .users].map { .companies($0) },
    sortByGrants: .companies(.users), sortByTime: .companies(.granted),
    columns: { facts in
      let code = EntityColumn(
        ListTitles.code, 6, ideal: 10, 20, priority: 9, sort: .companies(.code)
      ) { DisplayText($0.code ?? "") }
      return (facts.hasCodes ? [code] : []) + [
        EntityColumn(
          ListTitles.name, 14, ideal: 30, 60, priority: 10, sort: .companies(.name), isName: true
        ) { .name($0.name) },
        .status(sort: .companies(.status)),
        .grants(ListTitles.users, 7, ideal: 9, sort: .companies(.users)),
        .id(facts.companyIDs, sort: nil),
      ]
    },
    idOfText: { _ in nil })
}
