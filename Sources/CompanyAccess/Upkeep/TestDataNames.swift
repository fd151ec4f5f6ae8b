/// Names for users and companies that do not exist, each once.
struct TestDataNames {
  private var numbers: SeededNumbers
  private var used: [String: Int] = [:]

  init(seed: Int, stream: UInt64) { numbers = SeededNumbers(seed: seed, stream: stream) }

  /// A user's own name, and the username that goes with it.
  mutating func user() -> (username: String, fullName: String) {
    let first = pick(TestDataNames.firstNames)
    let last = pick(TestDataNames.lastNames)
    let username = unique("\(first.plain.prefix(1).lowercased())_\(last.plain.lowercased())", "")
    return (username, "\(first.name) \(last.name)")
  }

  /// A company's name and its code.
  mutating func company() -> (name: String, code: String) {
    let place = pick(TestDataNames.places)
    let trade = pick(TestDataNames.trades)
    let name = unique("\(place.name) \(trade.name)", " ")
    let letters = "\(place.plain.prefix(2))\(trade.plain.prefix(2))".uppercased()
    return (name, unique(letters, "-"))
  }

  /// The text, with a number if it was there before.
  private mutating func unique(_ text: String, _ separator: String) -> String {
    let count = used[text, default: 0] + 1
    used[text] = count
    return count == 1 ? text : "\(text)\(separator)\(count)"
  }

  private mutating func pick(_ names: [Name]) -> Name { names[numbers.next(below: names.count)] }

  /// A name, and how it is written with plain letters.
  private struct Name {
    var name: String
    var plain: String
  }

  /// Names separated by blanks; `name/plain` where they differ.
  private static func list(_ text: String) -> [Name] {
    text.split(whereSeparator: \.isWhitespace).map { word in
      let parts = word.split(separator: "/").map(String.init)
      return Name(name: parts[0], plain: parts[parts.count - 1])
    }
  }

  private static let firstNames = list(
    """
    Anna Marek Chloe Daniel Elena Farid Grace Henrik Ines Jonas Katarzyna Liam Maria Noor Oliver \
    Petra Quentin Rosa Stefan Tove Ursula Viktor Wanda Xavier Yuki Zora Ayumi Bela Carlos Dimitri \
    Eva Fatima Giulia Hugo Ivan Julia Karim Lena Mateo Nadia Omar Paula Rafael Sofia Tariq Vera \
    Zo\u{EB}/Zoe Ren\u{E9}/Rene J\u{FC}rgen/Jurgen \u{C5}sa/Asa Bj\u{F6}rn/Bjorn
    """)

  private static let lastNames = list(
    """
    Nowak Kowalska Berg Haddad Rossi Garcia Tanaka Novak Silva Jansen Petrov Okafor Lindqvist \
    Moreau Schmidt Ferrari Cohen Adeyemi Kim Patel Fischer Larsen Marino Popescu Virtanen Dubois \
    Horvat Kaplan Meyer Olsen Park Quinn Ramos Santos Takeda Ueda Vargas Weber Xu Yilmaz Zhang \
    Abbott Baker Castro Duarte Evans Fontaine Greco Hughes Ibrahim Jovanovic Keller Lopez Martin \
    M\u{FC}ller/Muller Garc\u{ED}a/Garcia \u{17B}uk/Zuk O\u{2019}Connor/OConnor \
    Sj\u{F6}berg/Sjoberg
    """)

  private static let places = list(
    """
    Atlantic Baltic Central Danube Eastern Fjord Global Harbour Iberian Jura Kestrel Lakeside \
    Meridian Northern Oakfield Pacific Quarry Riverside Southern Tidal Union Valley Western York \
    Zenith Alpine Bright Cedar Delta Ember Z\u{FC}rich/Zurich Krak\u{F3}w/Krakow
    """)

  private static let trades = list(
    """
    Foods Logistics Energy Textiles Retail Systems Shipping Steel Glass Paper Media Pharma Motors \
    Estates Insurance Timber Ceramics Optics Farms Airways Hotels Dairy Chemicals Robotics
    """)
}
