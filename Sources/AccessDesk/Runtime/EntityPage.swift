internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// What is known of one user or company: its page, or the part of it that stands beside a list.
package struct EntityPage: Hashable, Sendable {
  /// A line with a label.
  struct Fact: Hashable, Sendable {
    let label: String
    let value: String
  }

  /// How much of a page is read.
  package enum Depth: Hashable, Sendable {
    case whole
    /// What stands beside a list: without what takes long.
    case summary
  }

  let entity: Entity
  let facts: [Fact]
  /// The first grants, by name, with since when they are.
  let grants: [Entity]
  /// The changes that made these grants.
  let authors: [ChangeID: Change]
  /// Where the grants of a user and the rule of the role disagree; nil where that is not asked.
  let rule: [RuleDifference]?
  /// The last changes; nil where they are not asked for.
  let changes: [Change]?

  private static let (mostGrants, mostChanges, mostDifferences) = (500, 12, 60)
  private static let grantsOfSummary = 40

  /// Reads a page; nil if there is no such user or company.
  static func read(
    _ id: EntityID, _ depth: Depth, _ reading: EntitySource.Reading
  ) throws(AccessError) -> EntityPage? {
    let (store, moment, work) = reading
    guard let entity = try EntityDescription.of(id.kind).source.one(id, reading) else {
      return nil
    }
    let kind: CommandKind = id.kind == .user ? .users : .companies
    let facts = try kind.facts(id, store, moment).filter { $0.cell != .null }.map {
      Fact(label: $0.column.title, value: TableWriter.text($0.cell).string)
    }
    let query = EntityQuery(about: id)
    let isWhole = depth == .whole
    let grants = try query.description.source.page(
      query, .at(.first), isWhole ? mostGrants : grantsOfSummary, reading
    ).rows
    let authors = Set(grants.compactMap { $0.standing?.change })
    return EntityPage(
      entity: entity, facts: facts, grants: grants,
      authors: isWhole ? try store.changes(numbered: authors) : [:],
      rule: isWhole && moment == .now ? try rule(id, store, work) : nil,
      changes: isWhole ? try changes(id, reading) : nil)
  }

  private static func rule(
    _ id: EntityID, _ store: AccessStore, _ work: Work
  ) throws(AccessError) -> [RuleDifference]? {
    guard let user = id.user else { return nil }
    return try store.ruleDifferences(of: user, limit: mostDifferences, work: work)
  }

  private static func changes(
    _ id: EntityID, _ reading: EntitySource.Reading
  ) throws(AccessError) -> [Change] {
    var query = ChangeQuery()
    (query.user, query.company) = (id.user, id.company)
    return try reading.store.changes(
      query, limit: mostChanges, at: reading.moment, work: reading.work)
  }
}
