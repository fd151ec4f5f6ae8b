extension Plan {
  /// Whether another plan does the same: to the same grants, users and companies, with the same
  /// consequences.
  ///
  /// Notices and the figures of the whole table do not count: they say what is worth knowing and not
  /// what is done. Of a plan that is too large to list its pairs the counts are compared.
  ///
  /// - Parameter other: A plan of the same intent.
  /// - Returns: Whether carrying out either leaves the same.
  package func doesTheSame(as other: Plan) -> Bool {
    (added, removed, leftAlone, entitiesLeftAlone) == (
      other.added, other.removed, other.leftAlone, other.entitiesLeftAlone
    ) && intent == other.intent && entities == other.entities && cascades == other.cascades
      && (selectedUsers, selectedCompanies) == (other.selectedUsers, other.selectedCompanies)
      && changes == other.changes
      && usersLeftWithNone.isSame(as: other.usersLeftWithNone)
      && companiesLeftWithNone.isSame(as: other.companiesLeftWithNone)
      && leavesNoAdministrator == other.leavesNoAdministrator && nameToType == other.nameToType
      && policy == other.policy && operators == other.operators
  }

  /// A pair that changes, by the ids that are written and the names that were shown.
  private struct PairChange: Hashable {
    let user: UserID
    let username: [UInt8]
    let company: CompanyID
    let companyName: [UInt8]
    let outcome: PairOutcome

    init?(_ pair: PairResult) {
      guard pair.outcome == .granted || pair.outcome == .revoked else { return nil }
      (user, username) = (pair.user.id, Array(pair.user.username.utf8))
      (company, companyName) = (pair.company.id, Array(pair.company.name.utf8))
      outcome = pair.outcome
    }
  }

  private var changes: [PairChange] { pairs.compactMap(PairChange.init) }
}

extension Affected where Entity: Identifiable {
  /// Whether these are as many and the same first ones; details may differ.
  fileprivate func isSame(as other: Affected) -> Bool {
    count == other.count && first.map(\.id) == other.first.map(\.id)
  }
}
