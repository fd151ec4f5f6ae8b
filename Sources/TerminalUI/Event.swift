/// A key as the operator pressed it.
package enum Key: Hashable, Sendable {
  /// A printable scalar.
  case character(Unicode.Scalar)
  /// Ctrl with a letter, given in lower case: `.control("c")`.
  case control(Unicode.Scalar)
  case enter
  case escape
  case tab
  case backTab
  case backspace
  case delete
  case up
  case down
  case left
  case right
  case home
  case end
  case pageUp
  case pageDown
  /// F1 is `.function(1)`.
  case function(Int)
}

/// What the mouse did, when it is switched on.
package enum MouseAction: Hashable, Sendable {
  case press
  case doublePress
  case wheelUp
  case wheelDown
}

/// Everything that comes from the terminal.
package enum Event: Hashable, Sendable {
  case key(Key)
  /// Text that the terminal pasted in one piece (bracketed paste). Never a command.
  case paste(String)
  case mouse(MouseAction, Position)
  case resize(Size)
}
