internal import CompanyAccess
internal import Formats

/// Since when a grant stands and by which change, in every list that shows grants.
///
/// A grant that was given to an earlier holder of an id is marked. Programs have a column for that;
/// people read it behind the change.
enum StandingCells {
  static func columns(_ context: CommandContext) -> [Column] {
    let columns = [Column("granted_at", "GRANTED"), Column("change", "CHANGE", number: true)]
    return context.options.format == .table ? columns : columns + [Column("note", "NOTE")]
  }

  static func cells(_ standing: GrantInfo?, _ context: CommandContext) -> [Cell] {
    let since: Cell = standing.map { .time($0.grantedAt) } ?? .null
    let note = standing.flatMap(Messages.formerHolders)
    guard context.options.format == .table else {
      return [since, Cell(standing?.change), Cell(note)]
    }
    guard let note else { return [since, Cell(standing?.change)] }
    return [since, .text("\(standing?.change?.description ?? "-") (\(note))")]
  }
}
