internal import CompanyAccess

/// The time as of which a command reads; now, unless the call says otherwise.
struct AsOf: CommandInputGroup {
  @Option(
    "as-of", .time(.end),
    help: "Show the state at this time: a date (its end), a date and time, yesterday, -3d.")
  var time: Timestamp?

  var given: GivenOption { $time }

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
    sayIfTable(CommandMessages.asOf(time, after: resolved.change?.id))
    if attributes { sayIfTable(CommandMessages.presentAttributes) }
    for notice in resolved.notices { console.say(CommandMessages.note(notice)) }
    return resolved.moment
  }
}
