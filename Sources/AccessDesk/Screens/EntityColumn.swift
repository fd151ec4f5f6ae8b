internal import CompanyAccess
internal import TerminalUI

/// A column of a list of users or companies: its heading, its room, and its cells.
struct EntityColumn: Sendable {
  let column: TableColumn
  let sort: EntitySort?
  /// Whether it shows the name by which a row is known.
  let isName: Bool
  /// Whether it shows a number of grants, which says nothing where a list is about one subject.
  let countsGrants: Bool
  let cell: @Sendable (Entity) -> DisplayText

  init(
    _ title: DisplayText, _ minimum: Int, ideal: Int, _ maximum: Int,
    alignment: Alignment = .left, priority: Int, sort: EntitySort? = nil, isName: Bool = false,
    countsGrants: Bool = false, cell: @escaping @Sendable (Entity) -> DisplayText
  ) {
    column = TableColumn(
      title, minimum: minimum, ideal: ideal, maximum: maximum, alignment: alignment,
      priority: priority)
    (self.sort, self.isName, self.countsGrants, self.cell) = (sort, isName, countsGrants, cell)
  }

  /// A UUID is of use only as a whole, and stands where there is room for it.
  static func id(_ ids: MappingFacts.IDs, sort: EntitySort?) -> EntityColumn {
    let room =
      switch ids {
      case .numbers: (3, 5, 8, Alignment.right, 9)
      case .texts: (6, 10, 20, Alignment.left, 9)
      case .uuids: (36, 36, 36, Alignment.left, 1)
      }
    return EntityColumn(
      ListTitles.id, room.0, ideal: room.1, room.2, alignment: room.3, priority: room.4, sort: sort
    ) { DisplayText(EntityMessages.id($0.id)) }
  }

  static func status(sort: EntitySort) -> EntityColumn {
    EntityColumn(ListTitles.status, 8, ideal: 8, 8, priority: 7, sort: sort) {
      DisplayText(Messages.status(isActive: $0.isActive))
    }
  }

  static func grants(
    _ title: DisplayText, _ minimum: Int, ideal: Int, sort: EntitySort
  ) -> EntityColumn {
    EntityColumn(
      title, minimum, ideal: ideal, 11, alignment: .right, priority: 8, sort: sort,
      countsGrants: true
    ) { DisplayText(Digits.grouped($0.grants)) }
  }

  /// Since when and by which change a row is granted to the subject of its list.
  static func standing(sort: EntitySort) -> [EntityColumn] {
    [
      // With the mark of the order behind the title.
      EntityColumn(
        ListTitles.since, 16, ideal: max(16, ListTitles.since.width + 2),
        max(16, ListTitles.since.width + 2), priority: 8, sort: sort
      ) {
        DisplayText($0.standing.map(ListTitles.since) ?? "")
      },
      EntityColumn(ListTitles.change, 6, ideal: 6, 10, alignment: .right, priority: 4) {
        DisplayText($0.standing.map { $0.change?.description ?? "-" } ?? "")
      },
    ]
  }
}

extension EntityQuery {
  /// The columns of the list, with the mark of the order.
  func columns(_ facts: MappingFacts) -> [EntityColumn] {
    description.columns(facts).flatMap {
      subject != nil && $0.countsGrants ? EntityColumn.standing(sort: description.sortByTime) : [$0]
    }
  }

  /// What the columns are drawn with, the one of the order marked.
  func headings(_ columns: [EntityColumn]) -> [TableColumn] {
    columns.map { column in
      var heading = column.column
      if column.sort == sort { heading.order = descending ? .descending : .ascending }
      return heading
    }
  }

  /// Whether the ids are among the columns that a window of this width has room for.
  func showsIDs(_ facts: MappingFacts, width: Int) -> Bool {
    let columns = columns(facts).map(\.column)
    return TableColumn.layout(columns, width: width).contains {
      columns[$0.index].title == ListTitles.id
    }
  }
}
