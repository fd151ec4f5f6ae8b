/// How a database stands to the schema that this program works on.
public struct SchemaStatus: Hashable, Sendable {
  /// The version that this program makes.
  public static let newest = 2

  /// The version of the tables; 0 if the file has none of them.
  public let version: Int
  /// The name of the application's mapping; nil if it is not known.
  public let mapping: String?
  /// What an upgrade would do, in this order.
  public let steps: [SchemaStep]
  /// What has to be put right before anything can be upgraded, or written.
  public let problems: [SchemaProblem]
  /// What else is to be known.
  public let notes: [SchemaNote]

  /// Whether there is nothing to do and nothing wrong.
  public var isCurrent: Bool { steps.isEmpty && problems.isEmpty }
}

/// One step of an upgrade or a downgrade.
public struct SchemaStep: Hashable, Sendable {
  /// What is done with an object.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    case make
    /// Drop what stands there, and make it as it has to be.
    case replace
    case add
    /// Leave it as it is, with its rows.
    case keep
    /// Write rows.
    case write
    case drop
  }

  /// What is done.
  public let action: Action
  /// With what, as in "table company_access_change".
  public let object: String
  /// What for, as half a sentence.
  public let purpose: String
  /// The statements that do it, in this order.
  public let statements: [String]

  static let firstChange = "the first change"
  static let change = "a change"
  static let foundChange = "a change of what was found"
  /// Whether it puts a change on the record.
  var writesChange: Bool { object == SchemaStep.firstChange || object == SchemaStep.change }

  /// A step with these facts.
  init(_ action: Action, _ object: String, _ purpose: String, _ statements: [String]) {
    self.action = action
    self.object = object
    self.purpose = purpose
    self.statements = statements
  }
}

/// What an upgrade did.
public struct SchemaUpgrade: Hashable, Sendable {
  /// The verified copy of the file as it was; nil when there was nothing to do.
  public let backup: String?
  /// The version that was found.
  public let before: Int
  /// What was done; empty when there was nothing to do.
  public let steps: [SchemaStep]
  /// The change that the record begins or resumes with, or that has what was found if no trigger was
  /// missing; nil when there was nothing to do.
  public let change: ChangeID?
  /// How many differences between the record and the tables were put on the record, as a change of
  /// their own that follows.
  public let found: Int
  /// What is to be known about the file.
  public let notes: [SchemaNote]

  /// Whether the tables were compared with the record and differed, and that was all.
  package var onlyFinds: Bool { found > 0 && !steps.contains(where: \.writesChange) }
}

/// What would be lost with the tables that a downgrade removes.
public struct SchemaLoss: Hashable, Sendable {
  /// Grants in the table that goes; 0 if the application made that table, which stays.
  public let grants: Int
  /// Grants that have ended.
  public let ended: Int
  /// Changes on the record, without the one that it began with.
  public let changes: Int
  /// Facts about users and companies that were edited or are gone.
  public let entities: Int

  /// Nothing.
  static let nothing = SchemaLoss(grants: 0, ended: 0, changes: 0, entities: 0)

  /// Whether nothing would be lost.
  public var isEmpty: Bool { grants == 0 && ended == 0 && changes == 0 && entities == 0 }
}

/// What a downgrade did, or would do.
public struct SchemaDowngrade: Hashable, Sendable {
  /// The verified copy of the file as it was; nil when there was nothing to do.
  public let backup: String?
  /// What was done.
  public let steps: [SchemaStep]
  /// What is lost but for the copy.
  public let loss: SchemaLoss
}

/// Something in a database that is not as it should be.
public struct SchemaDifference: Hashable, Sendable {
  /// The object, as in "trigger company_access_user_gone".
  public let object: String
  /// What is wrong with it, as half a sentence.
  public let difference: String
  /// How it should be; nil if it should not be there.
  public let expected: String?
  /// How it is; nil if it is not there.
  public let found: String?
}
