internal import CompanyAccess
internal import Formats

/// Rows of one kind on their way out, in the format that was asked for.
struct Listing {
  private enum Writer {
    case table(TableWriter)
    case json(JSONWriter)
    case delimited(DelimitedWriter)
  }

  private let columns: [Column]
  private let writer: Writer

  /// Begins a listing; in JSON the rows stand in an array of this name.
  init(_ name: String, _ columns: [Column], _ context: CommandContext) throws(OutputError) {
    self.columns = columns
    switch context.options.format {
    case .table:
      writer = .table(TableWriter(columns, color: context.color, context.output))
    case .json:
      let json = JSONWriter(context.output)
      try json.beginObject()
      try json.key(name)
      try json.beginArray()
      writer = .json(json)
    case .csv, .tsv:
      let style = context.options.format == .csv ? DelimitedWriter.Style.csv : .tsv
      let delimited = DelimitedWriter(style, context.output)
      try delimited.header(columns)
      writer = .delimited(delimited)
    }
  }

  func row(_ cells: [Cell]) throws(OutputError) {
    switch writer {
    case .table(let table): try table.row(cells)
    case .json(let json):
      try json.newLine()
      try json.beginObject()
      for (column, cell) in zip(columns, cells) { try json.member(column.key, cell) }
      try json.endObject()
    case .delimited(let delimited): try delimited.row(cells)
    }
  }

  /// Ends the listing; JSON gets the figures behind the rows.
  func finish(_ figures: [(String, Cell)] = []) throws(OutputError) {
    switch writer {
    case .table(let table): try table.finish()
    case .json(let json):
      try json.endArray()
      for (name, cell) in figures { try json.member(name, cell) }
      try json.endObject()
      try json.finish()
    case .delimited: break
    }
  }
}
