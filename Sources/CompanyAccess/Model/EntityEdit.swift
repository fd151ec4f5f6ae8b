internal import Database

/// What a database decides about: people, and what they may enter.
public enum EntityKind: String, Hashable, Sendable, CaseIterable {
  case user
  case company
}

/// One user or one company.
public typealias EntityID = ChangedEntity.ID

extension ChangedEntity.ID {
  /// Whether it is a user or a company.
  public var kind: EntityKind {
    switch self {
    case .user: .user
    case .company: .company
    }
  }

  /// The key of the row.
  var key: Key {
    switch self {
    case .user(let id): id.key
    case .company(let id): id.key
    }
  }

  init(_ kind: EntityKind, _ key: Key) {
    switch kind {
    case .user: self = .user(UserID(key))
    case .company: self = .company(CompanyID(key))
    }
  }
}

/// A wanted change of one user or one company, with the grants that depend on it.
public struct EntityEdit: Hashable, Sendable {
  /// What is to be done.
  public enum Action: Hashable, Sendable {
    case add(EntityKind)
    case edit(EntityID)
    case deactivate(EntityID)
    case activate(EntityID)
    case delete(EntityID)
  }

  /// What is to be done.
  public var action: Action
  /// What was typed into the fields, by their ids; an empty text is for none.
  ///
  /// An edit leaves fields that are not here as they are.
  public var values: [String: String]
  /// Whether grants change with it: those that the rule gives come with a user or company that is added, edited or
  /// activated, and all of one that is deactivated go.
  ///
  /// A deletion takes the grants in any case.
  public var changesGrants: Bool
  /// The row as it was when the edit began; nil to edit the row as it is.
  ///
  /// If the row has become another one meanwhile, nothing is planned.
  public var basis: EntityRow?

  /// An edit.
  ///
  /// - Parameters:
  ///   - action: What is to be done.
  ///   - values: What was typed into the fields.
  ///   - changesGrants: Whether grants change with it.
  ///   - basis: The row as it was when the edit began.
  public init(
    _ action: Action, values: [String: String] = [:], changesGrants: Bool = false,
    basis: EntityRow? = nil
  ) {
    self.action = action
    self.values = values
    self.changesGrants = changesGrants
    self.basis = basis
  }

  /// Whether it is about a user or a company.
  public var kind: EntityKind {
    switch action {
    case .add(let kind): kind
    case .edit(let id), .deactivate(let id), .activate(let id), .delete(let id): id.kind
    }
  }

  /// Whom it is about; nil for one who is not there yet.
  public var id: EntityID? {
    switch action {
    case .add: nil
    case .edit(let id), .deactivate(let id), .activate(let id), .delete(let id): id
    }
  }
}

/// A field of a user or of a company that can be filled in.
public struct EntityField: Identifiable, Hashable, Sendable {
  /// What belongs into a field.
  public enum Kind: Hashable, Sendable {
    case text
    case email
    /// The name of a role.
    case role
    /// What people call a company.
    case company
  }

  /// `username`, `full_name`, `email`, `role`, `home`, `name` or `code`; for other columns the name
  /// of the column.
  public let id: String
  /// What it is called on a form.
  public let label: String
  /// What belongs into it.
  public let kind: Kind
  /// How many scalars it holds; nil if the database does not say.
  public let maximumLength: Int?
  /// Whether it may not be empty.
  public let isRequired: Bool
  /// Whether no two rows may have the same.
  public let isUnique: Bool
  /// What can be chosen, if that is little.
  public let choices: [String]
  /// The column that holds it.
  let column: SQLName
}

/// What can be filled in of a user or a company, and what is there.
public struct EntityForm: Hashable, Sendable {
  /// Whether it is about a user or a company.
  public let kind: EntityKind
  /// Whom it is about; nil for one who is not there yet.
  public let id: EntityID?
  /// What people call the user or company; empty for one who is not there yet.
  public let name: String
  /// The fields, in the order in which they are asked for.
  public let fields: [EntityField]
  /// What the fields hold, by their ids; empty texts for none.
  public let values: [String: String]
  /// Whether the user or company is active.
  public let isActive: Bool
  /// The row as it is now; nil for one who is not there yet.
  public let row: EntityRow?
}

/// A row as it was read, for noticing what others have changed since.
public struct EntityRow: Hashable, Sendable {
  /// What the fields showed, and whether it was active.
  let values: [String: String]
  let isActive: Bool
}

/// What is to be said about a field.
public struct FieldNote: Hashable, Sendable {
  /// What is wrong, or remarkable.
  public enum Finding: Hashable, Sendable {
    case empty
    /// It has so many scalars, and may have at most so many.
    case tooLong(Int, limit: Int)
    /// It holds a control character or a line end, by its number.
    case controlCharacter(UInt32)
    /// It holds a character that is not seen, by its number.
    case invisibleCharacter(UInt32)
    /// It holds a character that has no meaning, or a private one, by its number.
    case undefinedCharacter(UInt32)
    /// It holds a blank that is not the plain one, by its number.
    case unusualBlank(UInt32)
    /// It begins or ends with a blank.
    case outerBlank
    /// It holds a letter that is easily taken for another one, by its number.
    case confusableLetter(UInt32)
    case notAnAddress
    case notARole(choices: [String])
    case noCompany(similar: [String])
    /// Several companies are called like that.
    case severalCompanies([String])
    /// There is no such row in the table to which the column refers.
    case notFound(table: String, choices: [String])
    /// Several rows of the table in which the text is looked up have it.
    case severalRows(table: String, keys: [String])
    /// Another one has exactly this.
    case taken(by: String)
    /// Another one differs only in case, blanks, invisible characters or the form of its letters.
    case same(as: String)
    /// An earlier line of the same file has the same, or what differs only like that.
    case sameAsLine(Int)
    /// It is the id of another one.
    case isID(of: String)
    /// It is the code or the name of this other company, so that the text means both.
    case calls(String)
    /// Another one looks like it.
    case looksLike(String)
    /// The text stands for this company.
    case means(String)
  }

  /// The id of the field.
  public let field: String
  /// What it is called.
  public let label: String
  /// What is wrong, or remarkable.
  public let finding: Finding

  /// Whether nothing can be saved like that.
  public var isProblem: Bool {
    switch finding {
    case .confusableLetter, .looksLike, .isID, .calls, .means: false
    default: true
    }
  }
}
