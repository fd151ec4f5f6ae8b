package import CompanyAccess
package import TerminalUI

extension UserList {
  package static let nameColumn = 1

  package static func unknownColumns(_ facts: MappingFacts) -> Set<Int> {
    Set((facts.hasFullNames ? [] : [2]) + (facts.hasRoles ? [] : [3]))
  }

  package static func columns(_ query: UserQuery, _ facts: MappingFacts) -> [TableColumn] {
    func order(_ sort: UserSort) -> TableColumn.Order? {
      query.sort == sort ? (query.descending ? .descending : .ascending) : nil
    }
    var columns = [
      idColumn(facts.userIDs, order(.id)),
      TableColumn(
        "Username", minimum: 12, ideal: 18, maximum: 30, priority: 10, order: order(.username)),
      TableColumn(
        "Full name", minimum: 10, ideal: 24, maximum: 60, priority: 6, order: order(.name)),
      TableColumn("Role", minimum: 8, ideal: 16, maximum: 24, priority: 5, order: order(.role)),
      TableColumn("Status", minimum: 8, ideal: 8, maximum: 8, priority: 7, order: order(.status)),
    ]
    if query.company == nil {
      columns.append(
        TableColumn(
          "Companies", minimum: 10, ideal: 11, maximum: 11, alignment: .right, priority: 8,
          order: order(.companies)))
    } else {
      columns += standing(order(.granted))
    }
    return columns
  }

  package static func cells(_ row: UserSummary, _ query: UserQuery) -> (
    cells: [DisplayText], role: Role
  ) {
    let user = row.user
    var cells = [
      DisplayText(user.id.description), DisplayText.name(user.username),
      DisplayText(user.fullName ?? ""), DisplayText(user.role ?? ""),
      DisplayText(Messages.status(isActive: user.isActive)),
    ]
    cells +=
      query.company == nil ? [DisplayText(Digits.grouped(row.companies))] : cellsOf(row.standing)
    let isPlain = user.isActive && row.standing?.formerHolders.isEmpty != false
    return (cells, isPlain ? .normal : .warning)
  }
}

extension CompanyList {
  package static let nameColumn = 1

  package static func unknownColumns(_ facts: MappingFacts) -> Set<Int> {
    facts.hasCodes ? [] : [0]
  }

  package static func columns(_ query: CompanyQuery, _ facts: MappingFacts) -> [TableColumn] {
    func order(_ sort: CompanySort) -> TableColumn.Order? {
      query.sort == sort ? (query.descending ? .descending : .ascending) : nil
    }
    var columns = [
      TableColumn("Code", minimum: 6, ideal: 10, maximum: 20, priority: 9, order: order(.code)),
      TableColumn("Name", minimum: 14, ideal: 30, maximum: 60, priority: 10, order: order(.name)),
      TableColumn("Status", minimum: 8, ideal: 8, maximum: 8, priority: 7, order: order(.status)),
    ]
    if query.user == nil {
      columns.append(
        TableColumn(
          "Users", minimum: 7, ideal: 9, maximum: 11, alignment: .right, priority: 8,
          order: order(.users)))
    } else {
      columns += standing(order(.granted))
    }
    columns.append(idColumn(facts.companyIDs, nil))
    return columns
  }

  package static func cells(
    _ row: CompanySummary, _ query: CompanyQuery
  ) -> (cells: [DisplayText], role: Role) {
    let company = row.company
    var cells = [
      DisplayText(company.code ?? ""), DisplayText.name(company.name),
      DisplayText(Messages.status(isActive: company.isActive)),
    ]
    cells += query.user == nil ? [DisplayText(Digits.grouped(row.users))] : cellsOf(row.standing)
    cells.append(DisplayText(company.id.description))
    let isPlain = company.isActive && row.standing?.formerHolders.isEmpty != false
    return (cells, isPlain ? .normal : .warning)
  }
}

/// A UUID is of use only as a whole, and stands where there is room for it.
private func idColumn(_ ids: MappingFacts.IDs, _ order: TableColumn.Order?) -> TableColumn {
  switch ids {
  case .numbers:
    TableColumn(
      "Id", minimum: 3, ideal: 5, maximum: 8, alignment: .right, priority: 9, order: order)
  case .texts: TableColumn("Id", minimum: 6, ideal: 10, maximum: 20, priority: 9, order: order)
  case .uuids: TableColumn("Id", minimum: 36, ideal: 36, maximum: 36, priority: 1, order: order)
  }
}

private func standing(_ order: TableColumn.Order?) -> [TableColumn] {
  [
    TableColumn("Since", minimum: 16, ideal: 16, maximum: 16, priority: 8, order: order),
    TableColumn("Change", minimum: 6, ideal: 6, maximum: 10, alignment: .right, priority: 4),
  ]
}

private func cellsOf(_ standing: GrantInfo?) -> [DisplayText] {
  guard let standing else { return [.empty, .empty] }
  // Of a grant that was given to an earlier holder of the id it matters more to whom than when.
  let since =
    standing.formerHolders.first.map { "earlier \($0.rawValue)" } ?? standing.grantedAt.localMinute
  return [
    DisplayText(since), DisplayText(standing.change?.description ?? "-"),
  ]
}
