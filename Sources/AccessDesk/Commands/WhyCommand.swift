internal import CompanyAccess
internal import Formats

/// `why USER [COMPANY]`: tells the whole life of a pair, or of all pairs of a user.
struct WhyCommand: Command {
  @Argument(.user) var user: String
  @Argument(.optional(.company, help: "A company's code or name, or id:ID.")) var company: String?
  let asOf = AsOf()

  let info = CommandInfo(
    abstract: "show when a user gained and lost access to a company, by whom and why",
    discussion: [
      """
      Without a company, it lists all companies that the user has or had. Deleted users and \
      companies can be named, too. What the record does not know is said on standard error.
      """
    ],
    examples: [
      CommandExample(
        purpose: "why alice may enter the company ATL, and since when",
        call: "--db hrm.db why alice ATL"),
      CommandExample(purpose: "everything that alice has or had", call: "--db hrm.db why alice"),
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let moment = try asOf.moment(store, context)
    let until = asOf.time ?? .now
    let found = try NameLookup.users.find(user, in: store, at: moment)
    let writer = LifeWriter(user: found.name, until: until, context: context)
    try store.sayNamesakes(of: user, .user(found.id), others: company == nil, context)
    guard let company else {
      let lives = try store.lives(of: found.id, at: moment, now: until)
      try writer.write(lives)
      if lives.isEmpty { context.sayIfTable(CommandMessages.neverHadAccess(found.name)) }
      say(lives, context)
      return .done
    }
    let other = try NameLookup.companies.find(company, in: store, at: moment)
    try store.sayNamesakes(of: company, .company(other.id), others: false, context)
    let life = try store.life(of: found.id, other.id, at: moment, now: until)
    try writer.write(life, other.name)
    say([life], context)
    return .done
  }

  /// Says once what the record cannot tell.
  private func say(_ lives: [GrantTimeline], _ context: CommandContext) {
    var said: Set<LifeNote> = []
    for note in lives.flatMap(\.notes) where said.insert(note).inserted {
      context.console.say(CommandMessages.note(note))
    }
  }
}

extension AccessStore {
  /// Says under what name one is known now who was found by an earlier name, and, if asked for, who
  /// else had the name.
  ///
  /// - Parameters:
  ///   - text: What was typed.
  ///   - id: Whom it was taken to mean.
  ///   - others: Whether others are named.
  ///   - context: Where to say it.
  /// - Throws: What the database answers.
  func sayNamesakes(
    of text: String, _ id: EntityID, others: Bool, _ context: CommandContext
  ) throws(AccessError) {
    for other in try namesakes(id.kind, named: text) {
      if other.id == id {
        guard let words = Messages.renamed(other) else { continue }
        context.console.say(CommandMessages.note(words))
      } else if others {
        context.console.say(CommandMessages.note(Messages.namesake(other)))
      }
    }
  }
}
