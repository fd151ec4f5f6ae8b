/// How the desk is opened.
package struct DeskOptions: Hashable, Sendable {
  /// The database.
  package var path: String
  package var readOnly: Bool
  package var mouse: Bool
  /// Whether lines are drawn with ASCII characters.
  package var ascii: Bool
  package var color: Bool
  /// The folder to which the desk may write files; nil for none.
  package var files: String?
  /// The password that was typed for a server; nil where none was asked for.
  package var password: String?

  package init(
    path: String, readOnly: Bool, mouse: Bool, ascii: Bool, color: Bool, files: String? = nil
  ) {
    self.path = path
    self.readOnly = readOnly
    self.mouse = mouse
    self.ascii = ascii
    self.color = color
    self.files = files
  }
}
