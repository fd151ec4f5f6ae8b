/// The options that stand before or behind any command.
struct GlobalOptions: Hashable, Sendable {
  /// The database; from `COMPANY_ACCESS_DB` when no option names it.
  var database: String?
  /// Whether the call itself names the database.
  var isDatabaseGiven = false
  var readOnly = false
  var format = OutputFormat.table
  /// The format of test programs that was asked for, which only some commands know.
  var testFormat: TestFormat?
  /// Whether the call itself says in which format; else a command may have its own.
  var isFormatGiven = false
  var color = ColorChoice.auto
  /// For the desk: whether the mouse is used.
  var mouse = false
  /// For the desk: whether lines are drawn with ASCII characters.
  var ascii = false
  /// For the desk: the folder to which it may write files.
  var files: String?

  /// The options of a call, with the environment behind them.
  init(_ parsed: ParsedArguments, environment: [String: String]) throws(UsageProblem) {
    let given = CommonInputs()
    let desk = DeskInputs()
    try CommandInputs(of: given).read(parsed)
    try CommandInputs(of: desk).read(parsed)
    let variable = environment["COMPANY_ACCESS_DB"].flatMap { $0.isEmpty ? nil : $0 }
    database = given.database ?? variable
    isDatabaseGiven = given.database != nil
    readOnly = given.readOnly
    if given.json, let format = given.format, format != .data(.json) {
      throw .conflict("--json", "--format \(format.rawValue)")
    }
    if case .data(let asked) = given.format { format = asked }
    if case .test(let asked) = given.format { testFormat = asked }
    if given.json { format = .json }
    isFormatGiven = given.json || given.format != nil
    color = given.color ?? .auto
    mouse = desk.mouse
    ascii = desk.ascii
    files = desk.files
  }

  /// Options that every command knows.
  static let everywhere = CommandInputs(of: CommonInputs()).options

  /// Options that only the desk heeds; commands ignore them.
  static let ofTheDesk = CommandInputs(of: DeskInputs()).options

  /// The option that names the database.
  static let database = OptionDeclaration<String?>.database.info
}

/// The options that every command knows, as they are declared.
private struct CommonInputs: CommandInputGroup {
  @Option(.database) var database: String?
  @Flag("read-only", help: "Change nothing; commands that would change a database are refused.")
  var readOnly: Bool
  @Option(
    "format", .choice("FORMAT"),
    help: "The format of the output: table, json, csv or tsv; of expect also tap or junit.",
    repetition: .lastHolds)
  var format: AskedFormat?
  @Flag("json", help: "The same as --format json.") var json: Bool
  @Option(
    "color", .choice("WHEN"), help: "Colour in tables and at the desk: auto, always or never.",
    repetition: .lastHolds)
  var color: ColorChoice?
  @Flag(.flag("help", short: "h", help: "Show this help.", answer: .help)) var help: Bool
}

/// The options that only the desk heeds, as they are declared.
private struct DeskInputs: CommandInputGroup {
  @Flag("mouse", help: "At the desk: use the mouse.") var mouse: Bool
  @Flag("ascii", help: "At the desk: draw lines with ASCII characters.") var ascii: Bool
  @Option(
    "files", .text("DIR", completedAs: .file),
    help: "At the desk: Ctrl-S writes lists to files in this folder.", repetition: .lastHolds)
  var files: String?
  @Flag(.flag("version", help: "Show the version.", answer: .version)) var version: Bool
}

extension OptionDeclaration<String?> {
  fileprivate static var database: Self {
    .value(
      "db", .text("PATH", completedAs: .file),
      help: "The database file; if not given, COMPANY_ACCESS_DB names it.", repetition: .lastHolds)
  }
}

/// How data is written.
enum OutputFormat: String, Hashable, Sendable, CaseIterable {
  case table, json, csv, tsv
}

/// A format that a call may name.
enum AskedFormat: Hashable, Sendable, CaseIterable, RawRepresentable {
  case data(OutputFormat)
  case test(TestFormat)

  static let allCases = OutputFormat.allCases.map(data) + TestFormat.allCases.map(test)

  init?(rawValue word: String) {
    guard let found = AskedFormat.allCases.first(where: { $0.rawValue == word }) else { return nil }
    self = found
  }

  var rawValue: String {
    switch self {
    case .data(let format): format.rawValue
    case .test(let format): format.rawValue
    }
  }
}

/// Whether colour is used.
enum ColorChoice: String, Hashable, Sendable, CaseIterable {
  case auto, always, never

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
