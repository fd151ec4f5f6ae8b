internal import CompanyAccess
internal import Formats

/// `record verify`: computes the hash of the record again.
struct RecordVerifyCommand: Command {
  @Option(
    .repeated("seal", .seal, help: "What record seal printed; several can be given."))
  var seals: [RecordSeal]

  let info = CommandInfo(
    abstract: "compute the hash of the record again, and compare it with seals",
    discussion: [
      """
      It reads the whole record, or what was not pruned, and writes nothing. Rows that name changes \
      or users that are not on it are found without a seal; what was altered so that everything fits \
      is found by a seal alone. The exit status is 1 if anything is wrong.
      """
    ],
    examples: [
      CommandExample(
        purpose: "compare with a seal that was kept",
        call: """
          --db hrm.db record verify --seal \
          812:92076f09ce7c22e23a07427d7eece0ca339eb7a9a3a1354861728c107c13b5c3
          """)
    ])

  func run(_ context: CommandContext) throws -> ExitCode {
    let store = try context.openStore()
    let found = try CancellableRun.run(context.console) {
      try store.verifyRecord(seals, work: $0)
    }
    if context.options.format == .json {
      try writeJSON(found, context)
    } else {
      try writeRows(found, context)
    }
    return found.isTrue ? .done : .no
  }

  private func writeRows(_ found: RecordVerification, _ context: CommandContext) throws {
    let listing = try Listing(
      "verification", [Column("what", "WHAT"), Column("seal", "SEAL"), Column("result", "RESULT")],
      context)
    for seal in found.seals {
      try listing.row([
        .text("seal"), .text("\(seal.kept)"),
        .text(CommandMessages.fit(of: seal)),
      ])
    }
    for finding in found.findings {
      try listing.row([.text("finding"), .null, .text("\(finding)")])
    }
    if let newest = found.newest {
      try listing.row([.text("newest"), .text("\(newest)"), .null])
    }
    try listing.finish()
    if let start = found.start {
      context.sayIfTable(CommandMessages.verifiedFrom(start))
    }
    context.sayIfTable(CommandMessages.verified(found))
  }

  private func writeJSON(
    _ found: RecordVerification, _ context: CommandContext
  ) throws(OutputError) {
    let json = JSONWriter(context.output)
    try json.beginObject()
    try json.member("true", .flag(found.isTrue, word: ""))
    try json.member("start", Cell(found.start))
    try json.member("newest", Cell(found.newest?.description))
    try json.key("seals")
    try json.beginArray()
    for seal in found.seals {
      try json.beginObject()
      try json.member("seal", .text("\(seal.kept)"))
      try json.member("fits", .flag(seal.fits, word: ""))
      try json.member("found", .text(seal.found.hex))
      try json.endObject()
    }
    try json.endArray()
    try json.key("findings")
    try json.beginArray()
    for finding in found.findings {
      try json.beginObject()
      try json.member("finding", .text("\(finding)"))
      try json.endObject()
    }
    try json.endArray()
    try json.endObject()
    try json.finish()
  }
}

extension WordType where Value == RecordSeal {
  /// A seal that was kept.
  static var seal: Self {
    WordType("CHANGE:HASH", .text) { (word, label) throws(UsageProblem) in
      guard let seal = RecordSeal(word) else {
        throw .badValue(label, value: word, expected: CommandMessages.seal)
      }
      return seal
    }
  }
}
