internal import CompanyAccess
internal import Formats

/// What a command did, as one object or one row for programs; people read it in words.
struct SummaryOutput {
  let context: CommandContext

  func write(_ facts: [(key: String, cell: Cell)]) throws(OutputError) {
    switch context.options.format {
    case .table: break
    case .json:
      let json = JSONWriter(context.output)
      try json.beginObject()
      for (key, cell) in facts { try json.member(key, cell) }
      try json.endObject()
      try json.finish()
    case .csv, .tsv:
      let listing = try Listing("facts", facts.map { Column($0.key, $0.key) }, context)
      try listing.row(facts.map(\.cell))
      try listing.finish()
    }
  }
}
