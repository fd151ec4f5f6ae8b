internal import CompanyAccess
internal import Formats

/// What the commands need to know about users, or about companies: one value for each kind.
///
/// `users` and `companies` are made from it, and `user show`, `company add` and so on.
struct CommandKind {
  typealias Fact = (column: Column, cell: Cell)

  let kind: EntityKind
  /// The word for several, which is also the command that lists them.
  let plural: String
  /// The argument that names one that is there.
  let name: ArgumentDeclaration<String>
  /// The argument that names one that is added, and the field that it fills.
  let newName: (argument: ArgumentDeclaration<String>, field: String)
  /// The fields that have options of their own.
  let fields: [(field: String, option: OptionDeclaration<String?>)]
  let texts: CommandKindTexts
  let filters: CommandKindFilters
  let list: any EntityListing
  /// The kind that the grants of one of this kind are about.
  let otherKind: () -> CommandKind
  let find: (_ name: String, AccessStore, Moment) throws(AccessError) -> EntityID
  /// The lines of `show`.
  let facts: (EntityID, AccessStore, Moment) throws(AccessError) -> [Fact]

  /// The word for one.
  var word: String { kind.rawValue }
  var other: CommandKind { otherKind() }

  /// When a user or a company was created.
  static func createdFact(
    _ id: EntityID, _ store: AccessStore, _ moment: Moment
  ) throws(AccessError) -> Fact {
    let time = try store.created(id, at: moment)
    return (Column("created_at", "Created (\(Timestamp.localZones))"), time.map(Cell.time) ?? .null)
  }
}

/// What help texts say differently of users and companies.
struct CommandKindTexts {
  /// What the list shows.
  let list: String
  let listExamples: [CommandExample]
  /// Which grants come with one that is added.
  let grantsOfNew: String
  /// What another role or home company does to grants; empty if the kind has neither.
  let grantsOfEdited: String
  /// The help of `--with-grants` of `edit`; nil if the kind has nothing of which grants follow.
  let editWithGrants: String?
  /// The help of `--with-grants` of `activate`.
  let activateWithGrants: String
  /// A name and words for the examples.
  let example: (name: String, adding: String, editing: String)
}

/// The options of a list that are not the same for users and companies.
struct CommandKindFilters {
  /// The option for a role; nil if the kind has none.
  let role: OptionDeclaration<String?>?
  /// The option that names one of the other kind.
  let other: OptionDeclaration<String?>
  /// The option for those without any grant.
  let without: OptionDeclaration<Bool>
  let inactive: OptionDeclaration<Bool>
}
