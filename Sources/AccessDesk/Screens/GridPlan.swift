internal import CompanyAccess

/// What is staged in the grid: cells one by one, and whole rows, columns and rectangles.
///
/// What was staged later counts more. A region is kept as what was chosen, however many cells it has.
struct GridPlan: Hashable, Sendable {
  /// A cell that was staged by itself.
  struct Cell: Hashable, Sendable {
    /// Whether it is to be granted; otherwise it is to be revoked, or kept out of a region.
    let grants: Bool
    /// Whether it was granted when it was staged.
    let had: Bool
  }

  /// Every cell of some users and some companies.
  struct Region: Hashable, Sendable {
    let users: EntitySelection
    let companies: EntitySelection
    var grants: Bool
    /// Whether the key has turned it from what it was first.
    var isTurned = false
  }

  private enum Layer: Hashable, Sendable {
    case cells([GrantPair: Cell], order: [GrantPair])
    case region(Region)
  }

  private var layers: [Layer] = []

  var isEmpty: Bool { layers.isEmpty }

  /// The regions, in the order in which they were staged.
  var regions: [Region] {
    layers.compactMap { if case .region(let region) = $0 { region } else { nil } }
  }

  /// The cell, if it was staged by itself.
  func cell(_ pair: GrantPair) -> Cell? {
    for case .cells(let cells, _) in layers { if let cell = cells[pair] { return cell } }
    return nil
  }

  /// What a cell is staged to become; nil where nothing is.
  ///
  /// - Parameters:
  ///   - pair: The cell.
  ///   - covers: Whether the region with a number, from 0, has the cell.
  /// - Returns: Whether it is to be granted.
  func wish(_ pair: GrantPair, covers: (Int) -> Bool) -> Bool? {
    var number = regions.count
    for layer in layers.reversed() {
      switch layer {
      case .cells(let cells, _): if let cell = cells[pair] { return cell.grants }
      case .region(let region):
        number -= 1
        if covers(number) { return region.grants }
      }
    }
    return nil
  }

  /// Turns a cell: from what it is to become, or is, to the other.
  ///
  /// A cell that another program has changed since it was staged is taken out.
  mutating func toggle(_ pair: GrantPair, has: Bool, covers: (Int) -> Bool) {
    let staged = cell(pair)
    let wanted = !(wish(pair, covers: covers) ?? has)
    remove { $0 == pair }
    if let staged, staged.had != has { return }
    guard (wish(pair, covers: covers) ?? has) != wanted else { return }
    let cell = Cell(grants: wanted, had: has)
    if case .cells(var cells, var order) = layers.last {
      cells[pair] = cell
      order.append(pair)
      layers[layers.count - 1] = .cells(cells, order: order)
    } else {
      layers.append(.cells([pair: cell], order: [pair]))
    }
  }

  /// Stages a region; of the one staged last, the other way round, and then not at all.
  ///
  /// - Parameters:
  ///   - users: Its users.
  ///   - companies: Its companies.
  ///   - grants: Whether its cells are to be granted at first.
  mutating func turn(_ users: EntitySelection, _ companies: EntitySelection, grants: Bool) {
    guard case .region(var region) = layers.last, region.users == users,
      region.companies == companies
    else {
      layers.append(.region(Region(users: users, companies: companies, grants: grants)))
      return
    }
    layers.removeLast()
    guard !region.isTurned else { return }
    region.grants.toggle()
    region.isTurned = true
    layers.append(.region(region))
  }

  /// Takes out the cells and regions that are of one user or company, who is gone.
  mutating func drop(_ id: EntityID) {
    remove { .user($0.user) == id || .company($0.company) == id }
    layers.removeAll {
      guard case .region(let region) = $0 else { return false }
      return region.users.names(id) || region.companies.names(id)
    }
  }

  private mutating func remove(_ isGone: (GrantPair) -> Bool) {
    layers = layers.compactMap { layer in
      guard case .cells(let cells, let order) = layer else { return layer }
      let rest = order.filter { !isGone($0) }
      return rest.isEmpty ? nil : .cells(cells.filter { !isGone($0.key) }, order: rest)
    }
  }

  /// The same for the library.
  var edits: [PairEdit] {
    layers.flatMap { layer in
      switch layer {
      case .cells(let cells, let order): edits(cells, order)
      case .region(let region):
        [
          PairEdit(
            users: region.users.users, companies: region.companies.companies,
            grants: region.grants)
        ]
      }
    }
  }

  /// The cells of each user together.
  private func edits(_ cells: [GrantPair: Cell], _ order: [GrantPair]) -> [PairEdit] {
    var users: [UserID] = []
    var companies: [UserID: (granted: [CompanyID], revoked: [CompanyID])] = [:]
    for pair in order {
      guard let cell = cells[pair] else { continue }
      if companies[pair.user] == nil { users.append(pair.user) }
      var those = companies[pair.user] ?? ([], [])
      if cell.grants {
        those.granted.append(pair.company)
      } else {
        those.revoked.append(pair.company)
      }
      companies[pair.user] = those
    }
    return users.flatMap { user -> [PairEdit] in
      guard let those = companies[user] else { return [] }
      return [(those.granted, true), (those.revoked, false)].compactMap { companies, grants in
        companies.isEmpty
          ? nil : PairEdit(users: .these([user]), companies: .these(companies), grants: grants)
      }
    }
  }

  /// Selections that pick the users for whom something is staged.
  var users: [EntitySelection] {
    layers.map { layer in
      switch layer {
      case .cells(_, let order): .these(order.map { .user($0.user) })
      case .region(let region): region.changedUsers
      }
    }
  }
}

extension GridPlan.Region {
  /// Those of its users who have not what it wants, where one company tells.
  fileprivate var changedUsers: EntitySelection {
    guard case .these(let companies) = companies, companies.count == 1,
      case .matching(var query, let except) = users, query.subject == nil
    else { return users }
    query.subject = companies[0]
    query.relation = grants ? .lacking : .holding
    return .matching(query, except: except)
  }
}

extension EntitySelection {
  /// Whether it names this one.
  fileprivate func names(_ id: EntityID) -> Bool {
    if case .these(let ids) = self { ids.contains(id) } else { false }
  }
}
