import AccessDesk
import CompanyAccess
import Glibc
import TerminalUI
import TestSupport

/// The desk on a real database, without a terminal or threads: keys in, frames out.
///
/// Effects are carried out at once, so that after each key the desk is at rest.
struct DeskDriver {
  let folder: TemporaryFolder
  let path: String
  /// Nil as long as the file has not been adopted.
  private var opened: AccessStore?
  var store: AccessStore {
    guard let opened else { preconditionFailure("the file has not been adopted") }
    return opened
  }
  /// Whether there is a database, and not a file that could be adopted.
  var isOpen: Bool { opened != nil }
  private(set) var model: DeskModel
  private(set) var exitStatus: Int32?
  /// The time that the desk is told.
  private(set) var now = Duration.zero
  /// Whether typed-ahead keys were thrown away by the last input.
  private(set) var hasDroppedTypeahead = false
  /// Set to keep writes from being carried out, to look at the desk in between.
  var holdsWrites = false
  private(set) var heldWrite: (plan: Plan, reason: ChangeReason)?
  private(set) var heldFile: DeskFile?
  /// What the last write has done.
  private(set) var lastResult: ChangeResult?
  /// Set to keep questions from being answered, as when the operator is faster than the store.
  var holdsAnswers = false
  private var heldQuestions: [(question: Question, ticket: RequestToken, moment: Moment)] = []

  /// The desk on a fresh database: the sample, or one without users and companies.
  ///
  /// `damage` is run on it as SQL before it is opened.
  init(
    sample: Bool = true, columns: Int = 80, rows: Int = 24, readOnly: Bool = false,
    damage: String = "", files: String? = nil, first: (any Screen)? = nil
  ) throws {
    setenv("TZ", "UTC", 1)
    folder = try TemporaryFolder()
    path = folder.path + "/hrm.db"
    try AccessStore.create(path, sample: sample)
    if !damage.isEmpty { _ = try runSqlite3(path, damage) }
    let store = try AccessStore.open(
      path, access: readOnly ? .readOnly : .automatic, origin: .desk)
    opened = store
    var state = try DeskState(of: store, size: Size(columns: columns, rows: rows))
    state.actor = "maria@hq"
    state.path = "hrm.db"
    state.files = files
    model = DeskModel(state, first: first ?? MenuScreen())
    perform(model.start())
  }

  /// The desk on the adopted database of an application.
  init(
    _ kind: MappingFixture.Kind, companies: Int = 6, columns: Int = 80, rows: Int = 24,
    damage: String = ""
  ) throws {
    setenv("TZ", "UTC", 1)
    folder = try TemporaryFolder()
    let fixture = try MappingFixture.make(kind, in: folder, companies: companies)
    path = fixture.path
    try AccessStore.upgradeSchema(
      path, mappingFile: try fixture.descriptionFile(in: folder), trustsSchema: true)
    if !damage.isEmpty { _ = try runSqlite3(path, damage) }
    let store = try AccessStore.open(path, origin: .desk)
    opened = store
    var state = try DeskState(of: store, size: Size(columns: columns, rows: rows))
    state.actor = "maria@hq"
    state.path = "hrm.db"
    model = DeskModel(state, first: MenuScreen())
    perform(model.start())
  }

  /// The desk on the file of an application, which can be adopted.
  init(adopting kind: MappingFixture.Kind, damage: String = "") throws {
    setenv("TZ", "UTC", 1)
    folder = try TemporaryFolder()
    path = try MappingFixture.make(kind, in: folder, users: 30, companies: 6).path
    if !damage.isEmpty { _ = try runSqlite3(path, damage) }
    var state = DeskState(adopting: path, size: Size(columns: 80, rows: 24))
    state.actor = "maria@hq"
    state.path = "hrm.db"
    model = DeskModel(state, first: AdoptScreen())
    perform(model.start())
  }

  /// The desk on the file of an application that is not known, whose tables suggest mappings.
  init(unknown schema: String) throws {
    setenv("TZ", "UTC", 1)
    folder = try TemporaryFolder()
    path = folder.file("app.db")
    try runSqlite3(path, schema)
    var state = DeskState(adopting: path, size: Size(columns: 80, rows: 24))
    state.actor = "maria@hq"
    state.path = "hrm.db"
    model = DeskModel(state, first: SuggestScreen(try AccessStore.suggestMappings(path)))
    perform(model.start())
  }

  var text: String { model.frame().text() }
  var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
  var kind: ScreenKind { model.top.kind }
  var message: String { model.message?.text ?? "" }

  /// Sends an event as a person does: after a look at the screen, and nothing right after it.
  mutating func send(_ event: Event) {
    pass(.milliseconds(400))
    burst([event])
    pass(.milliseconds(30))
  }

  /// Sends events at once; time stands still until `pass`.
  mutating func burst(_ events: [Event]) {
    hasDroppedTypeahead = false
    for event in events { perform(model.handle(event, at: now)) }
    model.painted(at: now)
  }

  /// Lets time pass.
  mutating func pass(_ time: Duration) {
    model.painted(at: now)
    now += time
    perform(model.tick(at: now))
    model.painted(at: now)
  }

  /// Bytes that are no event come from the terminal.
  mutating func sendNoise() { model.takeOtherInput(at: now) }

