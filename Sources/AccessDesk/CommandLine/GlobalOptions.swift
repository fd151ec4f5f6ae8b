/// The options that stand before or behind any command.
struct GlobalOptions: Hashable, Sendable {
  /// The database; from `COMPANY_ACCESS_DB` when no option names it.
  var database: String?
  var readOnly = false
  var format = OutputFormat.table
  /// Whether the call itself says in which format; else a command may have its own.
  var isFormatGiven = false
  var color = ColorChoice.auto
  /// For the desk: whether the mouse is used.
  var mouse = false
  /// For the desk: whether lines are drawn with ASCII characters.
  var ascii = false

  /// The options of a call, with the environment behind them.
  init(_ parsed: ParsedArguments, environment: [String: String]) throws(UsageProblem) {
    let variable = environment["COMPANY_ACCESS_DB"].flatMap { $0.isEmpty ? nil : $0 }
    database = parsed["db"] ?? variable
    readOnly = parsed.has("read-only")
    if let name = parsed["format"], let named = OutputFormat(rawValue: name) {
      if parsed.has("json"), named != .json { throw .conflict("--json", "--format \(name)") }
      format = named
    }
    if parsed.has("json") { format = .json }
    isFormatGiven = parsed.has("json") || parsed.has("format")
    color = parsed["color"].flatMap(ColorChoice.init) ?? .auto
    mouse = parsed.has("mouse")
    ascii = parsed.has("ascii")
  }

  /// Options that every command knows.
  static let everywhere = [
    OptionInfo(
      long: "db", value: OptionValue(name: "PATH", kind: .file),
      help: "The database; COMPANY_ACCESS_DB is the default.", repetition: .lastHolds),
    OptionInfo(long: "read-only", help: "Change nothing, and refuse what would."),
    OptionInfo(
      long: "format", value: OptionValue(name: "FORMAT", kind: .choice(OutputFormat.names)),
      help: "How data is written: table, json, csv or tsv.", repetition: .lastHolds),
    OptionInfo(long: "json", help: "The same as --format json."),
    OptionInfo(
      long: "color", value: OptionValue(name: "WHEN", kind: .choice(ColorChoice.names)),
      help: "Colour in tables and on the desk: auto, always or never.", repetition: .lastHolds),
    OptionInfo(long: "help", short: "h", help: "Show this help."),
  ]

  /// Options that only the desk heeds; commands ignore them.
  static let ofTheDesk = [
    OptionInfo(long: "mouse", help: "The desk: use the mouse."),
    OptionInfo(long: "ascii", help: "The desk: draw lines with ASCII characters."),
    OptionInfo(long: "version", help: "Show the version."),
  ]
}

/// How data is written.
enum OutputFormat: String, Hashable, Sendable, CaseIterable {
  case table, json, csv, tsv

  static let names = allCases.map(\.rawValue)
}

/// Whether colour is used.
enum ColorChoice: String, Hashable, Sendable, CaseIterable {
  case auto, always, never

  static let names = allCases.map(\.rawValue)

  /// Whether to colour: `auto` means on a terminal that can, unless `NO_COLOR` is set.
  func isOn(onTerminal: Bool, environment: [String: String]) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      onTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
  }
}
