/// The screens that are open, the one on top last, and the questions of each that have no answer yet.
struct ScreenStack: Sendable {
  private struct Layer: Sendable {
    let number: Int
    var screen: any Screen
    var open: [RequestKey: RequestToken] = [:]
    /// The database changed while another screen was on top.
    var isStale = false
  }

  private var layers: [Layer]
  private var numbers = 0

  init(_ first: any Screen) { layers = [Layer(number: 0, screen: first)] }

  /// The screen on top.
  var top: any Screen { layers[layers.count - 1].screen }
  /// The number of the screen on top, which no other screen has had.
  var number: Int { layers[layers.count - 1].number }
  /// How many screens are open.
  var depth: Int { layers.count }
  /// Whether something is ticked or typed on some screen.
  var holdsWork: Bool { layers.contains { $0.screen.holdsWork } }

  mutating func push(_ screen: any Screen) {
    numbers += 1
    layers.append(Layer(number: numbers, screen: screen))
  }

  /// Takes the screen on top away.
  ///
  /// - Returns: Its questions that have no answer, and whether the screen below has to ask anew.
  mutating func pop() -> (forgotten: [RequestToken], isStale: Bool) {
    let gone = layers.removeLast()
    return (Array(gone.open.values), layers[layers.count - 1].isStale)
  }

  /// Notes that what the screens below the top show is not so any more.
  mutating func outdateBelow() {
    for place in layers.indices.dropLast() { layers[place].isStale = true }
  }

  /// Notes that the screen on top asks anew.
  mutating func renewTop() { layers[layers.count - 1].isStale = false }

  // MARK: - Questions

  /// Opens a question of a screen in the place of an earlier one.
  ///
  /// - Returns: Its token, and that of the earlier one; nil if the screen is gone.
  mutating func ask(
    _ slot: RequestKey, for number: Int
  ) -> (token: RequestToken, earlier: RequestToken?)? {
    guard let place = layers.firstIndex(where: { $0.number == number }) else { return nil }
    numbers += 1
    let token = RequestToken(layer: number, slot: slot, number: numbers)
    return (token, layers[place].open.updateValue(token, forKey: slot))
  }

  /// The number of the screen that waits for the answer to a question; nil if none does.
  func asker(of token: RequestToken) -> Int? {
    layers.first { $0.open[token.slot] == token }?.number
  }

  /// Notes that a question has its answer.
  mutating func close(_ token: RequestToken) {
    guard let place = layers.firstIndex(where: { $0.open[token.slot] == token }) else { return }
    layers[place].open[token.slot] = nil
  }

  // MARK: - Inputs

  /// Lets the screen on top begin.
  mutating func start(_ state: DeskState) -> [Effect] {
    layers[layers.count - 1].screen.start(state)
  }

  /// Gives an input to a screen; nil if it has no use for it, or is gone.
  mutating func update(_ input: Input, _ state: DeskState, of number: Int) -> [Effect]? {
    guard let place = layers.firstIndex(where: { $0.number == number }) else { return nil }
    return layers[place].screen.update(input, state)
  }
}
