internal import CompanyAccess
internal import Formats

/// What a command works with beside its own words.
struct CommandContext {
  let options: GlobalOptions
  let console: Console
  /// The whole tree, for commands about commands.
  let root: CommandNode
  let version: String
  /// The words that call the command.
  var name = ""

  var output: ByteWriter { console.output }

  /// Whether tables have colour.
  var color: Bool {
    options.color.isOn(onTerminal: console.outputIsTerminal, environment: console.environment)
  }

  /// The path of the database that the call or the environment names.
  var database: String {
    get throws(UsageProblem) {
      guard let path = options.database else { throw UsageProblem.missingDatabase }
      return path
    }
  }

  /// Whether a database may be opened for writing.
  var access: AccessStore.Access { options.readOnly ? .readOnly : .automatic }

  /// That database, for a command that may be refused for one of a server.
  ///
  /// - Throws: `.badLocation`; `.notForServers` where the command works on files only.
  func place() throws -> String {
    let database = try database
    if ServerLocation.isOne(database) {
      try ServerLocation.check(database, isArgument: options.isDatabaseGiven)
      guard ServerCommands.names.contains(name) else { throw AccessError.notForServers(what: name) }
    }
    return database
  }

  /// Opens that database.
  func openStore() throws -> AccessStore {
    let database = try place()
    do {
      return try AccessStore.open(database, access: access, origin: .command)
    } catch .passwordNeeded(let place) {
      return try AccessStore.open(
        server: database, password: try SecretPrompt(console: console).password(for: place),
        access: access, origin: .command)
    }
  }

  /// Says something to people who read a table; programs find it in the data.
  func sayIfTable(_ text: String?) {
    if let text, options.format == .table { console.say(text) }
  }
}
