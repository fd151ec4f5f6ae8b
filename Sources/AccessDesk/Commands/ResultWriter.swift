internal import CompanyAccess
internal import Formats

/// Writes what a command did to grants.
struct ResultWriter {
  let context: CommandContext

  /// A line for each pair, if there are not too many; JSON has the figures too.
  func write(_ result: ChangeResult, more: [(String, Cell)] = []) throws(OutputError) {
    switch context.options.format {
    case .json: try writeJSON(result, more)
    case .table where result.results.isEmpty: break
    case .table, .csv, .tsv:
      let columns = [
        Column("user", "USER"), Column("company", "COMPANY"), Column("result", "RESULT"),
      ]
      let listing = try Listing("results", columns, context)
      for pair in result.results { try listing.row(cells(pair)) }
      try listing.finish()
    }
  }

  private func cells(_ pair: PairResult) -> [Cell] {
    let isTable = context.options.format == .table
    let word = isTable ? CommandMessages.outcome(pair.outcome) : pair.outcome.rawValue
    return [.text(pair.user.username), .text(pair.company.name), .text(word)]
  }

  private func writeJSON(_ result: ChangeResult, _ more: [(String, Cell)]) throws(OutputError) {
    let json = JSONWriter(context.output)
    try json.beginObject()
    try json.member("change", Cell(result.change))
    try json.member("added", Cell(result.added))
    try json.member("removed", Cell(result.removed))
    try json.member("unchanged", Cell(result.unchanged))
    for (key, cell) in more { try json.member(key, cell) }
    try json.key("results")
    try json.beginArray()
    for pair in result.results {
      try json.newLine()
      try json.beginObject()
      try json.member("user", .text(pair.user.username))
      try json.member("company", .text(pair.company.name))
      try json.member("result", .text(pair.outcome.rawValue))
      try json.endObject()
    }
    try json.endArray()
    if !result.entities.isEmpty { try write(result.entities, json) }
    try json.endObject()
    try json.finish()
  }

  /// What happened to users and companies themselves.
  private func write(_ entities: [PlannedEntity], _ json: JSONWriter) throws(OutputError) {
    try json.key("entities")
    try json.beginArray()
    for entity in entities {
      try json.newLine()
      try json.beginObject()
      try json.member("kind", .text(entity.kind.rawValue))
      try json.member("id", Cell(entity.id))
      try json.member("name", .text(entity.name))
      try json.member("event", .text(EntityMessages.event(entity.event)))
      try json.fields(entity.fields)
      try json.endObject()
    }
    try json.endArray()
  }
}

extension JSONWriter {
  /// What was different, by the ids of the fields.
  func fields(_ fields: [FieldChange]) throws(OutputError) {
    try key("fields")
    try beginArray()
    for field in fields {
      try beginObject()
      try member("field", .text(field.field))
      try member("before", Cell(field.before))
      try member("after", Cell(field.after))
      try endObject()
    }
    try endArray()
  }
}

extension Cell {
  /// The id of a user or company; null for one who is not there yet.
  init(_ id: EntityID?) {
    switch id {
    case .user(let id)?: self.init(id)
    case .company(let id)?: self.init(id)
    case nil: self = .null
    }
  }
}
