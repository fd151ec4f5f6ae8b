internal import CompanyAccess
internal import Formats

/// `apply FILE`: grants and revokes by edits in JSON, as one change.
struct ApplyCommand: Command {
  /// Where the edits are.
  enum Source: Hashable {
    case file(String)
    case word(String)
  }

  @ArgumentForms(
    .option(.value("edits", .text("JSON"), help: "The edits themselves.")) { .word($0) },
    .usual(.optional(.file, help: "The file; - or no argument means standard input.")) {
      .file($0 ?? "-")
    })
  var source: Source
  let options = WriteOptions()
  @Flag(.noAdministrator) var leavesNoAdministrator: Bool

  let info = CommandInfo(
    abstract: "grant and revoke by edits in JSON, as one change",
    discussion: [
      """
      An edit is an object with action (grant or revoke), users and companies: each of the users \
      gets, or loses, each of the companies. An array of edits is one change, in which a later edit \
      counts more than those before. This is what the desk shows for what is staged in the grid.
      """,
      """
      Users and companies are an array of names, as grant takes them, or an object that picks all \
      that match: search (words; with id_parts false parts of ids are not searched), user or company (one to whom they are granted; with relation \
      not-granted those who have it not), access (some or none), status (active or inactive), grants \
      (of users: from how many companies to how many, as [0,3]), among (an array of other choices), \
      except (an array of names). An empty object picks all.
      """,
      "More than 1,000 pairs have to be confirmed.",
    ],
    examples: [
      CommandExample(
        purpose: "let alice enter ATL instead of BAL",
        call: """
          --db hrm.db apply --edits '[{"action":"grant","users":["alice"],"companies":["ATL"]},\
          {"action":"revoke","users":["alice"],"companies":["BAL"]}]'
          """),
      CommandExample(purpose: "carry out a file", call: "--db hrm.db apply edits.json"),
    ], writes: true)

  func run(_ context: CommandContext) throws -> ExitCode {
    if source == .file("-"), context.console.inputIsTerminal {
      throw UsageProblem.missingArgument("FILE")
    }
    let store = try context.openStore()
    let edits: EditReader.Edits
    do {
      let input =
        switch source {
        case .file(let path): try ImportFile(path).bytes
        case .word(let text): InputBytes(Array(text.utf8))
        }
      edits = try EditReader.read(input, store)
    } catch let error as ImportError {
      throw UntestedFile(error: error, message: CommandMessages.nothingApplied)
    }
    try PlannedWrite(
      context: context, store: store,
      options: options.settings(leavesNoAdministrator: leavesNoAdministrator)
    ).perform(edits.intent)
    return .done
  }
}