  /// Pastes a text into the terminal.
  mutating func paste(_ text: String) { send(.paste(text)) }

  mutating func press(_ keys: Key...) { for key in keys { send(.key(key)) } }

  /// Types printable text, one key a scalar.
  mutating func type(_ text: String) {
    for scalar in text.unicodeScalars { send(.key(.character(scalar))) }
  }

  mutating func resize(columns: Int, rows: Int) {
    send(.resize(Size(columns: columns, rows: rows)))
  }

  mutating func interrupt() { perform(model.interrupt()) }

  /// Adds users behind the desk's back.
  func addUsers(_ count: Int) throws {
    _ = try runSqlite3(
      path,
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
      INSERT INTO hrm_users (username, is_active, created_at, modified_at)
      SELECT 'extra' || i, 1, '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000' FROM n
      """)
  }

  /// What the reader notices after another program changed the file.
  mutating func noticeForeignChange() { perform(model.receive(.changed)) }

  /// Answers what was asked while answers were held, and what is asked because of that.
  mutating func answerHeldQuestions() {
    hasDroppedTypeahead = false
    holdsAnswers = false
    let effects = heldQuestions.map { RuntimeEffect.ask($0.question, $0.ticket, $0.moment) }
    heldQuestions = []
    perform(effects)
  }

  mutating func carryOutHeldWrite() {
    guard let write = heldWrite else { return }
    heldWrite = nil
    perform(written(write.plan, write.reason))
  }

  mutating func report(done: Int, of total: Int, secondsLeft: Int?) {
    let progress = WorkProgress(done: done, total: total, phase: .writing)
    perform(model.receive(.progress(progress, secondsLeft: secondsLeft)))
  }

  mutating func failHeldWrite(_ error: AccessError) {
    (heldWrite, heldFile) = (nil, nil)
    perform(model.receive(.writeFailed(error)))
  }

  private mutating func perform(_ effects: [RuntimeEffect]) {
    var waiting = effects
    while !waiting.isEmpty {
      switch waiting.removeFirst() {
      case .ask(let question, let ticket, let moment) where holdsAnswers:
        heldQuestions.append((question, ticket, moment))
      case .ask(let question, let ticket, let moment):
        let answer = timeless(question).answer(from: store, at: moment, work: Work())
        waiting += model.receive(.answer(placeless(answer), ticket))
      case .apply(let plan, let reason):
        if holdsWrites { heldWrite = (plan, reason) } else { waiting += written(plan, reason) }
      case .writeFile(let file):
        if holdsWrites { heldFile = file } else { waiting += written(file) }
      case .survey(let mapping): waiting += surveyed(mapping)
      case .adopt(let mapping): waiting += adopted(mapping)
      case .reopen(let adoption): reopen(adoption)
      case .stopWriting: failHeldWrite(.cancelled)
      case .dropTypeahead: hasDroppedTypeahead = true
      case .leave(let status): exitStatus = status
      case .forget: break
      }
    }
  }

  /// A diagnosis that is the same on every machine and in every folder.
  private func placeless(_ answer: Answer) -> Answer {
    guard case .diagnosis(let diagnosis) = answer else { return answer }
    let facts = diagnosis.facts.filter { ["journal mode", "application"].contains($0.name) }
    let findings = diagnosis.findings.map { finding in
      finding.with(remedy: finding.remedy?.replacing(folder.path + "/", with: ""))
    }
    return .diagnosis(diagnosis.with(findings: findings, facts: facts))
  }

  private mutating func surveyed(_ mapping: String?) -> [RuntimeEffect] {
    do throws(AccessError) {
      return model.receive(
        .surveyed(
          try AccessStore.adoptionPlan(path, by: mapping.map(MappingSource.document))))
    } catch {
      return model.receive(.writeFailed(error))
    }
  }

  private mutating func adopted(_ mapping: String?) -> [RuntimeEffect] {
    do throws(AccessError) {
      return model.receive(
        .adopted(
          try AccessStore.adopt(
            path, by: mapping.map(MappingSource.document), origin: .desk)))
    } catch {
      return model.receive(.writeFailed(error))
    }
  }

  private mutating func reopen(_ adoption: Adoption) {
    guard let store = try? AccessStore.open(path, origin: .desk),
      let state = try? DeskState(of: store, size: model.state.size)
    else { return }
    opened = store
    model = DeskModel(state)
    perform(model.start())
  }

  /// The same question as of a certain day, so that the answer is the same on every day.
  private func timeless(_ question: Question) -> Question {
    guard case .life(let user, let company, nil) = question else { return question }
    return .life(user, company, until: Timestamp(stored: "2026-10-01 12:00:00.000"))
  }

  private mutating func written(_ file: DeskFile) -> [RuntimeEffect] {
    do throws(AccessError) {
      let rows = try file.write(from: store, at: model.state.moment, work: Work())
      return model.receive(.fileWritten(rows: rows))
    } catch {
      return model.receive(.writeFailed(error))
    }
  }

  private mutating func written(_ plan: Plan, _ reason: ChangeReason) -> [RuntimeEffect] {
    do throws(AccessError) {
      let result = try store.apply(plan, reason: reason)
      lastResult = result
      return model.receive(.applied(result, plan.intent))
    } catch {
      return model.receive(.writeFailed(error))
    }
  }
}
