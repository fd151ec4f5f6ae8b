internal import CompanyAccess

/// What a command works with beside its own words.
struct CommandContext {
  let options: GlobalOptions
  let console: Console
  /// The whole tree, for commands about commands.
  let root: CommandNode
  let version: String

  var output: ByteWriter { console.output }

  /// Whether tables have colour.
  var color: Bool {
    options.color.isOn(onTerminal: console.outputIsTerminal, environment: console.environment)
  }

  /// Opens the database that the call or the environment names.
  func openStore() throws -> AccessStore {
    guard let path = options.database else { throw UsageProblem.missingDatabase }
    return try AccessStore.open(
      path, access: options.readOnly ? .readOnly : .automatic, origin: .command)
  }

  /// Says something to people who read a table; programs find it in the data.
  func sayIfTable(_ text: String?) {
    if let text, options.format == .table { console.say(text) }
  }
}
