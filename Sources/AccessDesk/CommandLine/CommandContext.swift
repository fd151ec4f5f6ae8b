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
}
