internal import Database

/// A value that a change sets for the whole database, such as the policy.
protocol RecordedValue: Hashable, Sendable {
  /// What stands in front of the number of the change in the keys of its settings; it ends with a colon.
  static var settingPrefix: String { get }

  /// The value before any change has set one.
  static var initial: Self { get }

  /// A value from the text of a setting.
  init(stored: String)

  /// The text of the setting.
  var stored: String { get }
}

/// The values of one kind on the record: a setting for each change that set one.
///
/// So the value of any moment is known, and an undo puts back the one before.
struct RecordedSetting<Setting: RecordedValue> {
  private let connection: any DatabaseSession

  init(_ connection: any DatabaseSession) { self.connection = connection }

  /// How many digits the number of a change has in a key.
  private static var digits: Int { 20 }
  /// Behind every key with the prefix.
  private static var end: String { Setting.settingPrefix.dropLast() + ";" }

  private static func key(_ change: Int64) -> String {
    let number = String(change)
    return Setting.settingPrefix + String(repeating: "0", count: digits - number.utf8.count)
      + number
  }

  /// The value after a change; nil for now.
  func value(after change: Int64? = nil) throws -> Setting {
    let last: Value = .text(change.map { Self.key(max(0, $0)) } ?? Self.end)
    return try found(
      "s.key >= \(Value.text(Setting.settingPrefix)) AND s.key <= \(last)")?.value ?? .initial
  }

  /// The change that set the value of now; nil if none was ever set.
  func newestChange() throws -> ChangeID? {
    let (first, last): (Value, Value) = (.text(Setting.settingPrefix), .text(Self.end))
    return try found("s.key >= \(first) AND s.key < \(last)")?.change
  }

  /// What a change made of the value; nil if it left it as it was.
  func made(by change: ChangeID) throws -> ValueChange<Setting>? {
    let key: Value = .text(Self.key(change.number))
    guard let after = try found("s.key = \(key)")?.value else { return nil }
    return ValueChange(before: try value(after: change.number - 1), after: after)
  }

  /// What an undo would make of the value; nil if it leaves it as it is.
  ///
  /// A value that was set again since is left alone, unless the undo overwrites it.
  ///
  /// - Parameters:
  ///   - target: What is undone.
  ///   - overwrites: Whether a later value is overwritten.
  /// - Returns: The value now and then; or the change that has set another one since.
  /// - Throws: What the database answers.
  func undoing(
    _ target: UndoTarget, overwrites: Bool
  ) throws -> (change: ValueChange<Setting>?, setSince: ChangeID?) {
    let now = try value()
    let then: Setting
    switch target {
    case .everythingAfter(let change): then = try value(after: change.number)
    case .change(let change):
      guard let made = try made(by: change) else { return (nil, nil) }
      if !overwrites, let newest = try newestChange(), newest != change, now != made.after {
        return (nil, newest)
      }
      then = made.before
    }
    return (then == now ? nil : ValueChange(before: now, after: then), nil)
  }

  private func found(
    _ condition: SQLCondition
  ) throws -> (change: ChangeID, value: Setting)? {
    try connection.rows(
      """
      SELECT s.key, s.value FROM \(RecordTable.setting) AS s WHERE \(condition)
      ORDER BY s.key DESC LIMIT 1
      """
    ) { row -> (change: ChangeID, value: Setting) in
      let number = row.text(0).utf8.dropFirst(Setting.settingPrefix.utf8.count)
      return (
        change: ChangeID(Int64(String(Substring(number))) ?? 0), value: Setting(stored: row.text(1))
      )
    }.first
  }

  /// Writes down what a change makes of the value.
  func set(_ value: Setting, by change: ChangeID) throws {
    let (key, text): (Value, Value) = (.text(Self.key(change.number)), .text(value.stored))
    try connection.execute(
      "INSERT INTO \(RecordTable.setting) (key, value) VALUES (\(key), \(text))")
  }
}

extension SealPart {
  /// What a change made of a value of the whole database.
  static func setting<Setting: RecordedValue>(_: Setting.Type) -> SealPart {
    let prefix = Setting.settingPrefix
    let mark = String(prefix.dropLast())
    // The key of the setting of the change ?1, whose number has twenty digits there.
    let key = """
      '\(prefix)' || substr('00000000000000000000', length(CAST(?1 AS TEXT)) + 1) || CAST(?1 AS TEXT)
      """
    return SealPart(
      mark: mark, tables: "\(RecordTable.setting)",
      next: [
        """
        SELECT min(CAST(substr(key, \(prefix.utf8.count + 1)) AS INTEGER)) FROM \(RecordTable.setting)
        WHERE key >= \(key) AND key < '\(mark);'
        """
      ],
      rows: "SELECT value FROM \(RecordTable.setting) WHERE key = \(key)", plain: 1)
  }
}
