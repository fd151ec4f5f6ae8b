internal import CompanyAccess

/// The time as of which a command reads; now, unless the call says otherwise.
struct AsOf: Hashable {
  var time: Timestamp?

  static let info = OptionInfo(
    long: "as-of", value: OptionValue(name: "TIME", kind: .text),
    help: "As it was then: a date for its end, a date and time, -3d, yesterday.")

  init(_ parsed: ParsedArguments) throws(UsageProblem) {
    time = try parsed.time(AsOf.info.long, .end)
  }

  /// The moment to read at.
  ///
  /// What is to be known about answers for it goes to standard error, in every format; also about
  /// names, roles and the like, where these attributes are shown.
  func moment(
    _ store: AccessStore, _ context: CommandContext, attributes: Bool = false
  ) throws(AccessError) -> Moment {
    guard let time else { return .now }
    return try context.moment(at: time, store, attributes: attributes)
  }
}

extension CommandContext {
  /// The moment at a time, of which people are told.
  func moment(
    at time: Timestamp, _ store: AccessStore, attributes: Bool = false
  ) throws(AccessError) -> Moment {
    let resolved = try store.moment(at: time)
    let change = resolved.change.map { "after change \($0.id)" } ?? "before the first change"
    sayIfTable("as of \(time.localMinute), \(change)")
    if attributes {
      sayIfTable("roles, states and names as they are now, where no edit is on record")
    }
    for notice in resolved.notices { console.say("note: \(notice)") }
    return resolved.moment
  }
}

extension ParsedArguments {
  /// The time that an option names.
  func time(_ option: String, _ edge: TimeText.Edge) throws(UsageProblem) -> Timestamp? {
    guard let text = self[option] else { return nil }
    do {
      return try TimeText.parse(text, edge)
    } catch {
      throw .badTime("--\(option)", error)
    }
  }

  /// The change that an argument names by its number.
  func change(argument index: Int) throws(UsageProblem) -> ChangeID? {
    guard arguments.indices.contains(index) else { return nil }
    guard let number = ParsedArguments.digits(arguments[index]), number > 0 else {
      throw .badValue("CHANGE", value: arguments[index], expected: "the number of a change")
    }
    return ChangeID(Int64(number))
  }
}
