internal import Database

/// How much test data to make; the same figures make the same bytes.
public struct TestData: Hashable, Sendable {
  /// How many users.
  public var users: Int
  /// How many companies.
  public var companies: Int
  /// How many grants, at most users times companies.
  public var grants: Int
  /// Which of many possible databases of this size.
  public var seed: Int

  /// A database of this size.
  public init(users: Int, companies: Int, grants: Int, seed: Int = 1) {
    self.users = users
    self.companies = companies
    self.grants = grants
    self.seed = seed
  }
}

extension AccessStore {
  /// Makes a database with people and companies that do not exist.
  ///
  /// Grants are spread unevenly, as in real life: some users have many, some none.
  ///
  /// - Parameters:
  ///   - path: Where to put it; there must not be a file yet. Or the location of an empty database of a
  ///     PostgreSQL server.
  ///   - data: How much of it.
  ///   - work: Hears of the progress, and can cancel.
  /// - Throws: `.exists`, `.refusedOutput`, `.cannotCreate`, `.cancelled`, `.diskFull` or
  ///   `.diskError`; `.hasTables` for a database of a server that has tables.
  public static func generate(
    _ path: String, _ data: TestData, work: Work = Work()
  ) throws(AccessError) {
    precondition(data.users >= 0 && data.companies >= 0 && data.grants >= 0, "no negative sizes")
    precondition(
      data.users.multipliedReportingOverflow(by: data.companies).overflow
        || data.grants <= data.users * data.companies, "more grants than pairs")
    let database = TestDataGenerator.database(data)
    let fill = { (connection: Connection) in
      var generator = TestDataGenerator(data, connection, work)
      try generator.fill()
    }
    if DatabaseLocation.namesServer(path) {
      return try createOnServer(path, filling: (database: database, fill: fill), work)
    }
    try create(path, database: database, filling: fill)
  }
}

/// Numbers that look like chance and are the same every time (SplitMix64).
struct SeededNumbers {
  private var state: UInt64

  /// The numbers of a stream; different streams of a seed have nothing in common.
  init(seed: Int, stream: UInt64) {
    state = UInt64(bitPattern: Int64(seed)) &* 0xD134_2543_DE82_EF95 &+ stream << 32
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// A number from 0 up to a bound.
  mutating func next(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A fraction from 0 up to 1.
  mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }
}
