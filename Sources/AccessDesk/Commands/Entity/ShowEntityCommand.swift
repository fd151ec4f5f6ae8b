internal import CompanyAccess
internal import Formats

/// `user show`, `company show`: everything about one.
struct ShowEntityCommand: Command {
  let kind: CommandKind
  @Argument var name: String
  let asOf = AsOf()

  init(_ kind: CommandKind) {
    self.kind = kind
    _name = Argument(kind.name)
  }

  var info: CommandInfo {
    CommandInfo(
      abstract: "show the data, the grants and the last changes of a \(kind.word)",
      examples: [
        CommandExample(
          purpose: "everything about one \(kind.word)",
          call: "--db hrm.db \(kind.word) show \(kind.texts.example.name)")
      ])
  }

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let moment = try asOf.moment(store, context, attributes: true)
    let id = try kind.find(name, store, moment)
    try EntityReport(kind: kind, store: store, moment: moment, context: context).write(id)
    return .done
  }
}
