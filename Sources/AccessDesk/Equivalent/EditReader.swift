internal import CompanyAccess
internal import Formats

/// Reads edits of pairs from JSON, as `EditDocument` writes them.
struct EditReader {
  private typealias Member = EditDocument.Member

  private var reader: JSONReader
  private let store: AccessStore

  /// Edits that have been read.
  enum Edits {
    /// One object: the same as `grant` or `revoke`.
    case one(PairEdit)
    case several([PairEdit])

    var intent: Intent {
      switch self {
      case .one(let edit):
        edit.grants ? .grant(edit.users, edit.companies) : .revoke(edit.users, edit.companies)
      case .several(let edits): .edits(edits)
      }
    }
  }

  private init(_ input: InputBytes, _ store: AccessStore) throws(InputError) {
    reader = try JSONReader(input)
    self.store = store
  }

  /// Reads a document.
  ///
  /// - Throws: `ImportError` for a text that is no such document, `AccessError` for one that can't
  ///   be read, and for names that no user or company has, or several have.
  static func read(_ input: InputBytes, _ store: AccessStore) throws -> Edits {
    try InputError.translated {
      var reader = try EditReader(input, store)
      return try reader.document()
    }
  }

  private mutating func document() throws -> Edits {
    let edits: Edits
    switch try reader.next() {
    case .beginObject: edits = .one(try edit())
    case .beginArray:
      var several: [PairEdit] = []
      while let token = try reader.next(), token != .endArray {
        guard token == .beginObject else { throw unexpected("an edit is an object") }
        several.append(try edit())
      }
      if several.isEmpty { throw unexpected("there are no edits") }
      edits = .several(several)
    default: throw unexpected("an edit, or an array of edits, is expected")
    }
    _ = try reader.next()
    return edits
  }

  private mutating func edit() throws -> PairEdit {
    var grants: Bool?
    var (users, companies): (EntitySelection?, EntitySelection?)
    try members(of: Member.ofEdit) { (reader, member) in
      switch member {
      case .users: users = try reader.selection(.user)
      case .companies: companies = try reader.selection(.company)
      default:
        grants = try reader.word(member, ["grant", "revoke"]) == 0
      }
    }
    guard let grants, let users, let companies else {
      throw unexpected("an edit has action, users and companies")
    }
    return PairEdit(users: users.users, companies: companies.companies, grants: grants)
  }

  /// Reads the members of an object that has begun, each at most once.
  private mutating func members(
    of known: [Member], _ body: (inout EditReader, Member) throws -> Void
  ) throws {
    var seen: [Member] = []
    while case .key(let name) = try reader.next() {
      guard let member = Member(rawValue: name), known.contains(member) else {
        let names = known.map(\.rawValue).joined(separator: ", ")
        throw unexpected("'\(name)' is none of \(names)")
      }
      guard !seen.contains(member) else { throw unexpected("\(name) stands there twice") }
      seen.append(member)
      try body(&self, member)
    }
  }

  private mutating func selection(_ kind: EntityKind) throws -> EntitySelection {
    try selection(reader.next(), kind)
  }

  private mutating func selection(
    _ first: JSONReader.Token?, _ kind: EntityKind
  ) throws -> EntitySelection {
    switch first {
    case .beginArray: return .these(try namesOfList(kind))
    case .beginObject: break
    default: throw unexpected("\(kind == .user ? "users" : "companies") are an array or an object")
    }
    var query = EntityQuery(kind)
    var except: [EntityID] = []
    var (presence, activity) = (Presence.any, Activity.any)
    try members(of: Member.ofSelection(kind)) { (reader, member) in
      switch member {
      case .search: query.search = try reader.text(member)
      case .idParts:
        guard case .boolean(let finds) = try reader.reader.next() else {
          throw reader.unexpected("\(member.rawValue) is true or false")
        }
        query.findsPartsOfIDs = finds
      case .user, .company: query.subject = try reader.id(reader.text(member), kind.partner)
      case .relation:
        query.relation =
          Relation.words[try reader.word(member, Relation.words.map(\.word))].relation
      case .access:
        presence = Presence.words[try reader.word(member, Presence.words.map(\.word))].presence
      case .status:
        activity = Activity.words[try reader.word(member, Activity.words.map(\.word))].activity
      case .grants: query.holding = try reader.range(member)
      case .among: query.among = try reader.selections(kind)
      default: except = try reader.list(member, kind)
      }
    }
    if query.relation != .holding, query.subject == nil {
      throw unexpected("relation needs \(kind.partner.rawValue)")
    }
    query.preset = ListPreset(presence, activity)
    return .matching(query, except: except)
  }

  private mutating func selections(_ kind: EntityKind) throws -> [EntitySelection] {
    guard try reader.next() == .beginArray else { throw unexpected("among is an array") }
    var selections: [EntitySelection] = []
    while let token = try reader.next(), token != .endArray {
      selections.append(try selection(token, kind))
    }
    return selections
  }

  private mutating func list(_ member: Member, _ kind: EntityKind) throws -> [EntityID] {
    guard try reader.next() == .beginArray else {
      throw unexpected("\(member.rawValue) is an array of names")
    }
    return try namesOfList(kind)
  }

  private mutating func namesOfList(_ kind: EntityKind) throws -> [EntityID] {
    var ids: [EntityID] = []
    while let token = try reader.next(), token != .endArray {
      guard case .string(let name) = token else { throw unexpected("a name is a text") }
      let id = try id(name, kind)
      if !ids.contains(id) { ids.append(id) }
    }
    return ids
  }

  private func id(_ name: String, _ kind: EntityKind) throws(AccessError) -> EntityID {
    switch kind {
    case .user: .user(try store.user(named: name).id)
    case .company: .company(try store.company(named: name).id)
    }
  }

  private mutating func text(_ member: Member) throws -> String {
    guard case .string(let text) = try reader.next() else {
      throw unexpected("\(member.rawValue) is a text")
    }
    return text
  }

  /// The place of the word among those that can stand there.
  private mutating func word(_ member: Member, _ words: [String]) throws -> Int {
    let text = try text(member)
    guard let place = words.firstIndex(of: text) else {
      throw unexpected("\(member.rawValue) is one of \(words.joined(separator: ", "))")
    }
    return place
  }

  private mutating func range(_ member: Member) throws -> ClosedRange<Int> {
    guard try reader.next() == .beginArray, case .integer(let first) = try reader.next(),
      case .integer(let last) = try reader.next(), try reader.next() == .endArray,
      0 <= first, first <= last
    else { throw unexpected("\(member.rawValue) is an array of two numbers, the smaller first") }
    return Int(first)...Int(last)
  }

  private func unexpected(_ reason: String) -> ImportError {
    ImportError(line: reader.line, .unexpectedJSON(reason))
  }
}
