internal import CompanyAccess
internal import Formats

/// Edits of pairs as JSON, which `apply` reads and confirmations show.
///
/// An edit is an object with `action`, `users` and `companies`; several are an array. Users and
/// companies are an array of names, or an object with what a list of them is filtered by.
struct EditDocument {
  /// The members of edits and of selections.
  enum Member: String, CaseIterable {
    case action, users, companies
    case search, idParts = "id_parts", user, company, relation, access, status, grants, among,
      except

    /// Those of an edit.
    static let ofEdit: [Member] = [.action, .users, .companies]
    /// Those of a selection of one kind.
    static func ofSelection(_ kind: EntityKind) -> [Member] {
      [
        .search, .idParts, kind == .user ? .company : .user, .relation, .access, .status, .grants,
        .among, .except,
      ]
    }
  }

  let names: CommandWords

  init(_ names: CommandWords) { self.names = names }

  /// Several edits.
  func text(_ edits: [PairEdit]) throws(AccessError) -> String {
    var parts: [String] = []
    for edit in edits { parts.append(try text(edit)) }
    return "[" + parts.joined(separator: ",") + "]"
  }

  /// One edit.
  func text(_ edit: PairEdit) throws(AccessError) -> String {
    object([
      (.action, quoted(edit.grants ? "grant" : "revoke")),
      (.users, try text(EntitySelection(edit.users), .user)),
      (.companies, try text(EntitySelection(edit.companies), .company)),
    ])
  }

  private func text(
    _ selection: EntitySelection, _ kind: EntityKind
  ) throws(AccessError) -> String {
    switch selection {
    case .these(let ids): return list(try names.words(ids).map(quoted))
    case .matching(let query, let except):
      var members = try members(query)
      if !except.isEmpty { members.append((.except, list(try names.words(except).map(quoted)))) }
      return object(members)
    }
  }

  private func members(_ query: EntityQuery) throws(AccessError) -> [(Member, String)] {
    var members: [(Member, String)] = []
    if !query.search.isEmpty {
      members.append((.search, quoted(query.search)))
      if !query.findsPartsOfIDs { members.append((.idParts, "false")) }
    }
    if let subject = query.subject {
      members.append(
        (query.kind == .user ? .company : .user, quoted(try names.word(subject))))
      if query.relation != .holding { members.append((.relation, quoted(query.relation.word))) }
    }
    if let word = query.preset.presence.word { members.append((.access, quoted(word))) }
    if let word = query.preset.activity.word { members.append((.status, quoted(word))) }
    if let range = query.holding {
      members.append((.grants, "[\(range.lowerBound),\(range.upperBound)]"))
    }
    if let among = query.among {
      var parts: [String] = []
      for selection in among { parts.append(try text(selection, query.kind)) }
      members.append((.among, list(parts)))
    }
    return members
  }

  private func object(_ members: [(Member, String)]) -> String {
    "{" + members.map { quoted($0.rawValue) + ":" + $1 }.joined(separator: ",") + "}"
  }

  private func list(_ elements: [String]) -> String {
    "[" + elements.joined(separator: ",") + "]"
  }

  private func quoted(_ text: String) -> String {
    let output = ByteWriter()
    // A writer that keeps what is written has nothing that could fail.
    try? JSONWriter(output).value(.text(text))
    return output.text
  }
}

extension Relation {
  static let words: [(word: String, relation: Relation)] = [
    ("granted", .holding), ("not-granted", .lacking), ("any", .marked),
  ]

  /// What a document calls it.
  var word: String { Self.words.first { $0.relation == self }?.word ?? "" }
}

extension Presence {
  static let words: [(word: String, presence: Presence)] = [("some", .some), ("none", .none)]

  /// What a document calls it; nil for any.
  var word: String? { Self.words.first { $0.presence == self }?.word }
}

extension Activity {
  static let words: [(word: String, activity: Activity)] = [
    ("active", .active), ("inactive", .inactive),
  ]

  /// What a document calls it; nil for any.
  var word: String? { Self.words.first { $0.activity == self }?.word }
}

extension EntitySelection {
  /// The same for the screens.
  init(_ users: UserSelection) {
    switch users {
    case .these(let ids): self = .these(ids.map { .user($0) })
    case .matching(let users, let except):
      var query = EntityQuery(.user, ListPreset(users.access, users.activity))
      (query.search, query.findsPartsOfIDs) = (users.search, users.findsPartsOfIDs)
      (query.subject, query.relation) = (users.company.map { .company($0) }, users.relation)
      query.holding = users.holding
      query.among = users.among?.map { EntitySelection($0) }
      self = .matching(query, except: except.map { .user($0) })
    }
  }

  /// The same for the screens.
  init(_ companies: CompanySelection) {
    switch companies {
    case .these(let ids): self = .these(ids.map { .company($0) })
    case .matching(let companies, let except):
      var query = EntityQuery(.company, ListPreset(companies.users, companies.activity))
      (query.search, query.findsPartsOfIDs) = (companies.search, companies.findsPartsOfIDs)
      (query.subject, query.relation) = (companies.user.map { .user($0) }, companies.relation)
      query.among = companies.among?.map { EntitySelection($0) }
      self = .matching(query, except: except.map { .company($0) })
    }
  }

  /// The user or company to whose grants it goes, where it is all of them.
  var holder: EntityID? {
    guard case .matching(let query, except: []) = self, let subject = query.subject,
      query == EntityQuery(about: subject)
    else { return nil }
    return subject
  }

  /// Whether it is all users, or all companies.
  var isEverything: Bool {
    guard case .matching(let query, except: []) = self else { return false }
    return query == EntityQuery(query.kind)
  }
}
