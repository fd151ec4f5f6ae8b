internal import CompanyAccess
internal import Formats

/// Writes a mapping that a database suggests.
struct SuggestionReport {
  let context: CommandContext
  let suggestion: MappingSuggestion
  /// The file to which the mapping goes; nil for none.
  let file: String?

  func write() throws -> ExitCode {
    if let file {
      guard let mapping = suggestion.mapping else {
        context.sayIfTable(SuggestionMessages.nothingToWrite)
        return try writeAnswer()
      }
      let target = OutputPath(
        file, for: .document, existing: .kept, databases: [try context.database])
      try target.write { try $0.write(mapping) }
      if file == OutputPath.standardOutput { return code }
    }
    return try writeAnswer()
  }

  private var code: ExitCode { suggestion.answer == .none ? .no : .done }

  private func writeAnswer() throws -> ExitCode {
    switch context.options.format {
    case .table: try writeText()
    case .json: try writeJSON()
    case .csv, .tsv: try writeRows()
    }
    if let file, suggestion.mapping != nil { context.sayIfTable(SuggestionMessages.written(file)) }
    return code
  }

  // MARK: - For people

  private func writeText() throws {
    try line(SuggestionMessages.answer(suggestion))
    for table in suggestion.chosen { try lines(table) }
    if !suggestion.alternatives.isEmpty {
      try line("")
      try line(SuggestionMessages.alternatives + ":")
      for table in suggestion.alternatives { try lines(table) }
    }
    if !suggestion.questions.isEmpty {
      try line("")
      try line(SuggestionMessages.questions)
      for question in suggestion.questions {
        try line("- " + SuggestionMessages.words(question))
      }
    }
    guard file == nil, let mapping = suggestion.mapping else { return }
    try line("")
    try line(SuggestionMessages.mapping)
    try context.output.write(mapping)
  }

  private func lines(_ table: SuggestedTable) throws(OutputError) {
    try line("\(SuggestionMessages.part(table.part)): \(SuggestionMessages.table(table))")
    let reasons = SuggestionMessages.reasons(table)
    if !reasons.isEmpty { try line("  \(reasons)") }
  }

  private func line(_ text: String) throws(OutputError) {
    try context.output.write(context.output.shown(text) + "\n")
  }

  // MARK: - For programs

  private func writeRows() throws {
    let listing = try Listing(
      "tables",
      [
        Column("part", "PART"), Column("is_chosen", "CHOSEN"), Column("table", "TABLE"),
        Column("columns", "COLUMNS"), Column("reasons", "REASONS"),
      ], context)
    for (table, isChosen) in suggestion.chosen.map({ ($0, true) })
      + suggestion.alternatives.map({ ($0, false) })
    {
      try listing.row([
        .text(table.part.rawValue), .flag(isChosen, word: isChosen ? "yes" : "no"),
        .text(table.table), .text(SuggestionMessages.columns(table)),
        .text(SuggestionMessages.reasons(table)),
      ])
    }
    try listing.finish()
  }

  private func writeJSON() throws {
    let json = JSONWriter(context.output)
    try json.beginObject()
    try json.member("answer", .text(suggestion.answer.rawValue))
    try json.key("mapping")
    if let document = suggestion.document {
      try document.write(json)
    } else {
      try json.value(.null)
    }
    try write("chosen", suggestion.chosen, json)
    try write("alternatives", suggestion.alternatives, json)
    try SchemaOutput(context: context).list(
      "questions", suggestion.questions.map(SuggestionMessages.words), json)
    try json.endObject()
    try json.finish()
  }

  private func write(
    _ name: String, _ tables: [SuggestedTable], _ json: JSONWriter
  ) throws(OutputError) {
    try json.key(name)
    try json.beginArray()
    for table in tables {
      try json.newLine()
      try json.beginObject()
      try json.member("part", .text(table.part.rawValue))
      try json.member("table", .text(table.table))
      try json.key("columns")
      try json.beginArray()
      for column in table.columns {
        try json.beginObject()
        try json.member("purpose", .text(column.purpose))
        try json.member("column", .text(column.column))
        try json.endObject()
      }
      try json.endArray()
      try SchemaOutput(context: context).list(
        "reasons", table.reasons.map(SuggestionMessages.words), json)
      try json.endObject()
    }
    try json.endArray()
  }
}
