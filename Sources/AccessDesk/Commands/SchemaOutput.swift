internal import CompanyAccess
internal import Formats
internal import TerminalUI

/// Writes what is done, or would be done, to the schema of a database.
struct SchemaOutput {
  let context: CommandContext

  private static let columns = [
    Column("action", "ACTION"), Column("object", "OBJECT"), Column("purpose", "WHAT FOR"),
  ]

  /// One line for each step; programs get the statements too.
  ///
  /// - Parameters:
  ///   - steps: The steps.
  ///   - facts: What stands around them in JSON.
  ///   - sentences: More lists in JSON.
  /// - Throws: `OutputError`.
  func write(
    _ steps: [SchemaStep], facts: [(String, Cell)], sentences: [(String, [String])] = []
  ) throws(OutputError) {
    guard context.options.format == .json else { return try writeRows(steps) }
    let json = JSONWriter(context.output)
    try json.beginObject()
    for (name, cell) in facts { try json.member(name, cell) }
    try members(steps, json)
    for (name, texts) in sentences { try list(name, texts, json) }
    try json.endObject()
    try json.finish()
  }

  private func writeRows(_ steps: [SchemaStep]) throws(OutputError) {
    let isTable = context.options.format == .table
    let statements = isTable ? [] : [Column("statements", "STATEMENTS")]
    let listing = try Listing("steps", SchemaOutput.columns + statements, context)
    for step in steps {
      let text = isTable ? [] : [Cell.text(step.statements.joined(separator: ";\n"))]
      try listing.row(
        [.text(step.action.rawValue), .text(step.object), .text(step.purpose)] + text)
    }
    try listing.finish()
  }

  /// The steps as an array of JSON.
  func members(_ steps: [SchemaStep], _ json: JSONWriter) throws(OutputError) {
    try json.key("steps")
    try json.beginArray()
    for step in steps {
      try json.newLine()
      try json.beginObject()
      try json.member("action", .text(step.action.rawValue))
      try json.member("object", .text(step.object))
      try json.member("purpose", .text(step.purpose))
      try list("statements", step.statements, json)
      try json.endObject()
    }
    try json.endArray()
  }

  /// Texts as an array of JSON.
  func list(_ name: String, _ texts: [String], _ json: JSONWriter) throws(OutputError) {
    try json.key(name)
    try json.beginArray()
    for text in texts { try json.value(.text(text)) }
    try json.endArray()
  }
}

extension OptionDeclaration<String?> {
  static var mapping: Self {
    .value(
      "mapping", .file,
      help: "A JSON file that says where users and companies are; needed if that is not known.",
      earlierName: "shape")
  }
}

extension OptionDeclaration<Bool> {
  static var trustSchema: Self {
    .flag(
      "trust-schema",
      help: "Allow functions that the application's schema calls to run on its rows.")
  }
}
