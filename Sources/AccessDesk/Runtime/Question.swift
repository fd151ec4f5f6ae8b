package import CompanyAccess

/// Which page of a list is wanted.
package enum PageRequest: Hashable, Sendable {
  case at(PageAnchor)
  /// The page that holds this row, or the first if the row is not in the list.
  case holding(EntityID)

  /// Where the page begins or ends, as far as no row tells.
  var anchor: PageAnchor { if case .at(let anchor) = self { anchor } else { .first } }
}

/// Something that a screen wants to know from the store.
package enum Question: Hashable, Sendable {
  case rows(EntityQuery, PageRequest, limit: Int)
  case count(EntityQuery)
  /// Which names people would take for another's.
  case lookAlikes(EntityKind)
  case entity(EntityID)
  /// The page of a user or company.
  case page(EntityID, EntityPage.Depth)
  /// What holds between some users and some companies, and whom selections pick among them.
  case cells([UserID], [CompanyID], [UserSelection], [CompanySelection])
  /// How much some edits would change.
  case tally([PairEdit])
  /// Changes that a filter as typed finds.
  case changes(String, before: ChangeID?, limit: Int)
  case change(ChangeID)
  case pairs(of: ChangeID, after: ChangedPairCursor?, limit: Int)
  /// The life of a pair until a time, nil for now.
  case life(UserID, CompanyID, until: Timestamp?)
  /// The moment at a time.
  case moment(Timestamp)
  /// The moment after a change.
  case momentAfter(ChangeID)
  /// The moment next to the one that is shown.
  case step(newer: Bool)
  /// The change next to another one.
  case neighbor(of: ChangeID, newer: Bool)
  /// Names that begin with a text, for the filter of the log.
  case names(LogWord, String)
  case coverage
  case statistics
  case plan(Intent)
  /// The command that does what an intent wants.
  case command(Intent)
  /// What can be filled in of a user or company, new or there.
  case form(EntityKind, EntityID?)
  /// What is to be said about what was typed.
  case notes(EntityEdit)
  /// What is wrong with the database, which may take long.
  case examine
}

/// What the store says to a question.
package enum Answer: Hashable, Sendable {
  case rows(Page<Entity>)
  case count(Int)
  case lookAlikes(EntityKind, Set<EntityID>)
  case entity(Entity?)
  case page(EntityPage?)
  case cells(GrantWindow)
  case tally(PairEditTally)
  case changes([Change])
  case change(Change?, [ChangedEntity])
  case pairs(ChangedPairs)
  case life(GrantTimeline, until: Timestamp)
  case moment(ResolvedMoment)
  case step(MomentStep)
  case neighbor(ChangeID?)
  case names([String])
  /// The figures of the whole table, with the number of grants of earlier holders of an id.
  case coverage(Coverage, former: Int, newest: ChangeID?)
  case statistics(Statistics)
  case plan(Plan)
  /// The command for an intent; nil if there is none.
  case command(EquivalentCommand?, Intent)
  case form(EntityForm)
  case notes([FieldNote])
  case diagnosis(Diagnosis)
  case failed(AccessError)
  /// What was typed can't be understood, in words.
  case refused(String)
}

extension Question {
  /// Asks the store; an error becomes an answer too.
  ///
  /// - Parameters:
  ///   - store: Where to ask.
  ///   - moment: The state of the table to look at.
  ///   - work: Takes a cancellation while the answer is being worked out.
  /// - Returns: The answer, `.failed` if there is none.
  package func answer(from store: AccessStore, at moment: Moment, work: Work) -> Answer {
    do throws(AccessError) {
      return try ask(store, moment, work)
    } catch {
      return .failed(error)
    }
  }

  private func ask(
    _ store: AccessStore, _ moment: Moment, _ work: Work
  ) throws(AccessError) -> Answer {
    let reading = (store: store, moment: moment, work: work)
    switch self {
    case .rows(let query, let page, let limit):
      return .rows(try query.description.source.page(query, page, limit, reading))
    case .count(let query): return .count(try query.description.source.count(query, reading))
    case .lookAlikes(let kind):
      return .lookAlikes(kind, try EntityDescription.of(kind).source.lookAlikes(reading))
    case .entity(let id):
      return .entity(try EntityDescription.of(id.kind).source.one(id, reading))
    case .page(let id, let depth): return .page(try EntityPage.read(id, depth, reading))
    case .cells(let users, let companies, let userPicks, let companyPicks):
      return .cells(
        try store.window(
          of: users, companies, picking: userPicks, companyPicks, at: moment, work: work))
    case .tally(let edits): return .tally(try store.tally(edits, work: work))
    case .changes(let words, let before, let limit):
      switch LogFilter(text: words).query(in: store, at: moment) {
      case .failure(let refusal): return .refused(refusal.words)
      case .success(let query):
        return .changes(
          try store.changes(query, before: before, limit: limit, at: moment, work: work))
      }
    case .change(let id):
      return .change(try store.change(id), try store.entities(of: id, limit: 200))
    case .pairs(let id, let place, let limit):
      return .pairs(try store.pairs(of: id, after: place, limit: limit, work: work))
    case .life(let user, let company, let time):
      let end = time ?? .now
      return .life(try store.life(of: user, company, at: moment, now: end), until: end)
    case .moment(let time): return .moment(try store.moment(at: time))
    case .momentAfter(let id): return .moment(try store.moment(after: id))
    case .step(let newer): return .step(try step(store, moment, newer: newer))
    case .neighbor(let id, let newer):
      return .neighbor(try store.neighbor(of: id, newer: newer))
    case .names(let word, let text): return .names(try word.names(beginningWith: text, in: store))
    case .coverage:
      return .coverage(
        try store.coverage(at: moment),
        former: moment == .now ? try store.formerGrants(work: work) : 0,
        newest: try store.newestChange())
    case .statistics: return .statistics(try store.statistics(at: moment, work: work))
    case .plan(let intent): return .plan(try store.plan(intent, work: work))
    case .command(let intent): return .command(try EquivalentCommand(intent, reading), intent)
    case .form(let kind, let id): return .form(try store.form(kind, of: id, work: work))
    case .notes(let edit): return .notes(try store.check(edit, work: work))
    case .examine:
      let isReadOnly = try store.status.isReadOnly
      return .diagnosis(
        try store.examine(access: isReadOnly ? .readOnly : .automatic, work: work))
    }
  }

  /// The moment before or after one; the present has none after it, and before it lies the one that
  /// the newest change found.
  private func step(
    _ store: AccessStore, _ moment: Moment, newer: Bool
  ) throws(AccessError) -> MomentStep {
    let newest = try store.newestChange()
    let id: ChangeID? =
      switch moment {
      case .now: newest
      case .after(let id): id
      case .beforeRecord: nil
      }
    if id == nil, !newer { return .nowhere }
    guard let next = try store.neighbor(of: id, newer: newer) else {
      return newer ? .toNow : .nowhere
    }
    return next == newest ? .toNow : .to(try store.moment(after: next))
  }
}

/// The moment next to another one.
package enum MomentStep: Hashable, Sendable {
  case to(ResolvedMoment)
  case toNow
  /// There is none.
  case nowhere
}
